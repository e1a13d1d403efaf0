package import ElementCore
import ElementFormats
import ElementSchema
import Foundation
import GRDB

extension Warehouse {
  /// The days that were recorded, oldest first.
  package func qualityDays() throws -> [QualityDay] {
    try translatingErrors(path) { try queue.read { try qualityDays($0) } }
  }

  /// The same in a transaction that is open.
  func qualityDays(_ db: Database) throws -> [QualityDay] { try DayKeeper.days(db) }

  /// The last day that was recorded by a moment of the past.
  ///
  /// - Throws: `NoQualityDay` where none was, `NoSuchBatch`, or `WarehouseError`.
  package func qualityDay(at moment: PastMoment) throws -> CalendarDate {
    let days = try qualityDays().filter { day in
      switch moment {
      case .batch(let number): day.batch <= number
      // Both are times in UTC of one form.
      case .time(let time): day.recordedAt <= time
      }
    }
    if case .batch(let number) = moment,
      try queue.read({ try Int.fetchOne($0, sql: "SELECT max(id) FROM batch") ?? 0 }) < number
    {
      throw NoSuchBatch(path: path, batch: number)
    }
    guard let last = days.last else { throw NoQualityDay(path: path, day: nil, isBefore: true) }
    return last.day
  }

  /// Records a day: which findings began and ended since the last one, and why. A day that was recorded last is recorded anew.
  ///
  /// - Throws: `DayRefusal` where a later day is recorded already, `WarehouseError`, or `SpillError`.
  package func record(_ record: DayRecord) throws -> LifeCounts {
    try carryOut(record.head.origin) { db in
      var keeper = try DayKeeper(db, record, path: path, beside: Warehouse.spillPlaces(path))
      return (try keeper.keep(), true)
    }
  }
}

/// Keeps a day in the transaction of its own.
private struct DayKeeper {
  private let db: Database
  private let path: String
  private let places: [String]
  private var record: DayRecord
  private let number: Int
  private let isAnew: Bool
  /// The day before it; nil for the first of all.
  private let before: QualityDay?

  init(_ db: Database, _ record: DayRecord, path: String, beside places: [String]) throws {
    (self.db, self.record, self.path, self.places) = (db, record, path, places)
    let days = try DayKeeper.days(db)
    isAnew = days.last?.day == record.day
    before = isAnew ? days.dropLast().last : days.last
    number = (before?.number ?? 0) + 1
    if let last = days.last, record.day < last.day { throw DayRefusal(path: path, day: record.day, last: last.day.text) }
  }

  static func days(_ db: Database) throws -> [QualityDay] {
    try Row.fetchAll(db, sql: "SELECT * FROM quality_day ORDER BY number").compactMap { row in
      let text: String = row["day"]
      return CalendarDate(iso: Array(text.utf8).span).map {
        QualityDay(
          number: row["number"], day: $0, batch: row["batch"], recordedAt: row["recorded_at"],
          schemaDigest: row["schema_digest"], toolVersion: row["tool_version"], digest: row["digest"])
      }
    }
  }

  mutating func keep() throws -> LifeCounts {
    let ledger = LifeLedger(db, day: number, path: path)
    if isAnew { try ledger.reopen() }
    let now = Date.now.ISO8601Format()
    try keepDay(at: now)
    try addWaiting()
    let numbers = try record.found.kinds.map(number(of:))
    let kinds = try FindingKind.known(db)
    let changedRules = try keepRules(kinds)
    let checked = record.found.datasets
    var (beginning, ending, moving, persisting) = try ledger.compare(
      &record.found, numbers, isChecked: { kinds[$0].map { checked.contains($0.dataset) } ?? true }, beside: places)
    try ledger.move(&moving)
    var counts = LifeCounts()
    counts.persisting = persisting
    let changes = ChangesSince(db, since: before?.batch ?? 0, record.datasets, path: path)
    func cause(_ life: LifeLedger.Change) throws -> LifeCause {
      guard let kind = kinds[life.kind] else { bug("a finding of a kind without a number") }
      if try changes.concerns(life.record, kind) { return .data }
      return changedRules.contains(life.kind) ? .rules : .time
    }
    let isFirst = before == nil
    try ledger.begin(&beginning) { life in
      if isFirst {
        counts.first += 1
        return 0
      }
      let found = try cause(life)
      counts.beginning[found, default: 0] += 1
      return found.rawValue
    }
    try ledger.end(&ending) { life in
      let found = try cause(life)
      counts.ending[found, default: 0] += 1
      return found
    }
    try keepMetrics(kinds)
    try AuditTrail.append(
      db, record.head, batch: nil, at: now,
      counts:
        "qualityDay=\(record.day.text),open=\(counts.open),new=\(counts.beginning.values.reduce(0, +)),fixed=\(ending.count)")
    return counts
  }

