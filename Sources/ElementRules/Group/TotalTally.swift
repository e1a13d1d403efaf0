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
  private var counted: [UInt64: TotalCount] = [:]
  private var seen = KeySet()

  /// A tally for a rule of a dataset.
  package init(owner: String, rule: TotalRule) {
    self.owner = owner
    self.rule = rule
  }

  /// Notes what the records of a checked batch state or add: `records` are those that were entered.
  package mutating func add(_ checked: CheckedBatch, _ records: [Int32], _ dataset: Dataset, input: Int) {
    for fact in TotalFact.facts(checked, records, dataset, input: input, of: rule, owner: owner) { add(fact) }
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
    stated.compactMap { key, stated in
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
