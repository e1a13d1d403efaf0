package import ElementCore
package import ElementSchema
import Foundation
import GRDB

extension Warehouse {
  /// What is wrong with the audit chain, or with the days that were recorded: what a report must not be silent about: of days
  /// those that it draws. `verify` looks at all.
  package func damage() throws -> [Difference] {
    try translatingErrors(path) {
      try queue.read { db in
        try AuditTrail.differences(db) + DayProof.differences(db, days: QualityReader.trendLength, path: path)
      }
    }
  }

  /// What is known of the last day that was recorded, or of the last one up to `day`; `pack` says which dataset is the roster of grids, and the
  /// scheme where a grid lies. Drifts are held against the last day that was recorded up to `baseline`, or some thirty days ago.
  ///
  /// - Throws: `NoQualityDay` where none was recorded, or `WarehouseError`.
  package func quality(
    upTo day: CalendarDate? = nil, against baseline: CalendarDate? = nil, _ pack: SchemaPack, _ scheme: GridCodeScheme
  ) throws -> QualityReading {
    try translatingErrors(path) {
      try queue.read { db in
        let all = try qualityDays(db)
        let days = all.filter { day == nil || $0.day <= day ?? $0.day }
        guard !days.isEmpty else { throw NoQualityDay(path: path, day: day) }
        return try QualityReader(db, all, days, scheme, path: path).reading(pack, against: baseline)
      }
    }
  }

  /// What the roster of grids says of each, by its code.
  package func grids(_ pack: SchemaPack, _ scheme: GridCodeScheme) throws -> [String: QualityReading.Grid] {
    try translatingErrors(path) { try queue.read { try QualityReader.grids($0, pack, scheme, path: path) } }
  }

  /// What the indicators of each grid came to on each of the days of a reading, for the trends of its offices.
  package func trendByGrid(_ reading: QualityReading) throws -> [[String: [String: QualityReading.Share]]] {
    try translatingErrors(path) {
      try queue.read { db in try reading.days.map { try QualityReader.sharesByGrid(db, $0, path: path) } }
    }
  }
}

/// Reads what is known of a day.
private struct QualityReader {
  /// So many days a trend shows.
  static let trendLength = 30

  /// So many days ago is what drifts are held against where nobody said another day.
  private static let baselineAge = 30

  private let db: Database
  private let day: QualityDay
  private let before: QualityDay?
  private let all: [QualityDay]
  private let days: [QualityDay]
  private let scheme: GridCodeScheme
  private let path: String

  /// A reader of the last of some days, of all that were recorded.
  init(_ db: Database, _ all: [QualityDay], _ days: [QualityDay], _ scheme: GridCodeScheme, path: String) {
    guard let day = days.last else { bug("a report on no day") }
    (self.db, self.day, self.before, self.all, self.scheme, self.path) = (db, day, days.dropLast().last, all, scheme, path)
    self.days = Array(days.suffix(Self.trendLength))
  }

