import ElementCore
import ElementSchema
import GRDB
import GRDBSQLite
import SQLitePages
import Synchronization

/// Hands the rows of a checked batch to SQLite as the pages of a table that it copies record by record: a `RowFeed` is asked
/// for every value of every row, and costs twice as many instructions.
///
/// Safe: the connection outlives it, because a load holds both.
@safe final class PageFeed {
  private let db: Database
  private let dataset: Dataset
  private let pages: TablePages
  private let insert: BulkStatement
  private let connection: OpaquePointer?
  /// Sorts the keys of all rows, for an index that is copied as it is; nil where SQLite makes it.
  private var sorter: KeySorter?
  /// The keys of rows that will be taken back.
  private var takenBack: [[UInt8]] = []
  /// The rows that came last, laid out already, where keys are sorted: they wait for more or for the key index, which is copied
  /// only where rows are.
  private var waiting: PageRows?
  /// The fields of the table's columns, and whether each is a number; nil where the dataset has none.
  private let fields: [(Int, isInteger: Bool)?]
  private let interimKey: Int?
  /// Fields that may be filled from others, with a column or without.
  private let derived: Set<Int>
  private let batch: Int64
  private let time: [UInt8]
  /// Row number, hash and seal of each row, kept for its room.
  private var integers: [Int64] = []

  /// A feed into the table of a dataset; nil where its records cannot be copied as they are: what is written is the same without.
  ///
  /// Where it `sortsKeys`, of a table that has no row yet, the key index is there and stays empty until `finish`.
  init?(
    _ db: Database, _ database: PageDatabase, _ dataset: Dataset, _ shape: TableShape, batch: Int, recordedAt time: String,
    sortsKeys: Bool, path: String
  ) throws {
    (self.db, self.dataset) = (db, dataset)
    guard let schema = try PageFeed.schema(db, shape), let pages = database.add(schema) else { return nil }
    self.pages = pages
    fields = zip(shape.columns, shape.fields(in: dataset)).map { column, field in field.map { ($0, column.isInteger) } }
    interimKey = dataset.interim == nil ? nil : dataset.key.first
    derived = dataset.filledFields
    (self.batch, self.time) = (Int64(batch), Array(time.utf8))
    unsafe connection = db.sqliteConnection
    sorter = sortsKeys ? KeySorter(key: dataset.key, path: path) : nil
    // A row that cannot be inserted ends the load anyway: SQLite then needs no way back to where each statement began.
    insert = try unsafe BulkStatement(
      connection, "INSERT OR ROLLBACK INTO main.\(shape.table) SELECT * FROM \(PageDatabase.name).\(shape.table)", path: path)
  }

  /// Inserts records of a batch, in order, their rows numbered behind `lastRow`; false, with nothing inserted, where one has no place in a
  /// page or in an index.
  func insert(_ checked: CheckedBatch, _ records: [Int32], input: Int, after lastRow: Int64) throws -> Bool {
    try copyWaiting()
    if let interimKey, records.contains(where: { checked.values[Int($0) * checked.fieldCount + interimKey].isEmpty }) {
      return false
    }
    let rows = rows(checked, records, input: input, behind: lastRow)
    guard pages.lay(rows) else { return false }
    waiting = rows
    if try sorter?.add(checked, records, first: lastRow + 1) == false { try leaveKeys() }
    if sorter == nil { try copyWaiting() }
    return true
  }

  private func copyWaiting() throws {
    guard let waiting else { return }
    try copy(waiting.count)
    self.waiting = nil
  }

  private func copy(_ count: Int) throws {
    try insert.run()
    guard unsafe sqlite3_changes(connection) == count else { bug("SQLite copied other rows than it was given") }
  }

  /// Leaves the key index to SQLite, which makes it when all rows are in.
  private func leaveKeys() throws {
    sorter = nil
    try DatasetTable.dropKeyIndex(db, dataset)
  }

  /// Is told of a row that will be taken back.
  func willTakeBack(_ checked: CheckedBatch, _ record: Int) {
    if sorter != nil, let key = entryKey(checked, record) { takenBack.append(key) }
  }

