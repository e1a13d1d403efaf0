import ElementCore
import ElementSchema
import GRDBSQLite
import Glibc

/// Hands the rows of a checked batch to SQLite as a virtual table, so that one `INSERT … SELECT` takes them all: binding
/// every value of every row costs a third more.
///
/// Safe: what the callbacks read is set before the statement runs and stays where it is until it has ended.
@safe final class RowFeed {
  private let source: UnsafeMutablePointer<FeedSource>
  private let isInteger: UnsafeMutablePointer<Bool>
  private let schema: UnsafeMutablePointer<CChar>
  private let connection: OpaquePointer?
  private let dataset: Dataset
  private let module: String
  /// Fields that may be filled from others, with a column or without.
  private let derived: Set<Int>
  private let batch: Int64
  private let time: String
  private let path: String
  /// The fields that `insert` leaves out, and the statement, kept from one batch to the next.
  private var left: [Int] = []
  private var insert: BulkStatement

  /// A feed into the table of a dataset.
  init(_ connection: OpaquePointer?, _ dataset: Dataset, _ shape: TableShape, batch: Int, recordedAt time: String, path: String)
    throws
  {
    let count = dataset.fields.count
    unsafe isInteger = .allocate(capacity: count)
    for (place, field) in dataset.fields.enumerated() {
      unsafe isInteger[place] = shape.column(field.name)?.isInteger ?? false
    }
    let fields = (0..<count).map { ", f\($0)" }.joined()
    unsafe schema = strdup("CREATE TABLE feed (id, row, hash, seal, derived\(fields))")
    unsafe source = .allocate(capacity: 1)
    unsafe source.initialize(to: FeedSource(schema: schema, isInteger: isInteger, batch: Int64(batch), width: count))
    let module = "yaosu_feed_" + dataset.name
    let code = unsafe sqlite3_create_module_v2(connection, module, FeedModule.module, source, nil)
    guard code == SQLITE_OK else { throw WarehouseError(code: code, path: path) }
    unsafe self.connection = connection
    derived = dataset.filledFields
    (self.dataset, self.module, self.batch, self.time, self.path) = (dataset, module, Int64(batch), time, path)
    insert = try unsafe RowFeed.statement(connection, dataset, module, without: [], path: path)
    bindBatch()
  }

  /// The statement that inserts rows of all fields but those that are empty in each.
  private static func statement(
    _ connection: OpaquePointer?, _ dataset: Dataset, _ module: String, without left: [Int], path: String
  ) throws -> BulkStatement {
    let taken = dataset.fields.indices.filter { !left.contains($0) }
    let names = (TableShape.systemColumns + taken.map { dataset.fields[$0].name }).map(TableShape.quoted).joined(
      separator: ", ")
    let fields = taken.map { ", f\($0)" }.joined()
    return try unsafe BulkStatement(
      connection,
      """
      INSERT INTO \(TableShape.quoted(dataset.name)) (_id, \(names))
      SELECT id, ?1, ?2, row, hash, ?3, seal, derived\(fields) FROM \(TableShape.quoted(module))
      """,
      path: path)
  }

  /// What is the same for all rows is bound once, not asked for with each.
  private func bindBatch() {
    insert.bind(batch, at: 1)
    insert.bind(time, at: 3)
  }

  /// Leaves out the fields that the file has no column for: asking for each NULL costs as much as a short value.
  private func leaveOut(_ checked: CheckedBatch) throws {
    let empty = checked.emptyFields(derived: derived)
    if empty == left { return }
    insert = try unsafe RowFeed.statement(connection, dataset, module, without: empty, path: path)
    left = empty
    bindBatch()
  }

  deinit {
    unsafe source.deallocate()
    unsafe isInteger.deallocate()
    unsafe free(schema)
  }

