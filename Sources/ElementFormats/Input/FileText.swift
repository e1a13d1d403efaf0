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

  /// A text.
  init(_ text: InputFile, start: Int = 0, encoding: TextEncoding, invalid: [Int]?, _ evidence: LocalizedText) {
    (self.text, self.start, self.encoding, self.invalid, self.evidence) = (text, start, encoding, invalid, evidence)
  }

  /// The text of JSON: RFC 8259 §8.1 knows UTF-8 alone. A record that is not valid waits; a file that mostly is not is refused.
  init(json file: InputFile, _ head: [UInt8], _ utf8: UTF8Survey) throws(InputError) {
    guard utf8.invalidLines * 2 <= utf8.lines else {
      throw InputError(
        .encoding, path: file.path, message: LocalizedText(zh: "是 JSON，但不是 UTF-8 编码", en: "is JSON, but not in UTF-8"),
        hint: LocalizedText(zh: "JSON 只用 UTF-8，请让提供方重新导出", en: "JSON is UTF-8: ask the sender to export it again"))
    }
    self.init(
      file, start: TextEncoding.utf8.markLength(head), encoding: .utf8, invalid: utf8.invalidOffsets,
      LocalizedText(zh: "JSON 只用 UTF-8", en: "JSON is UTF-8"))
  }

  /// The text of XML in UTF-8, whatever it was declared in.
  init(xml file: InputFile, _ head: [UInt8], _ utf8: UTF8Survey, _ pinned: TextEncoding?) throws(InputError) {
    let found = try XMLEncoding(head: head, utf8: utf8, pinned: pinned, path: file.path)
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
