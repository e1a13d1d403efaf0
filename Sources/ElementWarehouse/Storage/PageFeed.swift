import ElementCore
import ElementSchema
import GRDB
import GRDBSQLite
import Synchronization

/// Hands the rows of a checked batch to SQLite as the pages of a table that it copies record by record: a `RowFeed` is asked
/// for every value of every row, and costs twice as many instructions.
///
/// `INSERT INTO t SELECT * FROM u` between tables that are defined alike copies records without taking them apart. Where it
/// does not, the statement means the same and is only slower.
@safe final class PageFeed {
  private let db: Database
  private let dataset: Dataset
  private let path: String
  private let pages: FeedPages
  private var builder: RecordBuilder
  private let insert: BulkStatement
  private let connection: OpaquePointer?
  /// Sorts the keys of all rows, for an index that is copied as it is; nil where SQLite makes it.
  private var sorter: KeySorter?
  /// The keys of rows that will be taken back.
  private var takenBack: [[UInt8]] = []
  /// The rows that came last, laid out already, where keys are sorted: they wait for more or for the key index, which is copied
  /// only where rows are.
  private var waiting: Waiting?
  private let columns: [Column]
  private let interimKey: Int?
  /// Fields that may be filled from others, with a column or without.
  private let derived: Set<Int>
  private let batch: Int64
  private let time: [UInt8]

  /// Rows that are laid out and not yet copied.
  private struct Waiting {
    let checked: CheckedBatch
    var records: ArraySlice<Int32>
    let input: Int64
    /// The number of the row before them.
    var lastRow: Int64

    /// Takes so many of them, or all, from the front.
    mutating func take(_ count: Int) -> Waiting {
      let own = Waiting(checked: checked, records: records.prefix(count), input: input, lastRow: lastRow)
      (records, lastRow) = (records.dropFirst(count), lastRow + Int64(own.records.count))
      return own
    }
  }

  /// What stands in a column of the table.
  private enum Column {
    case batch, input, row, hash, time, seal, derived
    case absent(Int)
    case field(Int)
    case integer(Int)
  }

  /// A feed into the table of a dataset; nil where this SQLite does not take one: what is written is the same without.
  ///
  /// Makes a database of its own beside the warehouse's, `feed_` and the dataset's name, until `detach`. Where it `sortsKeys`,
  /// of a table that has no row yet, the key index is there and stays empty until `finish`.
  init?(
    _ db: Database, _ dataset: Dataset, _ shape: TableShape, batch: Int, recordedAt time: String, sortsKeys: Bool, path: String
  ) throws {
    (self.db, self.dataset, self.path) = (db, dataset, path)
    guard PageProof.obstacle == nil, let schema = try PageFeed.schema(db, shape) else { return nil }
    pages = FeedPages(schema: schema)
    columns = PageFeed.columns(shape, dataset)
    builder = RecordBuilder(columns: columns.count)
    interimKey = dataset.interim == nil ? nil : dataset.key.first
    derived = Set(dataset.derivations.map(\.field))
    (self.batch, self.time) = (Int64(batch), Array(time.utf8))
    unsafe connection = db.sqliteConnection
    sorter = sortsKeys ? KeySorter(key: dataset.key, path: path) : nil
    guard let statement = try PageFeed.copying(pages, db, dataset, path) else { return nil }
    insert = statement
  }

  /// The columns in the order of the table. The identifier is the row's number, and stands as NULL; so does a column that the dataset
  /// has no field for.
  private static func columns(_ shape: TableShape, _ dataset: Dataset) -> [Column] {
    let system = TableShape.systemColumns.map { name -> Column in
      switch name {
      case "_batch": .batch
      case "_input": .input
      case "_row": .row
      case "_hash": .hash
      case "_recorded_at": .time
      case "_seal": .seal
      case "_derived": .derived
      default: bug("a column of the system is not laid out")
      }
    }
    let fields = zip(shape.columns, shape.fields(in: dataset)).map { column, field -> Column in
      field.map { column.isInteger ? .integer($0) : .field($0) } ?? .absent(1)
    }
    return [.absent(1)] + system + fields
  }

  /// Inserts records of a batch, in order, their rows numbered behind `lastRow`; false, with nothing inserted, where one has no place in a
  /// page or in an index.
  func insert(_ checked: CheckedBatch, _ records: [Int32], input: Int, after lastRow: Int64) throws -> Bool {
    try copyWaiting()
    if let interimKey, records.contains(where: { checked.values[Int($0) * checked.fieldCount + interimKey].isEmpty }) {
      return false
    }
    let rows = Waiting(checked: checked, records: records[...], input: Int64(input), lastRow: lastRow)
    guard lay(rows) else { return false }
    waiting = rows
    if try sorter?.add(checked, records, first: lastRow + 1) == false { try leaveKeys() }
    if sorter == nil { try copyWaiting() }
    return true
  }

