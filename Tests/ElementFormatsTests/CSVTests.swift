import ElementCore
import ElementFormats
import ElementTestSupport
import Testing

struct CSVTokenizerTests {
  static let texts = [
    "a,b\n1,2\n", "a,b\r\n1,2", "a,b\r1,2\r", "\"a,\"\"b\",c\n\"x\ny\",z\n", "a;b|c\td\n", ",,\n,\n\n", "\"\",\"\"\n",
    "姓名,号码\n张三,\"1\r\n2\"\r\n",
    "a,\n", "\"a\"\"\"\n", "a\n\n\n b\n\u{1A}", "x,\"y\"\r\n\r\n\"z\",w", "\"\"\"\"\n",
  ]

  @Test(arguments: texts) func `the tokenizer agrees with the obvious reader at every window size`(_ text: String) {
    let bytes = Array(text.utf8)
    let expected = ObviousCSV.records(bytes)
    for size in 1...max(1, bytes.count) { #expect(Self.records(bytes, window: size) == expected, "window \(size)") }
  }

  @Test func `random text of delimiters, quotes and line ends is split the same in every window`() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("a,\"\n\r;x".utf8)
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
      case .blank: break
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
          spot.byteStart == UInt64(text.utf8.count)
            || Array(text.utf8)[Int(spot.byteStart)...].starts(with: Array(batch.raw(record))))
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
    #expect(rows.map(\.flags) == [[], .ragged, .ragged, .nul, .fieldTooLong])
  }

  @Test func `a line longer than the limit is one flagged record`() throws {
    let rows = try rows("1,2\n" + String(repeating: "y", count: 3 << 20) + "\n3,4\n", columns: 2, chunk: 1 << 16)
    #expect(rows.count == 3)
    #expect(rows[1].flags.contains(.tooLong))
    #expect(rows[2].fields == ["3", "4"])
  }
}
