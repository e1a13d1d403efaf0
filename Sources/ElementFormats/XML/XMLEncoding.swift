import ElementCore

/// The encoding of an XML document: what its mark, its declaration and its bytes say must agree.
struct XMLEncoding {
  /// The encoding.
  let encoding: TextEncoding
  /// Why.
  let evidence: LocalizedText

  /// The encoding of a document that starts with `head`; `isUTF8` is whether all of it is valid UTF-8 and not ASCII alone.
  ///
  /// - Throws: `InputError` of kind `encoding` that names both sides where they do not agree.
  init(head: [UInt8], utf8: UTF8Survey, pinned: TextEncoding?, path: String) throws(InputError) {
    if let pinned {
      (encoding, evidence) = (pinned, LocalizedText(zh: "由 --encoding 指定", en: "pinned by --encoding"))
      return
    }
    let marked = TextEncoding.marked(head)
    let name = XMLEncoding.declared(head)
    var declared: TextEncoding?
    if let name {
      guard let known = name.lowercased() == "us-ascii" ? .utf8 : TextEncoding(name: name) else {
        throw XMLEncoding.error(path, zh: "声明的编码 \(name) 不支持", en: "declares the encoding \(name), which is not read")
      }
      declared = known
    }
    if let marked, let declared, marked != declared, marked == .utf8 || declared.isASCIITransparent {
      throw XMLEncoding.conflict(path, name ?? "", marked.rawValue)
    }
    let isUTF8 = utf8.invalidLines == 0
    if marked == nil, let declared, !declared.isASCIITransparent, !head.contains(0) {
      throw XMLEncoding.conflict(path, name ?? "", "utf-8")
    }
    if marked == nil, declared == .gb18030, isUTF8, utf8.sawLongSequence {
      throw XMLEncoding.conflict(path, name ?? "", "utf-8")
    }
    encoding = marked ?? declared ?? .utf8
    if encoding == .utf8, !isUTF8 { throw XMLEncoding.conflict(path, name ?? "utf-8", "?") }
    evidence =
      declared == nil
      ? LocalizedText(
        zh: marked == nil ? "XML 未声明编码时为 UTF-8" : "文件开头有标记（BOM）",
        en: marked == nil ? "XML without a declaration is UTF-8" : "byte order mark")
      : LocalizedText(zh: "由 XML 声明", en: "declared by the document")
  }

  /// The encoding that the declaration names; nil where it names none.
  private static func declared(_ head: [UInt8]) -> String? {
    // Of UTF-16 every other byte is zero here.
    let text = String(String.UnicodeScalarView(head.prefix(400).filter { $0 != 0 && $0 < 0x80 }.map { UnicodeScalar($0) }))
    guard let start = text.firstRange(of: "<?xml"), let end = text[start.upperBound...].firstRange(of: "?>"),
      let word = text[start.upperBound..<end.lowerBound].firstRange(of: "encoding")
    else { return nil }
    let value = text[word.upperBound..<end.lowerBound].drop { $0 == " " || $0 == "=" }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    return String(value.dropFirst().prefix { $0 != quote })
  }

  private static func conflict(_ path: String, _ declared: String, _ found: String) -> InputError {
    let other = found == "?" ? LocalizedText(zh: "不是 \(declared)", en: "not \(declared)") : LocalizedText(zh: found, en: found)
    return error(
      path, zh: "声明的编码是 \(declared)，内容却是\(other.zh == found ? " \(found)" : other.zh)",
      en: "declares \(declared), but its content is \(other.en)")
  }

  private static func error(_ path: String, zh: String, en: String) -> InputError {
    InputError(
      .encoding, path: path, message: LocalizedText(zh: zh, en: en),
      hint: LocalizedText(
        zh: "请让提供方更正声明，或用 --encoding 指定实际编码",
        en: "Ask the sender to correct the declaration, or pin what it really is with --encoding"))
  }
}
