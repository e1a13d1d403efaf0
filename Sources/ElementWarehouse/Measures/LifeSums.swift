package import ElementCore

/// The sums of findings that a report shows, of some groups of them.
package struct LifeSums: Sendable {
  /// The findings of a day, by their kinds, the most first.
  package private(set) var kinds: [QualityReading.KindCount] = []
  /// What came and went on each day, oldest first.
  package private(set) var changes: [QualityReading.Change]
  /// How many findings of the last day began on each day, oldest first.
  package private(set) var begun: [(day: CalendarDate, count: Int)] = []

  /// The sums of groups on the last of some days; `dates` says which day has which number.
  package init(_ groups: some Sequence<LifeGroup>, _ days: [QualityDay], _ dates: [Int: CalendarDate]) {
    changes = days.map { QualityReading.Change(day: $0.day) }
    guard let day = days.last else { return }
    let places = Dictionary(uniqueKeysWithValues: days.enumerated().map { ($1.number, $0) })
    var found: [FindingKind: QualityReading.KindCount] = [:]
    var beginnings: [Int: Int] = [:]
    for group in groups {
      if let cause = group.cause, let place = places[group.first] {
        changes[place].new[cause, default: 0] += group.count
      }
      if let last = group.last, let cause = group.endCause, let place = places[last + 1] {
        changes[place].fixed[cause, default: 0] += group.count
      }
      guard let fate = group.fate(on: day.number) else { continue }
      let began = dates[group.first] ?? day.day
      found[group.kind, default: QualityReading.KindCount(kind: group.kind, oldest: day.day)].add(group.count, fate, began)
      if case .fixed = fate { continue }
      beginnings[group.first, default: 0] += group.count
    }
    kinds = found.values.sorted { ($1.open, $0.kind.text) < ($0.open, $1.kind.text) }
    begun = beginnings.sorted { $0.key < $1.key }.compactMap { number, count in dates[number].map { ($0, count) } }
  }
}

extension QualityReading.KindCount {
  /// Counts findings of the kind that began on a day.
  fileprivate mutating func add(_ count: Int, _ fate: LifeGroup.Fate, _ began: CalendarDate) {
    switch fate {
    case .new(let cause): new[cause, default: 0] += count
    case .fixed(let cause):
      fixed[cause, default: 0] += count
      return
    case .persisting: persisting += count
    }
    oldest = min(oldest, began)
  }
}

extension FindingKind {
  /// What kinds are sorted by: ASCII, so comparing texts compares bytes.
  fileprivate var text: String { "\(code) \(dataset) \(field) \(severity.rawValue)" }
}
