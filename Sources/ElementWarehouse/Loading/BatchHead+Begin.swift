import GRDB

extension BatchHead {
  /// Begins a batch of a kind, of which nothing but this is known yet; `undoes` is the one that it takes back. Returns its number.
  func begin(_ db: Database, kind: String, at time: String, undoes: Int? = nil) throws -> Int {
    let batch = (try Int.fetchOne(db, sql: "SELECT max(id) FROM batch") ?? 0) + 1
    let kept = options + (mode == .close ? [LoadMode.close.rawValue] : [])
    try db.execute(
      sql: """
        INSERT INTO batch (id, state, kind, request, operator, sender, area, tool_version, schema_digest, delivery_digest, as_of,
          purpose, started_at, undoes, mode, held_batch, reason, scope, options, effective)
        VALUES (?, 'loading', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        batch, kind, request, operatorName, sender, area, toolVersion, schemaDigest, deliveryDigest, asOf, purpose, time,
        undoes, mode?.storedName, heldBatch, reason.map(AuditOrigin.redacted),
        mode == .replace ? scope : nil, kept.isEmpty ? nil : kept.joined(separator: ","), effective,
      ])
    return batch
  }
}
