import ElementCore
import ElementSchema

/// The two sides of a number that must agree with the rows of other datasets.
struct TotalTally {
  /// A number as a row states it.
  struct Stated {
    /// The hash of the row's key.
    let key: UInt64
    /// The number.
    let number: Int
    /// The row.
    let row: RowReference
  }

  /// The dataset that states the number.
  let owner: String
  /// The rule.
  let rule: TotalRule
  /// What rows of the owner state.
  private(set) var stated: [Stated] = []
  private var counts: [UInt64: Int] = [:]
  private var seen = KeySet()

  /// A tally for a rule of a dataset.
  init(owner: String, rule: TotalRule) {
    self.owner = owner
    self.rule = rule
  }

  /// Notes what the records of a checked batch state or add: `records` are those that were entered.
  mutating func add(_ checked: CheckedBatch, _ records: [Int32], _ dataset: Dataset, input: Int) {
    if dataset.name.utf8.elementsEqual(owner.utf8) { state(checked, records, dataset, input) }
    guard rule.datasets.contains(dataset.name), let by = dataset.index(of: rule.by) else { return }
    let distinct = rule.distinct.compactMap(dataset.index)
    let only = rule.only.compactMap { item in dataset.index(of: item.field).map { ($0, item.codes.map { Array($0.utf8) }) } }
    let without = rule.without.compactMap(dataset.index)
    for record in records {
      let place = Int(record)
      let key = checked.value(place, by)
      if key.isEmpty || without.contains(where: { !checked.value(place, $0).isEmpty }) { continue }
      let counts = only.allSatisfy { field, codes in
        let value = checked.value(place, field)
        return value.isEmpty || codes.contains(Array(value))
      }
      if !counts { continue }
      if let field = distinct.first(where: { !checked.value(place, $0).isEmpty }) {
        let pair = Array(key) + [0] + checked.value(place, field)
        if !seen.insert(XXH64.hash(pair.span)) { continue }
      }
      self.counts[XXH64.hash(key.span), default: 0] += 1
    }
  }

  private mutating func state(_ checked: CheckedBatch, _ records: [Int32], _ dataset: Dataset, _ input: Int) {
    guard let key = dataset.key.first else { return }
    for record in records {
      let digits = checked.value(Int(record), rule.field)
      guard let number = String(validUTF8: digits.span).flatMap({ Int($0) }) else { continue }
      let row = RowReference(input: input, row: Int(checked.source.spots[Int(record)].row), standing: .written)
      stated.append(Stated(key: XXH64.hash(checked.value(Int(record), key).span), number: number, row: row))
    }
  }

  /// The rows whose number differs from what was counted; rows that nothing was counted for are not judged.
  var differing: [(stated: Stated, counted: Int)] {
    stated.compactMap { stated in
      guard let counted = counts[stated.key], counted != stated.number else { return nil }
      return (stated, counted)
    }
  }
}
