package import ElementCore

/// The grid codes of a roster of grids, for the rules over all of them.
package struct GridCodeSet: Sendable {
  /// One code and the row it stands in.
  private struct Entry: Sendable {
    let row: RowReference
    /// The code without its sequence.
    let area: [UInt8]
    let sequence: Int
  }

  /// Rows of an area, and what is odd about it.
  package struct Area: Sendable {
    /// The rows, in the order of the delivery.
    package let rows: [RowReference]
    /// The first number that is missing, for a gap.
    package let missing: Int
  }

  private var entries: [Entry] = []
  private var merged: [[UInt8]: [Int: RowReference]] = [:]
  private let scheme: GridCodeScheme

  /// A set for codes of a scheme.
  package init(_ scheme: GridCodeScheme) {
    self.scheme = scheme
  }

  /// Notes the code of a row that is sound.
  package mutating func add(_ code: [UInt8], _ row: RowReference) {
    guard let sequence = scheme.number(of: "sequence", in: code), let community = scheme.number(of: "community", in: code),
      let last = scheme.segments.last, last.name == "sequence"
    else { return }
    entries.append(Entry(row: row, area: Array(code.dropLast(last.length)), sequence: sequence))
    let length = scheme.segments.first { $0.name == "community" }?.length ?? 0
    if let merged = scheme.merged, merged.contains(community) {
      self.merged[Array(code.dropLast(last.length + length)), default: [:]][community] = row
    }
  }

  /// Areas that are one grid and several at once (CJ/T 349 clause 5.7).
  package var wholeAndSplit: [Area] {
    areas.filter { $0.contains { $0.sequence == 0 } && $0.contains { $0.sequence > 0 } }.map {
      Area(rows: $0.map(\.row), missing: 0)
    }
  }

  /// Areas whose sequences have a gap.
  package var gaps: [Area] {
    areas.compactMap { entries in
      let numbers = Set(entries.map(\.sequence)).subtracting([0])
      return Self.gap(numbers, from: 1).map { Area(rows: entries.map(\.row), missing: $0) }
    }
  }

  /// Townships whose merged communities have a gap (CJ/T 349 clause 5.6).
  package var mergedGaps: [Area] {
    merged.values.compactMap { rows in
      Self.gap(Set(rows.keys), from: scheme.merged?.lowerBound ?? 0).map { Area(rows: rows.values.sorted(), missing: $0) }
    }.sorted { $0.rows[0] < $1.rows[0] }
  }

  private var areas: [[Entry]] {
    Dictionary(grouping: entries, by: \.area).values.map { $0.sorted { $0.row < $1.row } }.sorted { $0[0].row < $1[0].row }
  }

  /// The first number from `start` on that is missing below the greatest; nil where none is.
  private static func gap(_ numbers: Set<Int>, from start: Int) -> Int? {
    guard let most = numbers.max() else { return nil }
    return (start...max(start, most)).first { !numbers.contains($0) }
  }
}
