import ElementCore
@testable import ElementFormats
import ElementGenerator
import ElementTestSupport
import Testing

/// The fast ways against the obvious ones.
struct PlainRecordsTests {
  /// Bytes that mean something to a CSV reader, in an order that a seed decides.
  private func text(seed: UInt64, count: Int) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let alphabet = Array("ab,,,,\"\n\n\r ;\u{0}三,".utf8) + Array("x,y,z\n".utf8)
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return alphabet[Int(state >> 33) % alphabet.count]
    }
  }

  private func records(_ path: String, isPlain: Bool, chunk: Int) throws -> [String] {
    var dialect = CSVDialect(delimiter: 0x2C)
    // With double bytes every byte goes through the tokenizer; in this text nothing else changes.
    dialect.hasDoubleBytes = !isPlain
    let file = try InputFile(path: path)
    var reader = CSVReader(file, dialect, from: .init(byte: 0, line: 1, row: 0), columnCount: 3, chunkSize: chunk)
    var out: [String] = []
    while let batch = try reader.nextBatch() {
      for record in 0..<batch.count {
        let spot = batch.spots[record]
        let fields = (0..<Int(spot.fieldCount)).map { batch.copy(batch.range(record, $0)) }
        let escaped = batch.escaped.map { $0 - Int(spot.firstField) }.filter { $0 >= 0 && $0 < Int(spot.fieldCount) }
        out.append("\(spot.row) \(spot.line) \(spot.byteStart) \(spot.byteLength) \(spot.flags.rawValue) \(escaped) \(fields)")
      }
    }
    return out + ["\(reader.blankLines)"]
  }

  @Test(arguments: 1...40) func `plain records and the tokenizer cut alike`(_ seed: Int) throws {
    let scratch = try ScratchFolder()
    // 0x80 and above would pair up under double bytes.
    let bytes = text(seed: UInt64(seed), count: 400 + seed * 7).map { $0 < 0x80 ? $0 : 0x7A }
    let path = try scratch.file("in.csv", bytes)
    let expected = try records(path, isPlain: false, chunk: 1 << 16)
    for chunk in [1, 7, 8, 9, 16, 33, 64, 1 << 16] {
      #expect(try records(path, isPlain: true, chunk: chunk) == expected, "chunk \(chunk)")
    }
  }

  @Test(arguments: 1...60) func `a survey finds every line that a byte spoils, and no other`(_ seed: UInt64) {
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let parts = ["abcdefghij", "1", ",", "街道办事处", "中", "é", "ก", "퀀", "𠀀", "，", "\r", "\n"]
    var bytes: [UInt8] = []
    while bytes.count < 3_000 { bytes += Array(parts[next(parts.count)].utf8) }
    for _ in 0..<next(12) { bytes[next(bytes.count)] = UInt8(next(256)) }
    bytes.append(0x0A)
    let lines = bytes.split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }.filter { $0.contains { $0 >= 0x80 } }
    let invalid = lines.count { String(validating: $0, as: UTF8.self) == nil }
    for chunk in [bytes.count, 1_000, 101, 64, 33] {
      var survey = UTF8Survey()
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        survey.add(Array(bytes[start..<min(start + chunk, bytes.count)]).span)
      }
      survey.finish()
      #expect(survey.lines == lines.count && survey.invalidLines == invalid, "chunk \(chunk)")
    }
  }

  @Test(arguments: 1...20) func `the survey and the vote count the same lines`(_ seed: Int) {
    var bytes = text(seed: UInt64(seed), count: 600)
    bytes += Array("街道三四\n".utf8) + [0xE4, 0xB8] + Array("\n末\n".utf8)
    // GB 18030: valid, cut, four bytes, a lead byte that is none.
    bytes += [0xB0, 0xA1, 0x0A, 0xB0, 0x0D, 0x81, 0x39, 0xE6, 0x32, 0x0A, 0x80, 0x41, 0x0A, 0xB0]
    var vote = EncodingVote()
    vote.add(bytes.span)
    vote.finish()
    for chunk in [1, 2, 3, 5, 8, 64, 1000] {
      var survey = UTF8Survey()
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
        survey.add(piece.span)
      }
      survey.finish()
      #expect(survey.lines == vote.lines && survey.lines - survey.invalidLines == vote.utf8Lines, "chunk \(chunk)")
      var other = GB18030Survey()
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        other.add(bytes[start..<min(start + chunk, bytes.count)].span)
      }
      other.finish()
      #expect(vote.lines - other.invalidLines == vote.gb18030Lines, "chunk \(chunk)")
      let offsets = survey.invalidOffsets ?? []
      #expect(offsets.count == survey.invalidLines && offsets == offsets.sorted())
      for offset in offsets { #expect(bytes[offset] >= 0x80) }
    }
  }

  @Test(arguments: UInt64(1)...40) func `a value is UTF-8 where Unicode says so`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let parts: [[UInt8]] = ["a", "0123456789", "\u{A0}", "街道", "\u{800}", "\u{D7FF}", "\u{E000}", "𠀀"].map { Array($0.utf8) }
    for _ in 0..<50 {
      var value: [UInt8] = []
      for _ in 0..<random.next() % 12 { value += parts.randomElement(using: &random) ?? [] }
      if !value.isEmpty, random.next() % 2 == 0 {
        value[Int(random.next() % UInt64(value.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      // What follows may be anything behind the quote.
      let bytes = [0x22] + value + [0x22] + (parts.randomElement(using: &random) ?? [])
      #expect(JSONScanner.isUTF8(bytes.span, 1..<value.count + 1) == UTF8Scan.isValid(value.span), "\(value)")
      let end = bytes[1...].firstIndex { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 } ?? bytes.count
      let found = JSONScanner.textEnd(bytes.span, from: 1)
      #expect(found.end == end && (!found.isUTF8 || UTF8Scan.isValid(bytes[1..<end].span)), "\(value)")
      // What is plain is known to be so, where a whole word follows.
      let plain = parts[0] + parts[3] + parts[1] + parts[3] + [0x22] + parts[1]
      #expect(JSONScanner.textEnd(plain.span, from: 0).isUTF8)
    }
  }
}
