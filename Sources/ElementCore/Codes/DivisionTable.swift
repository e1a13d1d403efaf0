import Synchronization

/// Divisions (GB/T 2260) with validity: what a six-digit code was, and when.
package struct DivisionTable: Sendable {
  /// What the table says of a code in a year.
  package enum Status: Sendable, Hashable {
    /// In force.
    case current
    /// An aggregate such as 市辖区 that stands on real cards and in no list.
    case aggregate
    /// Used by statistics only (development zones).
    case statisticsOnly
    /// Assigned after the last full vintage of the table.
    case newerThanTable
    /// Withdrawn in the year given.
    case retired(in: Int)
    /// Never assigned.
    case unknown
  }

  private struct Interval: Sendable {
    let code: UInt32
    let from: Int
    let to: Int
    let isAggregate: Bool
    let isUnconfirmed: Bool
    let row: Int
  }

  /// The rows as a table of codes and labels.
  package let table: CodeTable
  /// The rows of all codes, sorted by code and, within one, as the set has them.
  private let intervals: [Interval]
  private let paths = PathIndex()
  private let currentCodes: ShortCodeIndex

  /// The code that samples and generated records use; it was never assigned.
  package static let exampleCode = 320_699
  private static let vintage = 2025
  private static let extraStatistics: Set<Int> = [
    232_761, 232_762, 232_763, 232_764, 460_321, 460_322, 460_323, 620_201, 632_857,
  ]

  /// A table over the rows of the division set; validity is in whole years.
  package init(_ table: CodeTable) {
    self.table = table
    var intervals: [Interval] = []
    intervals.reserveCapacity(table.entries.count)
    // Rows are not copied: a table of thousands is made at every start.
    let entries = table.entries
    for row in entries.indices {
      guard let code = UInt32(entries[row].code) else { continue }
      let from = Int(entries[row].validFrom) ?? 0
      intervals.append(
        Interval(
          code: code, from: from, to: Int(entries[row].validTo) ?? Int.max,
          isAggregate: Self.isAggregate(code, entries[row].label),
          isUnconfirmed: from >= DivisionTable.vintage && entries[row].confidence == "C", row: row))
    }
    // Sets are sorted by code as a rule; sorting keeps the order of rows of one code.
    let isSorted = zip(intervals, intervals.dropFirst()).allSatisfy { $0.code <= $1.code }
    self.intervals = isSorted ? intervals : intervals.sorted { ($0.code, $0.row) < ($1.code, $1.row) }
    let plain = Self.plainCodes(self.intervals, table)
    currentCodes = ShortCodeIndex(plain.bytes.span, plain.ranges[...])
  }

  /// Codes of which every row is in force for good: whatever the year, they are current.
  private static func plainCodes(_ intervals: [Interval], _ table: CodeTable) -> (bytes: [UInt8], ranges: [FieldRange]) {
    var bytes: [UInt8] = []
    var ranges: [FieldRange] = []
    var index = 0
    while index < intervals.count {
      let first = index
      var isPlain = true
      while index < intervals.count, intervals[index].code == intervals[first].code {
        let interval = intervals[index]
        if interval.to != Int.max || interval.isAggregate || table.entries[interval.row].confidence == "C" { isPlain = false }
        index += 1
      }
      if isPlain {
        let start = bytes.count
        bytes += table.code(intervals[first].row)
        ranges.append(FieldRange(start, bytes.count))
      }
    }
    return (bytes, ranges)
  }

  /// The rows of a code; nil for one that the table lacks.
  private func spans(_ code: Int) -> ArraySlice<Interval>? {
    let wanted = UInt32(truncatingIfNeeded: code)
    var (low, high) = (0, intervals.count)
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].code < wanted { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < intervals.count, intervals[end].code == wanted { end += 1 }
    return end > low ? intervals[low..<end] : nil
  }

  private static func isAggregate(_ code: UInt32, _ label: String) -> Bool {
    guard [0, 1, 2, 11, 20].contains(code % 100) else { return false }
    return ["市辖区", "城区", "郊区", "市区", "县"].contains { $0.utf8.elementsEqual(label.utf8) }
  }

  /// Whether six digits are a code that is in force for good: a quick yes, after which `status` need not be asked.
  package func isCurrent(_ code: Span<UInt8>) -> Bool { currentCodes.contains(code) }

  /// What a six-digit code was in a year; a code that was assigned later counts as in force.
  package func status(_ code: Int, year: Int) -> Status {
    guard let spans = spans(code) else { return unlisted(code) }
    if spans.contains(where: { year < $0.to }) {
      if spans.allSatisfy(\.isUnconfirmed) { return .newerThanTable }
      return spans.contains(where: \.isAggregate) ? .aggregate : .current
    }
    return .retired(in: spans.map(\.to).max() ?? 0)
  }

  private func unlisted(_ code: Int) -> Status {
    if (71...80).contains(code % 100) || DivisionTable.extraStatistics.contains(code) {
      return spans(code / 10_000 * 10_000) == nil ? .unknown : .statisticsOnly
    }
    if [1, 2, 11, 20].contains(code % 100), spans(code / 100 * 100) != nil { return .aggregate }
    return .unknown
  }

  /// The codes that took over from a withdrawn one, as the source writes them.
  package func successors(_ code: Int) -> String {
    spans(code)?.map { table.entries[$0.row].successor }.last { !$0.isEmpty } ?? ""
  }

  /// Withdrawn codes with what took over, for a message: `（320683 → 320612）`; empty for none.
  package func withdrawal(_ codes: [Int]) -> LocalizedText {
    let named = codes.map { code in
      let successors = successors(code)
      return String(code) + (successors.isEmpty ? "" : " → \(successors)")
    }
    if named.isEmpty { return LocalizedText(zh: "", en: "") }
    return LocalizedText(zh: "（\(named.joined(separator: "，"))）", en: " (\(named.joined(separator: ", ")))")
  }

  /// The code of a division by its name as it is or was in force, alone or behind those above it, such as 江苏省南通市如皋市; provinces go
  /// by their short forms too (江苏, 内蒙古). Of one name the division in force counts, else the last one; nil where several bore it at a time, or none.
  package func code(path: String) -> String? {
    let key = String(String.UnicodeScalarView(path.unicodeScalars.filter { !$0.properties.isWhitespace }))
    return paths.index { DivisionNames(self) }.code(key)
  }

  /// The labels from the province down, such as 江苏省南通市如皋市; empty for an unknown code.
  package func path(_ code: Int) -> String {
    let chain =
      code % 10_000 == 0
      ? [code] : code % 100 == 0 ? [code / 10_000 * 10_000, code] : [code / 10_000 * 10_000, code / 100 * 100, code]
    return chain.compactMap { spans($0)?.last.map { table.entries[$0.row].label } }.joined()
  }

  /// What each row says, for an index by names: code, label, and the years it was in force, the last one not among them.
  var namedRows: [(code: Int, label: String, years: Range<Int>)] {
    intervals.filter { !$0.isAggregate }.map { (Int($0.code), table.entries[$0.row].label, $0.from..<max($0.from, $0.to)) }
  }
}

/// The codes by names, made when the first name is looked up: most runs see codes only.
private final class PathIndex: Sendable {
  private let made = Mutex<DivisionNames?>(nil)

  func index(_ make: () -> DivisionNames) -> DivisionNames {
    made.withLock { index in
      if let index { return index }
      let fresh = make()
      index = fresh
      return fresh
    }
  }
}