  /// Keeps what the indicators of the day come to.
  private func keepMetrics(_ kinds: [Int: FindingKind]) throws {
    let waiting = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(
        db, sql: "SELECT q.dataset, count(*) FROM quarantine q WHERE \(WaitingRow.waits) GROUP BY 1"
      ).map { ($0[0] as String, $0[1] as Int) })
    var metrics = QualityMetrics()
    for dataset in record.datasets where record.found.datasets.contains(dataset.name) {
      try DatasetMeasures(db, dataset, kinds, path: path)?.add(
        to: &metrics, filled: record.filled[dataset.name] ?? [:], waiting: waiting[dataset.name] ?? 0)
    }
    try DayMeasures(db, record.day, record.datasets.filter { record.found.datasets.contains($0.name) }, path: path)
      .add(to: &metrics, filled: record.filled)
    try db.execute(sql: "DELETE FROM run_metric WHERE day = ?", arguments: [number])
    let insert = try db.makeStatement(sql: "INSERT INTO run_metric VALUES (?, ?, ?, ?, ?, ?)")
    for (place, share) in metrics.shares.sorted(by: { $0.key < $1.key }) {
      try insert.execute(arguments: [
        number, place.indicator, place.dataset, place.grid, share.numerator, share.denominator,
      ])
    }
    try DayCounts(db, path: path).keep(record, on: number)
    try db.execute(
      sql: "UPDATE quality_day SET metric_hash = ? WHERE number = ?",
      arguments: [try DayProof.metricHash(db, day: number, path: path), number])
    try Seal.close(db, qualityDay: number)
  }

  private func keepDay(at time: String) throws {
    let batch = try Int.fetchOne(db, sql: "SELECT max(id) FROM batch") ?? 0
    try db.execute(
      sql: """
        INSERT INTO quality_day (number, day, recorded_at, batch, schema_digest, tool_version, digest)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET recorded_at = excluded.recorded_at, batch = excluded.batch,
          schema_digest = excluded.schema_digest, tool_version = excluded.tool_version, digest = excluded.digest
        """,
      arguments: [
        number, record.day.text, time, batch, record.head.schemaDigest, record.head.toolVersion,
        try WarehouseDigest.warehouse(db),
      ])
  }

  /// Adds the reasons for which rows wait.
  private mutating func addWaiting() throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT f.fingerprint, f.code, f.dataset, ifnull(f.field, ''), q.id FROM quarantine q
        JOIN finding f ON f.batch = q.batch AND f.input = q.input AND f.row = q.row
        WHERE f.severity = 'error' AND f.waived IS NULL AND f.fingerprint IS NOT NULL AND \(WaitingRow.waits)
        """)
    while let row = try rows.next() {
      let (text, code, dataset): (String, String, String) = (row[0], row[1], row[2])
      guard let fingerprint = FindingFingerprint(parsing: text), let code = RuleCode(parsing: code),
        record.found.datasets.contains(dataset)
      else { continue }
      let kind = FindingKind(code: code, dataset: dataset, field: row[3], severity: .error)
      try record.found.add(fingerprint, kind, record: -(row[4] as Int64))
    }
  }

  /// The number of a kind in the warehouse, which is made where it has none.
  private func number(of kind: FindingKind) throws -> Int {
    let values: StatementArguments = [kind.dataset, kind.code.description, kind.field, kind.severity.rawValue]
    try db.execute(
      sql: "INSERT OR IGNORE INTO finding_kind (dataset, code, field, severity) VALUES (?, ?, ?, ?)", arguments: values)
    let found = try Int.fetchOne(
      db, sql: "SELECT id FROM finding_kind WHERE dataset = ? AND code = ? AND field = ? AND severity = ?", arguments: values)
    guard let found else { bug("a kind that was kept is not there") }
    return found
  }

  /// Keeps what rules are today where they are something else than before; returns the kinds of those that were known as something else.
  private func keepRules(_ kinds: [Int: FindingKind]) throws -> Set<Int> {
    try db.execute(sql: "DELETE FROM rule_state WHERE day = ?", arguments: [number])
    let states = try Row.fetchAll(
      db, sql: "SELECT kind, digest FROM rule_state s WHERE day = (SELECT max(day) FROM rule_state l WHERE l.kind = s.kind)"
    ).map { ($0[0] as Int, $0[1] as String) }
    let known = Dictionary(uniqueKeysWithValues: states)
    var changed: Set<Int> = []
    for (id, kind) in kinds.sorted(by: { $0.key < $1.key }) where record.found.datasets.contains(kind.dataset) {
      let digest = record.ruleDigest(kind)
      if let before = known[id], before.utf8.elementsEqual(digest.utf8) { continue }
      if known[id] != nil || before.map({ !hadSameRules($0) }) ?? false { changed.insert(id) }
      try db.execute(
        sql: "INSERT INTO rule_state (kind, day, digest) VALUES (?, ?, ?)", arguments: [id, number, digest])
    }
    return changed
  }

  /// Whether on a day all rules were what they are today: of a rule that found nothing until now no state is kept.
  private func hadSameRules(_ day: QualityDay) -> Bool {
    day.schemaDigest.utf8.elementsEqual(record.head.schemaDigest.utf8)
      && day.toolVersion.utf8.elementsEqual(record.head.toolVersion.utf8)
  }
}
