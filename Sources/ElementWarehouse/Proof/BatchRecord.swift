import ElementCore
import Foundation
import GRDB

/// What a batch keeps of how it was loaded, so that its files can be planned again.
package struct BatchRecord: Sendable {
  /// One of its files, or a sheet or a kind of records of one.
  package struct Input: Sendable {
    /// Its place in the delivery, from 0.
    package let ordinal: Int
    /// The SHA-256 of the file's bytes, in hexadecimal digits.
    package let sha256: String
    /// What its rows are records of, by its identifier.
    package let dataset: String
    /// How it was decoded.
    package let encoding: String
    /// Which column held which field: `1:identityNum,2:personName`, then the versions of code sets.
    package let mapping: String
    /// The headings of the columns that held a field, in their order.
    package let headings: [String]
    /// Lines without content.
    package let blankLines: Int
    /// How many records it had.
    package let read: Int
  }

  /// What it is: `load`, or `retry` of rows that waited.
  package let kind: String
  /// What its rows might do; nil for a batch before there were modes.
  package let mode: LoadMode?
  /// The part of the stored rows that it replaced, as it was written; nil for none.
  package let scope: String?
  /// What else was asked of it that decides about rows.
  package let options: [String]
  /// Who sent it, and the statistical code of the area; nil where nobody said.
  package let sender, area: String?
  /// What restricted data was read for; nil where none was.
  package let purpose: String?
  /// The day that counted as today (`YYYY-MM-DD`).
  package let asOf: String
  /// SHA-256 over the schemas that it was judged by.
  package let schemaDigest: String
  /// The batch that removed for good what it made; nil for none.
  package let erasedBy: Int?
  /// Its inputs in the order of the delivery.
  package let inputs: [Input]

  /// What its rows might do, as a load is asked for it.
  package var loadMode: LoadMode {
    options.contains { $0.utf8.elementsEqual(LoadMode.close.rawValue.utf8) } ? .close : mode ?? .upsert
  }
}

/// What a warehouse says that became of the rows of an input.
package struct RecordedRows: Sendable {
  /// The fingerprints of the versions that rows made, by the rows' numbers from 1.
  package fileprivate(set) var written: [Int: UInt64] = [:]
  /// The rows that waited, with the codes of their errors.
  package fileprivate(set) var waiting: [Int: String] = [:]

  /// The fingerprint of what a row made, once; nil where it made nothing.
  package mutating func take(_ row: Int) -> UInt64? { written.removeValue(forKey: row) }

  /// The codes of the errors of a row that waited, once; nil where it did not.
  package mutating func takeWaiting(_ row: Int) -> String? { waiting.removeValue(forKey: row) }
}

extension Warehouse {
  /// What a load keeps of how it was made; nil where there is no such batch, or it is no load whose rows were kept.
  package func record(ofBatch batch: Int) throws -> BatchRecord? {
    try translatingErrors(path) {
      try queue.read { db in
        let found = try Row.fetchOne(
          db,
          sql: """
            SELECT *, (SELECT min(u.id) FROM batch u WHERE u.undoes = b.id AND u.erased IS NOT NULL) AS erased_by
            FROM batch b WHERE id = ? AND kind IN ('load', 'retry') AND state IN ('loaded', 'undone')
            """, arguments: [batch])
        guard let row = found else { return nil }
        let inputs = try Row.fetchAll(db, sql: "SELECT * FROM batch_input WHERE batch = ? ORDER BY ordinal", arguments: [batch])
        return BatchRecord(
          kind: row["kind"], mode: (row["mode"] as String?).flatMap(LoadMode.init), scope: row["scope"],
          options: ((row["options"] as String?) ?? "").split(separator: ",").map(String.init), sender: row["sender"],
          area: row["area"], purpose: row["purpose"], asOf: row["as_of"], schemaDigest: row["schema_digest"],
          erasedBy: row["erased_by"],
          inputs: inputs.map { input in
            BatchRecord.Input(
              ordinal: input["ordinal"], sha256: input["sha256"], dataset: input["dataset"], encoding: input["encoding"],
              mapping: input["mapping"],
              headings: (try? JSONDecoder().decode([String].self, from: Data((input["headings"] as String).utf8))) ?? [],
              blankLines: input["blank_lines"], read: input["read"])
          })
      }
    }
  }

  /// What became of the rows of an input (from 0) of a batch.
  package func recordedRows(batch: Int, _ input: BatchRecord.Input) throws -> RecordedRows {
    try translatingErrors(path) {
      try queue.read { db in
        var rows = RecordedRows()
        let arguments: StatementArguments = [batch, input.ordinal]
        if let shape = try DatasetTable.stored(db, input.dataset, path: path) {
          for table in [shape.history, shape.table] {
            let versions = try Row.fetchCursor(
              db, sql: "SELECT _row, _hash FROM \(table) WHERE _batch = ? AND _input = ?", arguments: arguments)
            while let version = try versions.next() { rows.written[version[0]] = UInt64(bitPattern: version[1] as Int64) }
          }
        }
        let waiting = try Row.fetchCursor(
          db, sql: "SELECT row, reasons FROM quarantine WHERE batch = ? AND input = ?", arguments: arguments)
        while let row = try waiting.next() { rows.waiting[row[0]] = row[1] }
        return rows
      }
    }
  }
}
