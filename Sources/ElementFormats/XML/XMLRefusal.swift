import ElementCore
import XMLStream

/// What is wrong with an XML document, in words.
enum XMLRefusal {
  /// Why an XML file is not read.
  static func error(_ error: XMLStreamError, _ path: String) -> InputError {
    let what = reason(error)
    return InputError(
      error.kind.limit == nil ? .unreadable : .limit, path: path,
      message: LocalizedText(
        zh: "XML 文件第 \(error.line) 行第 \(error.column) 列：\(what.zh)",
        en: "is an XML file, and at line \(error.line), column \(error.column) \(what.en)"),
      hint: error.kind == .doctype
        ? LocalizedText(zh: "请让提供方重新导出，不要带 DOCTYPE", en: "Ask the sender to export it again, without a DOCTYPE")
        : error.kind.limit.map(ReadingLimits.hint)
          ?? LocalizedText(zh: "请让提供方重新导出", en: "Ask the sender to export it again"),
      line: error.line, limit: error.kind.limit)
  }

  /// The reason of an error of the parser.
  static func reason(_ error: XMLStreamError) -> LocalizedText {
    switch error.kind {
    case .doctype: LocalizedText(zh: "含文档类型声明（DOCTYPE）", en: "it declares a document type (DOCTYPE)")
    case .namespace: LocalizedText(zh: "用了未声明的命名空间前缀", en: "it uses a namespace prefix that is not declared")
    case .depth(let limit): LocalizedText(zh: "嵌套超过 \(limit) 层", en: "it is nested deeper than \(limit) levels")
    case .attributes(let limit): LocalizedText(zh: "一个元素的属性超过 \(limit) 个", en: "an element has more than \(limit) attributes")
    case .memory: LocalizedText(zh: "内存不足", en: "there is no memory")
    case .malformed(let code): malformed(code)
    }
  }

  /// The errors that people meet, by their numbers in libxml2; the others by the number alone.
  private static func malformed(_ code: Int) -> LocalizedText {
    switch code {
    case 4, 77: LocalizedText(zh: "内容不完整，中途结束", en: "it ends too early")
    // The parser has one number for both.
    case 5:
      LocalizedText(
        zh: "文件在此中断，或文档结束后还有内容（例如两个文件接在一起）",
        en: "it ends too early, or goes on behind the end of the document, as two files put together do")
    case 9, 81: LocalizedText(zh: "含 XML 不允许的字符", en: "it holds characters that XML does not allow")
    case 26, 27: LocalizedText(zh: "用了未定义的实体", en: "it uses an entity that is not defined")
    case 38, 39, 40, 41: LocalizedText(zh: "属性的写法不对", en: "an attribute is not written as XML asks")
    case 42: LocalizedText(zh: "同一属性出现两次", en: "an attribute stands twice")
    case 64: LocalizedText(zh: "XML 声明前有其他内容", en: "something stands before the XML declaration")
    case 68: LocalizedText(zh: "“<”的用法不对，文本中应写作 &lt;", en: "“<” stands where it must not; in text write &lt;")
    case 76: LocalizedText(zh: "开始标签与结束标签不配对", en: "a start tag and an end tag do not match")
    default: LocalizedText(zh: "不符合 XML 格式（libxml2 \(code)）", en: "it is not well-formed (libxml2 \(code))")
    }
  }
}

extension XMLStreamError.Kind {
  /// The limit that the document is beyond; nil where it is wrong, not large.
  var limit: ReadingLimits.Name? {
    switch self {
    case .depth: .depth
    case .attributes: .attributes
    default: nil
    }
  }
}
