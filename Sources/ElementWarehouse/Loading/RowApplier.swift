package import ElementCore
import ElementSchema
import Foundation
import GRDB
import SQLitePages

/// Carries out within a load what the comparer said of the rows of one dataset.
package final class RowApplier {
  private let db: Database
  private let dataset: Dataset
  /// What the table looks like.
  let shape: TableShape
  private let comparer: RowComparer
  private let newRows: NewRows
  private let supersede: BulkStatement
  private let update: BulkStatement
  private let isInteger: [Bool]
  private let batch: Int64
  private let recordedAt: [UInt8]
  private let withdrawal: Withdrawal
  private let interim: InterimRows?
  private let joiner: InterimJoiner
  /// How many rows this load has made or changed and not taken back: what is taken back is as it was.
  private var changeCount = 0
  private var hasJoinedRows = false
  /// The stored rows that stand as this load says them.
  private var confirmed = RowSet()
  /// Whether some row has values that follow from others.
  private var hasMarks: Bool
  /// The hashes of the keys of rows of which this load wrote anew only which values follow from others.
  private var remarkedKeys: Set<UInt64> = []
  /// Whether all rows are in but those that are put together later.
  private var isFinished = false
  /// How many rows that stood here before this load were joined to others, beside those that its new rows took the place of.
  package private(set) var removedCount = 0
  /// The digest of the table when so many rows are taken back, where it is known without reading it.
  private var foreseen: (digest: String, takenBack: Int)?
  private var (willTakeBackCount, takenBackCount) = (0, 0)
  /// Whether the digest of the table is to be taken anew although no row changes.
  private let isSortedAnew: Bool
  private static let systemColumns = TableShape.systemColumns.count

  /// An applier for a table that exists and has this shape; `pages` gives those of the load, made at their first use.
  init(
    _ db: Database, _ dataset: Dataset, _ shape: TableShape, _ comparer: RowComparer, isSortedAnew: Bool = false, batch: Int,
    recordedAt: String, path: String, pages: @escaping () -> PageDatabase?
  ) throws {
    (self.db, self.dataset, self.shape, self.comparer, self.isSortedAnew) = (db, dataset, shape, comparer, isSortedAnew)
    (self.batch, self.recordedAt) = (Int64(batch), Array(recordedAt.utf8))
    let connection = unsafe db.sqliteConnection
    let (table, history) = (shape.table, shape.history)
    let names = dataset.fields.map { TableShape.quoted($0.name) }
    let old = "_id, " + shape.allColumns.joined(separator: ", ")
    hasMarks = try DatasetTable.hasMarkIndex(db, dataset.name)
    isInteger = dataset.fields.map { shape.column($0.name)?.isInteger ?? false }
    supersede = try unsafe BulkStatement(
      connection,
      "INSERT INTO \(history) (\(old), _superseded_at, _superseded_by, _reason, _end_seal) SELECT \(old), ?1, ?2, 'superseded', \(TableShape.endSeal("'superseded'", "?1", "?2")) FROM \(table) WHERE _id = ?3",
      path: path)
    let columns = TableShape.systemColumns + names
    let assignments = columns.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: ", ")
    update = try unsafe BulkStatement(
      connection, "UPDATE \(table) SET \(assignments) WHERE _id = ?\(columns.count + 1)", path: path)
    withdrawal = try Withdrawal(
      db, table: table, history: history, columns: shape.allColumns, keyMatch: shape.keyMatch(dataset), path: path)
    interim = try InterimRows(db, dataset, shape, path: path)
    joiner = InterimJoiner(db, dataset, shape, batch: Int64(batch), recordedAt: recordedAt, path: path)
    newRows = try NewRows(
      db, dataset, shape, batch: batch, recordedAt: recordedAt, besideStored: comparer.storedCount, path: path,
      pages: pages)
  }

  /// How many rows the table held before this load.
  package var storedCount: Int { comparer.storedCount }
  /// Whether the rows of the table are others than before this load, or it had none: else its digest stands.
  package var hasChangedRows: Bool { storedCount == 0 || changeCount != 0 || hasJoinedRows || isSortedAnew }
  /// Whether rows went in as pages, as far as they could.
  package var takesPages: Bool { newRows.takesPages }

  /// Gets ready for so many records.
  package func prepare(expected: Int) { newRows.expectedCount = expected }

  /// Puts those of `seen` records that are new into the table, numbered from `firstID` on.
  package func insert(_ checked: CheckedBatch, _ fresh: [Int32], of seen: Int, firstID: Int64, input: Int) throws {
    changeCount += fresh.count
    hasMarks = hasMarks || checked.derived.contains { !$0.isEmpty }
    if isFinished { foreseen = nil }
    try newRows.insert(
      checked, fresh, of: seen, after: firstID - 1, input: input, keepsIndex: comparer.needsKeyIndex)
  }

  /// Puts a row in the place of a stored one, which becomes history.
  package func replace(_ change: RowComparer.Change, input: Int) throws {
    changeCount += 1
    if isFinished { foreseen = nil }
    try put(change, input: input)
  }

  /// Writes anew which values of a row follow from others; its content stands, and what was known of them becomes history.
  package func remark(_ change: RowComparer.Change, key: UInt64, input: Int) throws {
    remarkedKeys.insert(key)
    try put(change, input: input)
  }

  /// Notes that a stored row stands as this load says it: without the batch that made it, it would be there all the same.
  package func confirm(_ id: Int64) { confirmed.insert(id) }

  /// Closes the rows that the delivery lacks, and opens those again that it lists.
  package func keep(_ outcome: RowPresence.Outcome) throws {
    try Closings.keep(db, dataset.name, outcome, batch: batch, at: String(decoding: recordedAt, as: UTF8.self))
  }

  /// Keeps which rows this load confirmed.
  func keepConfirmed() throws {
    if confirmed.isEmpty { return }
    try db.execute(
      sql: "INSERT INTO confirmation (dataset, batch, ids) VALUES (?, ?, ?)",
      arguments: [dataset.name, batch, Data(confirmed.packed)])
  }

  private func put(_ change: RowComparer.Change, input: Int) throws {
    hasMarks = hasMarks || !change.row.derivedNames(change.place).isEmpty
    supersede.bind(String(decoding: recordedAt, as: UTF8.self), at: 1)
    supersede.bind(batch, at: 2)
    supersede.bind(change.id, at: 3)
    try supersede.run()
    try replace(change.id, change.row, change.place, input)
  }

  /// Is told of a row that will be taken back, before the rows end.
  package func willTakeBack(_ checked: CheckedBatch, _ record: Int) {
    willTakeBackCount += 1
    newRows.willTakeBack(checked, record)
  }

  /// Ends the rows: none comes any more, and from here on they are found by their key.
  package func finishRows() throws {
    isFinished = true
    foreseen = try newRows.finish().map { ($0, willTakeBackCount) } ?? foreseen
    try DatasetTable.makeIndexes(db, dataset)
    if hasMarks { try DatasetTable.makeMarkIndex(db, dataset.name) }
    // A load of few rows beside many is followed by others.
    if comparer.needsKeyIndex { try DatasetTable.makeGroupIndexes(db, dataset) }
  }

  /// The digest of the rows where it is known without reading them: of a table that this load has filled.
  package var digest: String? { hasJoinedRows || takenBackCount != foreseen?.takenBack ? nil : foreseen?.digest }

  /// Takes a record of this load back out, of which `action` says what had become of it; `id` is the number of the stored row where the
  /// record does not find it.
  package func withdraw(_ checked: CheckedBatch, _ record: Int, _ action: RowAction, id: Int64? = nil) throws {
    takenBackCount += 1
    if action == .unchanged, remarkedKeys.remove(checked.keyHash[record]) == nil { return }
    changeCount -= action == .unchanged ? 0 : 1
    if let id {
      try withdrawal.run(id: id, batch: batch, action)
    } else if let interim, interim.isInterim(checked, record) {
      guard let row = try interim.row(checked, record) else { bug("a row to withdraw is not there") }
      try withdrawal.run(id: row.id, batch: batch, action)
    } else {
      try withdrawal.run(key: dataset.key.map { Array(checked.value(record, $0)) }, batch: batch, action)
    }
  }

  /// Joins a row without a key to one that is the same and has it.
  package func join(_ open: InterimCandidate, to keyed: InterimCandidate) throws {
    try joiner.join(open, to: keyed)
    removedCount += open.wasStored ? 1 : 0
    hasJoinedRows = true
  }

  /// Joins a stored row without a key to a new one that takes its place, and is not counted as new, as `change` says that it stands.
  package func takeOver(_ open: InterimCandidate, by keyed: InterimCandidate, _ change: RowComparer.Change) throws {
    guard let place = keyed.place else { bug("a row takes the place of another that was not delivered") }
    hasMarks = hasMarks || !change.row.derivedNames(change.place).isEmpty
    try replace(keyed.id, change.row, change.place, Int(place >> 32))
    try joiner.join(open, to: keyed, isComplete: true)
    hasJoinedRows = true
  }

  /// What some fields (from 0) of the row of a number hold by now, which is there.
  package func values(of fields: [Int], _ id: Int64) throws -> [[UInt8]] {
    let columns = dataset.names(of: fields).map { "CAST(\(shape.selected($0)) AS BLOB)" }
    let row = try Row.fetchOne(
      db, sql: "SELECT \(columns.joined(separator: ", ")) FROM \(shape.table) WHERE _id = ?", arguments: [id])
    guard let row else { bug("a row that was found is not there") }
    return fields.indices.map { Array((row[$0] as Data?) ?? Data()) }
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
        // SAFETY: ranges of a checked batch lie within its bytes, which stay put in this closure; `run` resets the statement before its
        // end.
        unsafe update.bindStatic(UnsafeBufferPointer(rebasing: bytes[names.indices]), at: 7)
        for field in 0..<checked.fieldCount {
          let range = checked.values[start + field].indices
          // SAFETY: as above.
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
