import ElementCore
import ElementFormats
import ElementSchema

/// The row that a finding has in lists: what the findings of an input have in common is made once.
struct FindingRow {
  private let input: InputResult
  private let text: FindingText
  private let (path, sheet): (String, String?)
  private let hasCells: Bool
  private let unmasks: Bool

  /// Rows of the findings of an input, that show values as they were written where it `unmasks`.
  init(_ input: InputResult, _ text: FindingText, unmasks: Bool) {
    self.unmasks = unmasks
    (self.input, self.text) = (input, text)
    path = PrintableText.escape(input.path)
    sheet = input.sheet.map(PrintableText.escape)
    hasCells = input.recordPath == nil && input.format != "ndjson"
  }

  /// The cells of a finding in the order of the list's columns; nil where one does not apply.
  ///
  /// - Throws: what keeps a table from saying where its rows came from.
  func cells(_ finding: Finding) throws -> [String?] {
    func number(_ value: Int) -> String? { value > 0 ? String(value) : nil }
    let hasField = finding.field >= 0
    let origin = finding.row > 0 ? try input.table?.origin(ofRow: finding.row) : nil
    return [
      finding.code.description, finding.severity.rawValue, input.map.dataset.name,
      origin.map { PrintableText.escape($0.path) } ?? path, sheet, number(origin?.row ?? finding.row),
      number(finding.line), input.table == nil ? number(finding.column) : nil, hasCells ? finding.cell : nil,
      hasField ? input.map.dataset.fields[finding.field].name : nil, hasField ? text.header(finding) : nil,
      unmasks ? finding.written ?? finding.value : finding.value,
      text.message(finding), finding.expected, finding.suggestion?.value, finding.suggestion.map { $0.safe ? "true" : "false" },
      input.pointer(finding), finding.fingerprint?.text, finding.isWaived ? "true" : "false",
      origin.map { String($0.batch) },
    ]
  }
}

extension Finding {
  /// The cell as a spreadsheet names it: the column's letters and the physical line; nil for what stands in no cell.
  var cell: String? { column > 0 && line > 0 ? SpreadsheetColumn.letters(column) + String(line) : nil }
}
