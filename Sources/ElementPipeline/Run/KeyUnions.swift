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
  /// Records of so many rows are put together at once, and one at least.
  private static let step = 2_048

  /// A row as it was read.
  typealias Part = (row: RowReference, member: RowsAgain.Member)

  /// A record of several rows.
  struct Union {
    /// The rows, the first one first, whose place the record has.
    let parts: [Part]
    /// The fields, from 0, that each part gives beside those before it.
    let given: [[Int]]
    /// The record, judged as a row is: alone in its batch.
    let row: CheckedBatch
    /// The fields of the rules over a record that it breaks.
    var broken: [Int] {
      Set(row.findings.findings.lazy.filter { $0.stops }.map(\.field)).sorted()
    }
  }

  /// Looks at keys, by their rows.
  init(_ keys: [[RowReference]], _ dataset: Dataset, _ states: [InputState], jobs: Int) throws {
    self.dataset = dataset
    let numbers = KeyUnions.numbers(keys)
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

  /// Leaves out rows, by their places in the delivery, that have wrong values of their own: the others are the record.
  mutating func leaveOut(wrong rows: Set<UInt64>) {
    if rows.isEmpty { return }
    united = united.compactMap { record in
      let rest = record.filter { !rows.contains($0.place) }
      return rest.isEmpty || rest.count == 1 && rest[0].standing == .written ? nil : rest
    }
  }

  /// The records of several rows that some rows are the first ones of, and no others.
  func beginning(with rows: Set<RowReference>) -> KeyUnions {
    var some = self
    some.united.removeAll { !rows.contains($0[0]) }
    return some
  }

  /// Puts records together and visits them; one that breaks a rule over a record is a conflict from here on, and not visited.
  ///
  /// - Parameter isMended: whether what is stored of a record makes it one that breaks none.
  mutating func decide(
    _ states: [InputState], jobs: Int, isMended: (Union) throws -> Bool, _ body: (Union) throws -> Void
  ) throws {
    var broken: [Int: [Int]] = [:]
    try forEach(states, jobs: jobs) { place, union in
      if try union.broken.isEmpty || isMended(union) { try body(union) } else { broken[place] = union.broken }
    }
    for (place, fields) in broken.sorted(by: { $0.key < $1.key }) {
      conflicts.append(united[place])
      differing.append(fields)
    }
    leaveOut(Set(broken.keys), rows: [])
  }

  /// Puts records together and visits them, with their places among the `united`.
  func forEach(_ states: [InputState], jobs: Int, _ body: (Int, Union) throws -> Void) throws {
    var start = 0
    while start < united.count {
      var (end, rows) = (start, 0)
      while end == start || end < united.count && rows + united[end].count <= KeyUnions.step {
        (end, rows) = (end + 1, rows + united[end].count)
      }
      let some = Array(united[start..<end])
      let numbers = KeyUnions.numbers(some)
      var parts: [[Part]] = Array(repeating: [], count: some.count)
      try RowsAgain.forEach(some.joined().sorted(), states, jobs: jobs) { row, member in
        guard let number = numbers[row.place] else { bug("a row was read that nobody asked for") }
        parts[number].append((row, member))
      }
      for (number, parts) in parts.enumerated() { try body(start + number, union(parts, states)) }
      start = end
    }
  }

  /// The number of the key (from 0) of each row, by its place.
  private static func numbers(_ keys: [[RowReference]]) -> [UInt64: Int] {
    Dictionary(uniqueKeysWithValues: keys.enumerated().flatMap { number, rows in rows.map { ($0.place, number) } })
  }

  /// The record of some rows: what any of them says, and which of its values go.
  private func union(_ parts: [Part], _ states: [InputState]) -> Union {
    let names = dataset.fields.map(\.name)
    var values: [ArraySlice<UInt8>] = Array(repeating: [], count: names.count)
    var (cleared, given): (Set<Int>, [[Int]]) = ([], [])
    for (_, member) in parts {
      let derived = member.checked.derivedFields(member.record, names)
      var gives = Set(member.checked.clearedFields(member.record)).subtracting(cleared)
      cleared.formUnion(gives)
      for field in values.indices where values[field].isEmpty && !derived.contains(field) {
        values[field] = member.checked.value(member.record, field)
        if !values[field].isEmpty { gives.insert(field) }
      }
      given.append(gives.sorted())
    }
    let (first, member) = parts[0]
    let (checked, record) = (member.checked, member.record)
    let rows = checked.replacing([record]) { values[$1] }
    let origins = values.map { $0.isEmpty ? ValueOrigin.derived : .stated }
    var row = BatchChecker.judge(rows, origins, checked, [record], states[first.input].plan, isStrict: true)
    row.cleared = cleared.sorted()
    // What no row has a column for is not empty but absent.
    row.absentFields = checked.absentFields.filter { values[$0].isEmpty }
    return Union(parts: parts, given: given, row: row)
  }
}
