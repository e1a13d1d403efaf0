package import ElementCore
package import ElementSchema

/// What a number that must agree with the rows of other datasets needs of a row.
package struct TotalFact: Sendable, Hashable {
  /// The number that a row states.
  package struct Stated: Sendable, Hashable {
    /// The number, or the day as `CalendarDate.dayNumber`.
    package let number: Int
    /// Whether the field is empty.
    package let isEmpty: Bool
    /// The row that states it.
    package let row: RowReference

    /// What a row states.
    package init(number: Int, isEmpty: Bool, row: RowReference) {
      (self.number, self.isEmpty, self.row) = (number, isEmpty, row)
    }
  }

  /// What a row says of a key.
  package enum Content: Sendable, Hashable {
    /// The row of the key states the number.
    case stated(Stated)
    /// The row belongs to the key and adds nothing.
    case present
    /// The row counts.
    case row
    /// A span begins on a day, and ends on one where that is known.
    case span(begin: Int, end: Int?)
    /// A span ends on a day of another row.
    case lift(Int)
    /// A day of which the latest counts.
    case day(Int)
  }

  /// The hash of the key: that of the row that states, or that a counted row names.
  package let key: UInt64
  /// The hash of what counts once a key; 0 where each row counts.
  package let pair: UInt64
  /// Where the row stands in the delivery.
  package let place: UInt64
  /// What it says.
  package let content: Content

  /// A fact of a row.
  package init(key: UInt64, pair: UInt64 = 0, place: UInt64, _ content: Content) {
    (self.key, self.pair, self.place, self.content) = (key, pair, place, content)
  }

  /// Facts are folded by key, then what counts once, then place.
  package static func isBefore(_ left: TotalFact, _ right: TotalFact) -> Bool {
    (left.key, left.pair, left.place) < (right.key, right.pair, right.place)
  }
}

extension TotalFact {
  /// What the records of a checked batch that were entered state or add to a number of the dataset `owner`.
  package static func facts(
    _ checked: CheckedBatch, _ records: [Int32], _ dataset: Dataset, input: Int, of rule: TotalRule, owner: String
  ) -> [TotalFact] {
    var out: [TotalFact] = []
    if dataset.name.utf8.elementsEqual(owner.utf8) { out = stated(checked, records, dataset, input, rule) }
    guard rule.datasets.contains(dataset.name), let reading = Reading(rule, dataset) else { return out }
    for record in records {
      let row = RowReference(input: input, row: Int(checked.source.spots[Int(record)].row), standing: .written)
      if let fact = reading.fact(checked, Int(record), row.place) { out.append(fact) }
    }
    return out
  }

  private static func stated(
    _ checked: CheckedBatch, _ records: [Int32], _ dataset: Dataset, _ input: Int, _ rule: TotalRule
  ) -> [TotalFact] {
    guard let key = dataset.key.first else { return [] }
    let isDay = if case .latest = rule.measure { true } else { false }
    return records.compactMap { record in
      let value = checked.value(Int(record), rule.field)
      if value.isEmpty, !rule.emptyIsNone { return nil }
      let number = isDay ? DayTime(iso: value.span)?.day.dayNumber : String(validUTF8: value.span).flatMap { Int($0) }
      let row = RowReference(input: input, row: Int(checked.source.spots[Int(record)].row), standing: .written)
      return TotalFact(
        key: hash(checked, Int(record), key, dataset), place: row.place,
        .stated(Stated(number: number ?? 0, isEmpty: value.isEmpty, row: row)))
    }
  }

  /// The hash of a number with where it was given, or of another value alone.
  private static func hash(_ checked: CheckedBatch, _ record: Int, _ field: Int, _ dataset: Dataset) -> UInt64 {
    XXH64.hash(scoped(checked, record, field, dataset).span)
  }

  /// A number with where it was given, or another value alone.
  private static func scoped(_ checked: CheckedBatch, _ record: Int, _ field: Int, _ dataset: Dataset) -> [UInt8] {
    let value = Array(checked.value(record, field))
    return dataset.scope(of: field).map { value + [0] + checked.value(record, $0) } ?? value
  }

  /// How the rows of a dataset are counted for a rule: its fields by their places.
  private struct Reading {
    private let rule: TotalRule
    private let dataset: Dataset
    private let by: Int
    private let (distinct, without): ([Int], [Int])
    private let only: [(field: Int, codes: [[UInt8]])]

    /// A reading; nil where the dataset has no field that names the key.
    init?(_ rule: TotalRule, _ dataset: Dataset) {
      guard let by = dataset.index(of: rule.by) else { return nil }
      (self.rule, self.dataset, self.by) = (rule, dataset, by)
      (distinct, without) = (rule.distinct.compactMap(dataset.index), rule.without.compactMap(dataset.index))
      only = rule.only.compactMap { item in dataset.index(of: item.field).map { ($0, item.codes.map { Array($0.utf8) }) } }
    }

    /// What a record says of the key that it names; nil where it names none.
    func fact(_ checked: CheckedBatch, _ record: Int, _ place: UInt64) -> TotalFact? {
      if checked.value(record, by).isEmpty { return nil }
      let name = scoped(checked, record, by, dataset)
      let key = XXH64.hash(name.span)
      // What has a row of any kind is judged: where none counts, nothing was counted.
      let present = TotalFact(key: key, place: place, .present)
      if let day = lift(checked, record) { return TotalFact(key: key, place: place, .lift(day)) }
      guard counts(checked, record), let content = content(checked, record) else { return present }
      guard let field = distinct.first(where: { !checked.value(record, $0).isEmpty }) else {
        return TotalFact(key: key, place: place, content)
      }
      let pair = name + [0] + scoped(checked, record, field, dataset)
      return TotalFact(key: key, pair: XXH64.hash(pair.span) | 1, place: place, content)
    }

    private func counts(_ checked: CheckedBatch, _ record: Int) -> Bool {
      if without.contains(where: { !checked.value(record, $0).isEmpty }) { return false }
      return only.allSatisfy { field, codes in
        let value = checked.value(record, field)
        return value.isEmpty && !rule.isMeasured || codes.contains(Array(value))
      }
    }

    private func day(_ name: String, _ checked: CheckedBatch, _ record: Int) -> CalendarDate? {
      dataset.index(of: name).flatMap { DayTime(iso: checked.value(record, $0).span)?.day }
    }

    /// The number of a day, of which differences are days or working days.
    private func number(_ day: CalendarDate, isWorking: Bool) -> Int {
      isWorking ? CalendarDate.workdays(upToDay: day.dayNumber) : day.dayNumber
    }

    /// The day on which a record ends a span; nil where it ends none.
    private func lift(_ checked: CheckedBatch, _ record: Int) -> Int? {
      guard case .days(let from, _, let until, let isWorking) = rule.measure, !until.isEmpty else { return nil }
      let isEnd = until.allSatisfy { item in
        dataset.index(of: item.field).map { field in
          let value = checked.value(record, field)
          return item.codes.contains { $0.utf8.elementsEqual(value) }
        } ?? false
      }
      guard isEnd else { return nil }
      return day(from, checked, record).map { number($0, isWorking: isWorking) }
    }

    private func content(_ checked: CheckedBatch, _ record: Int) -> TotalFact.Content? {
      switch rule.measure {
      case .rows: .row
      case .days(let from, let to, _, let isWorking):
        day(from, checked, record).map { begin in
          .span(
            begin: number(begin, isWorking: isWorking),
            end: day(to, checked, record).map { number($0, isWorking: isWorking) })
        }
      case .latest(let name): day(name, checked, record).map { .day($0.dayNumber) }
      }
    }
  }
}
