import ElementCore
import ElementFormats
import ElementTestSupport
import Testing

struct CSVTokenizerTests {
  static let texts = [
    "a,b\n1,2\n", "a,b\r\n1,2", "a,b\r1,2\r", "\"a,\"\"b\",c\n\"x\ny\",z\n", "a;b|c\td\n", ",,\n,\n\n", "\"\",\"\"\n",
    "姓名,号码\n张三,\"1\r\n2\"\r\n",
    "a,\n", "\"a\"\"\"\n", "a\n\n\n b\n\u{1A}", "x,\"y\"\r\n\r\n\"z\",w", "\"\"\"\"\n",
    "a, \"b,c\"\n  \"d\",e\n", "a, \"b\"\"c\", d\n", "a, b\"c\n 5\",x\n", "a,  \"\",\n", "\"x\", \"y\"",
  ]

  @Test(arguments: texts) func `the tokenizer agrees with the obvious reader at every window size`(_ text: String) {
    let bytes = Array(text.utf8)
    let expected = ObviousCSV.records(bytes)
    for size in 1...max(1, bytes.count) { #expect(Self.records(bytes, window: size) == expected, "window \(size)") }
  }

  @Test func `random text of delimiters, quotes and line ends is split the same in every window`() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("a,\"\n\r; x".utf8)
    for _ in 0..<400 {
      let bytes = (0..<Int.random(in: 1...24, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let whole = Self.records(bytes, window: bytes.count)
      for size in 1...bytes.count { #expect(Self.records(bytes, window: size) == whole, "\(bytes) window \(size)") }
    }
  }

  /// The records as the tokenizer gives them when it sees `window` bytes more at a time.
  static func records(_ bytes: [UInt8], window: Int) -> [[[UInt8]]] {
    var tokenizer = CSVTokenizer(CSVDialect(delimiter: 0x2C))
    var out: [[[UInt8]]] = []
    var seen = min(window, bytes.count)
    while true {
      switch tokenizer.next(in: bytes.span.extracting(0..<seen), atEnd: seen == bytes.count) {
      case .end: return out
      case .blank, .doubtful: break
      case .needsMore:
        tokenizer.position = tokenizer.recordStart
        seen = min(seen + window, bytes.count)
      case .record:
        out.append(
          tokenizer.fields.enumerated().map { index, range in
            let field = bytes.span.extracting(range.indices)
            return tokenizer.escaped.contains(index) ? QuotedField.unescape(field) : [UInt8](span: field)
          })
      }
    }
  }
}

struct CSVReaderTests {
  private func rows(_ text: String, columns: Int, chunk: Int) throws -> [(line: Int, flags: RecordFlags, fields: [String])] {
    let scratch = try ScratchFolder()
    let bytes = Array(text.utf8)
    let file = try InputFile(path: try scratch.file("in.csv", text))
    var reader = CSVReader(
      file, CSVDialect(delimiter: 0x2C), from: .init(byte: 0, line: 1, row: 0), columnCount: columns, chunkSize: chunk)
    var out: [(line: Int, flags: RecordFlags, fields: [String])] = []
    while var batch = try reader.nextBatch() {
      BatchDecoder.decode(&batch, from: .utf8)
      for record in 0..<batch.count {
        let spot = batch.spots[record]
        let fields = (0..<Int(spot.fieldCount)).map {
          String(escapingInvalid: batch.bytes.span.extracting(batch.range(record, $0).indices))
        }
        #expect(Int(spot.row) == out.count + 1)
        #expect(
          spot.byteStart == UInt64(bytes.count) || bytes[Int(spot.byteStart)...].starts(with: Array(batch.raw(record))))
        out.append((Int(spot.line), spot.flags, fields))
      }
    }
    return out
  }

  @Test(arguments: [1, 2, 3, 5, 8, 64, 4096]) func `lines, rows and bytes are exact at every chunk size`(_ chunk: Int) throws {
    let rows = try rows("a,b\n\"x\ny\",2\r\n\n3,4\r5,6", columns: 2, chunk: chunk)
    #expect(rows.map(\.line) == [1, 2, 5, 6])
    #expect(rows.map(\.fields) == [["a", "b"], ["x\ny", "2"], ["3", "4"], ["5", "6"]])
    #expect(rows.allSatisfy { $0.flags.isEmpty })
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 64]) func `a mark at the start of a record is dropped at every chunk size`(_ chunk: Int)
    throws
  {
    let rows = try rows("1,2\n\u{FEFF}3,4\n\u{FEFF}\"5\",6\n7,\u{FEFF}8\n", columns: 2, chunk: chunk)
    #expect(rows.map(\.fields) == [["1", "2"], ["3", "4"], ["5", "6"], ["7", "\u{FEFF}8"]])
  }

  @Test(arguments: [4, 7, 64]) func `an unterminated quote costs its own line only`(_ chunk: Int) throws {
    let rows = try rows("1,a\n2,\"b\n3,c\n4,d\n", columns: 2, chunk: chunk)
    #expect(rows.map(\.line) == [1, 2, 3, 4])
    #expect(rows.map(\.flags) == [[], .unterminatedQuote, [], []])
    #expect(rows[2].fields == ["3", "c"])
  }

  @Test func `a stray quote that a later row closes does not swallow the rows between`() throws {
    let rows = try rows("1,\"a\n2,b\n3,c\n4,\"d, e\"\n5,f\n", columns: 2, chunk: 4096)
    #expect(rows.map(\.line) == [1, 2, 3, 4, 5])
    #expect(rows.map(\.flags) == [.unterminatedQuote, [], [], [], []])
  }

  /// Lines whose quotes fit nowhere, each cut off; what a quote swallows is told as far as it was looked for.
  @Test(arguments: [7, 64, 1 << 12, 1 << 17], ["a,\"b\",\"c\n", "y\",\"z\n", "x\"\",\"\"y\",\"z\n"])
  func `lines that keep a quote open are cut one by one, in time that grows with them`(_ chunk: Int, _ line: String) throws {
    let count = chunk < 1 << 17 ? 400 : 100_000
    let rows = try rows("1,2,3\n" + String(repeating: line, count: count) + "4,5,6\n", columns: 3, chunk: chunk)
    #expect(rows.map(\.line) == Array(1...count + 2))
    #expect(rows[0].flags.isEmpty && rows[count + 1].flags.isEmpty)
    #expect(rows[1...count].allSatisfy { $0.flags == .unterminatedQuote })
  }

  /// A reader of one record alone knows nothing of quotes before it.
  @Test(arguments: 0..<40) func `what a reader remembers of open quotes changes nothing, at any chunk size`(_ seed: Int) throws
  {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let parts = ["a", "\"", "\"\"", ",", "\n", "\",\"", "1,2\n", "\r\n"]
    for _ in 0..<25 {
      let text = (0..<1 + next(24)).map { _ in parts[next(parts.count)] }.joined()
      let scratch = try ScratchFolder()
      let file = try InputFile(path: try scratch.file("in.csv", text))
      let expected = try spots(file, chunk: 1 << 16, isFresh: true)
      for chunk in [3, 5, 8, 16, 1 << 16] {
        let found = try spots(file, chunk: chunk, isFresh: false)
        #expect(found == expected, "\(text.debugDescription) in pieces of \(chunk)")
      }
    }
  }

  /// The places and flags of all records, read by one reader, or each by one of its own.
  private func spots(_ file: InputFile, chunk: Int, isFresh: Bool) throws -> [[Int]] {
    func reader(_ start: RecordStart) -> CSVReader {
      CSVReader(file, CSVDialect(delimiter: 0x2C), from: start, columnCount: 2, chunkSize: chunk)
    }
    var source = reader(RecordStart(byte: 0, line: 1, row: 0))
    var out: [[Int]] = []
    while let batch = try source.nextBatch() {
      // Where the next one starts, the reader says by giving it.
      for spot in isFresh ? Array(batch.spots.prefix(1)) : batch.spots {
        out.append([Int(spot.line), Int(spot.byteStart), Int(spot.byteLength), Int(spot.fieldCount), Int(spot.flags.rawValue)])
      }
      guard isFresh else { continue }
      var bytes = Array(try file.bytes(0..<file.size))
      guard let spot = batch.spots.first else { break }
      var (end, line) = (Int(spot.byteStart) + Int(spot.byteLength), Int(spot.line))
      line += bytes[Int(spot.byteStart)..<end].enumerated().count { index, byte in
        byte == 0x0A || (byte == 0x0D && bytes[Int(spot.byteStart) + index + 1] != 0x0A)
      }
      bytes += [0, 0]
      if bytes[end] == 0x0D { end += 1; if bytes[end] != 0x0A { line += 1 } }
      if bytes[end] == 0x0A { end += 1; line += 1 }
      source = reader(RecordStart(byte: end, line: line, row: Int(spot.row)))
    }
    return out
  }

  @Test func `an open quote before a megabyte of lines ends at the record limit`() throws {
    let lines = String(repeating: "2,b\n", count: 300_000)
    let rows = try rows("1,\"a\n" + lines, columns: 2, chunk: 1 << 20)
    #expect(rows.count == 300_001)
    #expect(rows[0].flags == .unterminatedQuote)
    #expect(rows.dropFirst().allSatisfy { $0.flags.isEmpty })
  }

  @Test func `rows of another width, NUL bytes and long fields are flagged one by one`() throws {
    let long = String(repeating: "x", count: 70_000)
    let rows = try rows("1,2\n1\n1,2,3\n1,\0\n1,\(long)\n", columns: 2, chunk: 4096)
    #expect(rows.map(\.flags) == [[], [], .ragged, .nul, .fieldTooLong])
  }

  @Test func `a line longer than the limit is one flagged record`() throws {
    let rows = try rows("1,2\n" + String(repeating: "y", count: 3 << 20) + "\n3,4\n", columns: 2, chunk: 1 << 16)
    #expect(rows.count == 3)
    #expect(rows[1].flags.contains(.tooLong))
    #expect(rows[2].fields == ["3", "4"])
  }
}
