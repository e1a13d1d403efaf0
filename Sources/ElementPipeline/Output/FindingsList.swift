package import ElementCore
import ElementFormats
import ElementSchema

/// A list of findings: CSV, a workbook and JSON Lines with the same names, a page for people.
package enum FindingsList {
  /// A form of the list.
  package enum Form: String, Sendable, CaseIterable {
    /// For spreadsheets.
    case csv
    /// For programs.
    case jsonl
    /// For a browser or a printer.
    case html
    /// For Excel; into a file only.
    case xlsx
  }

  /// The columns, in order: by them a list is known, and refused as a roster.
  package static let columns = [
    "code", "severity", "dataset", "file", "sheet", "row", "line", "column", "cell", "field", "header", "value", "message",
    "expected",
    "suggestion", "safe", "path",
  ]

  private static let numbers: Set = ["row", "line", "column"]
  /// The most characters of a cell: a workbook has room for few more.
  private static let cellLimit = 30_000

  /// The list of what a run found, as the filter shows it; CSV begins with a mark in a file, by which spreadsheets know UTF-8.
  package static func bytes(
    _ result: RunResult, _ form: Form, filter: FindingFilter, language: Language, isFile: Bool
  ) -> [UInt8] {
    switch form {
    case .html: return Array(FindingsPage.text(result, filter: filter, language: language).utf8)
    case .jsonl: return lines(result, filter, language)
    case .csv, .xlsx:
      var text = CSVForm.people
      text.hasMark = isFile
      let columns = columns.map { WrittenColumn($0, isNumber: numbers.contains($0)) }
      do throws(UnwritableValue) {
        let writer = try (form == .csv ? WrittenFormat.csv : .xlsx).writer(
          columns, text: text, sheet: language == .zh ? "问题" : "findings")
        try each(result, filter, language) { (cells) throws(UnwritableValue) in
          try writer.append(cells.map { String(($0 ?? "").unicodeScalars.prefix(cellLimit)) })
        }
        try writer.finish()
        return writer.pending
      } catch {
        bug("a findings list holds what no cell has room for")
      }
    }
  }

  private static func lines(_ result: RunResult, _ filter: FindingFilter, _ language: Language) -> [UInt8] {
    var out: [UInt8] = []
    each(result, filter, language) { cells in
      out += Array((JSONValue.object(zip(columns, cells).map { ($0, value($0, $1)) }).line + "\n").utf8)
    }
    return out
  }

  private static func each<E: Error>(
    _ result: RunResult, _ filter: FindingFilter, _ language: Language, _ body: ([String?]) throws(E) -> Void
  ) throws(E) {
    for input in result.inputs {
      let text = FindingText(book: result.book, map: input.map, language: language)
      for finding in input.findings.findings where filter.shows(finding.code) { try body(cells(finding, input, text)) }
    }
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
      input.pointer(finding),
    ]
  }

  /// The cell as a spreadsheet names it: the column's letters and the physical line.
  static func cell(_ finding: Finding) -> String? {
    guard finding.column > 0, finding.line > 0 else { return nil }
    return SpreadsheetColumn.letters(finding.column) + String(finding.line)
  }

  private static func value(_ column: String, _ cell: String?) -> JSONValue {
    guard let cell else { return .null }
    if numbers.contains(column) { return Int(cell).map { .integer($0) } ?? .null }
    return column == "safe" ? .bool(cell == "true") : .text(cell)
  }
}
