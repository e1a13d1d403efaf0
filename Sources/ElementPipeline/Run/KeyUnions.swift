import ElementCore
import ElementRules
import ElementSchema

/// The keys of a delivery that stand with different contents: rows that contradict each other wait, the others are one record.
struct KeyUnions {
  /// The rows of each key that contradict each other, in the order of the first ones.
  private(set) var conflicts: [[RowReference]] = []
  /// The fields, from 0, in which each of the `conflicts` does.
  private(set) var differing: [[Int]] = []
  /// The rows of each key that are one record, those with errors of their own aside.
  private(set) var united: [[RowReference]] = []
  private let dataset: Dataset
  /// So many records are put together at once.
  private static let step = 512

  /// A record of several rows.
  struct Union {
    /// The first of them, whose place the record has.
    let first: RowReference
    /// That row as it was read.
    let member: RowsAgain.Member
    /// The others as they were read, with the fields that each gives beside those before it.
    var others: [(row: RowReference, member: RowsAgain.Member, gives: [Int])] = []
    /// The values of the record, and its fields that are cleared.
    fileprivate(set) var values: [[UInt8]]
    fileprivate(set) var cleared: Set<Int>
    /// The record, judged as a row is: alone in its batch.
    fileprivate(set) var row: CheckedBatch
  }

  /// Looks at keys, by their rows.
  init(_ keys: [[RowReference]], _ dataset: Dataset, _ states: [InputState], jobs: Int) throws {
    self.dataset = dataset
    var numbers: [UInt64: Int] = [:]
    for (number, rows) in keys.enumerated() { for row in rows { numbers[row.place] = number } }
    var fields = DifferingFields(keys.count, states.map(\.plan))
    let names = dataset.fields.map(\.name)
    try RowsAgain.forEach(keys.joined().sorted(), states, jobs: jobs) { row, member in
      guard let number = numbers[row.place] else { bug("a row was read that nobody asked for") }
      fields.add(number, member.checked, member.record, names)
    }
    for (number, rows) in keys.enumerated() {
      let found = fields[number]
      if !found.isEmpty {
        conflicts.append(rows)
        differing.append(found)
      } else {
        let sound = rows.filter { $0.standing != .quarantined }
        // One that is alone with sound values stands as it is, unless the one before it kept it out.
        if sound.count > 1 || sound.first.map({ $0.standing != .written }) == true { united.append(sound) }
      }
    }
  }

  /// Leaves out records, by their places among the `united` from 0, whose rows wait, and of the others the rows behind the first that do, by
  /// their places in the delivery.
  mutating func leaveOut(_ places: Set<Int>, rows: Set<UInt64>) {
    united = united.enumerated().filter { !places.contains($0.offset) }.compactMap { _, record in
      let whole = record.prefix(1) + record.dropFirst().filter { !rows.contains($0.place) }
      return whole.count == 1 && whole[0].standing == .written ? nil : Array(whole)
    }
  }

  /// Puts records together and visits them; one that breaks a rule over a record is a conflict from then on.
  mutating func forEach(_ states: [InputState], jobs: Int, _ body: (Union) throws -> Void) throws {
    var whole: [[RowReference]] = []
    for start in stride(from: 0, to: united.count, by: KeyUnions.step) {
      let some = Array(united[start..<min(united.count, start + KeyUnions.step)])
      for (rows, union) in zip(some, try unions(some, states, jobs)) {
        let broken = Set(union.row.findings.findings.filter { $0.severity == .error }.map(\.field))
        if broken.isEmpty {
          whole.append(rows)
          try body(union)
        } else {
          conflicts.append(rows)
          differing.append(broken.filter { $0 >= 0 }.sorted())
        }
      }
    }
    united = whole
  }

