import ElementCore
import ElementRules
import ElementSchema

extension DatasetRun {
  /// Counts a record in the groups that its first row alone is not in, or does not count in.
  mutating func addGroups(of union: KeyUnions.Union) {
    let (first, member) = union.parts[0]
    let (alone, record, whole) = (member.checked, member.record, union.row)
    for rule in whole.groupHash.indices {
      let (own, place) = (alone.groupPlace(record, rule: rule), whole.groupPlace(0, rule: rule))
      // A row that another one of its key kept out was not counted either.
      let isIn = first.standing == .written && own.group != 0
      if place.group != 0, !isIn || place.matches && !own.matches { tallies[rule].add(first, in: place) }
    }
  }

  /// Puts what the rules over all rows ask of a record that several rows make in the place of what its first row says alone.
  mutating func uniteFacts(of union: KeyUnions.Union) {
    let (first, member) = (union.parts[0].row.standing(.written), union.parts[0].member)
    let wasEntered = union.parts[0].row.standing == .written
    keepTargets(union.row, [0])
    for place in totals.indices {
      totals[place].unite(
        wasEntered ? (member.checked, member.record) : nil, union.row, dataset, input: first.input)
    }
    if let parent = dataset.parent, let key = dataset.key.first {
      tree?.unite(key: union.row.value(0, key).span, parent: union.row.value(0, parent).span, first)
    }
    for place in sequences.indices {
      unitedSequences[place][first.place] = SequenceFact(point: union.row.sequences[place][0], row: first)
    }
  }

  /// Puts the records of several rows in the place of the first ones, and says of each other row what it gives.
  mutating func unite(_ unions: KeyUnions, _ target: RowTarget) throws {
    try unions.forEach(states, jobs: jobs) { _, union in
      if try target.unite(union.row, union.parts) { return }
      let first = union.parts[0].row
      // Errors are none by now.
      for finding in union.row.findings.findings where !finding.stops { states[first.input].findings.add(finding) }
      for ((row, _), gives) in zip(union.parts, union.given).dropFirst() where row.standing != .duplicate {
        let map = states[row.input].input.map
        func headings(_ language: Language) -> [String] { gives.map { PrintableText.escape(map.heading($0, language)) } }
        let facts = RecordsUnited.facts(giving: headings(.zh), headings(.en))
        try tell(finding(RecordsUnited.descriptor, row, field: dataset.key.first ?? -1, others: [first], facts: facts), row)
      }
      try states[first.input].findings.settle()
    }
  }
}
