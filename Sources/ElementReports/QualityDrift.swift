import ElementCore
import ElementSchema
package import ElementWarehouse
import Foundation

/// How far data may move away from the day that they are held against before a report says so.
package struct DriftLimits: Sendable, Hashable {
  /// The change of the number of rows in per cent of what it was.
  package var rows = 10.0
  /// The change of a share that is filled in points of a hundred.
  package var filled = 5.0
  /// The population stability index of the mix of codes; 0.1 is a slight shift, 0.25 a great one.
  package var mix = 0.2
  /// The rows that are wanted on both days: of fewer nothing is told.
  package var least = 100

  /// The limits of a site that says nothing.
  package init() {}
}

/// Something that moved away from the day that it is held against, with its numbers and its limit.
package struct QualityDrift: Sendable, Hashable {
  /// What moved.
  package enum Kind: String, Sendable, CaseIterable {
    /// The number of rows.
    case rows
    /// The share of rows that fill a field.
    case filled
    /// Which codes a field holds.
    case mix
    /// A code that a field did not hold before.
    case newCode
  }

  /// What moved.
  package let kind: Kind
  /// The dataset, by its identifier.
  package let dataset: String
  /// The field by its name; empty for rows.
  package let field: String
  /// The code that is new, or of which the share changed most; empty for none.
  package let code: String
  /// The grid code; empty for all that the report is about.
  package let grid: String
  /// The numbers before: of a share A and B, of rows the number twice.
  package let before: QualityReading.Share
  /// The numbers now.
  package let now: QualityReading.Share
  /// How far it moved: per cent, points of a hundred, an index, or rows.
  package let amount: Double
  /// What it is measured by, in the same unit.
  package let limit: Double

  /// All that moved further than the limits, those of all before those of a grid, and then the most first.
  static func all(of counts: DayCountsByGrid, _ limits: DriftLimits, _ datasets: [Dataset]) -> [QualityDrift] {
    if counts.baseline == nil { return [] }
    let known = Set(datasets.map(\.name))
    let whole = DriftMeasure(counts.subjects, counts.total, "", limits).drifts
    let ofGrids = counts.lines.filter { $0.key != QualityReading.noGrid }.flatMap { grid, lines in
      DriftMeasure(counts.subjects, lines, grid, limits).drifts.filter { $0.kind != .newCode }
    }
    return (whole + ofGrids).filter { known.contains($0.dataset) }.sorted {
      ($0.grid.isEmpty ? 0 : 1, $1.excess, $0.dataset, $0.field, $0.code, $0.grid)
        < ($1.grid.isEmpty ? 0 : 1, $0.excess, $1.dataset, $1.field, $1.code, $1.grid)
    }
  }

  /// How many times its limit it moved.
  private var excess: Double { limit == 0 ? 0 : amount.magnitude / limit }
}

/// Measures what moved of the rows of a grid, or of all.
private struct DriftMeasure {
  private let subjects: [CountSubject]
  private let lines: [DayCountsByGrid.Line]
  private let grid: String
  private let limits: DriftLimits

  init(_ subjects: [CountSubject], _ lines: [DayCountsByGrid.Line], _ grid: String, _ limits: DriftLimits) {
    (self.subjects, self.lines, self.grid, self.limits) = (subjects, lines, grid, limits)
  }

  /// What moved further than the limits. Lines stand by dataset, field and code: rows first, then each field with its codes.
  var drifts: [QualityDrift] {
    var found: [QualityDrift] = []
    var (dataset, rows): (String, DayCountsByGrid.Line?) = ("", nil)
    var place = 0
    while place < lines.count {
      let subject = subjects[lines[place].subject]
      if subject.field.isEmpty {
        (dataset, rows) = (subject.dataset, lines[place])
        found += drift(ofRows: lines[place], subject).map { [$0] } ?? []
        place += 1
        continue
      }
      let end = lines[place...].firstIndex {
        let other = subjects[$0.subject]
        return other.field != subject.field || other.dataset != subject.dataset
      }
      let own = lines[place..<(end ?? lines.count)]
      if let rows, dataset == subject.dataset { found += self.drifts(ofField: own, rows) }
      place += own.count
    }
    return found
  }

  private func isEnough(_ line: DayCountsByGrid.Line) -> Bool { min(line.before, line.now) >= limits.least }

  private func drift(ofRows line: DayCountsByGrid.Line, _ subject: CountSubject) -> QualityDrift? {
    guard max(line.before, line.now) >= limits.least, line.before > 0 else { return nil }
    let change = (Double(line.now) / Double(line.before) - 1) * 100
    if change.magnitude < limits.rows { return nil }
    return make(.rows, subject, (line.before, line.before), (line.now, max(1, line.now)), change, limits.rows)
  }

  private func drifts(ofField lines: ArraySlice<DayCountsByGrid.Line>, _ rows: DayCountsByGrid.Line) -> [QualityDrift] {
    guard isEnough(rows), let first = lines.first else { return [] }
    var found: [QualityDrift] = []
    let filled = subjects[first.subject].code.isEmpty ? first : nil
    if let filled {
      let change = (Double(filled.now) / Double(rows.now) - Double(filled.before) / Double(rows.before)) * 100
      if change.magnitude >= limits.filled {
        found.append(
          make(.filled, subjects[filled.subject], (filled.before, rows.before), (filled.now, rows.now), change, limits.filled))
      }
    }
    let codes = lines.filter { !subjects[$0.subject].code.isEmpty }
    guard !codes.isEmpty, let filled, isEnough(filled) else { return found }
    for line in codes where line.before == 0 && line.now > 0 {
      found.append(make(.newCode, subjects[line.subject], (0, filled.before), (line.now, filled.now), Double(line.now), 1))
    }
    return found + (mix(codes, filled).map { [$0] } ?? [])
  }

  /// The population stability index: the sum over codes of (now − before) × ln(now ÷ before), shares that are 0 counted as half a row.
  private func mix(_ codes: [DayCountsByGrid.Line], _ filled: DayCountsByGrid.Line) -> QualityDrift? {
    func share(_ count: Int, _ all: Int) -> Double { max(Double(count), 0.5) / Double(all) }
    let parts = codes.map { line in
      let (now, before) = (share(line.now, filled.now), share(line.before, filled.before))
      return (line: line, part: (now - before) * log(now / before))
    }
    let index = parts.reduce(0) { $0 + $1.part }
    guard index >= limits.mix, let most = parts.max(by: { $0.part < $1.part })?.line else { return nil }
    return make(.mix, subjects[most.subject], (most.before, filled.before), (most.now, filled.now), index, limits.mix)
  }

  private func make(
    _ kind: QualityDrift.Kind, _ subject: CountSubject, _ before: (Int, Int), _ now: (Int, Int), _ amount: Double,
    _ limit: Double
  ) -> QualityDrift {
    QualityDrift(
      kind: kind, dataset: subject.dataset, field: subject.field, code: subject.code, grid: grid,
      before: QualityReading.Share(numerator: before.0, denominator: before.1),
      now: QualityReading.Share(numerator: now.0, denominator: now.1), amount: amount, limit: limit)
  }
}
