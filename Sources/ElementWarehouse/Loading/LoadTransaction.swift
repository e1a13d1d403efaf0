import CSQLite
package import ElementCore
package import ElementSchema
import Foundation
import GRDB
import SQLitePages

extension Warehouse {
  /// Runs a load in one transaction, which ends as `body` says.
  ///
  /// - Throws: `WarehouseError`, or what `body` throws; nothing is kept then.
  package func load<Result>(_ head: BatchHead, _ body: (LoadTransaction) throws -> (result: Result, ending: LoadEnding)) throws
    -> Result
  {
    var committed = false
    do {
      let result = try translatingErrors(path) {
        try queue.writeWithoutTransaction { db in
          var outcome: (result: Result, ending: LoadEnding)?
          // What pages leave attached holds nothing; a load that failed ends the connection.
          defer { unsafe db.sqliteConnection.map { unsafe PageDatabase.detach(from: $0) } }
          try db.inTransaction(.immediate) {
            let ended = try body(try LoadTransaction(db, head, path: path))
            outcome = ended
            if case .rollBack = ended.ending {} else { try confirmAnchor(head.origin, db) }
            if case .commit = ended.ending { committed = true }
            return committed ? .commit : .rollback
          }
          if case .hold(let inputs, let counts, let delivery)? = outcome?.ending {
            try db.inTransaction(.immediate) {
              let load = try LoadTransaction(db, head, path: path)
              try load.hold(inputs, counts)
              if let delivery { try HeldFolder(warehouse: path, batch: load.batch).write(delivery) }
              committed = true
              return .commit
            }
          }
          return outcome?.result
        }
      }
      guard let result else { bug("a load ended without a result") }
      if committed {
        try syncFolder()
        try appendAnchor(head.origin)
      } else {
        discardIfNew()
      }
      return result
    } catch {
      if !committed { discardIfNew() }
      throw error
    }
  }
}

extension Warehouse {
  /// Makes the end of a load durable: the rows are in the file, and only now may that be said.
  func syncFolder() throws {
    do {
      try WarehouseFile.syncFolder(of: path)
    } catch {
      throw WarehouseError(
        .inputOutput, path: path,
        message: LocalizedText(
          zh: "已写入，但目录未能落盘，断电后可能丢失", en: "is loaded, but its folder could not be synced: a power cut may lose it"),
        hint: LocalizedText(
          zh: "请检查磁盘，然后用 yaosu batch list 查看并重新运行", en: "Check the disk, look with yaosu batch list, and run again"))
    }
  }
}

/// How a load ends.
package enum LoadEnding: Sendable {
  /// All of it is kept.
  case commit
  /// Nothing is kept.
  case rollBack
  /// A limit holds it: none of its rows is kept, but its batch with its inputs, which say what it would have done, and its files.
  case hold([BatchInput], RunCounts, HeldDelivery?)
}

