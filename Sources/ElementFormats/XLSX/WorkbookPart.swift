import ElementCore
import XMLStream

/// One XML part of a workbook, read to its end.
enum WorkbookPart {
  /// Hands the events of a part to `body`, with the parser that holds their bytes.
  ///
  /// - Throws: `InputError` where the part is damaged or no XML.
  static func each(
    _ member: ZipArchive.Member, of archive: ZipArchive, _ path: String,
    _ body: (XMLPushParser, XMLEvent) throws(InputError) -> Void
  ) throws(InputError) {
    var content = try archive.reader(of: member)
    do {
      let parser = try XMLPushParser()
      while let piece = try content.next() {
        try parser.feed(piece.span)
        for event in parser.events { try body(parser, event) }
        parser.clear()
      }
      try parser.finish()
      for event in parser.events { try body(parser, event) }
    } catch let error as XMLStreamError {
      throw refusal(error, member.name, path)
    } catch let error as InputError {
      throw error
    } catch {
      bug("reading a part threw something else")
    }
  }

  /// Why a part is not read.
  static func refusal(_ error: XMLStreamError, _ name: String, _ path: String) -> InputError {
    let what = XMLRefusal.reason(error)
    return InputError(
      .unreadable, path: path,
      message: LocalizedText(
        zh: "工作簿已损坏（\(name) 第 \(error.line) 行：\(what.zh)）",
        en: "is a damaged workbook (\(name), line \(error.line): \(what.en))"),
      hint: LocalizedText(zh: "请用 Excel 或 WPS 打开后另存为 .xlsx，再处理", en: "Open it in Excel or WPS and save it as .xlsx again"))
  }
}

extension XMLPushParser {
  /// The value of an attribute of a start tag as text; nil where it is absent or no UTF-8.
  func text(of attribute: String, _ event: XMLEvent) -> String? {
    for place in event.range.indices where names[Int(attributes[place].name)].elementsEqual(attribute.utf8) {
      return String(validating: text[attributes[place].range.indices], as: UTF8.self)
    }
    return nil
  }

  /// The name of an element.
  func name(_ event: XMLEvent) -> [UInt8] { event.name < 0 ? [] : names[Int(event.name)] }
}

/// What is wrong with an XML document, in words.
enum XMLRefusal {
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
    case 4, 5, 77: LocalizedText(zh: "内容不完整，中途结束", en: "it ends too early")
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
