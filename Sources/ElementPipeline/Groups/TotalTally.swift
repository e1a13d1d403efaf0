import ElementCore
import ElementSchema

/// The two sides of a number that must agree with the rows of other datasets.
struct TotalTally {
  /// A number as a row states it.
  struct Stated {
    /// The hash of the row's key.
    let key: UInt64
    /// The number, or the day as `CalendarDate.dayNumber`.
    let number: Int
    /// Whether the field is empty.
    let isEmpty: Bool
    /// The row.
    let row: RowReference
  }

  /// The dataset that states the number.
  let owner: String
  /// The rule.
  let rule: TotalRule
  /// What rows of the owner state.
  private(set) var stated: [Stated] = []
  private var counted: [UInt64: Int] = [:]
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
        return value.isEmpty && !rule.isMeasured || codes.contains(Array(value))
      }
      if !counts { continue }
      if let field = distinct.first(where: { !checked.value(place, $0).isEmpty }) {
        let pair = Array(key) + [0] + checked.value(place, field)
        if !seen.insert(XXH64.hash(pair.span)) { continue }
      }
      take(checked, place, dataset, for: XXH64.hash(key.span))
    }
  }

  /// Adds what a row gives to what was counted for a key.
  private mutating func take(_ checked: CheckedBatch, _ record: Int, _ dataset: Dataset, for key: UInt64) {
    func day(_ name: String) -> CalendarDate? {
      dataset.index(of: name).flatMap { DayTime(iso: checked.value(record, $0).span)?.day }
    }
    switch rule.measure {
    case .rows: counted[key, default: 0] += 1
    case .days(let from, let to, let isWorking):
      guard let first = day(from), let last = day(to) else { return }
      counted[key, default: 0] += isWorking ? last.workdays(since: first) : last.dayNumber - first.dayNumber
    case .latest(let name):
      if let day = day(name) { counted[key] = max(counted[key] ?? 0, day.dayNumber) }
    }
  }

  private mutating func state(_ checked: CheckedBatch, _ records: [Int32], _ dataset: Dataset, _ input: Int) {
    guard let key = dataset.key.first else { return }
    let isDay = if case .latest = rule.measure { true } else { false }
    for record in records {
      let value = checked.value(Int(record), rule.field)
      if value.isEmpty, !rule.emptyIsNone { continue }
      let number = isDay ? DayTime(iso: value.span)?.day.dayNumber : String(validUTF8: value.span).flatMap { Int($0) }
      let row = RowReference(input: input, row: Int(checked.source.spots[Int(record)].row), standing: .written)
      stated.append(
        Stated(
          key: XXH64.hash(checked.value(Int(record), key).span), number: number ?? 0, isEmpty: value.isEmpty, row: row))
    }
  }

  /// The rows whose number differs from what was counted; rows that nothing was counted for are judged where the delivery
  /// is complete only.
  func differing(isComplete: Bool) -> [(stated: Stated, counted: Int)] {
    stated.compactMap { stated in
      guard let counted = counted[stated.key] ?? (isComplete ? 0 : nil), counted != stated.number else { return nil }
      return (stated, counted)
    }
  }

  /// A number as findings say it: a day as a date.
  func text(_ number: Int) -> String {
    guard case .latest = rule.measure else { return String(number) }
    return CalendarDate(dayNumber: number)?.text ?? "—"
  }
}