  private func unions(_ keys: [[RowReference]], _ states: [InputState], _ jobs: Int) throws -> [Union] {
    var numbers: [UInt64: Int] = [:]
    for (number, rows) in keys.enumerated() { for row in rows { numbers[row.place] = number } }
    var found: [Union?] = Array(repeating: nil, count: keys.count)
    try RowsAgain.forEach(keys.joined().sorted(), states, jobs: jobs) { row, member in
      guard let number = numbers[row.place] else { bug("a row was read that nobody asked for") }
      if found[number] == nil {
        let (values, cleared) = said(member)
        found[number] = Union(first: row, member: member, values: values, cleared: cleared, row: member.checked)
      } else {
        found[number]?.add(row, member, said(member))
      }
    }
    return found.map { union in
      guard var union else { bug("a key without rows") }
      union.judge(states[union.first.input].plan)
      return union
    }
  }

  /// What a row says of each field itself, and which it clears.
  private func said(_ member: RowsAgain.Member) -> (values: [[UInt8]], cleared: Set<Int>) {
    let derived = member.checked.derivedFields(member.record, dataset.fields.map(\.name))
    let values = dataset.fields.indices.map { derived.contains($0) ? [] : Array(member.checked.value(member.record, $0)) }
    return (values, Set(member.checked.clearedFields(member.record)))
  }
}

extension KeyUnions.Union {
  /// Adds what another row of the key says.
  fileprivate mutating func add(
    _ row: RowReference, _ member: RowsAgain.Member, _ said: (values: [[UInt8]], cleared: Set<Int>)
  ) {
    var gives = said.cleared.subtracting(cleared)
    for field in values.indices where values[field].isEmpty && !said.values[field].isEmpty {
      values[field] = said.values[field]
      gives.insert(field)
    }
    cleared.formUnion(said.cleared)
    others.append((row, member, gives.sorted()))
  }

  /// Judges the record by the rules over a record.
  fileprivate mutating func judge(_ plan: CheckPlan) {
    let (checked, record) = (member.checked, member.record)
    let own = values
    let rows = checked.replacing([record]) { own[$1][...] }
    row = BatchChecker.judge(rows, own.map { $0.isEmpty ? .derived : .stated }, checked, [record], plan)
    row.cleared = cleared.sorted()
    // What no row has a column for is not empty but absent.
    row.absentFields = checked.absentFields.filter { own[$0].isEmpty }
  }
}

extension DatasetRun {
  /// Counts a record in the groups that its first row alone is not in, or does not count in.
  mutating func addGroups(of union: KeyUnions.Union) {
    let (alone, record) = (union.member.checked, union.member.record)
    for rule in union.row.groupHash.indices where !union.row.groupHash[rule].isEmpty && union.row.groupHash[rule][0] != 0 {
      // A row that another one of its key kept out was not counted either.
      let isIn = union.first.standing == .written && alone.groupHash[rule][record] != 0
      guard !isIn || union.row.groupMatch[rule][0] && !alone.groupMatch[rule][record] else { continue }
      tallies[rule].add(
        GroupFact(
          group: union.row.groupHash[rule][0], matches: union.row.groupMatch[rule][0], row: union.first))
    }
  }

  /// Puts the records of several rows in the place of the first ones, and says of each other row what it gives.
  mutating func unite(_ unions: KeyUnions, _ target: RowTarget) throws {
    var unions = unions
    try unions.forEach(states, jobs: jobs) { union in
      let rows = [(row: union.first, member: union.member)] + union.others.map { ($0.row, $0.member) }
      if try target.unite(union.row, rows) { return }
      for finding in union.row.findings.findings { states[union.first.input].findings.add(finding) }
      for (row, _, gives) in union.others where row.standing != .duplicate {
        let map = states[row.input].input.map
        func headings(_ language: Language) -> [String] { gives.map { PrintableText.escape(map.heading($0, language)) } }
        let facts = RecordsUnited.facts(giving: headings(.zh), headings(.en))
        try tell(
          finding(RecordsUnited.descriptor, row, field: dataset.key.first ?? -1, others: [union.first], facts: facts), row)
      }
      try states[union.first.input].findings.settle()
    }
  }
}
