import ElementCore
import ElementFormats
import ElementGenerator
import ElementTestSupport
import Foundation
import Testing

struct GB18030Tests {
  private static let foundation = String.Encoding(rawValue: 0x8000_0632)

  @Test func `every two-byte code decodes as Foundation has it, but for the leftovers of GBK`() {
    var differences: [String] = []
    for lead in UInt8(0x81)...0xFE {
      for trail in UInt8(0x40)...0xFE where trail != 0x7F {
        let expected = String(data: Data([lead, trail]), encoding: Self.foundation)?.unicodeScalars.first?.value
        let found = GB18030.shared.scalar([lead, trail].span, at: 0)?.scalar
        if expected != found { differences.append(String(format: "%02X%02X", lead, trail)) }
      }
    }
    // The six characters that only private use could hold before Unicode had them (identifiers §E.3),
    // and a second ideographic space.
    #expect(Set(differences) == ["A3A0", "FE51", "FE52", "FE53", "FE6C", "FE76", "FE91"])
  }

  @Test(arguments: [("㐂", [0x81, 0x39, 0xE6, 0x32] as [UInt8]), ("𠮷", [0x95, 0x34, 0xB0, 0x35])])
  func `four-byte codes decode`(_ text: String, _ bytes: [UInt8]) {
    let expected = String(data: Data(bytes), encoding: Self.foundation)
    var out: [UInt8] = []
    let holds1 = GB18030.shared.decode(bytes.span, into: &out)
    #expect(holds1)
    #expect(String(decoding: out, as: UTF8.self) == expected)
  }

  @Test func `every character is written as it is read, but for private use that became characters`() {
    var refused: [UInt32] = []
    for scalar in (0...0x10FFFF as ClosedRange<UInt32>) where !(0xD800...0xDFFF).contains(scalar) {
      var code: [UInt8] = []
      guard GB18030.shared.append(scalar, to: &code) else {
        refused.append(scalar)
        continue
      }
      let read = GB18030.shared.scalar(code.span, at: 0)
      if read?.scalar != scalar || read?.length != code.count { Issue.record("U+\(String(scalar, radix: 16))") }
    }
    #expect(refused.allSatisfy { (0xE000...0xF8FF).contains($0) } && refused.count < 200, "\(refused.count)")
  }

  @Test(arguments: [[0x80], [0xFF], [0xB0], [0xB0, 0x2C], [0x81, 0x30, 0x2C, 0x30], [0xFE, 0x39, 0xFE, 0x39]] as [[UInt8]])
  func `what is no code is refused`(_ bytes: [UInt8]) {
    var out: [UInt8] = []
    let holds2 = !GB18030.shared.decode(bytes.span, into: &out)
    #expect(holds2)
  }
}

extension GB18030Tests {
  // What Unicode has for the private use of GBK.
  @Test(
    arguments: [
      (0x51, "\u{20087}"), (0x52, "\u{20089}"), (0x53, "\u{200CC}"), (0x6C, "\u{215D7}"), (0x76, "\u{2298F}"),
      (0x91, "\u{241FE}"),
    ] as [(trail: UInt8, text: String)], [1, 7, 20_000])
  func `codes of two bytes that come to four have room in a batch`(_ code: (trail: UInt8, text: String), _ count: Int) {
    let value = Array(repeating: [0xFE, code.trail] as [UInt8], count: count).flatMap(\.self)
    var batch = RecordBatch(bytes: value + [0x2C] + value, byteBase: 0)
    batch.fields = [FieldRange(0, value.count), FieldRange(value.count + 1, 2 * value.count + 1)]
    batch.spots = [
      RecordSpot(
        row: 1, line: 1, byteStart: 0, byteLength: batch.bytes.count, firstField: 0, fieldCount: 2, flags: [])
    ]
    BatchDecoder.decode(&batch, from: .gb18030)
    let expected = Array(String(repeating: code.text, count: count).utf8)
    #expect(batch.copy(batch.range(0, 0)) == expected && batch.copy(batch.range(0, 1)) == expected)
  }

  @Test(arguments: UInt64(1)...40) func `values and whole pieces decode as their codes do one by one`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let codes: [[UInt8]] = [
      [0x61], [0xB0, 0xA1], [0xC4, 0xE3], [0xA1, 0xA4], [0x81, 0x40], [0xFE, 0x51], [0x95, 0x34, 0xB0, 0x35],
      [0x81, 0x39, 0xE6, 0x32],
    ]
    let spoilt: [[UInt8]] = [[0x80], [0xFF], [0xB0, 0x0A], [0xD7, 0xFA], [0x81, 0x30, 0x2C, 0x30], [0xB0]]
    for length in 0..<24 {
      var bytes: [UInt8] = []
      for _ in 0..<length { bytes += codes.randomElement(using: &random) ?? [] }
      if seed % 2 == 0 { bytes += (spoilt.randomElement(using: &random) ?? []) + [0x61, 0x62] }
      var (expected, valid): ([UInt8], Int) = ([], 0)
      while valid < bytes.count, let found = GB18030.shared.scalar(bytes.span, at: valid) {
        UTF8Scan.append(found.scalar, to: &expected)
        valid += found.length
      }
      #expect(GB18030.shared.validPrefix(bytes.span) == valid, "\(bytes)")
      var isValid = false
      let decoded = [UInt8](capacity: GB18030.room(for: bytes.count)) { isValid = GB18030.shared.decode(bytes.span, into: &$0) }
      #expect(isValid == (valid == bytes.count) && decoded == (isValid ? expected : []), "\(bytes)")
    }
  }
}

