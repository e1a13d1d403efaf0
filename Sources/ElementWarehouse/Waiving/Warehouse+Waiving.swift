package import ElementCore
import Foundation
package import ElementSchema
import GRDB

extension Warehouse {
  /// The waivers, the last one of each target, by their numbers.
  package func waivers() throws -> [StoredWaiver] {
    try translatingErrors(path) {
      try queue.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT * FROM waiver w WHERE id = (
              SELECT max(l.id) FROM waiver l WHERE l.target = w.target AND l.dataset IS w.dataset) ORDER BY id
            """
        ).map { row in
          let (target, until): (String, String) = (row["target"], row["until"])
          guard let found = Waiver.target(target), let day = CalendarDate(iso: Array(until.utf8).span),
            let code = RuleCode(parsing: row["code"])
          else {
            throw WarehouseError(
              .damaged, path: path,
              message: LocalizedText(
                zh: "暂缓整改的第 \(row["id"] as Int64) 条读不懂", en: "has a waiver that cannot be read: \(row["id"] as Int64)"),
              hint: LocalizedText(zh: "请从备份恢复台账库", en: "Restore a backup"))
          }
          return StoredWaiver(
            id: row["id"], waiver: Waiver(found, dataset: row["dataset"], until: day, reason: row["reason"]),
            isWithdrawn: row["withdrawn"] != nil as Int?, code: code,
            operatorName: row["operator"], madeAt: row["made_at"])
        }
      }
    }
  }

  /// Keeps a waiver about findings of a code, or that it is taken back, with an entry in the audit chain; returns its number.
  package func add(_ waiver: Waiver, code: RuleCode, isWithdrawn: Bool, _ head: BatchHead) throws -> Int64 {
    try carryOut(head.origin) { db in
      let now = Date.now.ISO8601Format()
      try db.execute(
        sql:
          "INSERT INTO waiver (target, code, dataset, until, withdrawn, reason, operator, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          waiver.name, code.description, waiver.dataset, waiver.until.text, isWithdrawn ? 1 : nil,
          AuditOrigin.redacted(waiver.reason),
          AuditOrigin.redacted(head.operatorName), now,
        ])
      let id = db.lastInsertedRowID
      try Seal.close(db, waiver: id)
      try AuditTrail.append(
        db, head, batch: nil, at: now,
        counts: ([
          AuditTrail.waiver + String(id), "target=\(waiver.name)", isWithdrawn ? "withdrawn" : "until=\(waiver.until.text)",
        ]
          + (waiver.dataset.map { ["dataset=\($0)"] } ?? [])).joined(separator: ","), reason: waiver.reason)
      return (id, true)
    }
  }

  /// What the last batch said of a finding, or of what kind it is by the days that were recorded; nil where nothing tells of that fingerprint.
  package func finding(_ fingerprint: FindingFingerprint) throws -> KnownFinding? {
    try translatingErrors(path) {
      try queue.read { db in
        try Row.fetchOne(
          db, sql: "SELECT code, dataset, message FROM finding WHERE fingerprint = ? ORDER BY id DESC LIMIT 1",
          arguments: [fingerprint.text]
        ).flatMap { row in
          RuleCode(parsing: row["code"]).map { KnownFinding(code: $0, dataset: row["dataset"], message: row["message"]) }
        } ?? living(fingerprint, db)
      }
    }
  }

  /// What is known of a finding that only a check of what is stored made.
  private func living(_ fingerprint: FindingFingerprint, _ db: Database) throws -> KnownFinding? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT k.code, k.dataset FROM finding_life c JOIN finding_kind k ON k.id = c.kind
        WHERE c.fingerprint = ? ORDER BY c.first DESC LIMIT 1
        """, arguments: [Data(fingerprint.bytes)]
    ).flatMap { row in RuleCode(parsing: row[0]).map { KnownFinding(code: $0, dataset: row[1], message: "") } }
  }

  /// The secret that fingerprints are made with, and what records were known by before their keys changed, by dataset.
  package func findingSecret() throws -> (secret: [UInt8], origins: [String: [FindingFingerprint: FindingFingerprint]]) {
    try translatingErrors(path) {
      try queue.read { db in
        var origins: [String: [FindingFingerprint: FindingFingerprint]] = [:]
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT o.dataset, o.subject, o.origin FROM record_origin o JOIN batch b ON b.id = o.batch
            WHERE b.undone_by IS NULL ORDER BY o.batch
            """)
        while let row = try rows.next() {
          guard let subject = FindingFingerprint(parsing: row[1]), let origin = FindingFingerprint(parsing: row[2]) else {
            continue
          }
          origins[row[0], default: [:]][subject] = origin
        }
        return (try WaitingIdentity.secret(db, path: path), origins)
      }
    }
  }
}

extension LoadTransaction {
  /// Keeps what the findings of a record were known by that gets its number.
  package func keepOrigin(_ subject: FindingFingerprint, _ origin: FindingFingerprint, dataset: Dataset) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO record_origin (batch, dataset, subject, origin) VALUES (?, ?, ?, ?)",
      arguments: [batch, dataset.name, subject.text, origin.text])
  }
}
