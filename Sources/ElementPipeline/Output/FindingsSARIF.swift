import ElementCore
import ElementFormats
import ElementSchema

/// The findings of a run as SARIF 2.1.0 (OASIS), for programs that show the results of checks of any kind: rules with their pages, each
/// finding with its place and a message; values are masked.
struct FindingsSARIF {
  private let result: RunResult
  private let filter: FindingFilter
  private let language: Language
  private let version: String

  /// The log of a run.
  init(_ result: RunResult, _ filter: FindingFilter, _ language: Language, version: String) {
    (self.result, self.filter, self.language, self.version) = (result, filter, language, version)
  }

  /// Hands the log over, piece by piece.
  ///
  /// - Throws: `SpillError` where findings cannot be read again, and what `take` throws.
  func write(to take: ([UInt8]) throws -> Void) throws {
    let codes = Set(result.findings.counts.filter { $0.value > 0 }.keys.map(\.code).filter(filter.shows)).sorted()
    let places = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($0.element, $0.offset) })
    let driver = JSONValue.object([
      ("name", .text("yaosu")), ("version", .text(version)),
      ("language", .text(language == .zh ? "zh-CN" : "en")), ("rules", .list(codes.compactMap { result.book[$0] }.map(rule))),
    ])
    // Sheets of a workbook are inputs of one artifact.
    var paths: [String] = []
    let files = result.inputs.filter { input in
      if paths.contains(where: { $0.utf8.elementsEqual(input.path.utf8) }) { return false }
      paths.append(input.path)
      return true
    }
    let artifacts = JSONValue.list(
      files.map { input in
        .object(
          [("location", .object([("uri", .text(Self.uri(input.path)))])), ("length", .integer(input.bytes))]
            + (input.sha256.map { [("hashes", JSONValue.object([("sha-256", .text($0))]))] } ?? []))
      })
    try take(
      Array(
        ("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":"
          + driver.line + "},\"artifacts\":" + artifacts.line + ",\"columnKind\":\"unicodeCodePoints\",\"results\":[").utf8))
    var out: [UInt8] = []
    var isFirst = true
    for input in result.inputs {
      let place = paths.firstIndex { $0.utf8.elementsEqual(input.path.utf8) } ?? 0
      let text = FindingText(book: result.book, map: input.map, language: language)
      try input.findings.forEach(where: { filter.shows($0.code) }) { finding in
        out += Array(((isFirst ? "" : ",") + "\n" + one(finding, input, place, text, places).line).utf8)
        isFirst = false
        guard out.count >= 1 << 16 else { return }
        try take(out)
        out.removeAll(keepingCapacity: true)
      }
    }
    try take(out + Array("]}]}\n".utf8))
  }

  /// A path as a reference of RFC 3986: all but what names need is written in per cent.
  private static func uri(_ path: String) -> String {
    var out = ""
    for byte in path.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x2F, 0x5F, 0x7E].contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      out += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }
    return out
  }

  private func rule(_ rule: RuleDescriptor) -> JSONValue {
    .object([
      ("id", .text(rule.code.description)), ("name", .text(rule.symbol)),
      ("shortDescription", .object([("text", .text(rule.title[language]))])),
      ("fullDescription", .object([("text", .text(rule.rationale[language]))])),
      ("help", .object([("text", .text(rule.fixText(language)))])),
      ("defaultConfiguration", .object([("level", .text(Self.level(rule.severity)))])),
    ])
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  private func one(
    _ finding: Finding, _ input: InputResult, _ place: Int, _ text: FindingText, _ rules: [RuleCode: Int]
  ) -> JSONValue {
    var location: [(String, JSONValue)] = [
      ("artifactLocation", .object([("uri", .text(Self.uri(input.path))), ("index", .integer(place))]))
    ]
    if finding.line > 0 {
      // Of a sheet the line is its row; the column is a cell, not a character.
      location.append(("region", .object([("startLine", .integer(finding.line))])))
    }
    var logical: [(String, JSONValue)] = []
    if finding.field >= 0 { logical.append(("name", .text(input.map.dataset.fields[finding.field].name))) }
    if let cell = finding.cell, input.format == "xlsx" || input.format == "csv" {
      logical.append(("fullyQualifiedName", .text((input.sheet.map { PrintableText.escape($0) + "!" } ?? "") + cell)))
    }
    var members: [(String, JSONValue)] = [
      ("ruleId", .text(finding.code.description)), ("ruleIndex", .integer(rules[finding.code] ?? 0)),
      ("level", .text(Self.level(finding.severity))), ("message", .object([("text", .text(text.message(finding)))])),
      (
        "locations",
        .list([
          .object(
            [("physicalLocation", .object(location))]
              + (logical.isEmpty ? [] : [("logicalLocations", .list([.object(logical)]))]))
        ])
      ),
    ]
    if finding.count > 1 { members.append(("occurrenceCount", .integer(finding.count))) }
    if let print = finding.fingerprint?.text { members.append(("fingerprints", .object([("yaosu/v1", .text(print))]))) }
    if finding.isWaived { members.append(("suppressions", .list([.object([("kind", .text("external"))])]))) }
    return .object(members)
  }
}