struct EncodingVoteTests {
  private func vote(_ lines: [[UInt8]]) -> EncodingVote {
    var vote = EncodingVote()
    vote.add(Array(lines.joined(separator: [0x0A])).span)
    vote.finish()
    return vote
  }

  private let utf8 = Array("张三,示例路".utf8)
  private let gbk: [UInt8] = [0xD5, 0xC5, 0xC8, 0xFD, 0x2C, 0xCA, 0xBE, 0xC0, 0xFD]

  @Test func `the encoding that most lines are valid in wins`() {
    #expect(vote(Array(repeating: utf8, count: 100) + [gbk]).outcome == .winner(.utf8, doubtful: false))
    #expect(vote(Array(repeating: gbk, count: 100) + [utf8 + [0xFF]]).outcome == .winner(.gb18030, doubtful: false))
  }

  @Test func `half and half is undecided`() {
    #expect(vote(Array(repeating: utf8, count: 10) + Array(repeating: gbk + [0xFF], count: 10)).outcome == .undecided)
  }

  @Test func `all but one line suffices in a short file`() {
    #expect(vote([utf8, utf8, [0xFF]]).outcome == .winner(.utf8, doubtful: false))
  }

  @Test func `a few two-byte sequences that read as ideographs in GBK are left open`() {
    // 路 is C2B7 in GBK and the interpunct in UTF-8.
    #expect(vote([[0xC2, 0xB7, 0xC2, 0xB7]]).outcome == .twoReadings)
  }

  @Test(arguments: [1, 2, 3, 7, 1000]) func `the vote is the same however the file is cut`(_ size: Int) {
    let bytes = Array((Array(repeating: utf8, count: 30) + [gbk]).joined(separator: [0x0D, 0x0A]))
    var vote = EncodingVote()
    for start in stride(from: 0, to: bytes.count, by: size) { vote.add(bytes[start..<min(start + size, bytes.count)].span) }
    vote.finish()
    #expect(vote.lines == 31)
    #expect(vote.utf8Lines == 30)
  }
}

struct UTF16Tests {
  @Test(arguments: [1, 2, 3, 5]) func `UTF-16 becomes UTF-8 whatever the cut`(_ size: Int) {
    let text = "张三𠮷,a\r\n"
    for bigEndian in [false, true] {
      let bytes = text.utf16.flatMap { unit in
        bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
      var transcoder = UTF16Transcoder(bigEndian: bigEndian)
      var out: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        transcoder.append(bytes[start..<min(start + size, bytes.count)].span, to: &out)
      }
      transcoder.finish(&out)
      #expect(out == Array(text.utf8))
    }
  }

  @Test func `a lone surrogate and a cut-off unit are caught by strict UTF-8`() {
    for bytes in [[0x3D, 0xD8, 0x41, 0x00], [0x41]] as [[UInt8]] {
      var transcoder = UTF16Transcoder(bigEndian: false)
      var out: [UInt8] = []
      transcoder.append(bytes.span, to: &out)
      transcoder.finish(&out)
      let holds3 = !UTF8Scan.isValid(out.span)
      #expect(holds3)
    }
  }
}

struct FileSurveyTests {
  @Test(arguments: 0...8) func `half a character at the end is no sign of UTF-8 where no whole one stood before it`(
    _ length: Int
  ) throws {
    // 濂 in GBK is E5 A5, which begins a character of three bytes in UTF-8, wherever words end.
    let bytes = Array("aa,name\n".utf8) + Array(repeating: 0x31, count: length) + [0x2C, 0xE5, 0xA5]
    let scratch = try ScratchFolder()
    let survey = try FileSurvey(try InputFile(path: try scratch.file("in.csv", bytes)), encoding: nil)
    #expect(survey.encoding == .gb18030)
  }

