package import ElementCore
package import ElementSchema
import Foundation
import GRDB

/// What became of a row of a delivery: the record that it made, or why it waits.
package struct RowFate: Sendable {
  /// A record that the row made, as it is or was.
  package struct Record: Sendable {
    /// The values of the fields that make its key, in their order.
    package let key: [String]
    /// Whether the record was new, and not the next version of a stored one.
    package let isNew: Bool
    /// The batch with which this version ended, and why; nil where it stands.
    package let end: (batch: Int, reason: String)?
  }

  /// The row in quarantine.
  package struct Wait: Sendable {
    /// What it is called.
    package let name: WaitingName
    /// The codes of its errors.
    package let reasons: [RuleCode]
    /// What ended the wait, and which batch did; nil where it waits, or its batch was taken back.
    package let end: (outcome: String, batch: Int)?
  }

  /// The path of the file as it was given, and the SHA-256 of its bytes.
  package let path, sha256: String
  /// What its rows are records of, by its identifier.
  package let dataset: String
  /// The records that it made: one, or none.
  package let records: [Record]
  /// Where it waits; nil where it does not.
  package let wait: Wait?
  /// What was found in it.
  package let findings: [(code: String, severity: String, field: String, message: String)]
  /// Its values that were repaired, by field and code, as they were written.
  package let repairs: [(field: String, code: String, written: [UInt8])]
}

extension Warehouse {
  /// What became of a row (from 1) of an input (from 0) of a batch; nil where the batch has no such input, or it no such row.
  ///
  /// - Parameter dataset: the dataset of a name, by which the key is found; nil for none.
  package func fate(batch: Int, input: Int, row: Int, _ dataset: (String) -> Dataset?) throws -> RowFate? {
    try translatingErrors(path) {
      try queue.read { db in
        let found = try Row.fetchOne(
          db,
          // The rows of a form that mixes kinds are counted through.
          sql: """
            SELECT path, sha256, dataset, (SELECT sum(read) FROM batch_input o WHERE o.batch = i.batch AND o.path = i.path) AS rows
            FROM batch_input i WHERE batch = ? AND ordinal = ?
            """, arguments: [batch, input])
        guard let found, row > 0, row <= found["rows"] else { return nil }
        let name: String = found["dataset"]
        let place: StatementArguments = [batch, input, row]
        let shape = try DatasetTable.stored(db, name, path: path)
        return RowFate(
          path: found["path"], sha256: found["sha256"], dataset: name,
          records: try shape.map { try records(db, $0, dataset(name), place) } ?? [], wait: try wait(db, place),
          findings: try Row.fetchAll(
            db,
            sql: """
              SELECT code, severity, ifnull(field, ''), message FROM finding WHERE batch = ? AND input = ? AND row = ? ORDER BY id
              """, arguments: place
          ).map { ($0[0], $0[1], $0[2], $0[3]) },
          repairs: try Row.fetchAll(
            db, sql: "SELECT field, code, raw FROM fix WHERE batch = ? AND input = ? AND row = ? ORDER BY id", arguments: place
          ).map { ($0[0], $0[1], [UInt8]($0[2] as Data)) })
      }
    }
  }

  private func records(
    _ db: Database, _ shape: TableShape, _ dataset: Dataset?, _ place: StatementArguments
  ) throws -> [RowFate.Record] {
    let key = (dataset.map { $0.names(of: $0.key) } ?? []).filter { shape.column($0) != nil }
    let columns = key.map { ", v." + TableShape.quoted($0) }.joined()
    // A version that stands once more is in the table and in history.
    let sql = [("\(shape.table)", "NULL", "NULL"), ("\(shape.history)", "v._superseded_by", "v._reason")].map {
      table, by, why in
      """
      SELECT v._id, \(by) AS until, \(why) AS why, EXISTS (SELECT 1 FROM \(shape.history) h WHERE h._id = v._id
        AND h._superseded_by = v._batch)\(columns) FROM \(table) v WHERE v._batch = ?1 AND v._input = ?2 AND v._row = ?3
      """
    }.joined(separator: " UNION ALL ")
    var seen: Set<Int64> = []
    return try Row.fetchAll(db, sql: "SELECT * FROM (\(sql)) ORDER BY until IS NOT NULL, until DESC", arguments: place)
      .compactMap { row in
        guard seen.insert(row[0]).inserted else { return nil }
        return RowFate.Record(
          key: key.indices.map { place in
            let value: DatabaseValue = row[place + 4]
            return String.fromDatabaseValue(value) ?? Int64.fromDatabaseValue(value).map(String.init) ?? ""
          },
          isNew: !(row[3] as Bool), end: (row[1] as Int?).map { ($0, row[2] ?? "") })
      }
  }

  private func wait(_ db: Database, _ place: StatementArguments) throws -> RowFate.Wait? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT q.batch, q.input, q.row, q.reasons, e.outcome, e.batch AS ending FROM quarantine q
          LEFT JOIN quarantine_end e ON e.quarantine = q.id AND e.batch IN (SELECT id FROM batch WHERE state = 'loaded')
        WHERE q.batch = ? AND q.input = ? AND q.row = ?
        """, arguments: place)
    return row.map { row in
      RowFate.Wait(
        name: WaitingName(batch: row[0], input: row[1], row: row[2]),
        reasons: (row[3] as String).split(separator: ",").compactMap { RuleCode(parsing: String($0)) },
        end: (row["outcome"] as String?).map { ($0, row["ending"]) })
    }
  }
}
