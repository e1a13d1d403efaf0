import ElementCore
import ElementSchema
import Foundation
import GRDB

/// Measures what is not of one dataset's rows alone: deliveries, days, verifications, and what two datasets say of one person.
struct DayMeasures {
  private let db: Database
  private let day: CalendarDate
  private let datasets: [Dataset]
  private let path: String
  /// So many days are the period of deliveries and of days that are due.
  private static let period = 30
  /// Within so many days a record is to be confirmed: two full rounds a year (DB32/T 2763-2015 clause 11.1).
  private static let cycle = 183

  /// The measures of a day.
  init(_ db: Database, _ day: CalendarDate, _ datasets: [Dataset], path: String) {
    (self.db, self.day, self.datasets, self.path) = (db, day, datasets, path)
  }

  /// Adds all that it measures; `filled` says how many rows each dataset has, by grid.
  func add(to metrics: inout QualityMetrics, filled: [String: [String: FilledCount]]) throws {
    try addDeliveries(&metrics)
    try addDays(&metrics)
    try addPackages(&metrics)
    for dataset in datasets {
      guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { continue }
      try addConfirmed(dataset, shape, &metrics)
      if dataset.name == "verification" { try addVerified(shape, &metrics) }
      if dataset.name == "baseline" { try addCollected(shape, filled, &metrics) }
    }
    try addPairs(&metrics)
  }

  /// Whether a row of a dataset is open, as a condition in SQL about a table by its name there.
  private static func open(_ dataset: String, _ table: String) -> String {
    "\(table)._id NOT IN (SELECT id FROM closed_row WHERE dataset = '\(dataset)')"
  }

  /// The first of so many days that end with the day.
  private func from(_ days: Int) -> String { (CalendarDate(dayNumber: day.dayNumber - days + 1) ?? day).text }

