import ElementFormats
package import ElementCore
import ElementSchema

/// A list of findings: CSV and JSON Lines with the same names for other programs, a page for people.
package enum FindingsList {
  /// A form of the list.
  package enum Form: String, Sendable, CaseIterable {
    /// For spreadsheets.
    case csv
    /// For programs.
    case jsonl
    /// For a browser or a printer.
    case html
  }

  /// The columns, in order: by them a list is known, and refused as a roster.
  package static let columns = [
    "code", "severity", "dataset", "file", "sheet", "row", "line", "column", "cell", "field", "header", "value", "message",
    "expected",
    "suggestion", "safe",
  ]

  /// The list of what a run found, as the filter shows it.
  package static func text(_ result: RunResult, _ form: Form, filter: FindingFilter, language: Language) -> String {
    if form == .html { return FindingsPage.text(result, filter: filter, language: language) }
    var out = form == .csv ? columns.joined(separator: ",") + "\r\n" : ""
    for input in result.inputs {
      let text = FindingText(book: result.book, map: input.map, language: language)
      for finding in input.findings.findings where filter.shows(finding.code) {
        let cells = cells(finding, input, text)
        out +=
          form == .csv
          ? cells.map { quote($0 ?? "") }.joined(separator: ",") + "\r\n"
          : JSONValue.object(zip(columns, cells).map { ($0, value($0, $1)) }).line + "\n"
      }
    }
    return out
  }

  /// The cells of a finding in the order of the columns; nil where one does not apply.
  static func cells(_ finding: Finding, _ input: InputResult, _ text: FindingText) -> [String?] {
    func number(_ value: Int) -> String? { value > 0 ? String(value) : nil }
    let field = finding.field < 0 ? nil : input.map.dataset.fields[finding.field].name
    return [
      finding.code.description, finding.severity.rawValue, input.map.dataset.name, PrintableText.escape(input.path),
      input.sheet.map(PrintableText.escape),
      number(finding.row),
      number(finding.line), number(finding.column), input.recordPath == nil && input.format != "ndjson" ? cell(finding) : nil,
      field, finding.field < 0 ? nil : text.header(finding),
      finding.value,
      text.message(finding), finding.expected, finding.suggestion?.value, finding.suggestion.map { String($0.safe) },
    ]
  }

  /// The cell as a spreadsheet names it: the column's letters and the physical line.
  static func cell(_ finding: Finding) -> String? {
    guard finding.column > 0, finding.line > 0 else { return nil }
    return SpreadsheetColumn.letters(finding.column) + String(finding.line)
  }

  private static func value(_ column: String, _ cell: String?) -> JSONValue {
    guard let cell else { return .null }
    if column == "row" || column == "line" || column == "column" { return Int(cell).map { .integer($0) } ?? .null }
    return column == "safe" ? .bool(cell == "true") : .text(cell)
  }

  /// A CSV cell; one that a spreadsheet would take for a formula gets an apostrophe.
  private static func quote(_ cell: String) -> String {
    let safe = cell.first.map { "=+-@\t\r＝＋－＠".contains($0) } == true && Int(cell) == nil ? "'" + cell : cell
    guard safe.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
