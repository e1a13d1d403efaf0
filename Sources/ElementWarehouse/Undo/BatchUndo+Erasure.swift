import ElementCore
import Foundation
import GRDB

extension BatchUndo {
  /// Removes for good what the batch, a load, made, which is history by now: of each record stays by what it is known, as an HMAC with the secret
  /// of the warehouse. Returns how many records those were.
  func erase(_ identities: WaitingIdentity) throws -> Int {
    let key = shape.key.filter { shape.column($0) != nil }.map { "v." + TableShape.quoted($0) }
    let rows = try Row.fetchCursor(
      db, sql: "SELECT DISTINCT v._id\(key.map { ", \($0)" }.joined()) FROM \(shape.history) v WHERE v._batch = ?",
      arguments: [target.batch])
    var count = 0
    while let row = try rows.next() {
      count += 1
      let values = key.indices.map { place -> [UInt8] in
        let value: DatabaseValue = row[place + 1]
        return Array((String.fromDatabaseValue(value) ?? Int64.fromDatabaseValue(value).map(String.init) ?? "").utf8)
      }
      let known = Array(values.joined(separator: [CheckedBatch.keySeparator]))
      try db.execute(
        sql: "INSERT INTO erasure (batch, dataset, identity, erased_at) VALUES (?, ?, ?, ?)",
        arguments: [batch, shape.dataset, identities.text(dataset: shape.dataset, sender: nil, key: known), recordedAt])
    }
    try LinkageRows.erase(
      db, shape.dataset,
      "SELECT _id FROM \(shape.history) WHERE _batch = \(target.batch) AND _id NOT IN (SELECT _id FROM \(shape.table))")
    try db.execute(sql: "DELETE FROM \(shape.history) WHERE _batch = ?", arguments: [target.batch])
    return count
  }

  /// Removes for good what a batch kept of its rows beside the records: those that waited, and values before their repair.
  static func eraseRows(_ db: Database, of target: Int) throws {
    try db.execute(
      sql: "UPDATE quarantine SET raw = NULL, record_key = NULL, sha256 = '' WHERE batch = ?", arguments: [target])
    try db.execute(sql: "DELETE FROM fix WHERE batch = ?", arguments: [target])
    // What is left of the batch is sealed anew.
    try Seal.close(db, batch: target)
  }
}
