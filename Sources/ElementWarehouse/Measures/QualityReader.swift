package import ElementCore
package import ElementSchema
import Foundation
import GRDB

extension Warehouse {
  /// What is wrong with the audit chain, or with the days that were recorded: what a report must not be silent about. `verify` looks at all.
  package func damage() throws -> [Difference] {
    try translatingErrors(path) {
      try queue.read { db in try AuditTrail.differences(db) + DayProof.differences(db, path: path) }
    }
  }

  /// What is known of the last day that was recorded, or of the last one up to `day`; `pack` says which dataset is the roster of grids.
  ///
  /// - Throws: `NoQualityDay` where none was recorded, or `WarehouseError`.
  package func quality(upTo day: CalendarDate? = nil, _ pack: SchemaPack) throws -> QualityReading {
    try translatingErrors(path) {
      try queue.read { db in
        let days = try qualityDays(db).filter { day == nil || $0.day <= day ?? $0.day }
        guard let shown = days.last else { throw NoQualityDay(path: path, day: day) }
        return try QualityReader(db, shown, days.dropLast().last, days.suffix(QualityReader.trendLength)).reading(pack)
      }
    }
  }
}

/// Reads what is known of a day.
private struct QualityReader {
  /// So many days a trend shows.
  static let trendLength = 30

  private let db: Database
  private let day: QualityDay
  private let before: QualityDay?
  private let days: [QualityDay]

  init(_ db: Database, _ day: QualityDay, _ before: QualityDay?, _ days: ArraySlice<QualityDay>) {
    (self.db, self.day, self.before, self.days) = (db, day, before, Array(days))
  }

