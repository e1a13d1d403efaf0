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

  /// Puts the records of several rows in the place of the first ones, and says of each other row what it gives.
  mutating func unite(_ unions: KeyUnions, _ target: RowTarget) throws {
    try unions.forEach(states, jobs: jobs) { _, union in
      if try target.unite(union.row, union.parts) { return }
      let first = union.parts[0].row
      // Errors are none by now.
      for finding in union.row.findings.findings where finding.severity < .error { states[first.input].findings.add(finding) }
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
