package import ElementCore
package import ElementSchema

/// The two sides of a number that must agree with the rows of other datasets, as `TotalFold` takes them, rows in the order of the delivery.
package struct TotalTally: Sendable {
  /// A number that differs from what was counted.
  package typealias Difference = (stated: TotalFact.Stated, counted: Int)

  /// The dataset that states the number.
  package let owner: String
  /// The rule that compares.
  package let rule: TotalRule
  private var stated: [(key: UInt64, stated: TotalFact.Stated)] = []
  private var restated: [(key: UInt64, stated: TotalFact.Stated)] = []
  private var counted: [UInt64: TotalCount] = [:]
  private var seen = KeySet()
  /// The rows, by their places, of which others of their key say more: what they state alone counts no more.
  private var united: Set<UInt64> = []

  /// A tally for a rule of a dataset.
  package init(owner: String, rule: TotalRule) {
    self.owner = owner
    self.rule = rule
  }

  /// Notes what the records of a checked batch state or add: `records` are those that were entered.
  package mutating func add(_ checked: CheckedBatch, _ records: [Int32], _ dataset: Dataset, input: Int) {
    for fact in TotalFact.facts(checked, records, dataset, input: input, of: rule, owner: owner) { add(fact) }
  }

  /// Notes what a record states or adds that several rows make, in the place of what the first of them, `alone`, does; nil where that was
  /// not entered. The record stands at the place of the first row, alone in its batch.
  package mutating func unite(
    _ alone: (checked: CheckedBatch, record: Int)?, _ row: CheckedBatch, _ dataset: Dataset, input: Int
  ) {
    let before =
      alone.map {
        TotalFact.facts($0.checked, [Int32($0.record)], dataset, input: input, of: rule, owner: owner)
      } ?? []
    let after = TotalFact.facts(row, [0], dataset, input: input, of: rule, owner: owner)
    for fact in before where !after.contains(fact) {
      if case .stated = fact.content { united.insert(fact.place) } else { counted[fact.key]?.remove(fact.content) }
    }
    for fact in after where !before.contains(fact) {
      if case .stated(let number) = fact.content { restated.append((fact.key, number)) } else { add(fact) }
    }
  }

  /// Notes what a row states or adds.
  package mutating func add(_ fact: TotalFact) {
    if case .stated(let number) = fact.content { return stated.append((fact.key, number)) }
    let counts = fact.pair == 0 || seen.insert(fact.pair)
    counted[fact.key, default: TotalCount()].add(counts ? fact.content : .present)
  }

  /// The rows whose number differs from what was counted; rows that nothing was counted for are judged where the delivery is complete
  /// only.
  package func differing(isComplete: Bool) -> [Difference] {
    let stated = self.stated.filter { !united.contains($0.stated.row.place) } + restated
    return stated.compactMap { key, stated in
      let count = counted[key] ?? (isComplete ? TotalCount() : nil)
      guard let total = count?.total, total != stated.number else { return nil }
      return (stated, total)
    }
  }

  /// A number as findings say it: a day as a date.
  package func text(_ number: Int) -> String {
    guard case .latest = rule.measure else { return String(number) }
    return CalendarDate(dayNumber: number)?.text ?? "—"
  }
}
