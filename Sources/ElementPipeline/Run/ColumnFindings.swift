import ElementCore
import ElementFormats
import ElementRules
import ElementSchema

/// Findings about columns as a whole: what the header lacks, what most of a column is.
enum ColumnFindings {
  /// Columns that are not stored, left out by decision, or absent.
  static func addHeader(_ state: inout InputState) {
    let map = state.input.map
    let line = state.input.layout.headerLine
    let unknown = map.unknown.filter { column in
      !WaitingColumn.isOwn(column.heading) && !WorkListColumn.isOwn(column.heading) && !MarkWords.isHeading(column.heading)
    }
    if !unknown.isEmpty {
      let headings = unknown.map { (HeaderText.shown($0.heading), $0.suggestion) }
      state.findings.add(ColumnNotStored.finding(headings: headings, line: line))
    }
    for column in map.leftOut {
      state.findings.add(
        ColumnLeftOut.finding(
          heading: HeaderText.shown(column.heading), reason: column.reason, column: column.column, line: line))
    }
    // Line breaks and tabs are layout.
    for (column, heading) in map.written.enumerated()
    where heading.utf8.contains(where: { ($0 < 0x20 && !(0x09...0x0D).contains($0)) || $0 == 0x7F })
      && state.input.route?.isHome ?? true
    {
      state.findings.add(
        ControlInHeading.finding(
          heading: HeaderText.shown(heading), letters: SpreadsheetColumn.letters(column + 1), column: column + 1, line: line))
    }
    for (index, field) in map.dataset.fields.enumerated()
    where state.plan.columns[index] == nil && !map.headings.isEmpty && !state.plan.corrects {
      // Corrections have the columns that they correct, and a form that mixes kinds has not every column of each.
      if field.duty == .expected, state.input.route?.isAlone ?? true {
        state.findings.add(ColumnAbsent.finding(field: index, line: line))
      }
    }
    addTemplate(&state)
    let sheets = state.input.layout.otherSheets.map(PrintableText.escape)
    if !sheets.isEmpty { state.findings.add(SheetsNotRead.finding(sheets: sheets)) }
    if state.input.survey.hasSecondMark { state.findings.add(SecondMark.finding) }
    if state.input.survey.isDoubtful {
      let encoding = state.input.survey.encoding
      let other = encoding == .gb18030 ? TextEncoding.utf8 : .gb18030
      state.findings.add(EncodingDoubtful.finding(encoding: encoding.rawValue, other: other.rawValue))
    }
  }

  /// Whether the workbook is a template of ours for other schemas.
  private static func addTemplate(_ state: inout InputState) {
    let (layout, map) = (state.input.layout, state.input.map)
    guard case .sheet(let workbook, _) = layout.container, let stamp = try? TemplateStamp(workbook),
      let made = stamp.datasets.first(where: { $0.name.utf8.elementsEqual(map.dataset.name.utf8) }),
      !made.digest.utf8.elementsEqual(TemplateStamp.digest(map.dataset).utf8)
    else { return }
    let columns = map.columnOfField
    let added = map.dataset.fields.indices.filter { columns[$0] == nil }.map { map.dataset.fields[$0].title }
    let gone = map.unknown.map { HeaderText.shown($0.heading) }
    state.findings.add(
      TemplateOther.finding(
        version: PrintableText.escape(stamp.version), added: added, gone: gone, line: layout.headerLine))
  }

  /// What most of a column is, and what its reference data says.
  static func addTallies(_ state: inout InputState) {
    var samples = 0
    for field in state.tallies.indices {
      let tally = state.tallies[field]
      collapseMasked(&state, field, tally)
      addLookAlike(&state, field, tally)
      addNothing(&state, field, tally)
      if tally.scopeless > 0 {
        state.findings.add(NumberWithoutScope.finding(tally.scopeless, column: state.column(of: field), field: field))
      }
      samples = max(samples, tally.reference[0])
      let successors = state.plan.tables.divisions.withdrawal(tally.withdrawn.keys.sorted())
      for finding in ReferenceNotes.findings(
        tally, column: state.column(of: field), field: field, successors: LocalizedText(zh: successors.zh, en: successors.en))
      {
        state.findings.add(finding)
      }
    }
    if samples > 0 { state.findings.add(SampleData.finding(count: samples)) }
  }

  /// The values of a column that said nothing but a word for nothing, with the words and how often each stood.
  private static func addNothing(_ state: inout InputState, _ field: Int, _ tally: ColumnTally) {
    if tally.nothing.isEmpty { return }
    let words = tally.nothing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (NothingWords.forms[$0.key], $0.value) }
    state.findings.add(FixNothing.finding(words: words, column: state.column(of: field), field: field))
  }

  /// What the reader met in the file as a whole.
  static func addNotes(_ state: inout InputState) {
    for (column, count) in state.unnamedCounts.sorted(by: { $0.key < $1.key })
    where count > 0 && state.input.route?.isHome ?? true {
      state.findings.add(
        StrayCells.finding(
          letters: SpreadsheetColumn.letters(column + 1), column: column + 1, count: count, line: state.input.layout.headerLine)
      )
    }
    for note in state.notes { state.findings.add(note.finding) }
  }

  /// A column that seems to follow another code list.
  private static func addLookAlike(_ state: inout InputState, _ field: Int, _ tally: ColumnTally) {
    guard let list = CodeLookAlike.list(state.plan.dataset.fields[field].type, tally, state.plan.lookAlikes) else { return }
    state.findings.add(
      CodeListSuspect.finding(
        list: list, column: state.column(of: field), field: field, line: state.input.layout.headerLine))
  }

  /// A column masked in more than half of its rows is one finding; its rows wait all the same.
  private static func collapseMasked(_ state: inout InputState, _ field: Int, _ tally: ColumnTally) {
    guard tally.masked * 2 > tally.filled, tally.masked > 0 else { return }
    let code = Masked.descriptor.code
    state.findings.drop(code, field: field, count: tally.masked)
    state.findings.add(ColumnMasked.finding(count: tally.masked, column: state.column(of: field), field: field))
  }
}
