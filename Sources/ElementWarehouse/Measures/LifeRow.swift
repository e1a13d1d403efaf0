package import ElementCore
package import ElementSchema
import GRDB

/// A finding behind the figures of a report: what it is of, and where it came from.
package struct LifeRow: Sendable {
  /// Rule, dataset, field and severity.
  package let kind: FindingKind
  /// What became of it on the day.
  package let fate: LifeGroup.Fate
  /// When it was first found.
  package let first: CalendarDate
  /// The values of the key of its record, as they are stored; none of a row that waits, or is gone.
  package let key: [String]
  /// The grid code of its record; empty for none.
  package let grid: String
  /// Whether its row waits for correction.
  package let isWaiting: Bool
  /// From where its row came.
  package let batch: Int
  /// The file as it was given; empty for a row that is gone.
  package let file: String
  /// The row in the file, from 1; 0 for a row that is gone.
  package let row: Int
}

extension Warehouse {
  /// Visits the findings behind a report, by dataset, kind and record: those of the day, and those that only the day before had.
  package func visitFindings(
    of reading: QualityReading, _ pack: SchemaPack, _ body: (Dataset, LifeRow) throws -> Void
  ) throws {
    try translatingErrors(path) {
      try queue.read { db in
        for dataset in pack.datasets { try LifeRowReader(db, reading, dataset, path: path).visit(body) }
      }
    }
  }
}

/// Reads the findings of a dataset one by one.
private struct LifeRowReader {
  private let db: Database
  private let reading: QualityReading
  private let dataset: Dataset
  private let path: String

  init(_ db: Database, _ reading: QualityReading, _ dataset: Dataset, path: String) {
    (self.db, self.reading, self.dataset, self.path) = (db, reading, dataset, path)
  }

  func visit(_ body: (Dataset, LifeRow) throws -> Void) throws {
    let kinds = try FindingKind.known(db).filter { $0.value.dataset.utf8.elementsEqual(dataset.name.utf8) }
    let join = try LifeJoin(db, dataset, path: path)
    guard !kinds.isEmpty, join.isStored else { return }
    let keys = dataset.key.map { join.value(dataset.fields[$0].name) }
    let numbers = kinds.keys.sorted().map(String.init).joined(separator: ",")
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT l.kind, l.first, l.cause, l.last, l.end_cause, l.record < 0, ifnull(r._batch, ifnull(q.batch, 0)),
          ifnull(i.path, ''), ifnull(r._row, ifnull(q.row, 0)), ifnull(\(join.grid), ''), ifnull(b.area, '')
          \(keys.map { ", ifnull(\($0), '')" }.joined())
        FROM finding_life l \(join.clause)
        LEFT JOIN quarantine q ON q.id = -l.record AND l.record < 0
        LEFT JOIN batch_input i ON i.batch = ifnull(r._batch, q.batch) AND i.ordinal = ifnull(r._input, q.input)
        LEFT JOIN batch b ON b.id = ifnull(r._batch, q.batch)
        WHERE l.kind IN (\(numbers)) AND l.first <= ?1 AND (l.last IS NULL OR l.last >= ?1 - 1)
        ORDER BY l.kind, l.record, l.fingerprint
        """, arguments: [reading.day.number])
    while let row = try rows.next() {
      guard let kind = kinds[row[0]] else { continue }
      let group = LifeGroup(
        kind: kind, grid: row[9], sender: "", area: row[10], isWaiting: row[5], first: row[1],
        cause: LifeCause(rawValue: row[2]),
        last: row[3], endCause: (row[4] as Int?).flatMap(LifeCause.init), count: 1)
      guard let fate = group.fate(on: reading.day.number), reading.concerns(group) else { continue }
      let values = (0..<keys.count).map { row[11 + $0] as String }
      try body(
        dataset,
        LifeRow(
          kind: kind, fate: fate, first: reading.dates[group.first] ?? reading.day.day,
          key: values.allSatisfy(\.isEmpty) ? [] : values, grid: group.grid, isWaiting: group.isWaiting, batch: row[6],
          file: row[7], row: row[8]))
    }
  }
}
