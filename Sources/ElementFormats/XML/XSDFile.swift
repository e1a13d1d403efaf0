import ElementCore
import XMLStream

/// An XML schema (XSD 1.0) read from a file, with the schemas beside it that it includes or imports.
package struct XSDFile: Sendable {
  /// More documents than any exchange standard has.
  private static let partLimit = 64
  /// Longer than any schema that people write.
  private static let sizeLimit = 8 << 20

  /// The path as given.
  package let path: String
  /// The schema.
  let document: XSDDocument

  /// Reads a schema.
  ///
  /// - Throws: `InputError` where it cannot be read, is no schema, or names others that do not lie beside it.
  package init(path: String, limits: ReadingLimits = .standard) throws(InputError) {
    self.path = path
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().map { $0 + "/" }.joined()
    let main = XSDFile.location(String(path.dropFirst(folder.count)))
    var parts = [main: try XSDFile.text(path, limits)]
    var open = try XSDFile.locations(parts[main] ?? [], path, limits)
    while let name = open.popLast() {
      if parts[name] != nil { continue }
      guard parts.count < XSDFile.partLimit, let file = XSDFile.file(name), !file.isEmpty, !file.contains("/"),
        !file.contains(":")
      else { throw XSDFile.elsewhere(path, name) }
      let text = try XSDFile.text(folder + file, limits)
      parts[name] = text
      open += try XSDFile.locations(text, folder + file, limits)
    }
    do {
      document = try XSDDocument(main, of: parts)
    } catch {
      throw XSDFile.refusal(error, path)
    }
  }

  /// A file name as schemas write it, who know each other by addresses (RFC 3986).
  private static func location(_ file: String) -> String {
    var out: [UInt8] = []
    for byte in file.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
      default: out += "%\(String(byte >> 4, radix: 16, uppercase: true))\(String(byte & 15, radix: 16, uppercase: true))".utf8
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The file name that an address stands for; nil where it stands for no text.
  private static func file(_ location: String) -> String? {
    let bytes = Array(location.utf8)
    var out: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == 0x25, place + 2 < bytes.count, let high = JSONText.hexadecimal(bytes[place + 1]),
        let low = JSONText.hexadecimal(bytes[place + 2])
      {
        out.append(UInt8(high << 4 | low))
        place += 3
      } else {
        out.append(bytes[place])
        place += 1
      }
    }
    return String(validUTF8: out.span)
  }

  private static func noSchema(_ path: String) -> InputError {
    InputError(
      .unreadable, path: path, message: LocalizedText(zh: "不是 XML Schema（XSD）", en: "is not an XML schema (XSD)"),
      hint: LocalizedText(zh: "--xsd 应指向接口方的 .xsd 文件", en: "Give the .xsd file of the interface with --xsd"))
  }

  private static func refusal(_ problem: XSDDocument.Problem, _ path: String) -> InputError {
    // Its root is another element.
    if problem.code == 1772 { return noSchema(path) }
    let (zh, en) = problem.line > 0 ? ("第 \(problem.line) 行", " at line \(problem.line)") : ("", "")
    return InputError(
      .unreadable, path: path,
      message: LocalizedText(
        zh: "\(zh)不符合 XML Schema 的规定（libxml2 \(problem.code)）", en: "is no valid XML schema\(en) (libxml2 \(problem.code))"),
      hint: LocalizedText(zh: "请向接口方索取正确的 XSD（1.0 版）", en: "Ask whoever defines the interface for a correct XSD (1.0)"),
      line: problem.line)
  }

  /// The text of a schema in UTF-8, its declaration, which may name another encoding, made blank.
  private static func text(_ path: String, _ limits: ReadingLimits) throws(InputError) -> [UInt8] {
    let file = try InputFile(path: path, limits: limits, mustBeRegular: true)
    guard file.size <= sizeLimit else {
      throw InputError(
        .unreadable, path: path,
        message: LocalizedText(zh: "大于 8 MiB，不像 XSD", en: "is larger than 8 MiB, too large for an XML schema"),
        hint: LocalizedText(zh: "--xsd 应指向 .xsd 文件", en: "Give an .xsd file with --xsd"))
    }
    let survey: FileSurvey
    do {
      survey = try FileSurvey(file, encoding: nil)
    } catch  where error.kind == .foreignFormat {
      throw noSchema(path)
    }
    guard survey.format == .xml else { throw noSchema(path) }
    var text = try survey.text.bytes(survey.textStart..<survey.text.size)
    if text.starts(with: "<?xml".utf8), let end = text.firstIndex(of: 0x3E) {
      for place in 0...end where text[place] != 0x0A { text[place] = 0x20 }
    }
    return text
  }

  /// Where the schemas lie that a document includes, imports or redefines; one with a DOCTYPE or too deep is refused here.
  private static func locations(_ bytes: [UInt8], _ path: String, _ limits: ReadingLimits) throws(InputError) -> [String] {
    do {
      let parser = try XMLPushParser(XMLLimits(depth: limits[.depth], attributes: limits[.attributes]))
      let references = ["include", "import", "redefine"].map { parser.id(of: $0) }
      let location = parser.id(of: "schemaLocation")
      var (found, depth): ([String], Int) = ([], 0)
      for piece in try [parser.feed(bytes.span), parser.finish()] {
        for event in piece.events {
          // What stands deeper is documentation.
          if event.isStart, depth == 1, references.contains(event.name), let text = piece.value(of: location, event) {
            let name = String(escapingInvalid: text.span)
            found.append(name.hasPrefix("./") ? String(name.dropFirst(2)) : name)
          }
          depth += (event.isStart ? 1 : 0) - (event.isEnd ? 1 : 0)
        }
      }
      return found
    } catch {
      throw InputError(
        .unreadable, path: path, message: XMLRefusal.error(error, path).message,
        hint: LocalizedText(zh: "请向接口方索取正确的 XSD（1.0 版）", en: "Ask whoever defines the interface for a correct XSD (1.0)"),
        line: error.line)
    }
  }

  private static func elsewhere(_ path: String, _ name: String) -> InputError {
    let shown = PrintableText.escape(name)
    return InputError(
      .unreadable, path: path,
      message: LocalizedText(zh: "引用了不在同一文件夹中的 XSD：\(shown)", en: "refers to a schema that does not lie beside it: \(shown)"),
      hint: LocalizedText(
        zh: "请把它引用的 XSD 放在同一文件夹，schemaLocation 只写文件名",
        en: "Put the schemas it refers to into its folder, and write file names alone in schemaLocation"))
  }
}
