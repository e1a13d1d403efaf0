import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension DatasetRun {
  /// Phase G: decides about keys, groups and grid codes, and moves out what must wait.
  ///
  /// Rows that wait are read again, a few thousand at a time, and where they are many twice: what differs between the rows of a key
  /// is known when all were seen, and rows that are taken back are told before the first of them is.
  mutating func decideGroups(_ target: RowTarget) throws {
    let notes = try groupNotes()
    // No further row comes, and what is built now needs room too.
    keys.dropTable()
    (tallies, deferred) = ([], [])
    var again = RowsAgain(notes.rows, states, jobs: jobs)
    var differing = DifferingFields(notes.conflicts.count, states.map(\.plan))
    // Where they are few, they are kept from the first reading to the second.
    var kept: [RowsAgain.Member]? = again.isShort ? [] : nil
    var row = 0
    while let members = try again.next() {
      for member in members {
        look(at: member, notes, row, &differing, target)
        row += 1
      }
      kept? += members
    }
    try target.finishRows()
    row = 0
    if kept == nil { again = RowsAgain(notes.rows, states, jobs: jobs) }
    while let members = try kept ?? again.next() {
      for member in members {
        try moveOut(member, notes, row, differing, target)
        row += 1
      }
      if kept != nil { break }
    }
    for row in try target.joinInterimRows(readAgain) { try tell(joined(row), row) }
  }

  /// All that stands against rows, sorted.
  private mutating func groupNotes() throws -> GroupNotes {
    var notes = GroupNotes()
    addDeferred(&notes)
    try addGroups(&notes)
    try addGridSets(&notes)
    addTree(&notes)
    try addSequences(&notes)
    for rows in keys.conflicts.values.sorted(by: { $0[0] < $1[0] }) {
      for reference in rows { notes.add(reference, .conflict(rows: notes.conflicts.count)) }
      notes.conflicts.append(rows)
    }
    notes.sort()
    return notes
  }

  /// The first look at a row that was read again.
  private func look(
    at member: RowsAgain.Member, _ notes: GroupNotes, _ row: Int, _ differing: inout DifferingFields, _ target: RowTarget
  ) {
    if notes.rows[row].standing == .written { target.willTakeBack(member.checked, member.record) }
    for case .conflict(let rows) in notes.reasons(row) { differing.add(rows, member.checked, member.record) }
  }

  /// Reads rows (ascending) of the delivery again.
  private func readAgain(
    _ rows: [RowReference], _ body: (RowReference, RowsAgain.Member) throws -> Void
  ) throws {
    var again = RowsAgain(rows, states, jobs: jobs)
    var place = 0
    while place < rows.count, let members = try again.next() {
      for member in members {
        try body(rows[place], member)
        place += 1
      }
    }
  }

  /// What a row is told that has no key and turned out to be one that has it.
  private func joined(_ row: RowReference) -> Finding {
    let fields = (dataset.interim?.must ?? []).map { dataset.fields[$0] }
    let facts = [
      "fields": fields.map(\.title).joined(separator: "、"), "fieldsEn": fields.map(\.english).joined(separator: ", "),
    ]
    return finding(InterimJoined.descriptor, row, field: dataset.key.first ?? -1, others: [], facts: facts)
  }

  /// Grid codes that miss the scheme: errors, unless most codes of the file miss it.
  private mutating func addDeferred(_ notes: inout GroupNotes) {
    var missed: Set<Int> = []
    for index in states.indices {
      for (field, tally) in states[index].tallies.enumerated() where tally.schemeMisses * 2 > tally.filled - tally.names {
        missed.insert(index << 16 | field)
        let (state, count) = (states[index], tally.schemeMisses)
        states[index].findings.add(
          GridSchemeMismatch.finding(
            scheme: state.plan.scheme.name, count: count, column: state.column(of: field), field: field))
      }
    }
    for (reference, field) in deferred where !missed.contains(reference.input << 16 | field) {
      notes.add(reference, .deferred(field: field))
    }
  }

  private mutating func addGroups(_ notes: inout GroupNotes) throws {
    for (number, (rule, place)) in zip(dataset.groups, dataset.groupings).enumerated() {
      if let most = rule.most {
        for rows in tallies[place].exceeding(most) { try report(.exceeding(rule: number), rows, rule.severity, &notes) }
      }
      if let least = rule.least {
        for reference in tallies[place].short(of: least).sorted() { try addShort(number, rule, reference, &notes) }
      }
    }
  }

  /// Makes the rows of a group wait for an error; tells what is less of each.
  private mutating func report(
    _ kind: GroupNotes.Kind, _ rows: [RowReference], _ severity: Severity, _ notes: inout GroupNotes
  ) throws {
    if severity == .error { return notes.add(rows, kind) }
    for reference in rows { try tell(finding(kind, reference, rows), reference) }
  }

  /// A row of a tree whose parent is not there, or that leads back to itself.
  private mutating func addTree(_ notes: inout GroupNotes) {
    guard let tree, dataset.parent != nil else { return }
    for row in tree.orphans { notes.add(row, .orphan) }
    for rows in tree.cycles { notes.add(rows, .cycle) }
  }

  /// Neighbours of a group that do not follow each other as a rule asks: told at the later one.
  private mutating func addSequences(_ notes: inout GroupNotes) throws {
    for (number, (rule, entries)) in zip(dataset.sequences, sequences).enumerated() {
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
        if rule.descriptor.severity == .error {
          notes.add(after.row, .after(rule: number, before.row))
        } else {
          try tell(follows(number, after.row, before.row), after.row)
        }
      }
    }
    sequences = []
  }

  /// Tells a finding below error about a row that is not read again.
  mutating func tell(_ found: Finding, _ row: RowReference) throws {
    guard states[row.input].findings.count(found.code, found.severity) else { return }
    let told = place(found, line: states[row.input].line(of: row.row), byte: found.byte, row.input)
    states[row.input].findings.keep(told)
    try states[row.input].findings.settle()
  }

  /// A group without what it needs is told once, at the first row that is of what it needs, or else at its first; an error only
  /// where the delivery is complete.
  private mutating func addShort(
    _ number: Int, _ rule: GroupRule, _ reference: RowReference, _ notes: inout GroupNotes
  ) throws {
    if isComplete, rule.severity == .error { return notes.add(reference, .short(rule: number)) }
    try tell(short(number, reference, isComplete ? rule.severity : .info), reference)
  }

  /// Makes a row wait: takes it out of its table, plans it anew, keeps it in quarantine.
  private mutating func moveOut(
    _ member: RowsAgain.Member, _ notes: GroupNotes, _ row: Int, _ differing: DifferingFields, _ target: RowTarget
  ) throws {
    let reference = notes.rows[row]
    let (input, ordinal) = (reference.input, states[reference.input].input.ordinal)
    let findings = findings(member, notes, row, differing)
    for finding in findings {
      let spot = member.checked.source.spots[member.record]
      let placed = place(finding, line: Int(spot.line), byte: Int(spot.byteStart), input)
      states[input].findings.add(placed)
    }
    try states[input].findings.settle()
    let reasons = findings.map(\.code)
    if reference.standing == .written { try target.withdraw(member, reference) }
    try target.wait(reference, key: member.checked.keyHash[member.record], reasons)
    guard let ledger = target.ledger else { return }
    if reference.standing == .quarantined {
      for code in reasons { try ledger.addReason(code, row: reference.row, input: ordinal) }
    } else {
      try ledger.keep(Quarantine.record(member.checked, member.record, states[input].input, reasons), input: ordinal)
    }
  }
}