  /// Inserts records of a batch, in order, their rows numbered behind `last`.
  func insert(_ checked: CheckedBatch, _ records: [Int32], input: Int, after last: Int64) throws {
    try leaveOut(checked)
    insert.bind(Int64(input), at: 2)
    // SAFETY: the pointers are used by the statement only, which has ended when the closures end.
    try unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
      try unsafe checked.values.withUnsafeBufferPointer { ranges in
        try unsafe checked.source.spots.withUnsafeBufferPointer { spots in
          try unsafe checked.contentHash.withUnsafeBufferPointer { hashes in
            try unsafe checked.derived.withUnsafeBufferPointer { derived in
              try unsafe records.withUnsafeBufferPointer { records in
                unsafe source.pointee.rows = FeedRows(
                  bytes: bytes, ranges: ranges, spots: spots, hashes: hashes, derived: derived, records: records,
                  input: Int64(input), last: last)
                defer { unsafe source.pointee.rows = nil }
                try insert.run()
              }
            }
          }
        }
      }
    }
  }
}

/// The rows of one `INSERT`.
@unsafe private struct FeedRows {
  let bytes: UnsafeBufferPointer<UInt8>
  let ranges: UnsafeBufferPointer<FieldRange>
  let spots: UnsafeBufferPointer<RecordSpot>
  let hashes: UnsafeBufferPointer<UInt64>
  /// Nothing where no record has derived fields.
  let derived: UnsafeBufferPointer<FieldRange>
  let records: UnsafeBufferPointer<Int32>
  let input: Int64
  /// The number of the row before them.
  let last: Int64

  /// Where the names of a record's derived fields stand.
  func derivedRange(_ record: Int) -> FieldRange { unsafe derived.isEmpty ? .empty : derived[record] }
}

/// What the callbacks read.
@unsafe private struct FeedSource {
  let schema: UnsafeMutablePointer<CChar>
  let isInteger: UnsafeMutablePointer<Bool>
  let batch: Int64
  let width: Int
  var rows: FeedRows?
}

/// A virtual table and a cursor as SQLite sees them: its own part first.
@unsafe private struct FeedTable {
  var base = unsafe sqlite3_vtab()
  let source: UnsafeMutablePointer<FeedSource>
}

@unsafe private struct FeedCursor {
  var base = unsafe sqlite3_vtab_cursor()
  let source: UnsafeMutablePointer<FeedSource>
  var place = 0
}

/// The callbacks of the virtual table; it needs no `CREATE`, has no constraints and is read from first to last.
private enum FeedModule {
  /// The module; SQLite keeps its address.
  nonisolated(unsafe) static let module: UnsafeMutablePointer<sqlite3_module> = {
    let module = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    var callbacks = sqlite3_module()
    unsafe callbacks.xConnect = { db, source, _, _, table, _ in unsafe connect(db, source, table) }
    unsafe callbacks.xBestIndex = { _, _ in SQLITE_OK }
    unsafe callbacks.xDisconnect = { table in
      unsafe table?.withMemoryRebound(to: FeedTable.self, capacity: 1) { unsafe $0.deallocate() }
      return SQLITE_OK
    }
    unsafe callbacks.xOpen = { table, cursor in unsafe open(table, cursor) }
    unsafe callbacks.xClose = { cursor in
      unsafe cursor?.withMemoryRebound(to: FeedCursor.self, capacity: 1) { unsafe $0.deallocate() }
      return SQLITE_OK
    }
    unsafe callbacks.xFilter = { cursor, _, _, _, _ in
      unsafe feed(cursor).pointee.place = 0
      return SQLITE_OK
    }
    unsafe callbacks.xNext = { cursor in
      unsafe feed(cursor).pointee.place += 1
      return SQLITE_OK
    }
    unsafe callbacks.xEof = { cursor in
      let feed = unsafe feed(cursor)
      return unsafe feed.pointee.place < (feed.pointee.source.pointee.rows?.records.count ?? 0) ? 0 : 1
    }
    unsafe callbacks.xRowid = { cursor, rowid in
      unsafe rowid?.pointee = Int64(feed(cursor).pointee.place)
      return SQLITE_OK
    }
    unsafe callbacks.xColumn = { cursor, context, column in unsafe value(feed(cursor), context, Int(column)) }
    unsafe module.initialize(to: callbacks)
    return unsafe module
  }()