  private func copyWaiting() throws {
    guard let waiting else { return }
    try copy(waiting.records.count)
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
    guard let waiting, let making = try KeyTreeMaker(sorter, names, atMost: waiting.records.count, takenBack: takenBack) else {
      return nil
    }
    self.waiting = nil
    let maker = Mutex(making)
    let trees = ReadAhead { () throws(SpillError) in try maker.withLock { maker throws(SpillError) in try maker.next() } }
    var (rest, isWhole) = (waiting, true)
    var next = try trees.next()
    while let tree = next {
      next = try trees.next()
      let rows = rest.take(next == nil ? rest.records.count : 1)
      if rows.records.isEmpty { return nil }
      pages.keys = tree
      guard lay(rows) else { bug("rows that were laid out cannot be") }
      try copy(rows.records.count)
      isWhole = isWhole && tree.isRead
    }
    return isWhole ? maker.withLock { $0.finish() } : nil
  }

  /// The key of a record in the form of entries; nil where it is in none.
  private func entryKey(_ checked: CheckedBatch, _ record: Int) -> [UInt8]? {
    var key: [UInt8] = []
    return KeySorter.append(dataset.key, of: checked, record, to: &key) ? key : nil
  }

  /// Lays rows out as the pages of a batch; false where one has no room.
  private func lay(_ rows: Waiting) -> Bool {
    let checked = rows.checked
    pages.begin()
    // SAFETY: the pointers are used within the closures only; ranges of a checked batch lie within its bytes.
    let isWhole = unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
      unsafe time.withUnsafeBufferPointer { time in
        unsafe Self.lay(
          Rows(bytes: bytes, time: time, columns: present(checked), batch: batch, input: rows.input), checked,
          rows.records, &builder, pages, behind: rows.lastRow)
      }
    }
    if isWhole { pages.end() }
    return isWhole
  }

  /// The columns with those that the file does not have, and nothing fills, told as absent; absent ones as one.
  private func present(_ checked: CheckedBatch) -> [Column] {
    let empty = Set(checked.emptyFields(derived: derived))
    let hasDerived = !checked.derived.isEmpty
    var out: [Column] = []
    for column in columns {
      var column = column
      if case .field(let field) = column, empty.contains(field) { column = .absent(1) }
      if case .integer(let field) = column, empty.contains(field) { column = .absent(1) }
      if case .derived = column, !hasDerived { column = .absent(1) }
      if case .absent = column, case .absent(let count) = out.last {
        out[out.count - 1] = .absent(count + 1)
      } else {
        out.append(column)
      }
    }
    return out
  }

  /// What is the same for all rows of a batch, and the bytes of the others.
  @unsafe private struct Rows {
    let bytes: UnsafeBufferPointer<UInt8>
    let time: UnsafeBufferPointer<UInt8>
    let columns: [Column]
    let batch: Int64
    let input: Int64
  }

  // Static, with the builder handed over once: looking into the object for each value would ask each time who else does.
  private static func lay(
    _ rows: Rows, _ checked: CheckedBatch, _ records: ArraySlice<Int32>, _ builder: inout RecordBuilder, _ pages: FeedPages,
    behind lastRow: Int64
  ) -> Bool {
    let (spots, hashes, values) = (checked.source.spots.span, checked.contentHash.span, checked.values.span)
    let columns = unsafe rows.columns.span
    let (derived, hasDerived) = (checked.derived.span, !checked.derived.isEmpty)
    let bytes = checked.source.bytes.span
    for (place, record) in records.enumerated() {
      let (row, hash) = (Int64(spots[Int(record)].row), hashes[Int(record)])
      let start = Int(record) * checked.fieldCount
      builder.begin()
      for column in columns.indices {
        switch columns[column] {
        case .field(let field): unsafe builder.add(text: values[start + field], in: rows.bytes)
        case .integer(let field): unsafe builder.add(digits: values[start + field], in: rows.bytes)
        case .absent(let count): builder.addNulls(count)
        case .batch: unsafe builder.add(rows.batch)
        case .input: unsafe builder.add(rows.input)
        case .row: builder.add(row)
        case .hash: builder.add(Int64(bitPattern: hash))
        case .time: unsafe builder.add(text: FieldRange(0, rows.time.count), in: rows.time)
        case .seal:
          let names = hasDerived ? bytes.extracting(derived[Int(record)].indices) : Span()
          let seal = unsafe RowHash.seal(content: hash, batch: rows.batch, input: rows.input, row: row, derived: names)
          builder.add(Int64(bitPattern: seal))
        case .derived:
          unsafe builder.add(text: derived[Int(record)], in: rows.bytes)
        }
      }
      guard builder.isWhole, pages.add(builder, row: lastRow + Int64(place) + 1) else { return false }
    }
    return true
  }
}
