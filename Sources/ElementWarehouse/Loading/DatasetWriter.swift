package import ElementCore
import ElementSchema
import GRDB

/// What became of a row.
package enum RowOutcome: Sendable {
  case created
  case updated
  case unchanged
}

/// Writes the rows of one dataset within a load.
package final class DatasetWriter {
  private let dataset: Dataset
  private let insert: BulkStatement
  private let find: BulkStatement?
  private let supersede: BulkStatement
  private let update: BulkStatement
  private let stored: BulkStatement
  private let isInteger: [Bool]
  private let batch: Int64
  private let recordedAt: [UInt8]
  private let withdrawal: Withdrawal
  private static let systemColumns = 5

  init(_ db: Database, _ dataset: Dataset, batch: Int, recordedAt: String, looksUp: Bool, path: String) throws {
    let connection = unsafe db.sqliteConnection
    let table = DatasetTable.quoted(dataset.name)
    let history = DatasetTable.quoted(dataset.name + "_history")
    let names = dataset.fields.map { DatasetTable.quoted($0.name) }
    let columns = (["_batch", "_input", "_row", "_hash", "_recorded_at"] + names)
    let marks = columns.indices.map { "?\($0 + 1)" }
    let match = dataset.key.map { "\(names[$0]) = ?\(DatasetWriter.systemColumns + $0 + 1)" }.joined(separator: " AND ")
    let old = "_id, " + columns.joined(separator: ", ")
    self.dataset = dataset
    self.batch = Int64(batch)
    self.recordedAt = Array(recordedAt.utf8)
    isInteger = dataset.fields.map { $0.type == .integer }
    insert = try unsafe BulkStatement(
      connection, "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks.joined(separator: ", ")))",
      path: path)
    let keyMatch = dataset.key.enumerated().map { "\(names[$1]) = ?\($0 + 1)" }.joined(separator: " AND ")
    find = looksUp ? try unsafe BulkStatement(connection, "SELECT _id, _hash FROM \(table) WHERE \(keyMatch)", path: path) : nil
    stored = try unsafe BulkStatement(
      connection, "SELECT \(names.joined(separator: ", ")) FROM \(table) WHERE _id = ?1", path: path)
    supersede = try unsafe BulkStatement(
      connection,
      "INSERT INTO \(history) (\(old), _superseded_at, _superseded_by) SELECT \(old), ?1, ?2 FROM \(table) WHERE _id = ?3",
      path: path)
    let assignments = zip(columns, marks).map { "\($0) = \($1)" }.joined(separator: ", ")
    update = try unsafe BulkStatement(connection, "UPDATE \(table) SET \(assignments) WHERE \(match)", path: path)
    withdrawal = try Withdrawal(db, table: table, history: history, columns: columns, keyMatch: keyMatch, path: path)
  }

  /// Writes one record of a checked batch and says what became of it.
  ///
  /// Where the file has no column for a field, a stored row keeps its value: an absent column empties nothing.
  package func write(_ checked: CheckedBatch, _ record: Int, input: Int) throws -> RowOutcome {
    guard let existing = try existing(checked, record) else {
      try run(insert, checked, record, input)
      return .created
    }
    // Equal as it stands: what the file has no column for is empty in the stored row too.
    if existing.hash == Int64(bitPattern: checked.contentHash[record]) { return .unchanged }
    let (row, place) = try completed(checked, record, existing.id)
    if existing.hash == Int64(bitPattern: row.contentHash[place]) { return .unchanged }
    supersede.bind(String(decoding: recordedAt, as: UTF8.self), at: 1)
    supersede.bind(batch, at: 2)
    supersede.bind(existing.id, at: 3)
    try supersede.run()
    try run(update, row, place, input)
    return .updated
  }

  /// What writing a record would do, without writing it.
  package func outcome(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome {
    guard let existing = try existing(checked, record) else { return .created }
    let (row, place) = try completed(checked, record, existing.id)
    return existing.hash == Int64(bitPattern: row.contentHash[place]) ? .unchanged : .updated
  }

  /// The record with the stored values of the fields that its file has no column for.
  private func completed(_ checked: CheckedBatch, _ record: Int, _ id: Int64) throws -> (CheckedBatch, Int) {
    if checked.absentFields.isEmpty { return (checked, record) }
    var values: [Int: [UInt8]] = [:]
    stored.bind(id, at: 1)
    defer { stored.reset() }
    guard try stored.step() else { bug("a row that was found is not there") }
    for field in checked.absentFields {
      var value: [UInt8] = []
      stored.append(field, to: &value)
      values[field] = value
    }
    return (checked.only(record, filling: values), 0)
  }

  /// Takes a record that this load has written back out, and says what had become of it.
  package func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome {
    try withdrawal.run(key: dataset.key.map { Array(checked.value(record, $0)) }, batch: batch)
  }

  private func existing(_ checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: Int64)? {
    guard find != nil else { return nil }
    return try unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
      for (place, field) in dataset.key.enumerated() {
        let range = checked.values[record * checked.fieldCount + field].indices
        // SAFETY: ranges of a checked batch lie within its bytes, which stay put in this closure; `reset` comes before its end.
        unsafe find?.bindStatic(UnsafeBufferPointer(rebasing: bytes[range]), at: place + 1)
      }
      defer { find?.reset() }
      guard let isRow = try find?.step(), isRow, let id = find?.integer(0), let hash = find?.integer(1) else { return nil }
      return (id, hash)
    }
  }

  private func run(_ statement: borrowing BulkStatement, _ checked: CheckedBatch, _ record: Int, _ input: Int) throws {
    statement.bind(batch, at: 1)
    statement.bind(Int64(input), at: 2)
    statement.bind(Int64(checked.source.spots[record].row), at: 3)
    statement.bind(Int64(bitPattern: checked.contentHash[record]), at: 4)
    try unsafe recordedAt.withUnsafeBufferPointer { time in
      unsafe statement.bindStatic(time, at: 5)
      try unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
        let start = record * checked.fieldCount
        for field in 0..<checked.fieldCount {
          let range = checked.values[start + field].indices
          // SAFETY: as in `existing`; `run` resets the statement before the closure ends.
          let value = unsafe UnsafeBufferPointer(rebasing: bytes[range])
          if isInteger[field], let number = unsafe Int64(String(decoding: value, as: UTF8.self)) {
            statement.bind(number, at: field + Self.systemColumns + 1)
          } else {
            unsafe statement.bindStatic(value, at: field + Self.systemColumns + 1)
          }
        }
        try statement.run()
      }
    }
  }
}

