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
    if !map.unknown.isEmpty {
      let headings = map.unknown.map { column in
        HeaderText.shown(column.heading) + (column.suggestion.map { "（？\($0)）" } ?? "")
      }
      state.findings.add(
        Finding(
          RuleCode("F0101"), .info, line: line, facts: ["headers": headings.joined(separator: "、")], count: map.unknown.count))
    }
    for column in map.leftOut {
      state.findings.add(
        Finding(
          RuleCode("F0103"), .info, line: line, column: column.column,
          facts: ["header": HeaderText.shown(column.heading), "reason": column.reason.zh, "reasonEn": column.reason.en]))
    }
    // Line breaks and tabs are layout.
    for (column, heading) in map.written.enumerated()
    where heading.utf8.contains(where: { ($0 < 0x20 && !(0x09...0x0D).contains($0)) || $0 == 0x7F })
      && state.input.route?.isHome ?? true
    {
      let letters = SpreadsheetColumn.letters(column + 1)
      state.findings.add(
        Finding(
          RuleCode("F0124"), .warning, line: line, column: column + 1,
          facts: ["place": "\(letters) 列", "placeEn": "column \(letters)", "headers": HeaderText.shown(heading)]))
    }
    for (index, field) in map.dataset.fields.enumerated() where state.plan.columns[index] == nil && !map.headings.isEmpty {
      // A form that mixes kinds has not every column of each.
      if field.duty == .expected, state.input.route?.isAlone ?? true {
        state.findings.add(Finding(RuleCode("F0102"), .info, line: line, field: index))
      }
    }
    if !state.input.layout.otherSheets.isEmpty {
      let names = state.input.layout.otherSheets.map(PrintableText.escape).joined(separator: "、")
      state.findings.add(
        Finding(RuleCode("F0109"), .info, facts: ["sheets": names], count: state.input.layout.otherSheets.count))
    }
    if state.input.survey.hasSecondMark { state.findings.add(Finding(RuleCode("F0119"), .info)) }
    if state.input.survey.isDoubtful {
      let encoding = state.input.survey.encoding
      let other = encoding == .gb18030 ? TextEncoding.utf8 : .gb18030
      state.findings.add(Finding(RuleCode("F0107"), .warning, value: encoding.rawValue, facts: ["other": other.rawValue]))
    }
  }

  /// What most of a column is, and what its reference data says.
  static func addTallies(_ state: inout InputState, _ ledger: Ledger?) throws {
    var samples = 0
    for field in state.tallies.indices {
      let tally = state.tallies[field]
      try collapseMasked(&state, field, tally, ledger)
      addLookAlike(&state, field, tally)
      addNothing(&state, field, tally)
      let codes = ["F0106", "V1110", "V1111", "V1112", "V1207", "V1108"]
      samples = max(samples, tally.reference[0])
      for place in 1..<codes.count where tally.reference[place] > 0 {
        guard let code = RuleCode(parsing: codes[place]) else { continue }
        state.findings.add(
          Finding(
            code, .info, column: (state.plan.columns[field] ?? -1) + 1, field: field,
            facts: facts(tally, place, state.plan),
            count: tally.reference[place]))
      }
    }
    if samples > 0 {
      state.findings.add(Finding(RuleCode("F0106"), .warning, facts: ["count": String(samples)], count: samples))
    }
  }

  /// How many values the reference data is told of; of withdrawn divisions also which, and what took over.
  private static func facts(_ tally: ColumnTally, _ place: Int, _ plan: CheckPlan) -> [String: String] {
    let isWithdrawn = ColumnTally.referenceSymbols[place] == .regionRetired
    let named = plan.tables.divisions.withdrawal(isWithdrawn ? tally.withdrawn.keys.sorted() : [])
    return ["count": String(tally.reference[place]), "successor": named.zh, "successorEn": named.en]
  }

  /// The values of a column that said nothing but a word for nothing, with the words and how often each stood.
  private static func addNothing(_ state: inout InputState, _ field: Int, _ tally: ColumnTally) {
    let count = tally.nothing.values.reduce(0, +)
    if count == 0 { return }
    let forms = tally.nothing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\(NothingWords.forms[$0.key]) × \($0.value)"
    }
    state.findings.add(
      Finding(
        RuleCode("N0014"), .info, column: (state.plan.columns[field] ?? -1) + 1, field: field,
        facts: ["forms": forms.joined(separator: "、"), "formsEn": forms.joined(separator: ", "), "count": String(count)],
        count: count))
  }

  /// What the reader met in the file as a whole.
  static func addNotes(_ state: inout InputState) {
    for (column, count) in state.unnamedCounts.sorted(by: { $0.key < $1.key })
    where count > 0 && state.input.route?.isHome ?? true {
      let letters = SpreadsheetColumn.letters(column + 1)
      state.findings.add(
        Finding(
          RuleCode("F0115"), .warning, line: state.input.layout.headerLine, column: column + 1,
          facts: ["count": String(count), "place": "\(letters) 列", "placeEn": "column \(letters)"], count: count))
    }
    for note in state.notes {
      let place = note.kind == .strayCells ? ("第一个在 \(note.place)", "the first at \(note.place)") : (note.place, note.place)
      let rule = rule(of: note.kind)
      state.findings.add(
        Finding(
          rule.code, rule.severity, line: note.line,
          facts: ["count": String(note.count), "place": place.0, "placeEn": place.1, "line": String(note.line)],
          count: note.count))
    }
  }

  private static func rule(of kind: SourceNote.Kind) -> (code: RuleCode, severity: Severity) {
    switch kind {
    case .formulas: (RuleCode("F0110"), .info)
    case .emptyFormulas: (RuleCode("F0117"), .warning)
    case .errorCells: (RuleCode("F0111"), .warning)
    case .hiddenRows: (RuleCode("F0112"), .info)
    case .hiddenColumns: (RuleCode("F0113"), .info)
    case .mergedCells: (RuleCode("F0114"), .warning)
    case .strayCells: (RuleCode("F0115"), .warning)
    case .strayElements: (RuleCode("F0116"), .warning)
    case .invalidElements: (RuleCode("F0118"), .error)
    case .spacedQuotes: (RuleCode("F0120"), .info)
    case .repeatedHeaders: (RuleCode("F0121"), .info)
    case .shortRows: (RuleCode("F0122"), .info)
    case .marks: (RuleCode("F0123"), .info)
    }
  }

  /// A column that seems to follow another code list.
  private static func addLookAlike(_ state: inout InputState, _ field: Int, _ tally: ColumnTally) {
    guard let list = CodeLookAlike.list(state.plan.dataset.fields[field].type, tally) else { return }
    state.findings.add(
      Finding(
        RuleCode("F0108"), .warning, line: state.input.layout.headerLine, column: (state.plan.columns[field] ?? -1) + 1,
        field: field, facts: ["list": list.zh, "listEn": list.en]))
  }

  /// A column masked in more than half of its rows is one finding; its rows wait all the same.
  private static func collapseMasked(
    _ state: inout InputState, _ field: Int, _ tally: ColumnTally, _ ledger: Ledger?
  ) throws {
    guard tally.masked * 2 > tally.filled, tally.masked > 0 else { return }
    let code = RuleCode("V1016")
    state.findings.drop(code, field: field, count: tally.masked)
    try ledger?.drop(code, field: field, input: state.input.ordinal)
    state.findings.add(
      Finding(
        RuleCode("F0104"), .error, column: (state.plan.columns[field] ?? -1) + 1, field: field,
        facts: ["count": String(tally.masked)],
        count: tally.masked))
  }
}