  private static func connect(
    _ db: OpaquePointer?, _ source: UnsafeMutableRawPointer?,
    _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?
  ) -> Int32 {
    // SAFETY: the module was registered with a `FeedSource`.
    guard let source = unsafe source?.assumingMemoryBound(to: FeedSource.self) else { return SQLITE_ERROR }
    let code = unsafe sqlite3_declare_vtab(db, source.pointee.schema)
    guard code == SQLITE_OK else { return code }
    let made = UnsafeMutablePointer<FeedTable>.allocate(capacity: 1)
    unsafe made.initialize(to: FeedTable(source: source))
    // SAFETY: `base` is the first member, so the table's address is its address.
    unsafe table?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  }

  private static func open(
    _ table: UnsafeMutablePointer<sqlite3_vtab>?, _ cursor: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
  ) -> Int32 {
    // SAFETY: SQLite hands back the table that `connect` made.
    guard let table = unsafe table else { return SQLITE_ERROR }
    let source = unsafe UnsafeMutableRawPointer(table).assumingMemoryBound(to: FeedTable.self).pointee.source
    let made = UnsafeMutablePointer<FeedCursor>.allocate(capacity: 1)
    unsafe made.initialize(to: FeedCursor(source: source))
    // SAFETY: `base` is the first member.
    unsafe cursor?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
  }

  @inline(__always)
  private static func feed(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> UnsafeMutablePointer<FeedCursor> {
    guard let cursor = unsafe cursor else { bug("SQLite has no cursor") }
    // SAFETY: SQLite hands back the cursor that `open` made.
    return unsafe UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: FeedCursor.self)
  }

  /// The value of a column: number, row, hash, seal, derived fields, then the fields; empty text is NULL.
  private static func value(_ cursor: UnsafeMutablePointer<FeedCursor>, _ context: OpaquePointer?, _ column: Int) -> Int32 {
    let source = unsafe cursor.pointee.source
    guard let rows = unsafe source.pointee.rows else { return SQLITE_ERROR }
    let record = unsafe Int(rows.records[cursor.pointee.place])
    switch column {
    case 0: unsafe sqlite3_result_int64(context, rows.last + Int64(cursor.pointee.place) + 1)
    case 1: unsafe sqlite3_result_int64(context, Int64(rows.spots[record].row))
    case 2: unsafe sqlite3_result_int64(context, Int64(bitPattern: rows.hashes[record]))
    case 3:
      let seal = unsafe RowHash.seal(
        content: rows.hashes[record], batch: source.pointee.batch, input: rows.input, row: Int64(rows.spots[record].row),
        derived: rows.bytes.extracting(rows.derivedRange(record).indices).span)
      unsafe sqlite3_result_int64(context, Int64(bitPattern: seal))
    case 4: unsafe give(text: rows.derivedRange(record), of: rows, context)
    default:
      let field = column - 5
      let range = unsafe rows.ranges[record * source.pointee.width + field]
      if unsafe !range.isEmpty && source.pointee.isInteger[field] {
        unsafe sqlite3_result_int64(context, rows.bytes.extracting(range.indices).span.integer)
      } else {
        unsafe give(text: range, of: rows, context)
      }
    }
    return SQLITE_OK
  }

  /// Gives a text; a column without a result is NULL.
  @inline(__always)
  private static func give(text range: FieldRange, of rows: FeedRows, _ context: OpaquePointer?) {
    if range.isEmpty { return }
    let start = unsafe UnsafeRawPointer(rows.bytes.baseAddress)?.advanced(by: Int(range.start))
    // SAFETY: a nil destructor is SQLITE_STATIC: the bytes stay until the statement has ended.
    unsafe sqlite3_result_text(context, start?.assumingMemoryBound(to: CChar.self), Int32(range.count), nil)
  }
}
