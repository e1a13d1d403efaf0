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
      bytes: [0xD0, 0xCF, 0x11, 0xE0],
      name: LocalizedText(zh: "旧版 Office 文件（.xls 或加密文件）", en: "an old Office file (.xls, or an encrypted one)"), hint: saveAsCSV
    ),
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

  private static let markup: [(prefix: String, name: LocalizedText, hint: LocalizedText)] = [
    ("<html", LocalizedText(zh: "网页（系统导出的假表格）", en: "a web page (a spreadsheet in name only)"), saveAsCSV),
    ("<!doctype", LocalizedText(zh: "网页（系统导出的假表格）", en: "a web page (a spreadsheet in name only)"), saveAsCSV),
    ("<table", LocalizedText(zh: "网页（系统导出的假表格）", en: "a web page (a spreadsheet in name only)"), saveAsCSV),
  ]

  /// Why the file that starts with these bytes is no delimited text; nil where it may be.
  package static func refusal(head: [UInt8], path: String) -> InputError? {
    for signature in signatures where head.span.starts(with: signature.bytes) {
      return error(path, signature.name, signature.hint)
    }
    let start = head.prefix(64).drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    let lowered = start.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    for entry in markup where lowered.span.starts(with: Array(entry.prefix.utf8)) {
      // <tables> is another element.
      if let next = lowered.dropFirst(entry.prefix.utf8.count).first, (0x61...0x7A).contains(next) { continue }
      return error(path, entry.name, entry.hint)
    }
    if lowered.starts(with: Array("<?xml".utf8)),
      String(escapingInvalid: head.span).contains("urn:schemas-microsoft-com:office:spreadsheet")
    {
      return error(path, LocalizedText(zh: "Excel 2003 的 XML 表格", en: "an Excel 2003 XML spreadsheet"), saveAsCSV)
    }
    return isBinary(head) ? error(path, LocalizedText(zh: "二进制文件", en: "a binary file"), saveAsCSV) : nil
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