  /// Inserts what waits, with the key index of all rows where their keys were sorted; then the digest is known of all rows but
  /// those that will be taken back.
  func finish() throws -> String? {
    guard let sorter else { return nil }
    let digest = try copyKeys(sorter, takenBack)
    takenBack = []
    if digest == nil {
      try copyWaiting()
      // Rows that were not copied with the index left it empty, or brought their own entries only.
      try leaveKeys()
    }
    self.sorter = nil
    return digest
  }

  /// Copies the key index, and the rows that wait with it, a few with each part of it; nil where it is not whole: SQLite did not
  /// copy records, or kept the root of the empty index.
  private func copyKeys(_ sorter: KeySorter, _ takenBack: [[UInt8]]) throws -> String? {
    let names = dataset.names(of: dataset.key)
    guard let waiting,
      let making = try KeyTreeMaker(sorter, names, firstLeaf: pages.firstKeyLeaf, atMost: waiting.count, takenBack: takenBack)
    else {
      return nil
    }
    self.waiting = nil
    let maker = Mutex(making)
    let trees = ReadAhead { () throws(SpillError) in try maker.withLock { maker throws(SpillError) in try maker.next() } }
    var (rest, isWhole) = (waiting, true)
    var next = try trees.next()
    while let tree = next {
      next = try trees.next()
      let rows = rest.take(next == nil ? rest.count : 1)
      if rows.count == 0 { return nil }
      pages.keys = tree
      guard pages.lay(rows) else { bug("rows that were laid out cannot be") }
      try copy(rows.count)
      pages.keys = nil
      isWhole = isWhole && tree.isRead
    }
    return isWhole ? maker.withLock { $0.finish() } : nil
  }

  /// The key of a record in the form of entries; nil where it is in none.
  private func entryKey(_ checked: CheckedBatch, _ record: Int) -> [UInt8]? {
    var key: [UInt8] = []
    return KeySorter.append(dataset.key, of: checked, record, to: &key) ? key : nil
  }

  /// Records as the rows of their table.
  private func rows(_ checked: CheckedBatch, _ records: [Int32], input: Int, behind lastRow: Int64) -> PageRows {
    let hasDerived = !checked.derived.isEmpty
    let bytes = checked.source.bytes.span
    integers.removeAll(keepingCapacity: true)
    for record in records.lazy.map(Int.init) {
      let (row, hash) = (Int64(checked.source.spots[record].row), checked.contentHash[record])
      let names = hasDerived ? bytes.extracting(checked.derived[record].indices) : Span()
      let seal = RowHash.seal(content: hash, batch: batch, input: Int64(input), row: row, derived: names)
      integers.append(row)
      integers.append(Int64(bitPattern: hash))
      integers.append(Int64(bitPattern: seal))
    }
    return PageRows(
      columns: columns(checked, input: input), bytes: checked.source.bytes, values: checked.values, width: checked.fieldCount,
      notes: checked.derived, stamp: time, records: records, integers: integers, integerCount: 3, behind: lastRow)
  }

  /// The columns with those that the file does not have, and nothing fills, as NULL; several of them behind each other as one.
  ///
  /// The identifier is the row's number, and stands as NULL; so does a column that the dataset has no field for.
  private func columns(_ checked: CheckedBatch, input: Int) -> [PageRows.Column] {
    let empty = Set(checked.emptyFields(derived: derived))
    let system = TableShape.systemColumns.map { name -> PageRows.Column in
      switch name {
      case "_batch": .constant(batch)
      case "_input": .constant(Int64(input))
      case "_row": .integer(0)
      case "_hash": .integer(1)
      case "_seal": .integer(2)
      case "_recorded_at": .stamp
      case "_derived": checked.derived.isEmpty ? .nulls(1) : .note
      default: bug("a column of the system is not laid out")
      }
    }
    let own = fields.map { field -> PageRows.Column in
      guard let (place, isInteger) = field, !empty.contains(place) else { return .nulls(1) }
      return isInteger ? .digits(place) : .text(place)
    }
    var out: [PageRows.Column] = [.nulls(1)]
    for column in system + own {
      if case .nulls(let more) = column, case .nulls(let count) = out.last {
        out[out.count - 1] = .nulls(count + more)
      } else {
        out.append(column)
      }
    }
    return out
  }
}
