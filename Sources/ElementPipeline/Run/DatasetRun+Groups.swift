import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension DatasetRun {
  /// Phase G: decides about keys, groups and grid codes, and moves out what must wait.
  ///
  /// Rows that wait are read again, a few thousand at a time, and where they are many twice: rows that are taken back are told before the
  /// first of them is.
  mutating func decideGroups(_ target: RowTarget) throws {
    var unions = try KeyUnions(keys.conflicts.values.sorted { $0[0] < $1[0] }, dataset, states, jobs: jobs)
    try unions.decide(states, jobs: jobs, isMended: target.isMended) {
      addGroups(of: $0)
      uniteFacts(of: $0)
      try target.noteGroups(of: $0)
    }
    let verdicts = try rowVerdicts(&unions, target)
    // No further row comes, and what is built now needs room too.
    keys.dropTable()
    (tallies, deferred) = ([], [])
    var again = RowsAgain(verdicts.rows, states, jobs: jobs)
    // Where they are few, they are kept from the first reading to the second.
    var kept: [RowsAgain.Member]? = again.isShort ? [] : nil
    var row = 0
    while let members = try again.next() {
      for member in members {
        if verdicts.rows[row].standing == .written { target.willTakeBack(member, verdicts.rows[row]) }
        row += 1
      }
      kept? += members
    }
    try target.finishRows()
    row = 0
    if kept == nil { again = RowsAgain(verdicts.rows, states, jobs: jobs) }
    while let members = try kept ?? again.next() {
      for member in members {
        try settle(member, verdicts, row, unions.differing, target)
        row += 1
      }
      if kept != nil { break }
    }
    // Behind the rows that are taken back: one of them may have had the key.
    try unite(unions, target)
    let joins = try target.joinInterimRows { rows, body in
      let united = unions.beginning(with: Set(rows))
      let apart = Set(united.united.map { $0[0] })
      try RowsAgain.forEach(rows.filter { !apart.contains($0) }, states, jobs: jobs) { row, member in
        try body((member.checked, member.record), [(row, member)])
      }
      try united.forEach(states, jobs: jobs) { _, union in try body((union.row, 0), union.parts) }
    }
    for row in joins { try tell(joined(row), row) }
    try tellKnown()
    try target.endWaits(retried?.named ?? [])
    try target.settlePresence(&states)
  }

  /// All that stands against rows, sorted.
  private mutating func rowVerdicts(_ unions: inout KeyUnions, _ target: RowTarget) throws -> RowVerdicts {
    var verdicts = RowVerdicts()
    addDeferred(&verdicts)
    try addGridSets(&verdicts)
    addTree(&verdicts)
    try addSequences(&verdicts)
    try dropWaived(&verdicts, target)
    if !dataset.groups.isEmpty {
      var crowded = verdicts
      for rows in unions.conflicts { crowded.add(conflict: rows) }
      try addGroups(&verdicts, target, waiting: crowded.places)
      try dropWaived(&verdicts, target)
    }
    for rows in unions.conflicts { verdicts.add(conflict: rows) }
    let waiting = unions.united.isEmpty ? [] : verdicts.places
    if !waiting.isEmpty { unions.leaveOut(wrong: verdicts.deferredPlaces) }
    unions.leaveOut(verdicts.share(unions.united), rows: waiting)
    verdicts.sort()
    return verdicts
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
  private mutating func addDeferred(_ verdicts: inout RowVerdicts) {
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
      verdicts.add(reference, .deferred(field: field))
    }
  }

  /// A row of a tree whose parent is not there, or that leads back to itself.
  private mutating func addTree(_ verdicts: inout RowVerdicts) {
    guard let tree, dataset.parent != nil else { return }
    for row in tree.orphans { verdicts.add(row, .orphan) }
    for rows in tree.cycles { verdicts.add(rows) { .cycle(rows: $0) } }
  }

  /// Neighbours of a group that do not follow each other as a rule asks: told at the later one.
  private mutating func addSequences(_ verdicts: inout RowVerdicts) throws {
    for (number, (rule, alone)) in zip(dataset.sequences, sequences).enumerated() {
      let united = unitedSequences[number]
      let facts =
        united.isEmpty ? alone : alone.filter { united[$0.row.place] == nil } + united.values.filter { $0.point.group != 0 }
      for (row, before) in SequenceFold.breaches(facts.sorted(by: SequenceFold.isBefore), of: rule) {
        if rule.descriptor.severity == .error {
          verdicts.add(row, .after(rule: number, before))
        } else {
          try tell(follows(number, row, before), row)
        }
      }
    }
    sequences = []
  }

  /// Joins what groups say of a row to what it says itself: it waits, so it is taken out of its table, planned anew and kept in quarantine.
  private mutating func settle(
    _ member: RowsAgain.Member, _ verdicts: RowVerdicts, _ row: Int, _ differing: [[Int]], _ target: RowTarget
  ) throws {
    let reference = verdicts.rows[row]
    let (input, ordinal) = (reference.input, states[reference.input].input.ordinal)
    let findings = try findings(member, verdicts, row, differing, target)
    for finding in findings {
      let spot = member.checked.source.spots[member.record]
      let placed = try place(finding, line: Int(spot.line), byte: Int(spot.byteStart), input)
      states[input].findings.add(placed)
    }
    try states[input].findings.settle()
    // What has errors of its own and was kept already has their codes.
    let own = target.ownErrors(member, reference.row).map(\.code)
    let reasons = (reference.standing == .conflicting ? own : []) + findings.filter(\.stops).map(\.code)
    let waits = reference.standing == .quarantined || target.isWaiting(reference) && reference.standing == .written
    if reference.standing == .written, !waits { try target.withdraw(member, reference) }
    try target.wait(reference, key: member.checked.keyHash[member.record], reasons)
    guard let ledger = target.ledger else { return }
    if waits {
      for code in reasons { try ledger.addReason(code, row: reference.row, input: ordinal) }
    } else {
      try ledger.keep(Quarantine.record(member.checked, member.record, states[input].input, reasons), input: ordinal)
    }
  }
}
