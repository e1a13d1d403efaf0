import ElementCore
import ElementExpression
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension DatasetRun {
  /// Why a row waits, or what is to be told of it, as far as it is known before the row is read again.
  enum Reason {
    /// Something was found.
    indirect case found(Finding)
    /// A value of this field was found wrong by its own check, and the end of the file confirmed it.
    case deferred(field: Int)
    /// It is one of the rows (by their number in `Notes.exceeding`) that are more than a rule allows.
    case exceeding(rule: Int, rows: Int)
    /// It is one of the rows (by their number in `Notes.conflicts`) of a key that stand with different contents.
    case conflict(rows: Int)
  }

  /// The rows that the groups decide against: what is kept of each is small, since a file may have nothing but such rows.
  struct Notes {
    /// A row with one reason; a row may have several.
    var rows: [(reference: RowReference, reason: Reason)] = []
    /// The rows of groups that have more than a rule allows.
    var exceeding: [[RowReference]] = []
    /// The rows of keys that stand with different contents.
    var conflicts: [[RowReference]] = []

    /// Notes a row.
    mutating func add(_ reference: RowReference, _ reason: Reason) { rows.append((reference, reason)) }
  }

  /// Phase G: decides about keys, groups and grid codes, and moves out what must wait.
  ///
  /// Rows that wait are read twice more, a few thousand at a time: what differs between the rows of a key is known when all were
  /// seen, and rows that are taken back are told before the first of them is.
  mutating func decideGroups(_ sink: any RowSink) throws {
    var notes = Notes()
    addDeferred(&notes)
    try addGroups(&notes)
    for (reference, finding) in try gridSetFindings() { notes.add(reference, .found(finding)) }
    addTree(&notes)
    try addSequences(&notes)
    for rows in keys.conflicts.values {
      for reference in rows { notes.add(reference, .conflict(rows: notes.conflicts.count)) }
      notes.conflicts.append(rows)
    }
    // No further row comes, and what is built now needs room too.
    keys.dropTable()
    (tallies, deferred) = ([], [])
    notes.rows.sort { $0.reference.place < $1.reference.place }
    let rows = notes.rows.indices.filter { place in
      place == 0 || !notes.rows[place].reference.isSameRow(notes.rows[place - 1].reference)
    }
    var again = RowsAgain(rows.map { notes.rows[$0].reference }, states, jobs: jobs)
    var differing = DifferingFields(notes.conflicts.count, states.map(\.plan))
    // Where they are few, they are kept from the first reading to the second.
    let isShort = again.isShort
    var kept: [RowsAgain.Member] = []
    var next = 0
    while let members = try again.next() {
      for member in members {
        look(at: member, notes, from: rows[next], &differing, sink)
        next += 1
      }
      if isShort { kept += members }
    }
    try sink.finishRows()
    if !isShort { again = RowsAgain(rows.map { notes.rows[$0].reference }, states, jobs: jobs) }
    next = 0
    while let members = isShort ? (next == 0 && !kept.isEmpty ? kept : nil) : try again.next() {
      for member in members {
        try moveOut(member, notes, from: rows[next], differing, sink)
        next += 1
      }
    }
    for joined in try sink.joinInterimRows() { try count(joined) }
  }

  /// The first look at a row that was read again.
  private func look(
    at member: RowsAgain.Member, _ notes: Notes, from first: Int, _ differing: inout DifferingFields, _ sink: any RowSink
  ) {
    if notes.rows[first].reference.standing == .written { sink.willTakeBack(member.checked, member.record) }
    for (reference, reason) in notes.rows[first...] {
      guard reference.isSameRow(notes.rows[first].reference) else { break }
      if case .conflict(let rows) = reason { differing.add(rows, member.checked, member.record) }
    }
  }

  /// A record without its key that turned out to be a row that has it adds nothing; the other one then is no new row.
  private mutating func count(_ joined: JoinedRow) throws {
    if let record = joined.interim, let index = states.firstIndex(where: { $0.input.ordinal == record.input }) {
      states[index].counts.count(record.outcome, by: -1)
      states[index].counts.duplicate += 1
      let row = RowReference(input: index, row: record.row, standing: .written)
      let fields = (dataset.interim?.must ?? []).map { dataset.fields[$0] }
      let facts = [
        "fields": fields.map(\.title).joined(separator: "、"), "fieldsEn": fields.map(\.english).joined(separator: ", "),
      ]
      let code = InterimJoined.descriptor.code
      try tell(finding(code, .info, row, field: dataset.key.first ?? -1, others: [], facts: facts), row)
    }
    if let record = joined.keyed, let index = states.firstIndex(where: { $0.input.ordinal == record.input }) {
      states[index].counts.count(.created, by: -1)
      states[index].counts.count(.updated, by: 1)
    }
  }

  /// Grid codes that miss the scheme: errors, unless most codes of the file miss it.
  private mutating func addDeferred(_ notes: inout Notes) {
    var missed: Set<Int> = []
    for index in states.indices {
      for (field, tally) in states[index].tallies.enumerated() where tally.schemeMisses * 2 > tally.filled - tally.names {
        missed.insert(index << 16 | field)
        states[index].findings.add(
          Finding(
            RuleCode("F0105"), .warning, column: (states[index].plan.columns[field] ?? -1) + 1, field: field,
            expected: states[index].plan.scheme.name, facts: ["count": String(tally.schemeMisses)], count: tally.schemeMisses))
      }
    }
    for (reference, field) in deferred where !missed.contains(reference.input << 16 | field) {
      notes.add(reference, .deferred(field: field))
    }
  }

  private mutating func addGroups(_ notes: inout Notes) throws {
    for (number, (rule, place)) in zip(dataset.groups, dataset.groupings).enumerated() {
      if let most = rule.most {
        for rows in tallies[place].exceeding(most) {
          for reference in rows {
            if rule.severity == .error {
              notes.add(reference, .exceeding(rule: number, rows: notes.exceeding.count))
            } else {
              try tell(exceeding(rule, reference, rows), reference)
            }
          }
          if rule.severity == .error { notes.exceeding.append(rows) }
        }
      }
      if let least = rule.least {
        for reference in tallies[place].short(of: least).sorted() { try addShort(rule, reference, &notes) }
      }
    }
  }

  private func exceeding(_ rule: GroupRule, _ reference: RowReference, _ rows: [RowReference]) -> Finding {
    finding(
      rule.code, rule.severity, reference, field: rule.condition.fields.first ?? rule.by.first ?? -1,
      others: others(than: reference, in: rows), facts: ["count": String(rows.count)])
  }

  /// The first other rows: more than are named, where there are more, and not all of a group that may be the whole file.
  func others(than reference: RowReference, in rows: [RowReference]) -> [RowReference] {
    Array(rows.lazy.filter { !$0.isSameRow(reference) }.prefix(DatasetRun.namedRows + 1))
  }

  private static let namedRows = 5

  /// A row of a tree whose parent is not there, or that leads back to itself.
  private mutating func addTree(_ notes: inout Notes) {
    guard let tree, let parent = dataset.parent else { return }
    for row in tree.orphans {
      notes.add(row, .found(finding(RuleCode("G2007"), .error, row, field: parent, others: [], facts: [:])))
    }
    for rows in tree.cycles {
      for row in rows {
        // A row that is its own parent stands against itself.
        let others = rows.count == 1 ? rows : others(than: row, in: rows)
        notes.add(row, .found(finding(RuleCode("G2008"), .error, row, field: parent, others: others, facts: [:])))
      }
    }
  }

  /// Neighbours of a group that do not follow each other as a rule asks: told at the later one.
  private mutating func addSequences(_ notes: inout Notes) throws {
    for (rule, entries) in zip(dataset.sequences, sequences) {
      let sorted = entries.sorted { left, right in
        (left.point.group, left.point.order, left.row.place) < (right.point.group, right.point.order, right.row.place)
      }
      // The row that the next is compared with: its neighbour, or the last one that says something.
      var earlier = sorted.first
      for after in sorted.dropFirst() {
        defer {
          if rule.relation == .equal || after.point.last != 0 || after.point.group != earlier?.point.group { earlier = after }
        }
        guard let before = earlier, before.point.group == after.point.group else { continue }
        let (last, next) = (before.point.last, after.point.next)
        if rule.isAdjacent, after.point.order != before.point.order + 1 { continue }
        if last == 0 || next == 0 || rule.relation.holds(last, next) { continue }
        let found = finding(
          rule.descriptor.code, rule.descriptor.severity, after.row, field: rule.next, others: [before.row], facts: [:])
        try report(found, after.row, &notes)
      }
    }
    sequences = []
  }

  /// Makes a row wait for an error; tells what is less.
  private mutating func report(
    _ found: Finding, _ row: RowReference, _ notes: inout Notes
  ) throws {
    if found.severity == .error { return notes.add(row, .found(found)) }
    try tell(found, row)
  }

  /// Tells a finding below error about a row that is not read again.
  mutating func tell(_ found: Finding, _ row: RowReference) throws {
    guard states[row.input].findings.count(found.code, found.severity) else { return }
    var told = found
    told.line = states[row.input].line(of: row.row)
    told.related = found.related.map { RelatedRow(input: $0.input, row: $0.row, line: states[$0.input].line(of: $0.row)) }
    if !told.related.isEmpty { told.facts["others"] = places(told.related, from: row.input) + (found.facts["more"] ?? "") }
    states[row.input].findings.keep(told)
  }

  /// A group without what it needs is told once, at the first row that is of what it needs, or else at its first; an error only
  /// where the delivery is complete.
  private mutating func addShort(_ rule: GroupRule, _ reference: RowReference, _ notes: inout Notes) throws {
    let severity = isComplete ? rule.severity : .info
    let found = finding(rule.code, severity, reference, field: rule.by.first ?? -1, others: [], facts: [:])
    try report(found, reference, &notes)
  }

  /// A finding about a row and others that it stands against.
  func finding(
    _ code: RuleCode, _ severity: Severity, _ reference: RowReference, field: Int, others: [RowReference],
    facts: [String: String]
  ) -> Finding {
    var facts = facts
    facts["more"] = others.count > DatasetRun.namedRows ? "…" : ""
    return Finding(
      code, severity, row: reference.row, column: (states[reference.input].plan.columns[max(0, field)] ?? -1) + 1, field: field,
      facts: facts,
      related: others.prefix(DatasetRun.namedRows).map { RelatedRow(input: $0.input, row: $0.row, line: 0) })
  }

  /// Rows of one key with different contents: each finding names other rows and the fields that differ.
  private func conflict(_ reference: RowReference, _ rows: [RowReference], _ fields: [Int]) -> Finding {
    let map = states[reference.input].input.map
    let titles = fields.map { PrintableText.escape(map.heading($0, .zh)) }.joined(separator: "、")
    return finding(
      RuleCode("G2005"), .error, reference, field: dataset.key.first ?? -1, others: others(than: reference, in: rows),
      facts: ["fields": titles])
  }

  /// What there is to say of a row that was read again.
  private func findings(
    _ member: RowsAgain.Member, _ notes: Notes, from first: Int, _ differing: DifferingFields
  ) -> [Finding] {
    var out: [Finding] = []
    for (reference, reason) in notes.rows[first...] {
      guard reference.isSameRow(notes.rows[first].reference) else { break }
      switch reason {
      case .found(let finding): out.append(finding)
      case .deferred(let field): out += member.deferred.filter { $0.field == field }
      case .exceeding(let rule, let rows): out.append(exceeding(dataset.groups[rule], reference, notes.exceeding[rows]))
      case .conflict(let rows): out.append(conflict(reference, notes.conflicts[rows], differing[rows]))
      }
    }
    return out
  }

  /// Makes a row wait: takes it out of its table, keeps it in quarantine, counts it anew.
  private mutating func moveOut(
    _ member: RowsAgain.Member, _ notes: Notes, from first: Int, _ differing: DifferingFields, _ sink: any RowSink
  ) throws {
    let reference = notes.rows[first].reference
    let (input, ordinal) = (reference.input, states[reference.input].input.ordinal)
    let findings = findings(member, notes, from: first, differing)
    for finding in findings {
      var placed = finding
      let related = finding.related.map {
        RelatedRow(input: $0.input, row: $0.row, line: states[$0.input].line(of: $0.row))
      }
      placed.related = related
      if !related.isEmpty { placed.facts["others"] = places(related, from: input) + (finding.facts["more"] ?? "") }
      placed.line = Int(member.checked.source.spots[member.record].line)
      placed.byte = Int(member.checked.source.spots[member.record].byteStart)
      if !states[input].findings.add(placed) { try sink.keep([placed], input: ordinal) }
    }
    let reasons = findings.map(\.code)
    switch reference.standing {
    case .quarantined:
      for code in reasons { try sink.addReason(code, row: reference.row, input: ordinal) }
      return
    case .written: states[input].counts.count(try sink.withdraw(member.checked, member.record), by: -1)
    case .duplicate: states[input].counts.duplicate -= 1
    case .pending: break
    }
    states[input].counts.quarantined += 1
    if sink.keepsRecords {
      try sink.keep(Quarantine.record(member.checked, member.record, states[input].input, reasons), input: ordinal)
    }
  }

  /// Where rows stand, as a finding of an input names them: lines, and the file where it is another.
  private func places(_ rows: [RelatedRow], from input: Int) -> String {
    rows.map { row in
      row.input == input
        ? String(row.line) : "\(PrintableText.escape(states[row.input].input.survey.original.path)):\(row.line)"
    }.joined(separator: "、")
  }
}