  func reading(_ pack: SchemaPack, against baseline: CalendarDate?) throws -> QualityReading {
    let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM batch") ?? 0
    let shown = (days.first?.number ?? day.number)...day.number
    return QualityReading(
      day: day, before: before, shares: try shares(of: day), sharesBefore: try before.map { try shares(of: $0) } ?? [:],
      days: days, trend: try days.map(totals), dates: Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0.day) }),
      lives: try LifeReader(db, days: shown, path: path).groups(pack), counts: try counts(against: baseline),
      waiting: try waiting(),
      deliveries: try deliveries(), packages: try SentPackages(db, on: day.day).open(),
      people: try PeopleCounts(db, on: day.day),
      grids: try Self.grids(db, pack, scheme, path: path),
      auditHead: try AuditTrail.head(db)?.hash,
      isOutdated: all.last?.number == day.number && last > day.batch)
  }

  /// What was counted on the day and on the one that drifts are held against.
  private func counts(against baseline: CalendarDate?) throws -> DayCountsByGrid {
    guard try StoredFormat.number(db) >= 7 else { return .none }
    let wanted = baseline ?? CalendarDate(dayNumber: day.day.dayNumber - Self.baselineAge) ?? day.day
    let counted = Set(try Int.fetchAll(db, sql: "SELECT DISTINCT day FROM day_count"))
    // Days that older versions recorded say nothing of how much there was.
    let usable = all.filter { $0.number < day.number && $0.number >= counted.min() ?? .max }
    let found = usable.last { $0.day <= wanted }
    if let baseline, found == nil { throw NoQualityDay(path: path, day: baseline) }
    return try CountReader(db, path: path).counts(on: day, against: found ?? usable.first)
  }

  private func shares(of day: QualityDay) throws -> [QualityReading.Place: QualityReading.Share] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT metric, dataset, grid, numerator, denominator FROM run_metric WHERE day = ?", arguments: [day.number])
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        (
          QualityReading.Place(row[0], dataset: row[1], grid: row[2]),
          QualityReading.Share(numerator: row[3], denominator: row[4])
        )
      })
  }

  /// What the indicators of each grid came to on a day.
  static func sharesByGrid(_ db: Database, _ day: QualityDay, path: String) throws -> [String: [String: QualityReading.Share]] {
    let rows = try BulkStatement(
      db,
      "SELECT grid, metric, numerator, denominator FROM run_metric WHERE day = ? AND dataset = '' AND grid <> '' ORDER BY metric",
      path: path)
    rows.bind(Int64(day.number), at: 1)
    var found: [String: [String: QualityReading.Share]] = [:]
    var (grid, metric): ([UInt8], [UInt8]) = ([], [])
    while try rows.step() {
      grid.removeAll(keepingCapacity: true)
      metric.removeAll(keepingCapacity: true)
      rows.append(0, to: &grid)
      rows.append(1, to: &metric)
      let share = QualityReading.Share(numerator: Int(rows.integer(2)), denominator: Int(rows.integer(3)))
      found[String(validating: grid, as: UTF8.self) ?? "", default: [:]][String(validating: metric, as: UTF8.self) ?? ""] =
        share
    }
    return found
  }

  private func totals(of day: QualityDay) throws -> [String: QualityReading.Share] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT metric, numerator, denominator FROM run_metric WHERE day = ? AND dataset = '' AND grid = ''",
      arguments: [day.number])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], QualityReading.Share(numerator: $0[1], denominator: $0[2])) })
  }

  /// The rows that wait now, with the days since they first came.
  private func waiting() throws -> [QualityReading.Waiting] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT ifnull(b.sender, ''), ifnull(b.area, ''), q.dataset, s.as_of FROM quarantine q JOIN batch b ON b.id = q.batch
        JOIN batch s ON s.id = ifnull(q.since, q.batch) WHERE \(WaitingRow.waits)
        """)
    var ages: [[String]: [Int]] = [:]
    for row in rows {
      let (sender, area, dataset, text): (String, String, String, String) = (row[0], row[1], row[2], row[3])
      let age = CalendarDate(iso: Array(text.utf8).span).map { max(0, day.day.dayNumber - $0.dayNumber) } ?? 0
      ages[[sender, area, dataset], default: []].append(age)
    }
    return ages.map { key, ages in
      QualityReading.Waiting(sender: key[0], area: key[1], dataset: key[2], ages: ages.sorted())
    }.sorted { ($1.ages.count, $0.sender, $0.dataset) < ($0.ages.count, $1.sender, $1.dataset) }
  }

  private func deliveries() throws -> [QualityReading.Delivery] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM batch WHERE id <= ?2 AND (id > ?1 OR state = 'held') ORDER BY id",
      arguments: [before?.batch ?? 0, day.batch])
    return try rows.map { row in
      var counts = RunCounts()
      (counts.read, counts.created, counts.updated, counts.unchanged, counts.duplicate, counts.quarantined) = (
        row["read"], row["created"], row["updated"], row["unchanged"], row["duplicate"], row["quarantined"]
      )
      let batch: Int = row["id"]
      return QualityReading.Delivery(
        batch: batch, state: row["state"], kind: row["kind"], sender: row["sender"] ?? "",
        files: try String.fetchAll(
          db, sql: "SELECT DISTINCT path FROM batch_input WHERE batch = ? ORDER BY ordinal", arguments: [batch]),
        counts: counts)
    }
  }

  /// What the roster of grids says of each, by its code.
  static func grids(
    _ db: Database, _ pack: SchemaPack, _ scheme: GridCodeScheme, path: String
  ) throws -> [String: QualityReading.Grid] {
    guard let roster = pack.gridRoster, let key = roster.key.first,
      let shape = try DatasetTable.stored(db, roster.name, path: path)
    else { return [:] }
    let columns = [roster.fields[key].name, "gridName", "villageName", "streetName"].map(shape.selected).joined(separator: ", ")
    let rows = try Row.fetchAll(db, sql: "SELECT \(columns) FROM \(shape.table)")
    let grids = rows.compactMap { row in
      (row[0] as String?).map {
        (
          $0,
          QualityReading.Grid(
            name: row[1] ?? "", community: row[2] ?? "", street: row[3] ?? "", hierarchy: scheme.hierarchy(of: $0))
        )
      }
    }
    return Dictionary(grids) { first, _ in first }
  }
}
