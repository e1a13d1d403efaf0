import ElementCore
import ElementSchema
import GRDB
import GRDBSQLite

/// Hands the rows of a checked batch to SQLite as the pages of a table that it copies record by record: a `RowFeed` is asked
/// for every value of every row, and costs twice as many instructions.
///
/// `INSERT INTO t SELECT * FROM u` between tables that are defined alike copies records without taking them apart. Where it
/// does not, the statement means the same and is only slower.
@safe final class PageFeed {
  private let pages: FeedPages
  private var builder: RecordBuilder
  private let insert: BulkStatement
  private let connection: OpaquePointer?
  private let columns: [Column]
  private let interimKey: Int?
  /// Fields that may be filled from others, with a column or without.
  private let derived: Set<Int>
  private let batch: Int64
  private let time: [UInt8]
  private var lastRow: Int64

  /// What stands in a column of the table.
  private enum Column {
    case batch, input, row, hash, time, seal
    case absent(Int)
    case field(Int)
    case integer(Int)
  }

  /// A feed into the table of a dataset; nil where this SQLite does not take one: what is written is the same without.
  ///
  /// Makes a database of its own beside the warehouse's, `feed_` and the dataset's name, until `detach`.
  init?(_ db: Database, _ dataset: Dataset, batch: Int, recordedAt time: String, path: String) throws {
    guard FeedFileSystem.isReachable, let schema = try PageFeed.schema(db, dataset) else { return nil }
    pages = FeedPages(schema: schema)
    let names = try String.fetchAll(
      db, sql: "SELECT name FROM pragma_table_info(?, 'main') ORDER BY cid", arguments: [dataset.name])
    columns = names.map { PageFeed.column($0, dataset) }
    builder = RecordBuilder(columns: names.count)
    interimKey = dataset.interim == nil ? nil : dataset.key.first
    derived = Set(dataset.derivations.map(\.field))
    (self.batch, self.time) = (Int64(batch), Array(time.utf8))
    lastRow = try Int64.fetchOne(db, sql: "SELECT max(_id) FROM main.\(DatasetTable.quoted(dataset.name))") ?? 0
    unsafe connection = db.sqliteConnection
    let own = DatasetTable.quoted(PageFeed.prefix + dataset.name)
    let isAttached = FeedFileSystem.offering(pages) { file in
      (try? db.execute(sql: "ATTACH 'file:\(file)?vfs=\(FeedFileSystem.name)' AS \(own)")) != nil
    }
    guard isAttached == true else { return nil }
    // Every batch has pages of its own: none is worth keeping.
    try db.execute(sql: "PRAGMA \(own).cache_size = 0")
    let table = DatasetTable.quoted(dataset.name)
    insert = try unsafe BulkStatement(connection, "INSERT INTO main.\(table) SELECT * FROM \(own).\(table)", path: path)
  }

  private static let prefix = "feed_"

  /// What the schema of the feed must say: the table as it is, and the index over rows without a key, which is empty there.
  ///
  /// Nil where records copied as they are would leave something out: an index that is not ours, a column of another type than its
  /// field, or one with a value of its own for rows that have none.
  private static func schema(_ db: Database, _ dataset: Dataset) throws -> [FeedPages.SchemaEntry]? {
    let rows = try Row.fetchAll(
      db, sql: "SELECT type, name, sql FROM main.sqlite_schema WHERE tbl_name = ? AND name <> ? ORDER BY type DESC",
      arguments: [dataset.name, dataset.name + "_key"])
    let entries: [FeedPages.SchemaEntry] = rows.compactMap { row in
      let (type, name, sql): (String, String, String?) = (row[0], row[1], row[2])
      let isOurs = type == "table" || (type == "index" && name == dataset.name + "_interim")
      guard isOurs, let sql else { return nil }
      return (type, name, dataset.name, type == "table" ? FeedPages.tableRoot : FeedPages.indexRoot, sql)
    }
    let types = Dictionary(dataset.fields.map { ($0.name, $0.type == .integer ? "INTEGER" : "TEXT") }) { first, _ in first }
    let columns = try Row.fetchAll(
      db, sql: "SELECT name, type, dflt_value FROM pragma_table_info(?, 'main')", arguments: [dataset.name])
    let isAsDefined = columns.allSatisfy { row in
      let (name, type, value): (String, String, String?) = (row[0], row[1], row[2])
      return value == nil && types[name] ?? type == type
    }
    return entries.count == rows.count && isAsDefined ? entries : nil
  }

  /// Lets go of the databases of all feeds, when their statements are gone and the transaction has ended.
  static func detach(_ db: Database) throws {
    let names = try String.fetchAll(db, sql: "SELECT name FROM pragma_database_list WHERE name LIKE '\(prefix)%'")
    for name in names { try db.execute(sql: "DETACH \(DatasetTable.quoted(name))") }
  }

  private static func column(_ name: String, _ dataset: Dataset) -> Column {
    switch name {
    case "_batch": return .batch
    case "_input": return .input
    case "_row": return .row
    case "_hash": return .hash
    case "_recorded_at": return .time
    case "_seal": return .seal
    default:
      // The identifier is the row's number, and stands as NULL; so does a column of a field that is no more.
      guard let place = dataset.fields.firstIndex(where: { $0.name == name }) else { return .absent(1) }
      return dataset.fields[place].type == .integer ? .integer(place) : .field(place)
    }
  }

  /// Notes that so many rows were inserted otherwise.
  func skip(_ count: Int) { lastRow += Int64(count) }

  /// Inserts records of a batch, in order; false, with nothing inserted, where one has no place in a page or in an index.
  func insert(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> Bool {
    if let interimKey, records.contains(where: { checked.values[Int($0) * checked.fieldCount + interimKey].isEmpty }) {
      return false
    }
    pages.begin()
    guard lay(checked, records, input: Int64(input)) else { return false }
    pages.end()
    try insert.run()
    guard unsafe sqlite3_changes(connection) == records.count else { bug("SQLite copied other rows than it was given") }
    lastRow += Int64(records.count)
    return true
  }

  private func lay(_ checked: CheckedBatch, _ records: [Int32], input: Int64) -> Bool {
    // SAFETY: the pointers are used within the closures only; ranges of a checked batch lie within its bytes.
    unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
      unsafe time.withUnsafeBufferPointer { time in
        unsafe Self.lay(
          Rows(bytes: bytes, time: time, columns: present(checked), batch: batch, input: input), checked, records, &builder,
          pages, behind: lastRow)
      }
    }
  }

  /// The columns with those that the file does not have, and nothing fills, told as absent; absent ones as one.
  private func present(_ checked: CheckedBatch) -> [Column] {
    let empty = Set(checked.emptyFields(derived: derived))
    var out: [Column] = []
    for column in columns {
      var column = column
      if case .field(let field) = column, empty.contains(field) { column = .absent(1) }
      if case .integer(let field) = column, empty.contains(field) { column = .absent(1) }
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
    _ rows: Rows, _ checked: CheckedBatch, _ records: [Int32], _ builder: inout RecordBuilder, _ pages: FeedPages,
    behind lastRow: Int64
  ) -> Bool {
    let (spots, hashes, values) = (checked.source.spots.span, checked.contentHash.span, checked.values.span)
    let columns = unsafe rows.columns.span
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
          let seal = unsafe RowHash.seal(content: hash, batch: rows.batch, input: rows.input, row: row)
          builder.add(Int64(bitPattern: seal))
        }
      }
      guard builder.isWhole, pages.add(builder, row: lastRow + Int64(place) + 1) else { return false }
    }
    return true
  }
}