  func reading(_ pack: SchemaPack) throws -> QualityReading {
    let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM batch") ?? 0
    let newest = try Int.fetchOne(db, sql: "SELECT max(number) FROM quality_day")
    return QualityReading(
      day: day, before: before, shares: try shares(of: day), sharesBefore: try before.map { try shares(of: $0) } ?? [:],
      trend: try days.map { ($0.day, try totals(of: $0)) }, kinds: try kinds(), changes: try days.map(change),
      begun: try begun(), waiting: try waiting(), deliveries: try deliveries(), grids: try grids(pack),
      auditHead: try AuditTrail.head(db)?.hash, isOutdated: newest == day.number && last > day.batch)
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

  private func totals(of day: QualityDay) throws -> [String: QualityReading.Share] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT metric, numerator, denominator FROM run_metric WHERE day = ? AND dataset = '' AND grid = ''",
      arguments: [day.number])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], QualityReading.Share(numerator: $0[1], denominator: $0[2])) })
  }

  /// The findings of the day and of the day before, by kind and by what became of them.
  private func kinds() throws -> [QualityReading.KindCount] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT k.code, k.dataset, k.field, k.severity,
          CASE WHEN c.first = ?1 THEN 'new' WHEN c.last < ?1 THEN 'fixed' ELSE 'persisting' END AS fate,
          CASE WHEN c.first = ?1 THEN c.cause WHEN c.last < ?1 THEN c.end_cause ELSE 0 END AS why,
          count(*), min(c.first)
        FROM finding_life c JOIN finding_kind k ON k.id = c.kind
        WHERE c.first <= ?1 AND (c.last IS NULL OR c.last >= ?1 - 1) GROUP BY c.kind, 5, 6
        """, arguments: [day.number])
    let dates = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(db, sql: "SELECT number, day FROM quality_day").map {
        ($0[0] as Int, $0[1] as String)
      })
    var found: [FindingKind: QualityReading.KindCount] = [:]
    for row in rows {
      guard let code = RuleCode(parsing: row[0]), let severity = Severity(rawValue: row[3]) else { continue }
      let kind = FindingKind(code: code, dataset: row[1], field: row[2], severity: severity)
      let began = dates[row[7]].flatMap { CalendarDate(iso: Array($0.utf8).span) } ?? day.day
      var count = found[kind] ?? QualityReading.KindCount(kind: kind, oldest: day.day)
      let (fate, number): (String, Int) = (row[4], row[6])
      let why = LifeCause(rawValue: row[5])
      switch (fate, why) {
      case ("new", let why?): count.new[why, default: 0] += number
      case ("fixed", let why?): count.fixed[why, default: 0] += number
      default: count.persisting += number
      }
      if fate != "fixed" { count.oldest = min(count.oldest, began) }
      found[kind] = count
    }
    return found.values.sorted { ($1.open, $0.kind.text) < ($0.open, $1.kind.text) }
  }

  private func change(on day: QualityDay) throws -> QualityReading.Change {
    var change = QualityReading.Change(day: day.day)
    for (sql, number, isNew) in [
      ("SELECT cause, count(*) FROM finding_life WHERE first = ? GROUP BY 1", day.number, true),
      ("SELECT end_cause, count(*) FROM finding_life WHERE last = ? GROUP BY 1", day.number - 1, false),
    ] {
      for row in try Row.fetchAll(db, sql: sql, arguments: [number]) {
        guard let cause = (row[0] as Int?).flatMap(LifeCause.init) else { continue }
        if isNew { change.new[cause] = row[1] } else { change.fixed[cause] = row[1] }
      }
    }
    return change
  }

  private func begun() throws -> [(day: CalendarDate, count: Int)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT d.day, count(*) FROM finding_life c JOIN quality_day d ON d.number = c.first
        WHERE c.first <= ?1 AND (c.last IS NULL OR c.last >= ?1) GROUP BY c.first ORDER BY c.first
        """, arguments: [day.number]
    ).compactMap { row in
      let text: String = row[0]
      return CalendarDate(iso: Array(text.utf8).span).map { ($0, row[1]) }
    }
  }

  /// The rows that wait now, with the days since they first came.
  private func waiting() throws -> [QualityReading.Waiting] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT ifnull(b.sender, ''), q.dataset, s.as_of FROM quarantine q JOIN batch b ON b.id = q.batch
        JOIN batch s ON s.id = ifnull(q.since, q.batch) WHERE \(WaitingRow.waits)
        """)
    var ages: [String: [String: [Int]]] = [:]
    for row in rows {
      let (sender, dataset, text): (String, String, String) = (row[0], row[1], row[2])
      let age = CalendarDate(iso: Array(text.utf8).span).map { max(0, day.day.dayNumber - $0.dayNumber) } ?? 0
      ages[sender, default: [:]][dataset, default: []].append(age)
    }
    return ages.flatMap { sender, datasets in
      datasets.map { QualityReading.Waiting(sender: sender, dataset: $0, ages: $1.sorted()) }
    }.sorted { ($1.ages.count, $0.sender, $0.dataset) < ($0.ages.count, $1.sender, $1.dataset) }
  }

  private func deliveries() throws -> [QualityReading.Delivery] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM batch WHERE id > ? AND id <= ? ORDER BY id", arguments: [before?.batch ?? 0, day.batch])
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

  private func grids(_ pack: SchemaPack) throws -> [String: QualityReading.Grid] {
    guard let roster = pack.gridRoster, let key = roster.key.first,
      let shape = try DatasetTable.stored(db, roster.name, path: "")
    else { return [:] }
    let columns = [roster.fields[key].name, "gridName", "villageName"].map(shape.selected).joined(separator: ", ")
    let rows = try Row.fetchAll(db, sql: "SELECT \(columns) FROM \(shape.table)")
    let grids = rows.compactMap { row in
      (row[0] as String?).map { ($0, QualityReading.Grid(name: row[1] ?? "", community: row[2] ?? "")) }
    }
    return Dictionary(grids) { first, _ in first }
  }
}

extension FindingKind {
  /// What kinds are sorted by: ASCII, so comparing texts compares bytes.
  fileprivate var text: String { "\(code) \(dataset) \(field) \(severity.rawValue)" }
}
