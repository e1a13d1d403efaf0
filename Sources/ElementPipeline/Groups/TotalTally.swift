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
    let row: RowReference
  }

  /// The dataset that states the number.
  let owner: String
  let rule: TotalRule
  /// What rows of the owner state.
  private(set) var stated: [Stated] = []
  private var counted: [UInt64: Int] = [:]
  private var spans: [UInt64: Spans] = [:]

  /// Spans of one key: how many began and ended, and their days added up, so that it does not matter in which order they come.
  private struct Spans {
    var (begun, ended, lifted) = (0, 0, 0)
    var (beginnings, ends, liftings) = (0, 0, 0)

    /// The days of all of them; nil where one is open, because nobody knows how long it will be.
    var days: Int? { begun == lifted ? liftings - beginnings : lifted == 0 && begun == ended ? ends - beginnings : nil }
  }
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
      if key.isEmpty { continue }
      let hash = XXH64.hash(key.span)
      // What has a row of any kind is judged: where none counts, nothing was counted.
      if counted[hash] == nil { counted[hash] = 0 }
      if lifts(checked, place, dataset, hash) || without.contains(where: { !checked.value(place, $0).isEmpty }) { continue }
      let counts = only.allSatisfy { field, codes in
        let value = checked.value(place, field)
        return value.isEmpty && !rule.isMeasured || codes.contains(Array(value))
      }
      if !counts { continue }
      if let field = distinct.first(where: { !checked.value(place, $0).isEmpty }) {
        let pair = Array(key) + [0] + checked.value(place, field)
        if !seen.insert(XXH64.hash(pair.span)) { continue }
      }
      take(checked, place, dataset, for: hash)
    }
  }

  private static func day(_ name: String, _ checked: CheckedBatch, _ record: Int, _ dataset: Dataset) -> CalendarDate? {
    dataset.index(of: name).flatMap { DayTime(iso: checked.value(record, $0).span)?.day }
  }

  /// The number of a day, of which differences are days or working days.
  private static func number(_ day: CalendarDate, isWorking: Bool) -> Int {
    isWorking ? CalendarDate.workdays(upToDay: day.dayNumber) : day.dayNumber
  }

  /// Takes a row that ends a span of its key; false for any other.
  private mutating func lifts(_ checked: CheckedBatch, _ record: Int, _ dataset: Dataset, _ key: UInt64) -> Bool {
    guard case .days(let from, _, let until, let isWorking) = rule.measure, !until.isEmpty else { return false }
    let isEnd = until.allSatisfy { item in
      dataset.index(of: item.field).map { field in
        let value = checked.value(record, field)
        return item.codes.contains { $0.utf8.elementsEqual(value) }
      } ?? false
    }
    guard isEnd, let day = Self.day(from, checked, record, dataset) else { return false }
    spans[key, default: Spans()].lifted += 1
    spans[key, default: Spans()].liftings += Self.number(day, isWorking: isWorking)
    return true
  }

  /// Adds what a row gives to what was counted for a key.
  private mutating func take(_ checked: CheckedBatch, _ record: Int, _ dataset: Dataset, for key: UInt64) {
    switch rule.measure {
    case .rows: counted[key, default: 0] += 1
    case .days(let from, let to, _, let isWorking):
      guard let first = Self.day(from, checked, record, dataset) else { return }
      var span = spans[key] ?? Spans()
      span.begun += 1
      span.beginnings += Self.number(first, isWorking: isWorking)
      if let last = Self.day(to, checked, record, dataset) {
        span.ended += 1
        span.ends += Self.number(last, isWorking: isWorking)
      }
      spans[key] = span
    case .latest(let name):
      if let day = Self.day(name, checked, record, dataset) { counted[key] = max(counted[key] ?? 0, day.dayNumber) }
    }
  }

  /// What was counted for a key; nil where that is not known.
  private func counted(_ key: UInt64, isComplete: Bool) -> Int? {
    if let span = spans[key] { return span.days }
    return counted[key] ?? (isComplete ? 0 : nil)
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
      guard let counted = counted(stated.key, isComplete: isComplete), counted != stated.number else { return nil }
      return (stated, counted)
    }
  }

  /// A number as findings say it: a day as a date.
  func text(_ number: Int) -> String {
    guard case .latest = rule.measure else { return String(number) }
    return CalendarDate(dayNumber: number)?.text ?? "—"
  }
}
