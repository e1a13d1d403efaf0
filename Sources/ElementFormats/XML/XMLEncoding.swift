import ElementCore

/// The encoding of an XML document: what its mark, its declaration and its bytes say must agree.
struct XMLEncoding {
  let encoding: TextEncoding
  /// Why.
  let evidence: LocalizedText

  /// The encoding of a document that starts with `head`; `utf8` is what all of it says of UTF-8.
  ///
  /// - Throws: `InputError` of kind `encoding` that names both sides where they do not agree.
  init(_ file: InputFile, head: [UInt8], utf8: UTF8Survey, pinned: TextEncoding?) throws(InputError) {
    let path = file.path
    if let pinned {
      (encoding, evidence) = (pinned, LocalizedText(zh: "由 --encoding 指定", en: "pinned by --encoding"))
      return
    }
    let name = XMLEncoding.declared(head)
    var declared: TextEncoding?
    if let name {
      guard let known = name.lowercased() == "us-ascii" ? .utf8 : TextEncoding(name: name) else {
        let shown = PrintableText.escape(name)
        throw XMLEncoding.error(path, zh: "声明的编码 \(shown) 不支持", en: "declares the encoding \(shown), which is not read")
      }
      declared = known
    }
    let seen = XMLEncoding.seen(head)
    // UTF-16 by that name alone is either.
    if let seen, !seen.isASCIITransparent, let given = name?.lowercased(), ["utf-16", "utf16", "unicode"].contains(given) {
      declared = seen
    }
    if let declared, let other = seen ?? (declared.isASCIITransparent ? nil : .utf8), other != declared {
      throw XMLEncoding.conflict(path, name, other.rawValue)
    }
    if declared == .gb18030, utf8.invalidLines == 0, utf8.sawLongSequence { throw XMLEncoding.conflict(path, name, "utf-8") }
    encoding = seen ?? declared ?? .utf8
    if encoding == .utf8, utf8.invalidLines > 0 {
      let isGB18030 = try GB18030Survey(of: file, upTo: 0).invalidLines == 0
      throw XMLEncoding.conflict(path, name, isGB18030 ? "gb18030" : nil, at: utf8.invalidOffsets?.first)
    }
    evidence =
      declared == nil
      ? LocalizedText(
        zh: seen == nil ? "XML 未声明编码时为 UTF-8" : "文件开头有标记（BOM）",
        en: seen == nil ? "XML without a declaration is UTF-8" : "byte order mark")
      : LocalizedText(zh: "由 XML 声明", en: "declared by the document")
  }

  /// The encoding that the first bytes leave no doubt of: by a mark, or, in UTF-16, by the zero beside the first character.
  private static func seen(_ head: [UInt8]) -> TextEncoding? {
    if let marked = TextEncoding.marked(head) { return marked }
    guard head.count > 1 else { return nil }
    return head[0] == 0 ? .utf16BigEndian : head[1] == 0 ? .utf16LittleEndian : nil
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

  /// A document that says one encoding, or none, and is in another one, or in none that is known; `byte` is the first that shows.
  private static func conflict(_ path: String, _ declared: String?, _ found: String?, at byte: Int? = nil) -> InputError {
    let says =
      declared.map { LocalizedText(zh: "声明的编码是 \($0)", en: "declares \($0)") }
      ?? LocalizedText(zh: "没有声明编码，应为 utf-8", en: "declares no encoding and should be utf-8")
    let place = byte.map { LocalizedText(zh: "（第 \($0) 字节起）", en: " (from byte \($0))") } ?? LocalizedText(zh: "", en: "")
    let other =
      found.map { LocalizedText(zh: "却是 \($0)", en: $0) }
      ?? LocalizedText(zh: "却不是 \(declared ?? "utf-8")", en: "not \(declared ?? "utf-8")")
    return error(path, zh: "\(says.zh)，内容\(other.zh)\(place.zh)", en: "\(says.en), but its content is \(other.en)\(place.en)")
  }

  private static func error(_ path: String, zh: String, en: String) -> InputError {
    InputError(
      .encoding, path: path, message: LocalizedText(zh: zh, en: en),
      hint: LocalizedText(
        zh: "请让提供方更正声明，或用 --encoding 指定实际编码",
        en: "Ask the sender to correct the declaration, or pin what it really is with --encoding"))
  }
}
