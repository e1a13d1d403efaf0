import ElementCore
import XMLStream

/// One XML part of a workbook, read to its end.
enum WorkbookPart {
  /// Hands the events of a part to `body`, with what tells their names and values.
  ///
  /// - Throws: `InputError` where the part is damaged or no XML.
  static func each(
    _ member: ZipArchive.Member, of archive: ZipArchive, _ path: String,
    _ body: (PartText, XMLEvent) throws(InputError) -> Void
  ) throws(InputError) {
    var content = try archive.reader(of: member)
    do {
      let parser = try XMLPushParser(
        XMLLimits(depth: archive.limits[.depth], attributes: archive.limits[.attributes]))
      var isAtEnd = false
      while !isAtEnd {
        let bytes = try content.next()
        isAtEnd = bytes == nil
        let piece = try bytes.map { (bytes) throws(XMLStreamError) in try parser.feed(bytes.span) } ?? parser.finish()
        let text = PartText(parser: parser, piece: piece)
        for event in piece.events { try body(text, event) }
      }
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
    let (what, name) = (XMLRefusal.reason(error), PrintableText.escape(name))
    if let limit = error.kind.limit {
      return ReadingLimits.refusal(
        limit, path, zh: "工作簿的 \(name) 第 \(error.line) 行：\(what.zh)",
        en: "is a workbook, and in \(name), line \(error.line), \(what.en)")
    }
    return InputError(
      .unreadable, path: path,
      message: LocalizedText(
        zh: "工作簿已损坏（\(name) 第 \(error.line) 行：\(what.zh)）",
        en: "is a damaged workbook (\(name), line \(error.line): \(what.en))"),
      hint: LocalizedText(zh: "请用 Excel 或 WPS 打开后另存为 .xlsx，再处理", en: "Open it in Excel or WPS and save it as .xlsx again"))
  }
}

/// A piece of a part: its names and values as texts.
struct PartText {
  /// The parser that numbers the names.
  let parser: XMLPushParser
  let piece: XMLPiece

  /// The value of an attribute of a start tag as text; nil where it is absent or no UTF-8.
  func text(of attribute: String, _ event: XMLEvent) -> String? {
    piece.value(of: parser.id(of: attribute), event).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The name of an element.
  func name(_ event: XMLEvent) -> [UInt8] { piece.name(event.name) }

  /// The bytes of a text, or of an element that is nothing else.
  func bytes(_ event: XMLEvent) -> ArraySlice<UInt8> { piece.bytes[event.text.indices] }
}
