import ElementCore
import ElementFormats
import ElementSchema

/// What is wrong with the rows of an input, in the words of a clerk: for the column beside them, and for notes at single cells.
struct RowReasons {
  /// The reasons of each row, by line: the worst severity and the sentences.
  private(set) var rows: [(line: Int, severity: Severity, text: String)] = []
  /// The marks of single cells, by line and then by column.
  private(set) var cells: [CellEdit] = []
  /// The first cell, or line, of each rule of each column (from 1).
  private(set) var firsts: [Kind: (count: Int, line: Int, column: Int)] = [:]
  private let language: Language
  private let text: FindingText

  /// What is counted together.
  struct Kind: Hashable {
    /// What it breaks.
    let code: RuleCode
    /// How much it matters.
    let severity: Severity
    /// The column, from 1; 0 for none.
    let column: Int
    /// The field, from 0; -1 for none.
    let field: Int
  }

  /// So many notes are written: programs take long to draw more. All cells are coloured, and every row has its reasons.
  private static let mostNotes = 30_000
  /// A row says no more than fits into a cell that people read.
  private static let mostText = 1_000

  /// The reasons of an input.
  ///
  /// - Throws: `SpillError` where findings cannot be read again.
  init(_ input: InputResult, _ book: RuleBook, _ filter: FindingFilter, _ language: Language) throws {
    self.language = language
    text = FindingText(book: book, map: input.map, language: language)
    var notes = 0
    try input.findings.forEach(where: { filter.shows($0.code) }) { finding in
      let kind = Kind(code: finding.code, severity: finding.severity, column: finding.column, field: finding.field)
      let known = firsts[kind]
      firsts[kind] = ((known?.count ?? 0) + finding.count, known?.line ?? finding.line, finding.column)
      guard finding.line > 0 else { return }
      if finding.row > 0 { addRow(finding) }
      guard finding.column > 0 else { return }
      addCell(finding, hasNote: notes < Self.mostNotes)
      notes += 1
    }
    // Rows are told in their order, but groups of them on lines that come before.
    rows.sort { $0.line < $1.line }
    cells.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private mutating func addRow(_ finding: Finding) {
    let sentence = sentence(finding)
    guard let last = rows.indices.last, rows[last].line == finding.line else {
      return rows.append((finding.line, finding.severity, sentence))
    }
    rows[last].severity = max(rows[last].severity, finding.severity)
    if rows[last].text.utf8.count < Self.mostText {
      rows[last].text += say("；", "; ") + sentence
    } else if !rows[last].text.hasSuffix("…") {
      rows[last].text += "…"
    }
  }

  private func sentence(_ finding: Finding) -> String {
    let message = Self.line(text.message(finding))
    return finding.severity.name[language] + say("：", ": ") + message + (finding.isWaived ? say("（暂缓整改）", " (waived)") : "")
  }

  private static func line(_ text: String) -> String {
    text.utf8.contains(where: { $0 < 0x20 }) ? text.replacing("\r", with: "").replacing("\n", with: " ") : text
  }

  private mutating func addCell(_ finding: Finding, hasNote: Bool) {
    let tint: CellTint =
      switch finding.isWaived ? .info : finding.severity {
      case .info: .info
      case .warning: .warning
      case .error: .error
      }
    var note = ""
    if hasNote {
      note = "\(finding.severity.name[language]) \(finding.code)" + say("：", ": ") + text.message(finding)
      if let offer = finding.suggestion { note += "\n" + say("建议：", "Perhaps: ") + offer.value }
    }
    if let last = cells.indices.last, cells[last].line == finding.line, cells[last].column == finding.column {
      if tint.rawValue > cells[last].tint?.rawValue ?? 0 { cells[last].tint = tint }
      if hasNote { cells[last].note += "\n" + note }
      return
    }
    var edit = CellEdit(line: finding.line, column: finding.column)
    edit.tint = tint
    if hasNote { edit.note = MarkWords.notes[language == .zh ? 0 : 1] + "\n" + note }
    cells.append(edit)
  }
}
