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
    var parts: [String: [UInt8]] = [:]
    let bytes = try XSDFile.bytes(path, limits)
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().map { $0 + "/" }.joined()
    var open = try XSDFile.locations(bytes, path, limits)
    while let name = open.popLast() {
      if parts[name] != nil { continue }
      guard parts.count < XSDFile.partLimit, !name.isEmpty, !name.contains("/"), !name.contains(":") else {
        throw XSDFile.elsewhere(path, name)
      }
      let part = try XSDFile.bytes(folder + name, limits)
      parts[name] = part
      open += try XSDFile.locations(part, folder + name, limits)
    }
    do {
      document = try XSDDocument(bytes, parts: parts)
    } catch {
      throw XSDFile.refusal(error, path)
    }
  }

  private static func refusal(_ problem: XSDDocument.Problem, _ path: String) -> InputError {
    let (zh, en) = problem.line > 0 ? ("第 \(problem.line) 行", " at line \(problem.line)") : ("", "")
    return InputError(
      .unreadable, path: path,
      message: LocalizedText(
        zh: "\(zh)不符合 XML Schema 的规定（libxml2 \(problem.code)）", en: "is no valid XML schema\(en) (libxml2 \(problem.code))"),
      hint: LocalizedText(zh: "请向接口方索取正确的 XSD（1.0 版）", en: "Ask whoever defines the interface for a correct XSD (1.0)"),
      line: problem.line)
  }

  private static func bytes(_ path: String, _ limits: ReadingLimits) throws(InputError) -> [UInt8] {
    let file = try InputFile(path: path, limits: limits)
    guard file.size <= sizeLimit else {
      throw InputError(
        .unreadable, path: path,
        message: LocalizedText(zh: "大于 8 MiB，不像 XSD", en: "is larger than 8 MiB, too large for an XML schema"),
        hint: LocalizedText(zh: "--xsd 应指向 .xsd 文件", en: "Give an .xsd file with --xsd"))
    }
    return try file.bytes(0..<file.size)
  }

  /// The names of the schemas that a document includes, imports or redefines; one with a DOCTYPE or too deep is refused here.
  private static func locations(_ bytes: [UInt8], _ path: String, _ limits: ReadingLimits) throws(InputError) -> [String] {
    do {
      let parser = try XMLPushParser(XMLLimits(depth: limits[.depth], attributes: limits[.attributes]))
      let references = ["include", "import", "redefine"].map { parser.id(of: $0) }
      let location = parser.id(of: "schemaLocation")
      return try [parser.feed(bytes.span), parser.finish()].flatMap { piece in
        piece.events.filter { $0.isStart && references.contains($0.name) }.compactMap { event in
          piece.value(of: location, event).map { String(escapingInvalid: $0.span) }
        }
      }
    } catch {
      throw XMLRefusal.error(error, path)
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