  @Test(arguments: [
    ("cut", "ends within"), ("damaged", "is damaged"), ("trailing", "other data behind"), ("twice", "a gzip file"),
    ("empty", "is empty"), ("bomb", "200 times"), ("workbook", "cut off"),
  ])
  func `compressed data that holds no roster is refused by what is wrong with it`(_ kind: String, _ reason: String) throws {
    let text = Array("姓名,公民身份号码\n示例甲,11010519491231002X\n".utf8)
    var packed = try Gzip.pack(text)
    switch kind {
    case "cut": packed.removeLast(9)
    case "damaged": packed[packed.count - 6] ^= 1
    case "trailing": packed += [1, 2, 3]
    case "twice": packed = try Gzip.pack(packed)
    case "empty": packed = try Gzip.pack([])
    case "bomb": packed = try Gzip.pack([UInt8](repeating: 0x61, count: 80 << 20))
    default: packed = try Gzip.pack([0x50, 0x4B, 0x03, 0x04, 0x14])
    }
    let scratch = try ScratchFolder()
    let path = try scratch.file("roster.csv", packed)
    let error = #expect(throws: InputError.self) {
      _ = try Workbook(try FileSurvey(try InputFile(path: path), encoding: nil).text)
    }
    #expect(error?.message.en.contains(reason) == true)
  }

  @Test(
    arguments: [
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "Office"), (Array("%PDF-1.4".utf8), "PDF"),
      (Array("<html><table>".utf8), "web page"), (Array("\n<META charset=gbk><table>".utf8), "web page"),
      (Array("<!-- x --><HTML/>".utf8), "web page"), (Array("<?xml version='1.0'?><html xmlns='x'/>".utf8), "web page"),
      (Array("MIME-Version: 1.0\n".utf8), "web page"), (Array("ID;PWXL;N;E\r\nP;PGeneral\r\n".utf8), "SYLK"),
      (Array("<body><div><TABLE>".utf8), "web page"),
      ([0xFF, 0xFE] + "<html><table/>".utf8.flatMap { [$0, 0] }, "web page"),
      (Array("<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>".utf8), "Excel 2003"),
      (compound("Workbook"), "(.xls)"), (compound("Book"), "(.xls)"), (compound("WordDocument"), "(.doc)"),
      (compound("EncryptedPackage"), "encrypted"), (compound("Contents"), "an old Office file"),
    ] as [([UInt8], String)])
  func `other formats are refused by their real name`(_ bytes: [UInt8], _ name: String) throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("roster.csv", bytes)
    let error = #expect(throws: InputError.self) { try FileSurvey(try InputFile(path: path), encoding: nil) }
    #expect(error?.kind == .foreignFormat)
    #expect(error?.message.en.contains(name) == true)
  }

  /// A compound file (MS-CFB) whose directory names a stream behind five others.
  private static func compound(_ stream: String) -> [UInt8] {
    var bytes = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)
    bytes[30] = 9
    for name in ["Root Entry", "a", "b", "c", "\u{5}x", stream] {
      let units = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      bytes +=
        units + [UInt8](repeating: 0, count: 64 - units.count) + [UInt8(units.count + 2)] + [UInt8](repeating: 0, count: 63)
    }
    return bytes
  }

  @Test(arguments: [
    "ID;Phone\n1;2\n", "ID;P\n", "<body><record><a>1</a></record></body>", "<p><r a='1'/></p>", "<tables/>",
    "姓名<table>,b\n1,2\n",
  ]) func `what only looks like another format is not refused`(_ text: String) throws {
    let scratch = try ScratchFolder()
    _ = try FileSurvey(try InputFile(path: try scratch.file("r.csv", text)), encoding: nil)
  }

  @Test(arguments: ["<必填>姓名,号码\n1,2\n", "<a>b,c\n1,2\n", "<,b\n1,2\n"]) func `a heading in angle brackets is no markup`(
    _ text: String
  ) {
    #expect(FileFormat(Array(text.utf8)) == .delimited)
  }

  @Test(arguments: ["<rs>\n<r>", "<rs>text</rs>", "<r a='>'/>", "<?xml?>", "<rs>", "<记录>\r\n  <人>"]) func `markup is`(
    _ text: String
  ) {
    #expect(FileFormat(Array(text.utf8)) == .xml)
  }

  @Test(arguments: ["[{\"a\":1}]", "{\"a\":1}"]) func `JSON in UTF-16 is refused by its name`(_ text: String) throws {
    let scratch = try ScratchFolder()
    for mark in [[UInt8](), [0xFF, 0xFE]] {
      let path = try scratch.file("r.json", mark + text.utf8.flatMap { [$0, 0] })
      let error = #expect(throws: InputError.self) { try FileSurvey(try InputFile(path: path), encoding: nil) }
      #expect(error?.message.en.contains("is JSON, but not in UTF-8") == true)
    }
  }

  @Test func `an empty file, a missing one and a folder are told apart`() throws {
    let scratch = try ScratchFolder()
    let empty = try scratch.file("empty.csv", "")
    #expect(#expect(throws: InputError.self) { try FileSurvey(try InputFile(path: empty), encoding: nil) }?.kind == .header)
    #expect(#expect(throws: InputError.self) { try InputFile(path: scratch.path + "/none.csv") }?.kind == .unreadable)
    #expect(#expect(throws: InputError.self) { try InputFile(path: scratch.path) }?.kind == .unreadable)
  }

  @Test func `the digest is that of the bytes`() throws {
    let scratch = try ScratchFolder()
    let survey = try FileSurvey(try InputFile(path: try scratch.file("abc.csv", "abc")), encoding: nil, takesDigest: true)
    #expect(try survey.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
