import ElementCore

/// The text of a file as readers take it, and how that was decided.
struct FileText {
  /// The file to take records from.
  let text: InputFile
  /// The offset behind the byte order mark, from 0.
  let start: Int
  /// The encoding of the original.
  let encoding: TextEncoding
  /// The offsets of bytes that are not valid; nil where every record is asked.
  let invalid: [Int]?
  /// Why this encoding.
  let evidence: LocalizedText
  /// Whether another encoding is possible too.
  var isDoubtful = false
  /// Whether a second byte order mark follows the first.
  var hasSecondMark = false

  /// A text that starts behind `start` and a second mark.
  init(_ text: InputFile, start: Int = 0, encoding: TextEncoding, invalid: [Int]?, _ evidence: LocalizedText) {
    (self.text, self.encoding, self.invalid, self.evidence) = (text, encoding, invalid, evidence)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    hasSecondMark = start > 0 && text.growth == nil && (try? text.bytes(start..<min(text.size, start + 3))) == mark
    self.start = hasSecondMark ? start + mark.count : start
  }

  /// The text of JSON: RFC 8259 §8.1 knows UTF-8 alone. A record that is not valid waits, which its reader sees; a file that
  /// mostly is not is refused.
  init(json file: InputFile, _ head: [UInt8]) throws(InputError) {
    if head.prefix(4).contains(0) || head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      let isLittle = head.starts(with: [0xFF, 0xFE]) || (head.count > 1 && head[1] == 0)
      throw JSONRefusal.encoding(file.path, isLittle ? .utf16LittleEndian : .utf16BigEndian)
    }
    let beginning = try file.bytes(0..<min(file.size, FileText.beginning))
    if FileText.isMostlyInvalid(beginning.span, isWhole: beginning.count == file.size) {
      var survey = UTF8Survey()
      try file.forEachPiece { survey.add($0.span) }
      survey.finish()
      guard survey.invalidLines * 2 <= survey.lines else {
        let isGB18030 = try GB18030Survey(of: file, upTo: 0).invalidLines == 0
        throw JSONRefusal.encoding(file.path, isGB18030 ? .gb18030 : nil)
      }
    }
    self.init(
      file, start: TextEncoding.utf8.markLength(head), encoding: .utf8, invalid: [],
      LocalizedText(zh: "JSON 只用 UTF-8", en: "JSON is UTF-8"))
  }

  private static let beginning = 1 << 18

  /// Whether more runs of bytes ≥ 0x80 are invalid UTF-8 than valid; a run that the end may cut says nothing.
  private static func isMostlyInvalid(_ bytes: Span<UInt8>, isWhole: Bool) -> Bool {
    var (valid, invalid, index) = (0, 0, 0)
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] >= 0x80 { index += 1 }
      if index > start, index < bytes.count || isWhole {
        if UTF8Scan.isValid(bytes.extracting(start..<index)) { valid += 1 } else { invalid += 1 }
      }
      index += 1
    }
    return invalid > valid
  }

  /// The text of XML in UTF-8, whatever it was declared in.
  init(xml file: InputFile, _ head: [UInt8], _ utf8: UTF8Survey, _ pinned: TextEncoding?) throws(InputError) {
    let found = try XMLEncoding(file, head: head, utf8: utf8, pinned: pinned)
    let text =
      switch found.encoding {
      case .utf8: file
      case .gb18030: try InputFile(utf8OfMarkup: file)
      case .utf16LittleEndian, .utf16BigEndian: try InputFile(utf8Of: file, bigEndian: found.encoding == .utf16BigEndian)
      }
    let start = found.encoding.markLength(head) > 0 ? 3 : 0
    self.init(text, start: start, encoding: found.encoding, invalid: [], found.evidence)
  }
}
