import ElementCore
import ElementFormats
import ElementSchema

/// The findings of a run as JUnit XML, which continuous integration shows: a suite for each file, a case for each rule that found something
/// or was not evaluated; a rule fails where it would make the run fail.
struct FindingsJUnit {
  private let result: RunResult
  private let filter: FindingFilter
  private let language: Language

  /// The report of a run.
  init(_ result: RunResult, _ filter: FindingFilter, _ language: Language) {
    (self.result, self.filter, self.language) = (result, filter, language)
  }

  /// So many findings of a rule are written out; the counts are of all.
  private static let shown = 20

  /// The report.
  ///
  /// - Throws: `SpillError` where findings cannot be read again.
  var text: String {
    get throws {
      let suites = try result.inputs.enumerated().map { try suite($0.element, isFirst: $0.offset == 0) }
      let (tests, failures) = suites.reduce((0, 0)) { ($0.0 + $1.tests, $0.1 + $1.failures) }
      return
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"yaosu\" tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\">\n"
        + suites.map(\.text).joined() + "</testsuites>\n"
    }
  }

  private func suite(_ input: InputResult, isFirst: Bool) throws -> (tests: Int, failures: Int, text: String) {
    let text = FindingText(book: result.book, map: input.map, language: language)
    var lines: [FindingCounts.Key: [String]] = [:]
    try input.findings.forEach(where: { filter.shows($0.code) }) { finding in
      let key = FindingCounts.Key(code: finding.code, severity: finding.severity)
      guard lines[key]?.count ?? 0 < FindingsJUnit.shown else { return }
      lines[key, default: []].append("\(try input.place(finding, language)) \(text.message(finding))")
    }
    let counts = input.findings.counts.counts.filter { $0.value > 0 && filter.shows($0.key.code) }
    let keys = counts.keys.sorted { ($0.code, $0.severity) < ($1.code, $1.severity) }
    let name = input.path + (input.sheet.map { "#" + $0 } ?? "")
    var (cases, failures) = ("", 0)
    for key in keys {
      let (count, waived) = (counts[key] ?? 0, input.waived[key] ?? 0)
      let isFailure = filter.failOn.map { key.severity >= $0 } ?? false && count > waived
      failures += isFailure ? 1 : 0
      let title = Self.attribute("\(key.code) \(result.book[key.code]?.title[language] ?? "")")
      let body = Self.content((lines[key] ?? []).joined(separator: "\n"))
      let inner =
        isFailure
        ? "<failure type=\"\(key.severity.rawValue)\" message=\"\(count)\">\(body)</failure>"
        : "<system-out>\(body)</system-out>"
      cases += "    <testcase classname=\"\(Self.attribute(input.map.dataset.name))\" name=\"\(title)\">\(inner)</testcase>\n"
    }
    let skipped = isFirst ? result.notEvaluated : []
    for rule in skipped {
      cases +=
        "    <testcase classname=\"\(Self.attribute(input.map.dataset.name))\" name=\"\(rule.code)\"><skipped message=\""
        + Self.attribute(rule.why[language]) + "\"/></testcase>\n"
    }
    let tests = keys.count + skipped.count
    return (
      tests, failures,
      "  <testsuite name=\"\(Self.attribute(name))\" tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped.count)\">\n"
        + cases + "  </testsuite>\n"
    )
  }

  /// A text that XML has room for: what it has not is shown by number.
  private static func content(_ text: String) -> String {
    MarkupText.escape(text.split(separator: "\n").map { PrintableText.escape(String($0)) }.joined(separator: "\n"))
  }

  private static func attribute(_ text: String) -> String { MarkupText.escape(PrintableText.escape(text)) }
}