/// A load that is running: one delivery, one transaction, one batch.
package final class LoadTransaction {
  /// The number of the batch.
  package let batch: Int
  let db: Database
  let head: BatchHead
  private let path: String
  let identities: WaitingIdentity
  private let recordedAt: String
  private let quarantine: BulkStatement
  private let finding: BulkStatement
  private let fix: BulkStatement
  private var appliers: [String: RowApplier] = [:]
  /// The pages of all tables, attached at their first use; nil where SQLite takes none.
  private lazy var pages: PageDatabase? = unsafe db.sqliteConnection.flatMap { unsafe PageDatabase(for: $0) }

  /// Begins a batch.
  init(_ db: Database, _ head: BatchHead, path: String) throws {
    (self.db, self.head, self.path) = (db, head, path)
    recordedAt = Date.now.ISO8601Format()
    batch = try head.begin(db, kind: head.kind, at: recordedAt)
    identities = try WaitingIdentity(db, path: path)
    for (name, value) in head.settings {
      try db.execute(
        sql: "INSERT OR IGNORE INTO setting (name, value, batch) VALUES (?, ?, ?)", arguments: [name, value, batch])
    }
    let connection = unsafe db.sqliteConnection
    quarantine = try unsafe BulkStatement(
      connection,
      "INSERT INTO quarantine (batch, input, dataset, row, line, byte_start, byte_length, sha256, raw, reasons, record_key, identity, since) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
      path: path)
    finding = try unsafe BulkStatement(
      connection,
      "INSERT INTO finding (batch, input, dataset, code, severity, row, line, column, field, value, message, count, fingerprint, waived) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      path: path)
    fix = try unsafe BulkStatement(
      connection, "INSERT INTO fix (batch, input, dataset, row, field, code, raw) VALUES (?,?,?,?,?,?,?)", path: path)
  }

  /// The stored rows that a delivery replaces, by dataset; to be asked for before its first row. Of a held load that goes on those that were
  /// written or confirmed since are none: its roster knows nothing of them.
  package func scopedRows(_ wanted: RowSelection, in datasets: [Dataset]) throws -> [String: ScopedRows] {
    var rows = try wanted.rows(db, of: datasets, path: path)
    guard let held = head.heldBatch else { return rows }
    for dataset in datasets {
      guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { continue }
      rows[dataset.name]?.leaveOut(try ScopedRows.confirmed(db, shape, since: held))
    }
    return rows
  }

  /// A comparer and an applier for the rows of a dataset; its tables are made where they are missing. `scope` are the stored rows that the
  /// delivery replaces; nil for none.
  package func open(_ dataset: Dataset, _ pack: SchemaPack, replacing scope: ScopedRows? = nil) throws -> (
    RowComparer, RowApplier
  ) {
    let (shape, isSortedAnew) = try DatasetTable(dataset: dataset, pack: pack, path: path).prepare(db)
    let comparer = try RowComparer(db, dataset, shape, batch: batch, path: path)
    try comparer.watchPresence(scope)
    let applier = try RowApplier(
      db, dataset, shape, comparer, isSortedAnew: isSortedAnew, batch: batch, recordedAt: recordedAt, path: path,
      pages: { [unowned self] in self.pages })
    appliers[dataset.name] = applier
    return (comparer, applier)
  }

  /// How many rows of a dataset were stored before the load.
  package func storedCount(_ dataset: String) -> Int { appliers[dataset]?.storedCount ?? 0 }

  /// Visits the dataset's current rows, for references.
  package func visit(_ dataset: String, _ fields: [String], _ visit: ([[UInt8]]) -> Void) throws {
    try WarehouseRows.visit(db, dataset, fields, path: path, visit)
  }

  /// Keeps a record that waits for correction.
  package func keep(_ record: QuarantineRecord, input: Int) throws {
    quarantine.bind(Int64(batch), at: 1)
    quarantine.bind(Int64(input), at: 2)
    quarantine.bind(record.dataset, at: 3)
    quarantine.bind(Int64(record.spot.row), at: 4)
    quarantine.bind(Int64(record.spot.line), at: 5)
    quarantine.bind(Int64(record.spot.byteStart), at: 6)
    quarantine.bind(Int64(record.spot.byteLength), at: 7)
    quarantine.bind(record.sha256, at: 8)
    quarantine.bind(blob: record.raw, at: 9)
    quarantine.bind(record.reasons, at: 10)
    if let key = record.key { quarantine.bind(blob: key, at: 11) } else { quarantine.bindNull(at: 11) }
    quarantine.bind(identities.text(record, sender: head.sender), at: 12)
    quarantine.bind(Int64(batch), at: 13)
    try quarantine.run()
  }

  /// Adds a reason to a record that waits already.
  package func addReason(_ code: RuleCode, row: Int, input: Int) throws {
    try db.execute(
      sql: "UPDATE quarantine SET reasons = reasons || ',' || ? WHERE batch = ? AND input = ? AND row = ?",
      arguments: [code.description, batch, input, row])
  }

  /// Forgets a record of this load that waited.
  package func forget(row: Int, input: Int) throws {
    try db.execute(
      sql: "DELETE FROM quarantine WHERE batch = ? AND input = ? AND row = ?", arguments: [batch, input, row])
  }

  /// Keeps a finding with its sentence in Chinese.
  package func keep(_ found: Finding, dataset: Dataset, message: String, input: Int) throws {
    finding.bind(Int64(batch), at: 1)
    finding.bind(Int64(input), at: 2)
    finding.bind(dataset.name, at: 3)
    finding.bind(found.code.description, at: 4)
    finding.bind(found.severity.rawValue, at: 5)
    for (place, number) in [found.row, found.line, found.column].enumerated() { finding.bind(Int64(number), at: 6 + place) }
    finding.bind(found.field < 0 ? "" : dataset.fields[found.field].name, at: 9)
    finding.bind(found.value, at: 10)
    finding.bind(message, at: 11)
    finding.bind(Int64(found.count), at: 12)
    if let fingerprint = found.fingerprint { finding.bind(fingerprint.text, at: 13) } else { finding.bindNull(at: 13) }
    if found.isWaived { finding.bind(1, at: 14) } else { finding.bindNull(at: 14) }
    try finding.run()
  }

  /// Keeps the value as written of a field that was repaired.
  package func keep(_ fixed: Fix, dataset: Dataset, row: Int, input: Int) throws {
    fix.bind(Int64(batch), at: 1)
    fix.bind(Int64(input), at: 2)
    fix.bind(dataset.name, at: 3)
    fix.bind(Int64(row), at: 4)
    fix.bind(dataset.fields[fixed.field].name, at: 5)
    fix.bind(fixed.code.description, at: 6)
    fix.bind(blob: fixed.raw, at: 7)
    try fix.run()
  }

  /// Ends the load: inputs, counts, digests, and what more decided about its rows (`options`, see `BatchHead`). Returns the digest of the
  /// warehouse.
  package func finish(
    inputs: [BatchInput], counts: RunCounts, datasets: [Dataset], notEvaluated: Int = 0, options: [String] = []
  ) throws -> String {
    if !options.isEmpty {
      let all = (head.options + options).joined(separator: ",")
      try db.execute(sql: "UPDATE batch SET options = ? WHERE id = ?", arguments: [all, batch])
    }
    for input in inputs { try keep(input) }
    for applier in appliers.values { try applier.keepConfirmed() }
    try replaceWaiting()
    for dataset in datasets where appliers[dataset.name]?.hasChangedRows ?? true {
      guard let applier = appliers[dataset.name] else { bug("a dataset of a load has no applier") }
      let digest = try applier.digest ?? WarehouseDigest.dataset(db, applier.shape, path: path)
      try db.execute(sql: "UPDATE dataset SET digest = ? WHERE name = ?", arguments: [digest, dataset.name])
    }
    let digest = try WarehouseDigest.warehouse(db)
    let (before, removed) = appliers.values.reduce((0, 0)) { ($0.0 + $1.storedCount, $0.1 + $1.removedCount) }
    let after = try appliers.keys.reduce(0) {
      try $0 + (Int.fetchOne(db, sql: "SELECT count(*) FROM \(TableShape.quoted($1))") ?? 0)
    }
    guard after == before + counts.created - removed else { bug("the rows of a load do not balance") }
    let (closed, opened) = try Closings.counts(db, ofBatch: batch)
    try db.execute(
      sql: """
        UPDATE batch SET state = 'loaded', finished_at = ?, read = ?, created = ?, updated = ?, unchanged = ?, duplicate = ?,
          quarantined = ?, fixed = ?, not_evaluated = ?, removed = ?, stored_before = ?, stored_after = ?, digest = ?,
          closed = nullif(?, 0), opened = nullif(?, 0), findings = (SELECT count(*) FROM finding f WHERE f.batch = batch.id),
          waived = (SELECT nullif(count(*), 0) FROM finding f WHERE f.batch = batch.id AND f.waived),
          fixes = (SELECT count(*) FROM fix x WHERE x.batch = batch.id),
          confirmations = (SELECT count(*) FROM confirmation c WHERE c.batch = batch.id) WHERE id = ?
        """,
      arguments: [
        Date.now.ISO8601Format(), counts.read, counts.created, counts.updated, counts.unchanged, counts.duplicate,
        counts.quarantined,
        counts.fixed, notEvaluated, removed, before, after, digest, closed, opened, batch,
      ])
    try Seal.close(db, batch: batch)
    try tell(inputs, counts)
    return digest
  }

  /// Ends a load that a limit holds: of it nothing is kept but its batch, which may be asked for again.
  func hold(_ inputs: [BatchInput], _ counts: RunCounts) throws {
    for input in inputs { try keep(input) }
    try db.execute(
      sql: """
        UPDATE batch SET state = 'held', finished_at = ?, read = ?, created = ?, updated = ?, unchanged = ?, duplicate = ?,
          quarantined = ?, fixed = ?, request = NULL WHERE id = ?
        """,
      arguments: [
        Date.now.ISO8601Format(), counts.read, counts.created, counts.updated, counts.unchanged, counts.duplicate,
        counts.quarantined, counts.fixed, batch,
      ])
    try Seal.close(db, batch: batch)
    try tell(inputs, counts, isHeld: true)
  }

  /// Tells the audit chain of the batch.
  private func tell(_ inputs: [BatchInput], _ counts: RunCounts, isHeld: Bool = false) throws {
    let shown = [
      ("read", counts.read), ("created", counts.created), ("updated", counts.updated), ("unchanged", counts.unchanged),
      ("duplicate", counts.duplicate), ("quarantined", counts.quarantined),
    ].map { "\($0)=\($1)" }
    try AuditTrail.append(
      db, head, batch: batch, at: Date.now.ISO8601Format(), inputs: inputs.map(\.sha256),
      counts: ((isHeld ? ["held"] : []) + shown).joined(separator: ","), reason: head.reason)
  }

  private func keep(_ input: BatchInput) throws {
    try db.execute(
      sql: "INSERT INTO batch_input VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
      arguments: [
        batch, input.ordinal, input.path, input.sha256, input.bytes, input.format, input.encoding, input.evidence,
        input.dataset,
        input.mapping, input.headings, input.rawEncoding, input.blankLines, input.counts.read, input.counts.created,
        input.counts.updated, input.counts.unchanged,
        input.counts.duplicate, input.counts.quarantined,
      ])
  }
}
