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
