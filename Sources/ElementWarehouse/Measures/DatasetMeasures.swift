import ElementCore
import ElementSchema
import GRDB

/// Measures the open rows of a dataset by grid: how much there is to be right, and how much is found wrong.
struct DatasetMeasures {
  private let db: Database
  private let dataset: Dataset
  private let shape: TableShape
  private let kinds: [Int: FindingKind]
  private let path: String

  /// What is wrong in a grid, or of rows that wait.
  private struct Wrong {
    /// How many values, records or pairs count against each indicator.
    var counts: [String: Int] = [:]
  }

  /// The measures of a dataset that has a table; nil for one that has none. `kinds` are those of its findings.
  init?(_ db: Database, _ dataset: Dataset, _ kinds: [Int: FindingKind], path: String) throws {
    guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return nil }
    (self.db, self.dataset, self.shape, self.kinds, self.path) = (db, dataset, shape, kinds, path)
  }

  /// Adds what the rows come to that fill so much, by grid, with those that wait, of which there are so many.
  func add(to metrics: inout QualityMetrics, filled: [String: FilledCount], waiting: Int) throws {
    let wrong = try wrong()
    for (grid, filled) in filled {
      for (indicator, due) in due(filled) {
        let bad = wrong.stored[grid]?.counts[indicator] ?? 0
        // What is missing is not among what is filled; and of a value that is not there no more can be wrong than there are.
        let isMissing = indicator == "0201"
        metrics.add(
          indicator, dataset.name, grid: grid, isMissing ? due : max(0, due - bad), of: isMissing ? due + bad : due)
      }
    }
    addWaiting(wrong.waiting, waiting, &metrics)
    metrics.add(
      "040300", dataset.name, grid: nil, shape.columns.count - shape.kept(beside: dataset).count, of: shape.columns.count)
  }

  /// What waits: a record by record, and of values those that are wrong, for the others are not read.
  private func addWaiting(_ wrong: Wrong, _ waiting: Int, _ metrics: inout QualityMetrics) {
    for indicator in Self.ofRecords {
      metrics.add(indicator, dataset.name, grid: nil, max(0, waiting - (wrong.counts[indicator] ?? 0)), of: waiting)
    }
    for (indicator, bad) in wrong.counts where !Self.ofRecords.contains(indicator) {
      metrics.add(indicator, dataset.name, grid: nil, 0, of: bad)
    }
    metrics.add("0602", dataset.name, grid: nil, 0, of: waiting)
  }

  /// The indicators that count records, whatever is wrong with them.
  private static let ofRecords: Set = ["0102", "0202", "0304"]
  /// The indicators that count pairs of a record and a rule.
  private static let ofRules: Set = ["0104", "040202", "040203", "040204", "0503"]

  /// How much of each indicator is due of what is filled: B, and for 0201 what is filled.
  private func due(_ filled: FilledCount) -> [(String, Int)] {
    func sum(_ fields: some Sequence<Int>) -> Int { fields.reduce(0) { $0 + filled.fields[$1] } }
    let values = sum(dataset.fields.indices)
    let equal = dataset.rules.filter { FindingParts.isEquality($0.descriptor.code) }.map(\.field)
    let rules = dataset.rules.map(\.field)
    let groups = dataset.references.map(\.field) + dataset.groups.compactMap(\.by.first)
    return [
      ("010101", values), ("010102", values), ("010103", values), ("0302", values), ("0305", values), ("0102", filled.rows),
      ("0202", filled.rows), ("0304", filled.rows), ("0602", filled.rows),
      ("0105", sum(dataset.fields.indices.filter { dataset.fields[$0].type.isListed })),
      ("0201", sum(dataset.fields.indices.filter { dataset.fields[$0].duty > .optional })),
      ("0501", sum(dataset.fields.indices.filter { dataset.fields[$0].type.isMoment })), ("0104", sum(rules)),
      ("040201", sum(equal)), ("040202", sum(rules) - sum(equal)), ("040203", sum(dataset.totals.map(\.field))),
      ("040204", sum(groups)), ("0503", filled.rows * dataset.sequences.count),
    ]
  }

  /// What is wrong, by grid, and of rows that wait; a value, record or pair counts once against an indicator, whatever is found of it.
  private func wrong() throws -> (stored: [String: Wrong], waiting: Wrong) {
    let own = kinds.filter { $0.value.dataset == dataset.name }
    let parts = own.mapValues { FindingParts.indicators($0, in: dataset) }
    let wanted = parts.filter { !$0.value.isEmpty }.keys.sorted()
    var (stored, waiting): ([String: Wrong], Wrong) = ([:], Wrong())
    if wanted.isEmpty { return (stored, waiting) }
    let join = try LifeJoin(db, dataset, path: path)
    let lives = try BulkStatement(
      db,
      """
      SELECT l.record, l.kind, ifnull(\(join.grid), '\(QualityReading.noGrid)') FROM finding_life l \(join.clause)
      WHERE l.last IS NULL AND l.kind IN (\(wanted.map(String.init).joined(separator: ","))) ORDER BY l.record
      """, path: path)
    var (record, seen): (Int64?, Set<Pair>) = (nil, [])
    var place: [UInt8] = []
    while try lives.step() {
      if lives.integer(0) != record {
        (record, seen) = (lives.integer(0), [])
        place.removeAll(keepingCapacity: true)
        lives.append(2, to: &place)
      }
      guard let kind = own[Int(lives.integer(1))], let indicators = parts[Int(lives.integer(1))] else { continue }
      for indicator in indicators where seen.insert(Pair(indicator, kind)).inserted {
        if lives.integer(0) < 0 {
          waiting.counts[indicator, default: 0] += 1
        } else {
          stored[String(validating: place, as: UTF8.self) ?? QualityReading.noGrid, default: Wrong()].counts[
            indicator, default: 0] += 1
        }
      }
    }
    return (stored, waiting)
  }

  /// What counts once against an indicator.
  private struct Pair: Hashable {
    let indicator: String
    let what: String

    init(_ indicator: String, _ kind: FindingKind) {
      self.indicator = indicator
      what = ofRecords.contains(indicator) ? "" : ofRules.contains(indicator) ? kind.code.description : kind.field
    }
  }
}
