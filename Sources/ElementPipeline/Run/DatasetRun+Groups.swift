import ElementCore
import ElementExpression
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension DatasetRun {
  /// A row that the groups decide against, and why.
  private struct Verdict {
    var reference: RowReference
    var findings: [Finding]
  }

  /// Phase G: decides about keys, groups and grid codes, and moves out what must wait.
  mutating func decideGroups(_ sink: any RowSink) throws {
    var verdicts: [UInt64: Verdict] = [:]
    addDeferred(&verdicts)
    try addGroups(&verdicts)
    for (reference, finding) in try gridSetFindings() { note(reference, finding, &verdicts) }
    addTree(&verdicts)
    try addSequences(&verdicts)
    for rows in keys.conflicts.values {
      for reference in rows { note(reference, nil, &verdicts) }
    }
    // No further row comes, and what is built now needs room too.
    keys.dropTable()
    tallies = []
    let rows = verdicts.values.map(\.reference).sorted()
    let members = try reread(rows)
    addConflicts(members, &verdicts)
    try sink.finishRows(
      takenBack: rows.filter { $0.standing == .written }.compactMap { members[$0.place].map { ($0.checked, $0.record) } })
    for reference in rows {
      guard let verdict = verdicts[reference.place], let member = members[reference.place] else {
        bug("a row was not read again")
      }
      try moveOut(verdict.reference, verdict.findings, member, members, sink)
    }
    for joined in try sink.joinInterimRows() { try count(joined) }
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

  private func note(_ reference: RowReference, _ finding: Finding?, _ verdicts: inout [UInt64: Verdict]) {
    verdicts[reference.place, default: Verdict(reference: reference, findings: [])].findings += finding.map { [$0] } ?? []
  }

  /// Grid codes that miss the scheme: errors, unless most codes of the file miss it.
  private mutating func addDeferred(_ verdicts: inout [UInt64: Verdict]) {
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
    for (reference, finding) in deferred where !missed.contains(reference.input << 16 | finding.field) {
      note(reference, finding, &verdicts)
    }
  }

  private mutating func addGroups(_ verdicts: inout [UInt64: Verdict]) throws {
    for (rule, place) in zip(dataset.groups, dataset.groupings) {
      if let most = rule.most {
        for rows in tallies[place].exceeding(most) { try addExceeding(rule, rows, &verdicts) }
      }
      if let least = rule.least {
        for reference in tallies[place].short(of: least).sorted() { try addShort(rule, reference, &verdicts) }
      }
    }
  }

  private mutating func addExceeding(
    _ rule: GroupRule, _ rows: [RowReference], _ verdicts: inout [UInt64: Verdict]
  ) throws {
    for reference in rows {
      let others = rows.filter { !$0.isSameRow(reference) }
      let found = finding(
        rule.code, rule.severity, reference, field: rule.condition.fields.first ?? rule.by.first ?? -1, others: others,
        facts: ["count": String(rows.count)])
      try report(found, reference, &verdicts)
    }
  }

  /// A row of a tree whose parent is not there, or that leads back to itself.
  private mutating func addTree(_ verdicts: inout [UInt64: Verdict]) {
    guard let tree, let parent = dataset.parent else { return }
    for row in tree.orphans {
      note(row, finding(RuleCode("G2007"), .error, row, field: parent, others: [], facts: [:]), &verdicts)
    }
    for rows in tree.cycles {
      for row in rows {
        // A row that is its own parent stands against itself.
        let others = rows.count == 1 ? rows : rows.filter { !$0.isSameRow(row) }
        note(row, finding(RuleCode("G2008"), .error, row, field: parent, others: others, facts: [:]), &verdicts)
      }
    }
  }

  /// Neighbours of a group that do not follow each other as a rule asks: told at the later one.
  private mutating func addSequences(_ verdicts: inout [UInt64: Verdict]) throws {
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
        try report(found, after.row, &verdicts)
      }
    }
    sequences = []
  }

  /// Makes a row wait for an error; tells what is less.
  private mutating func report(
    _ found: Finding, _ row: RowReference, _ verdicts: inout [UInt64: Verdict]
  ) throws {
    if found.severity == .error { return note(row, found, &verdicts) }
    try tell(found, row)
  }

  /// Tells a finding below error about a row that is not read again.
  mutating func tell(_ found: Finding, _ row: RowReference) throws {
    guard states[row.input].findings.count(found.code, found.severity) else { return }
    var told = found
    told.line = states[row.input].line(of: row.row)
    told.related = found.related.map { RelatedRow(input: $0.input, row: $0.row, line: line(of: $0, [:])) }
    if !told.related.isEmpty { told.facts["others"] = places(told.related, from: row.input) + (found.facts["more"] ?? "") }
    states[row.input].findings.keep(told)
  }

  /// A group without what it needs is told once, at the first row that is of what it needs, or else at its first; an error only
  /// where the delivery is complete.
  private mutating func addShort(_ rule: GroupRule, _ reference: RowReference, _ verdicts: inout [UInt64: Verdict]) throws {
    let severity = isComplete ? rule.severity : .info
    let found = finding(rule.code, severity, reference, field: rule.by.first ?? -1, others: [], facts: [:])
    try report(found, reference, &verdicts)
  }

  /// A finding about a row and others that it stands against.
  func finding(
    _ code: RuleCode, _ severity: Severity, _ reference: RowReference, field: Int, others: [RowReference],
    facts: [String: String]
  ) -> Finding {
    var facts = facts
    facts["more"] = others.count > 5 ? "…" : ""
    return Finding(
      code, severity, row: reference.row, column: (states[reference.input].plan.columns[max(0, field)] ?? -1) + 1, field: field,
      facts: facts,
      related: others.prefix(5).map { RelatedRow(input: $0.input, row: $0.row, line: 0) })
  }

  /// Rows of one key with different contents: each finding names the other rows and the fields that differ.
  private func addConflicts(_ members: [UInt64: Member], _ verdicts: inout [UInt64: Verdict]) {
    for rows in keys.conflicts.values {
      let contents = rows.compactMap { members[$0.place] }
      let differing = dataset.fields.indices.filter { field in
        Set(contents.map { Array($0.checked.value($0.record, field)) }).count > 1
      }
      for reference in rows {
        let map = states[reference.input].input.map
        let titles = differing.map { PrintableText.escape(map.heading($0, .zh)) }.joined(separator: "、")
        let others = rows.filter { !$0.isSameRow(reference) }
        note(
          reference,
          finding(
            RuleCode("G2005"), .error, reference, field: dataset.key.first ?? -1, others: others, facts: ["fields": titles]),
          &verdicts)
      }
    }
  }

  /// Makes a row wait: takes it out of its table, keeps it in quarantine, counts it anew.
  private mutating func moveOut(
    _ reference: RowReference, _ findings: [Finding], _ member: Member, _ members: [UInt64: Member],
    _ sink: any RowSink
  ) throws {
    let input = reference.input
    let ordinal = states[input].input.ordinal
    for finding in findings {
      var placed = finding
      let related = finding.related.map { RelatedRow(input: $0.input, row: $0.row, line: line(of: $0, members)) }
      placed.related = related
      if !related.isEmpty {
        placed.facts["others"] = places(related, from: input) + (finding.facts["more"] ?? "")
      }
      placed.line = Int(member.checked.source.spots[member.record].line)
      placed.byte = Int(member.checked.source.spots[member.record].byteStart)
      states[input].findings.add(placed)
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

  /// The physical line of a row, read again or not.
  private func line(of row: RelatedRow, _ members: [UInt64: Member]) -> Int {
    let place = RowReference(input: row.input, row: row.row, standing: .written).place
    if let member = members[place] { return Int(member.checked.source.spots[0].line) }
    return states[row.input].line(of: row.row)
  }

  /// Where rows stand, as a finding of an input names them: lines, and the file where it is another.
  private func places(_ rows: [RelatedRow], from input: Int) -> String {
    rows.map { row in
      row.input == input
        ? String(row.line) : "\(PrintableText.escape(states[row.input].input.survey.original.path)):\(row.line)"
    }.joined(separator: "、")
  }

  /// A row that was read again.
  struct Member: Sendable {
    /// A batch that holds it alone.
    let checked: CheckedBatch
    /// Its place in the batch, from 0.
    let record: Int
  }

  /// Reads rows again: each batch that holds one is read and checked once more, in as many threads as there are jobs.
  private func reread(_ rows: [RowReference]) throws -> [UInt64: Member] {
    // A reader that cannot start anywhere is one for all; and a thread is not worth a few rows.
    let isSplit = states.allSatisfy(\.input.layout.isSeekable)
    let share = isSplit ? max(DatasetRun.rereadShare, (rows.count + jobs - 1) / max(1, jobs)) : max(1, rows.count)
    let parts = stride(from: 0, to: rows.count, by: share).map { rows[$0..<min(rows.count, $0 + share)] }
    return try parts.concurrentMap { part in try reread(part: part) }.reduce(into: [:]) { members, part in
      members.merge(part) { first, _ in first }
    }
  }

  private static let rereadShare = 64

  private func reread(part rows: ArraySlice<RowReference>) throws -> [UInt64: Member] {
    var members: [UInt64: Member] = [:]
    var next = rows.startIndex
    var open: (input: Int, state: InputState, reader: any RecordSource)?
    while next < rows.endIndex {
      let input = rows[next].input
      let mark = states[input].marks.mark(before: rows[next].row)
      if open?.input != input {
        open = (input, states[input], try states[input].input.reader(from: mark))
      } else if let state = open?.state, state.input.layout.isSeekable, !state.input.layout.isMovable {
        open?.reader = try state.input.reader(from: mark)
      }
      guard let state = open?.state else { bug("an input is not open") }
      try open?.reader.skip(to: mark)
      var isFound = false
      while !isFound {
        guard let batch = try open?.reader.nextBatch(), let first = batch.spots.first, let last = batch.spots.last else {
          bug("a row is not there any more")
        }
        let wanted = rows[next...].prefix { $0.input == input && $0.number <= last.row }
        if wanted.isEmpty { continue }
        isFound = true
        next += wanted.count
        let few = batch.keeping(wanted.map { $0.row - Int(first.row) })
        let checked = Self.check(few, state.input, state.plan, invalid: state.input.survey.invalidUTF8).batch
        for (record, reference) in wanted.enumerated() {
          members[reference.place] = Member(checked: checked.only(record), record: 0)
        }
      }
    }
    return members
  }
}
