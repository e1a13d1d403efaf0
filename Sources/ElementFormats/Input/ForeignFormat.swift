import ElementCore

/// Recognises by content what a file with a roster's name really is, to refuse it by its real name.
package enum ForeignFormat {
  private struct Signature {
    let bytes: [UInt8]
    let name: LocalizedText
    let hint: LocalizedText
  }

  private static let saveAsCSV = LocalizedText(
    zh: "请在 Excel 或 WPS 中打开，另存为“CSV UTF-8（逗号分隔）”后再处理", en: "Open it in Excel or WPS and save it as “CSV UTF-8”, then run again")

  private static let signatures: [Signature] = [
    Signature(
      bytes: Array("%PDF".utf8), name: LocalizedText(zh: "PDF 文件", en: "a PDF file"),
      hint: LocalizedText(zh: "请向提供方索取电子表格", en: "Ask the sender for a spreadsheet")),
    Signature(
      bytes: [0x1F, 0x8B], name: LocalizedText(zh: "gzip 压缩文件", en: "a gzip file"),
      hint: LocalizedText(zh: "请先解压", en: "Decompress it first")),
    Signature(
      bytes: Array("SQLite format 3\0".utf8), name: LocalizedText(zh: "SQLite 数据库", en: "a SQLite database"),
      hint: LocalizedText(zh: "请给出名册文件；台账库用 --warehouse 指定", en: "Name a roster; a warehouse goes with --warehouse")),
    Signature(
      bytes: [0x89, 0x50, 0x4E, 0x47], name: LocalizedText(zh: "图片", en: "a picture"),
      hint: LocalizedText(zh: "请向提供方索取电子表格", en: "Ask the sender for a spreadsheet")),
    Signature(
      bytes: [0xFF, 0xD8, 0xFF], name: LocalizedText(zh: "图片", en: "a picture"),
      hint: LocalizedText(zh: "请向提供方索取电子表格", en: "Ask the sender for a spreadsheet")),
    Signature(
      bytes: Array("Rar!".utf8), name: LocalizedText(zh: "RAR 压缩文件", en: "a RAR archive"),
      hint: LocalizedText(zh: "请先解压", en: "Unpack it first")),
    Signature(
      bytes: [0x37, 0x7A, 0xBC, 0xAF], name: LocalizedText(zh: "7z 压缩文件", en: "a 7z archive"),
      hint: LocalizedText(zh: "请先解压", en: "Unpack it first")),
    Signature(bytes: Array("{\\rtf".utf8), name: LocalizedText(zh: "RTF 文档", en: "an RTF document"), hint: saveAsCSV),
  ]

  private static let page = LocalizedText(zh: "网页（系统导出的假表格）", en: "a web page (a spreadsheet in name only)")
  /// What markup begins with that is a web page; what else it may begin with, where a table follows soon.
  private static let pageTags = ["html", "table", "meta"]
  private static let partTags = ["head", "body", "style", "div", "center", "script", "font", "span", "p"]
  /// Names that tell what markup is, wherever it says them in its beginning.
  private static let vocabularies: [(word: String, name: LocalizedText)] = [
    (
      "urn:schemas-microsoft-com:office:spreadsheet",
      LocalizedText(zh: "Excel 2003 的 XML 表格", en: "an Excel 2003 XML spreadsheet")
    ),
    (
      "urn:oasis:names:tc:opendocument:xmlns:office",
      LocalizedText(zh: "OpenDocument 文件（.fods）", en: "an OpenDocument file (.fods)")
    ),
    ("<html", page),
  ]

  /// Why the file that starts with these bytes is no delimited text and no XML; nil where it may be.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  static func refusal(
    _ file: InputFile, _ head: [UInt8], _ format: FileFormat, pinned: TextEncoding?
  ) throws(InputError) -> InputError? {
    let path = file.path
    if head.span.starts(with: CompoundFile.signature) {
      let kind = try CompoundFile.kind(file)
      return error(path, kind.name, kind == .encrypted ? decrypt : saveAsCSV)
    }
    for signature in signatures where head.span.starts(with: signature.bytes) {
      return error(path, signature.name, signature.hint)
    }
    // Of UTF-16 every other byte is zero.
    let text = head.filter { $0 != 0 }.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }
    let lowered = Array(text.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
    if let name = markup(lowered) { return error(path, name, saveAsCSV) }
    if lowered.starts(with: Array("mime-version:".utf8)) { return error(path, page, saveAsCSV) }
    if isSYLK(Array(text)) {
      return error(path, LocalizedText(zh: "SYLK 表格", en: "a SYLK spreadsheet"), saveAsCSV)
    }
    // Text in an encoding that a person named is text.
    let isText = format == .xml || pinned != nil || !isBinary(head)
    if !isText, let encoding = unmarked(head) { return noMark(path, encoding) }
    return isText ? nil : error(path, LocalizedText(zh: "二进制文件", en: "a binary file"), saveAsCSV)
  }

  /// The encoding of UTF-16 text without a mark: its line ends, delimiters and digits have a zero on one side.
  private static func unmarked(_ head: [UInt8]) -> TextEncoding? {
    let pairs = stride(from: 0, to: head.count - 1, by: 2)
    let little = pairs.count { head[$0 + 1] == 0 && (0x09...0x7E).contains(head[$0]) }
    let big = pairs.count { head[$0] == 0 && (0x09...0x7E).contains(head[$0 + 1]) }
    guard max(little, big) * 20 > head.count, min(little, big) * 10 < max(little, big) else { return nil }
    return little > big ? .utf16LittleEndian : .utf16BigEndian
  }

  private static func noMark(_ path: String, _ encoding: TextEncoding) -> InputError {
    InputError(
      .encoding, path: path,
      message: LocalizedText(
        zh: "像是没有标记（BOM）的 \(encoding.rawValue) 文本", en: "looks like \(encoding.rawValue) text without a byte order mark"),
      hint: LocalizedText(zh: "请加 --encoding \(encoding.rawValue)", en: "Say --encoding \(encoding.rawValue)"))
  }

  private static let decrypt = LocalizedText(
    zh: "请在 Excel 或 WPS 中用密码打开，去掉密码后另存为 .xlsx",
    en: "Open it with its password in Excel or WPS, and save it without one as .xlsx")

  /// Whether text is a spreadsheet as Multiplan wrote them: a line that names the program, then one of another kind; a heading
  /// `ID;Phone` is none.
  private static func isSYLK(_ text: [UInt8]) -> Bool {
    guard text.starts(with: Array("ID;P".utf8)) else { return false }
    let second = text.drop { $0 != 0x0A && $0 != 0x0D }.drop { $0 <= 0x20 }.prefix(2)
    return second.count == 2 && second.last == 0x3B && "BCFOPE".utf8.contains(second.first ?? 0)
  }

  /// What markup in lower case is, where it is not XML of the sender's own.
  private static func markup(_ text: [UInt8]) -> LocalizedText? {
    guard text.first == 0x3C else { return nil }
    // <tables> is another element.
    let tag = text.dropFirst().prefix { $0 == 0x21 || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 >= 0x80 }
    // Another document type is XML, and refused as such, with its place.
    let declared = tag.elementsEqual("!doctype".utf8) ? text.dropFirst("<!doctype".utf8.count).drop { $0 <= 0x20 } : []
    if declared.starts(with: "html".utf8) || pageTags.contains(where: { tag.elementsEqual($0.utf8) }) { return page }
    let beginning = String(escapingInvalid: text.span)
    if partTags.contains(where: { tag.elementsEqual($0.utf8) }), ["<table", "<td"].contains(where: beginning.contains) {
      return page
    }
    return vocabularies.first { beginning.contains($0.word) }?.name
  }

  /// Control characters on every twentieth place or more are no text; UTF-16 is told by its mark before.
  private static func isBinary(_ head: [UInt8]) -> Bool {
    if head.span.starts(with: [0xFF, 0xFE]) || head.span.starts(with: [0xFE, 0xFF]) { return false }
    let controls = head.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != 0x1A && $0 != 0 }
    let nuls = head.count { $0 == 0 }
    return head.count >= 16 && (controls * 20 > head.count || nuls * 4 > head.count)
  }

  private static func error(_ path: String, _ name: LocalizedText, _ hint: LocalizedText) -> InputError {
    InputError(
      .foreignFormat, path: path,
      message: LocalizedText(zh: "不是 CSV 文本，而是\(name.zh)", en: "is not CSV text but \(name.en)"), hint: hint)
  }
}
