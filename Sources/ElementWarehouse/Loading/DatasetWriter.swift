package import ElementCore
import ElementSchema
import GRDB

/// Writes the rows of one dataset within a load.
package final class DatasetWriter {
  private let db: Database
  private let dataset: Dataset
  /// What the table looks like.
  let shape: TableShape
  /// Columns of the table that the dataset has no field for: their values stay.
  package let kept: [TableShape.Column]
  private let path: String
  private let newRows: NewRows
  private let find: BulkStatement
  private let supersede: BulkStatement
  private let update: BulkStatement
  private let stored: BulkStatement
  private let isInteger: [Bool]
  private let content: RowHash
  private let batch: Int64
  private let recordedAt: [UInt8]
  private let withdrawal: Withdrawal
  private let interim: InterimRows?
  private var lookup: Lookup
  /// How many rows the table held before this load.
  package let storedCount: Int
  /// Whether the rows of the table are others than before this load, or it had none: else its digest stands.
  package var hasChangedRows: Bool { storedCount == 0 || changeCount != 0 || hasJoinedRows || isSortedAnew }
  /// How many rows this load has made or changed and not taken back: what is taken back is as it was.
  private var changeCount = 0
  private var hasJoinedRows = false
  /// How many rows that stood here before this load were joined to others, beside those that its new rows took the place of.
  package private(set) var removedCount = 0
  /// The digest of the table when so many rows are taken back, where it is known without reading it.
  private var foreseen: (digest: String, takenBack: Int)?
  private var (willTakeBackCount, takenBackCount) = (0, 0)
  /// The fields that no file of the load has a column for; nil before the first row.
  private var absent: Set<Int>?
  private static let systemColumns = TableShape.systemColumns.count
  /// Whether the digest of the table is to be taken anew although no row changes.
  private let isSortedAnew: Bool

  /// How stored rows are found.
  private enum Lookup {
    /// There are none.
    case none
    /// One by one, by the key index.
    case single
    /// In memory.
    case all(StoredRows)

    /// Gets ready for many keys.
    mutating func warm(_ keys: [UInt64]) {
      guard case .all(var rows) = self else { return }
      self = .none
      rows.warm(keys)
      self = .all(rows)
    }
  }

  /// A writer into a table that exists and has this shape. Where it only compares, the table may lack fields of the dataset: they are
  /// empty in all its rows.
  init(
    _ db: Database, _ dataset: Dataset, _ shape: TableShape, isSortedAnew: Bool = false, batch: Int, recordedAt: String,
    path: String
  ) throws {
    let connection = unsafe db.sqliteConnection
    let (table, history) = (shape.table, shape.history)
    let names = dataset.fields.map { shape.column($0.name) == nil ? "NULL" : TableShape.quoted($0.name) }
    let columns = TableShape.systemColumns + names
    let old = "_id, " + shape.allColumns.joined(separator: ", ")
    kept = shape.kept(beside: dataset)
    let keptNames = kept.map { TableShape.quoted($0.name) }
    (self.shape, self.isSortedAnew) = (shape, isSortedAnew)
    self.db = db
    self.dataset = dataset
    self.path = path
    self.batch = Int64(batch)
    self.recordedAt = Array(recordedAt.utf8)
    isInteger = dataset.fields.map { shape.column($0.name)?.isInteger ?? false }
    content = RowHash(names: dataset.fields.map(\.name) + kept.map(\.name))
    let keyMatch = dataset.key.enumerated().map { "\(names[$1]) = ?\($0 + 1)" }.joined(separator: " AND ")
    find = try unsafe BulkStatement(connection, "SELECT _id, _hash FROM \(table) WHERE \(keyMatch)", path: path)
    stored = try unsafe BulkStatement(
      connection, "SELECT \((names + keptNames + ["_derived"]).joined(separator: ", ")) FROM \(table) WHERE _id = ?1",
      path: path)
    supersede = try unsafe BulkStatement(
      connection,
      "INSERT INTO \(history) (\(old), _superseded_at, _superseded_by, _reason, _end_seal) SELECT \(old), ?1, ?2, 'superseded', \(TableShape.endSeal("'superseded'", "?1", "?2")) FROM \(table) WHERE _id = ?3",
      path: path)
    let assignments = columns.enumerated().filter { $1 != "NULL" }.map { "\($1) = ?\($0 + 1)" }.joined(separator: ", ")
    update = try unsafe BulkStatement(
      connection, "UPDATE \(table) SET \(assignments) WHERE _id = ?\(columns.count + 1)", path: path)
    withdrawal = try Withdrawal(db, table: table, history: history, columns: shape.allColumns, keyMatch: keyMatch, path: path)
    interim = try InterimRows(db, dataset, shape, path: path)
    storedCount = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
    lookup = storedCount == 0 ? .none : .single
    newRows = try NewRows(db, dataset, shape, batch: batch, recordedAt: recordedAt, besideStored: storedCount, path: path)
  }

  /// Whether rows went in as pages, as far as they could.
  package var takesPages: Bool { newRows.takesPages }

  /// Gets ready for so many records: where they are many beside the stored rows, all of these are kept in memory, which
  /// is cheaper than asking for each.
  package func prepare(expected: Int) throws {
    newRows.expectedCount = expected
    guard storedCount > 0, expected >= storedCount / 8 else { return }
    let key = dataset.key.map { dataset.fields[$0].name }
    lookup = .all(try StoredRows(db, table: dataset.name, key: key, count: storedCount, path: path))
  }

  /// Writes records of a checked batch, ascending, and says what became of them.
  ///
  /// Where the file has no column for a field, a stored row keeps its value: an absent column empties nothing.
  package func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts {
    absent = absent?.intersection(checked.absentFields) ?? Set(checked.absentFields)
    var counts = RunCounts()
    let fresh = try compare(checked, records, &counts) { id, row, place in
      changeCount += 1
      supersede.bind(String(decoding: recordedAt, as: UTF8.self), at: 1)
      supersede.bind(batch, at: 2)
      supersede.bind(id, at: 3)
      try supersede.run()
      try replace(id, row, place, input)
    }
    changeCount += fresh.count
    try newRows.insert(checked, fresh, of: records.count, input: input, keepsIndex: needsKeyIndex)
    return counts
  }

  /// Is told of a row that will be taken back, before the rows end.
  package func willTakeBack(_ checked: CheckedBatch, _ record: Int) {
    willTakeBackCount += 1
    newRows.willTakeBack(checked, record)
  }

  /// Ends the rows: none comes any more.
  func finishRows() throws {
    foreseen = try newRows.finish().map { ($0, willTakeBackCount) } ?? foreseen
  }

  /// The digest of the rows where it is known without reading them: of a table that this load has filled.
  package var digest: String? { hasJoinedRows || takenBackCount != foreseen?.takenBack ? nil : foreseen?.digest }

  /// Whether stored rows are looked up by the index: dropping it would cost a pass over the table for each.
  private var needsKeyIndex: Bool {
    if case .single = lookup { true } else { false }
  }

  /// What writing records would do, without writing them.
  package func outcome(_ checked: CheckedBatch, _ records: [Int32]) throws -> RunCounts {
    var counts = RunCounts()
    _ = try compare(checked, records, &counts) { _, _, _ in }
    return counts
  }

  /// Counts what becomes of records, hands those that change to `change`, and returns those that are new.
  private func compare(
    _ checked: CheckedBatch, _ records: [Int32], _ counts: inout RunCounts,
    change: (Int64, CheckedBatch, Int) throws -> Void
  ) throws -> [Int32] {
    if case .none = lookup {
      counts.created += records.count
      return records
    }
    lookup.warm(checked.keyHash)
    var fresh: [Int32] = []
    for record in records {
      guard let existing = try existing(checked, Int(record)) else {
        fresh.append(record)
        continue
      }
      // Equal as it stands: what the file has no column for is empty in the stored row too.
      if existing.hash == checked.contentHash[Int(record)] {
        counts.unchanged += 1
        continue
      }
      let (row, place) = try completed(checked, Int(record), existing.id)
      if existing.hash == row.contentHash[place] {
        counts.unchanged += 1
      } else {
        counts.updated += 1
        try change(existing.id, row, place)
      }
    }
    counts.created += fresh.count
    return fresh
  }

  /// The record with the stored values of the fields that its file has no column for.
  private func completed(_ checked: CheckedBatch, _ record: Int, _ id: Int64) throws -> (CheckedBatch, Int) {
    if checked.absentFields.isEmpty, kept.isEmpty { return (checked, record) }
    let places = dataset.fields.count..<dataset.fields.count + kept.count
    let stored = try values(of: checked.absentFields + places + [places.upperBound], id)
    // What is kept stays derived where it was.
    let names = dataset.names(of: checked.absentFields) + kept.map(\.name)
    let derived = (stored[places.upperBound] ?? []).split(separator: 0x2C).filter { name in
      names.contains { name.elementsEqual($0.utf8) }
    }
    let row = checked.only(
      record, filling: stored, beside: places.map { stored[$0] ?? [] }, derived: derived.map { Array($0) }, content)
    return (row, 0)
  }

  /// Some values of a stored row: fields, behind them the columns that are kept, and last what was derived.
  private func values(of fields: [Int], _ id: Int64) throws -> [Int: [UInt8]] {
    var values: [Int: [UInt8]] = [:]
    stored.bind(id, at: 1)
    defer { stored.reset() }
    guard try stored.step() else { bug("a row that was found is not there") }
    for field in fields {
      var value: [UInt8] = []
      stored.append(field, to: &value)
      values[field] = value
    }
    return values
  }

  /// Joins rows whose key is not known yet to those that have it: after the last row is in or taken back.
  package func joinInterimRows() throws -> [JoinedRow] {
    // No row is looked for any more: what is in memory goes before the next dataset.
    lookup = .single
    guard let absent else { return [] }
    let merge = InterimMerge(
      db, dataset, shape, batch: batch, recordedAt: String(decoding: recordedAt, as: UTF8.self), path: path)
    let joined = try merge?.run(absent: absent) ?? []
    removedCount = joined.reduce(0) { $0 + $1.removed }
    hasJoinedRows = hasJoinedRows || !joined.isEmpty
    return joined
  }

  /// Takes a record that this load has written back out, and says what had become of it.
  package func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome {
    let outcome = try takeOut(checked, record)
    if outcome != .unchanged { changeCount -= 1 }
    return outcome
  }

  private func takeOut(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome {
    takenBackCount += 1
    if let interim, interim.isInterim(checked, record) {
      guard let row = try interim.row(checked, record) else { bug("a row to withdraw is not there") }
      return try withdrawal.run(id: row.id, owner: row.batch, batch: batch)
    }
    return try withdrawal.run(key: dataset.key.map { Array(checked.value(record, $0)) }, batch: batch)
  }

  /// The stored row of a record: by its key, or by what stood for the key before it was known.
  private func existing(_ checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: UInt64)? {
    guard let interim else { return try known(checked, record) }
    if interim.isInterim(checked, record) { return try interim.row(checked, record).map { ($0.id, $0.hash) } }
    return try known(checked, record)
  }

  private func known(_ checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: UInt64)? {
    guard case .all(let rows) = lookup else { return try findSingle(checked, record) }
    guard let found = rows.find(checked.keyHash[record]) else { return nil }
    if found.hash == checked.contentHash[record] { return found }
    // Two keys may have one hash: before a row is changed its key is compared.
    let key = try values(of: dataset.key, found.id)
    return dataset.key.allSatisfy { key[$0].map { $0[...] } == checked.value(record, $0) } ? found : nil
  }

  private func findSingle(_ checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: UInt64)? {
    try unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
      for (place, field) in dataset.key.enumerated() {
        let range = checked.values[record * checked.fieldCount + field].indices
        // SAFETY: ranges of a checked batch lie within its bytes, which stay put in this closure; `reset` comes before its end.
        unsafe find.bindStatic(UnsafeBufferPointer(rebasing: bytes[range]), at: place + 1)
      }
      defer { find.reset() }
      return try find.step() ? (find.integer(0), UInt64(bitPattern: find.integer(1))) : nil
    }
  }

  /// Puts a record in the place of a stored row.
  private func replace(_ id: Int64, _ checked: CheckedBatch, _ record: Int, _ input: Int) throws {
    update.bind(batch, at: 1)
    update.bind(Int64(input), at: 2)
    update.bind(Int64(checked.source.spots[record].row), at: 3)
    update.bind(Int64(bitPattern: checked.contentHash[record]), at: 4)
    let seal = RowHash.seal(
      content: checked.contentHash[record], batch: batch, input: Int64(input), row: Int64(checked.source.spots[record].row),
      derived: checked.derivedNames(record).span)
    update.bind(Int64(bitPattern: seal), at: 6)
    update.bind(id, at: Self.systemColumns + checked.fieldCount + 1)
    try unsafe recordedAt.withUnsafeBufferPointer { time in
      unsafe update.bindStatic(time, at: 5)
      try unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
        let start = record * checked.fieldCount
        let names = checked.derived.isEmpty ? FieldRange.empty : checked.derived[record]
        // SAFETY: as in `findSingle`; `run` resets the statement before the closure ends.
        unsafe update.bindStatic(UnsafeBufferPointer(rebasing: bytes[names.indices]), at: 7)
        for field in 0..<checked.fieldCount {
          let range = checked.values[start + field].indices
          // SAFETY: as in `findSingle`; `run` resets the statement before the closure ends.
          let value = unsafe UnsafeBufferPointer(rebasing: bytes[range])
          if isInteger[field], let number = unsafe Int64(String(decoding: value, as: UTF8.self)) {
            update.bind(number, at: field + Self.systemColumns + 1)
          } else {
            unsafe update.bindStatic(value, at: field + Self.systemColumns + 1)
          }
        }
        try update.run()
      }
    }
  }
}