/// Takes rows of the running load back out: what it created goes, what it replaced returns.
private final class Withdrawal {
  private let find: BulkStatement
  private let previous: BulkStatement
  private let restore: BulkStatement
  private let forget: BulkStatement
  private let delete: BulkStatement

  init(_ db: Database, table: String, history: String, columns: [String], keyMatch: String, path: String) throws {
    let connection = unsafe db.sqliteConnection
    let list = columns.joined(separator: ", ")
    find = try unsafe BulkStatement(connection, "SELECT _id, _batch FROM \(table) WHERE \(keyMatch)", path: path)
    previous = try unsafe BulkStatement(
      connection, "SELECT _version FROM \(history) WHERE _id = ?1 AND _superseded_by = ?2", path: path)
    restore = try unsafe BulkStatement(
      connection, "UPDATE \(table) SET (\(list)) = (SELECT \(list) FROM \(history) WHERE _version = ?1) WHERE _id = ?2",
      path: path)
    forget = try unsafe BulkStatement(connection, "DELETE FROM \(history) WHERE _version = ?1", path: path)
    delete = try unsafe BulkStatement(connection, "DELETE FROM \(table) WHERE _id = ?1", path: path)
  }

  func run(key: [[UInt8]], batch: Int64) throws -> RowOutcome {
    for (place, value) in key.enumerated() { find.bind(String(validUTF8: value.span) ?? "", at: place + 1) }
    guard try find.step() else {
      find.reset()
      bug("a row to withdraw is not there")
    }
    let (id, owner) = (find.integer(0), find.integer(1))
    find.reset()
    // A row that an earlier batch wrote was found unchanged: nothing of it is ours to take back.
    guard owner == batch else { return .unchanged }
    previous.bind(id, at: 1)
    previous.bind(batch, at: 2)
    let version = try previous.step() ? previous.integer(0) : nil
    previous.reset()
    guard let version else {
      delete.bind(id, at: 1)
      try delete.run()
      return .created
    }
    restore.bind(version, at: 1)
    restore.bind(id, at: 2)
    try restore.run()
    forget.bind(version, at: 1)
    try forget.run()
    return .updated
  }
}
