import CSQLite
import ElementCore

/// A database in memory whose tables are written by us, page by page, in SQLite's file format ("Database File Format", sections 1 and 2).
///
/// It is attached beside a warehouse's, and `INSERT INTO main.t SELECT * FROM pages.t` between tables that are defined alike copies
/// records without taking them apart. Where it does not, the statement means the same and is only slower. One database serves all
/// tables of a load: SQLite attaches ten at most.
///
/// Safe: a connection belongs to one thread at a time, and so does what is attached to it.
@safe package final class PageDatabase: PageSource {
  /// The name under which it is attached.
  package static let name = "pages"

  private let connection: OpaquePointer
  private let header = PageMemory()
  private var schemaRoot = PageMemory()
  private var schemaLeaves: [PageMemory] = []
  private var firstSchemaLeaf = PageFormat.firstSchemaLeaf
  private var schemas: [PageSchema] = []
  private var tables: [TablePages] = []
  private let numbers = LeafNumbers()

  /// A database without the self-test, which needs one itself.
  init(unproven connection: OpaquePointer) {
    unsafe self.connection = connection
    super.init()
    writeHeader()
  }

  /// Adds a table, and lets SQLite see it; nil where there is no room for it.
  package func add(_ schema: PageSchema) -> TablePages? {
    guard tables.count < PageFormat.tableLimit else { return nil }
    schemas.append(schema)
    listTables()
    guard tables.isEmpty ? attach() : readAgain(), keepNothing() else { return nil }
    let table = TablePages(numbers, number: tables.count)
    tables.append(table)
    return table
  }

  private func attach() -> Bool {
    PageFileSystem.offering(self) { run("ATTACH 'file:\($0)?vfs=\(PageFileSystem.name)' AS \(Self.name)") } == true
  }

  /// Makes SQLite read the list of tables again.
  private func readAgain() -> Bool {
    // The only statement that does so within a transaction. It is allowed to defensive connections, switches nothing on, and makes
    // prepared statements anew at their next use.
    run("PRAGMA writable_schema = RESET")
  }

  /// Makes SQLite read every page when it needs it: each batch has pages of its own. When it has read the list, it forgets this.
  private func keepNothing() -> Bool { run("PRAGMA \(Self.name).cache_size = 0") }

  /// Lets go of the database of a connection, when its statements are gone and the transaction has ended; nothing where it has none.
  package static func detach(from connection: OpaquePointer) {
    unsafe sqlite3_exec(connection, "DETACH \(name)", nil, nil, nil)
  }

  private func run(_ sql: String) -> Bool { unsafe sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK }

  // MARK: The fixed pages

  private func writeHeader() {
    let page = unsafe header.start
    let magic = Array("SQLite format 3\0".utf8)
    for (place, byte) in magic.enumerated() { unsafe page.storeBytes(of: byte, toByteOffset: place, as: UInt8.self) }
    // Page size 65536 is written as 1; read and write version of a rollback journal; payload fractions that are always so.
    for (place, byte) in [0, 1, 1, 1, 0, 64, 32, 32].enumerated() {
      unsafe page.storeBytes(of: UInt8(byte), toByteOffset: 16 + place, as: UInt8.self)
    }
    // Change counter, size in pages, schema cookie, schema format, UTF-8, the counter again, a version of SQLite.
    let words: [(Int, UInt32)] = [
      (24, 1), (28, UInt32(PageFormat.pageCount)), (40, 1), (44, 4), (56, 1), (92, 1), (96, 3_040_000),
    ]
    for (place, word) in words { unsafe page.storeBytes(of: word.bigEndian, toByteOffset: place, as: UInt32.self) }
    // The first page stays as SQLite read it: it names another one that can change.
    unsafe PageCells(page, .tableBranch, start: 100).close(right: PageFormat.schemaRoot)
  }

  /// Writes the list of tables: one page where it has room, else pages below one.
  private func listTables() {
    firstSchemaLeaf += schemaLeaves.count
    schemaRoot = PageMemory()
    schemaLeaves = [PageMemory()]
    var cells = unsafe PageCells(schemaLeaves[0].start, .tableLeaf)
    var branch = unsafe PageCells(schemaRoot.start, .tableBranch)
    var record = RecordBuilder(columns: 5)
    let entries = schemas.enumerated().flatMap { $1.entries(root: PageFormat.firstTableRoot + 3 * $0) }
    for (place, entry) in entries.enumerated() {
      let row = Int64(place + 1)
      record.begin()
      for text in [entry.type, entry.name, entry.table] { record.add(text: text) }
      record.add(Int64(entry.root))
      record.add(text: entry.sql)
      let size = record.cellSize(row: row)
      guard record.isWhole else { bug("a table whose definition is longer than a page") }
      if unsafe !cells.hasRoom(for: size) {
        unsafe cells.close()
        unsafe branch.add(page: firstSchemaLeaf + schemaLeaves.count - 1, upTo: row - 1)
        schemaLeaves.append(PageMemory())
        unsafe cells = PageCells(schemaLeaves[schemaLeaves.count - 1].start, .tableLeaf)
      }
      // SAFETY: there is room: no record is longer than an empty leaf holds.
      unsafe record.write(row: row, to: cells.add(size))
    }
    unsafe cells.close()
    if schemaLeaves.count == 1 {
      (schemaRoot, schemaLeaves) = (schemaLeaves[0], [])
    } else {
      unsafe branch.close(right: firstSchemaLeaf + schemaLeaves.count - 1)
    }
  }

  // MARK: Reading

  override func read(_ target: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
    guard offset >= 0 else { return false }
    let (page, place) = (offset / PageFormat.pageSize + 1, offset % PageFormat.pageSize)
    let table = page - PageFormat.firstTableRoot
    if page == 1 { return unsafe header.read(target, at: place) }
    if page == PageFormat.schemaRoot { return unsafe schemaRoot.read(target, at: place) }
    if schemaLeaves.indices.contains(page - firstSchemaLeaf) {
      return unsafe schemaLeaves[page - firstSchemaLeaf].read(target, at: place)
    }
    if table >= 0, tables.indices.contains(table / 3) { return unsafe tables[table / 3].readRoot(table % 3, target, at: place) }
    return tables.contains { unsafe $0.read(target, page: page, at: place) }
  }
}