  /// Rows of deliveries that are duplicates, and deliveries with a column that is left out by decision.
  private func addDeliveries(_ metrics: inout QualityMetrics) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT i.dataset, sum(i.read), sum(i.duplicate), count(*), count(*) FILTER (WHERE EXISTS (
          SELECT 1 FROM finding f WHERE f.batch = i.batch AND f.input = i.ordinal AND f.code = 'F0103')),
          sum(length(i.mapping) - length(replace(i.mapping, ',', '')) + (i.mapping <> '')),
          sum((SELECT count(*) FROM finding f WHERE f.batch = i.batch AND f.input = i.ordinal AND f.code = 'F0101'))
        FROM batch_input i JOIN batch b ON b.id = i.batch
        WHERE b.state = 'loaded' AND b.kind IN ('load', 'retry') AND b.as_of BETWEEN ? AND ? GROUP BY 1
        """, arguments: [from(Self.period), day.text])
    for row in rows {
      let (read, duplicate, inputs, leftOut): (Int, Int, Int, Int) = (row[1], row[2], row[3], row[4])
      metrics.add("0303", row[0], grid: nil, read - duplicate, of: read)
      metrics.add("0106", row[0], grid: nil, inputs - leftOut, of: inputs)
      let (known, unknown): (Int, Int) = (row[5] ?? 0, row[6] ?? 0)
      metrics.add("0103", row[0], grid: nil, known, of: known + unknown)
    }
  }

  /// The days that were recorded of those that were due since the first one.
  private func addDays(_ metrics: inout QualityMetrics) throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT min(day), count(*) FILTER (WHERE day >= ?) FROM quality_day WHERE day <= ?",
      arguments: [from(Self.period), day.text])
    guard let row, let text = row[0] as String?, let first = CalendarDate(iso: Array(text.utf8).span) else { return }
    metrics.add("0601", "", grid: nil, row[1], of: min(Self.period, day.dayNumber - first.dayNumber + 1))
  }

  /// The packages that left for others by an approval that held then: without one none is made, so that what is less than all was made otherwise.
  private func addPackages(_ metrics: inout QualityMetrics) throws {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*) FILTER (WHERE approvals <> ''), count(*) FROM package
        WHERE state = 'sent' AND audience <> 'own' AND substr(made_at, 1, 10) BETWEEN ? AND ?
        """, arguments: [from(Self.period), day.text])
    if let row { metrics.add("050400", "", grid: nil, row[0], of: row[1]) }
  }

  /// The open rows that were written or found as they stand within the cycle.
  private func addConfirmed(_ dataset: Dataset, _ shape: TableShape, _ metrics: inout QualityMetrics) throws {
    let recent = Set(
      try Int64.fetchAll(
        db, sql: "SELECT id FROM batch WHERE state = 'loaded' AND kind IN ('load', 'retry') AND as_of BETWEEN ? AND ?",
        arguments: [from(Self.cycle), day.text]))
    var confirmed = RowSet()
    let sets = try Row.fetchCursor(
      db, sql: "SELECT batch, ids FROM confirmation WHERE dataset = ?", arguments: [dataset.name])
    while let row = try sets.next() {
      if recent.contains(row[0]) { confirmed.formUnion(RowSet(bytes: [UInt8](row[1] as Data))) }
    }
    let grid = dataset.gridField.map { shape.selected(dataset.fields[$0].name) } ?? "NULL"
    let rows = try BulkStatement(
      db,
      """
      SELECT _id, _batch, \(grid) FROM \(shape.table)
      WHERE \(Self.open(dataset.name, shape.table))
      """, path: path)
    var counts: [[UInt8]: (confirmed: Int, all: Int)] = [:]
    var place: [UInt8] = []
    while try rows.step() {
      place.removeAll(keepingCapacity: true)
      rows.append(2, to: &place)
      let isRecent = recent.contains(rows.integer(1)) || confirmed.contains(rows.integer(0))
      counts[place, default: (0, 0)].all += 1
      if isRecent { counts[place, default: (0, 0)].confirmed += 1 }
    }
    for (place, count) in counts {
      let grid = place.isEmpty ? nil : String(validating: place, as: UTF8.self)
      metrics.add("0502", dataset.name, grid: grid ?? QualityReading.noGrid, count.confirmed, of: count.all)
    }
  }

  /// The verifications that found a record right, of those with a result.
  private func addVerified(_ shape: TableShape, _ metrics: inout QualityMetrics) throws {
    guard shape.column("resultCode") != nil, shape.column("recordDataset") != nil else { return }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT ifnull(recordDataset, ''), count(*) FILTER (WHERE resultCode = '1'), count(*),
          ifnull(\(shape.selected("gridCode")), '\(QualityReading.noGrid)') FROM verification
        WHERE resultCode IS NOT NULL AND \(Self.open("verification", "verification")) GROUP BY 1, 4
        """)
    for row in rows { metrics.add("0301", row[0], grid: row[3], row[1], of: row[2]) }
  }

  /// What is known of what should be, by the latest numbers up to the day (DB32/T 2763-2015 clause 11.1); what a grid has more than it should
  /// makes up for nothing that another lacks.
  private func addCollected(
    _ shape: TableShape, _ filled: [String: [String: FilledCount]], _ metrics: inout QualityMetrics
  ) throws {
    guard shape.column("count") != nil, shape.column("objectCode") != nil, shape.column("asOf") != nil else { return }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT gridCode, objectCode, "count", max(asOf) FROM baseline
        WHERE gridCode IS NOT NULL AND objectCode IS NOT NULL AND "count" IS NOT NULL AND asOf <= ?
          AND \(Self.open("baseline", "baseline")) GROUP BY gridCode, objectCode
        """, arguments: [day.text])
    for row in rows {
      let (grid, object, count): (String, String, String) = (row[0], row[1], (row[2] as DatabaseValue).description)
      guard let expected = Int(count.filter { $0 != "\"" }), expected > 0 else { continue }
      let known = filled[object]?[grid]?.rows ?? 0
      metrics.add(QualityReading.collection, object, grid: grid, min(known, expected), of: expected)
    }
  }

  /// What two datasets that know people by their numbers say of the same person.
  private func addPairs(_ metrics: inout QualityMetrics) throws {
    let people = datasets.filter { $0.restriction == nil && $0.key.count == 1 && $0.fields[$0.key[0]].type == .citizenId }
    for (place, first) in people.enumerated() {
      for second in people[(place + 1)...] { try addPairs(first, second, &metrics) }
    }
  }

  private func addPairs(_ first: Dataset, _ second: Dataset, _ metrics: inout QualityMetrics) throws {
    guard let left = try DatasetTable.stored(db, first.name, path: path),
      let right = try DatasetTable.stored(db, second.name, path: path)
    else { return }
    let same = first.fields.map(\.name).filter { name in
      name != first.fields[first.key[0]].name && Self.ofPersons.contains(name) && left.column(name) != nil
        && right.column(name) != nil
    }
    if same.isEmpty { return }
    let sums = same.map(TableShape.quoted).map { "count(a.\($0) || b.\($0)), count(*) FILTER (WHERE a.\($0) = b.\($0))" }
    let (key, other) = (first.fields[first.key[0]].name, second.fields[second.key[0]].name)
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT \(sums.joined(separator: ", ")) FROM \(left.table) a
        JOIN \(right.table) b ON b.\(TableShape.quoted(other)) = a.\(TableShape.quoted(key))
        WHERE \(Self.open(first.name, "a")) AND \(Self.open(second.name, "b"))
        """)
    guard let row else { return }
    let (both, equal) = same.indices.reduce((0, 0)) { ($0.0 + (row[$1 * 2] as Int), $0.1 + (row[$1 * 2 + 1] as Int)) }
    metrics.add("0401", first.name, grid: nil, equal, of: both)
  }

  /// What is of a person and not of a record of hers: where she lives may differ by right.
  private static let ofPersons: Set = ["personName", "sexCode", "birthday", "ethnicityCode"]
}
