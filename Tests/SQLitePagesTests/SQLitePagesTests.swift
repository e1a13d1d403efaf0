import CSQLite
import ElementCore
import ElementGenerator
import GRDB
import Testing

@testable import SQLitePages

/// Rows that were laid out as pages must be, for SQLite, the rows that were bound value by value.
struct SQLitePagesTests {
  @Test func `this SQLite copies pages`() { #expect(PageProof.obstacle == nil) }

  @Test(arguments: [1, 2, 60, 500], [0, 1, 130])
  func `rows are the same as pages and value by value`(_ count: Int, _ emptyColumns: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let table = PageTable(name: "roster", emptyColumns: emptyColumns)
    let batches = (0..<4).map { _ in PageTable.rows(count, &random, longest: 30_000) }
    let plain = try DatabaseQueue().write { db in
      try table.make(db)
      for batch in batches { try table.insert(batch, db) }
      return try Self.rows(db, table)
    }
    try Self.attached { db, database in
      try table.make(db)
      let pages = try #require(database.add(table.schema))
      try db.execute(sql: "DROP INDEX roster_key")
      var lastRow: Int64 = 0
      for batch in batches {
        #expect(pages.lay(table.pages(batch, behind: lastRow)))
        try table.copy(db)
        lastRow += Int64(batch.count)
      }
      #expect(try Self.rows(db, table) == plain)
      #expect(try Self.isSound(db))
    }
  }

  @Test func `sixty tables come in turn, whose list takes several pages, while SQLite attaches ten databases at most`() throws {
    var random = SeededRandom(seed: 60)
    try Self.attached { db, database in
      let tables = (0..<60).map { PageTable(name: "roster\($0)", emptyColumns: 150) }
      #expect(tables.map(\.sql.utf8.count).reduce(0, +) > 2 * PageFormat.pageSize)
      var pages: [TablePages] = []
      for table in tables {
        try table.make(db)
        try db.execute(sql: "DROP INDEX \(table.name)_key")
        pages.append(try #require(database.add(table.schema)))
        // Those that are there already go on.
        for (table, pages) in zip(tables, pages) {
          let last = try Int64.fetchOne(db, sql: "SELECT max(_id) FROM \(table.name)") ?? 0
          #expect(pages.lay(table.pages(PageTable.rows(3, &random), behind: last)))
          try table.copy(db)
        }
      }
      for (place, table) in tables.enumerated() {
        #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table.name)") == 3 * (60 - place))
      }
      #expect(try Self.isSound(db))
      #expect(try String.fetchAll(db, sql: "SELECT name FROM pragma_database_list") == ["main", PageDatabase.name])
    }
  }

  @Test(arguments: [1, 3, 400], [20, 3_000])
  func `a key index goes in with the rows, in one tree or in several`(_ leafLimit: Int, _ longest: Int) throws {
    var random = SeededRandom(seed: 3)
    let table = PageTable(name: "roster")
    let rows = PageTable.rows(1_000, &random, longest: longest)
    try Self.attached { db, database in
      try table.make(db)
      let pages = try #require(database.add(table.schema))
      let trees = table.keys(rows, from: pages.firstKeyLeaf, leafLimit: leafLimit)
      #expect(trees.count > 1 || leafLimit > 3 || longest == 20)
      var rest = table.pages(rows, behind: 0)
      for (place, tree) in trees.enumerated() {
        pages.keys = tree
        #expect(pages.lay(rest.take(place == trees.count - 1 ? rest.count : 1)))
        try table.copy(db)
        #expect(tree.isRead)
      }
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM roster INDEXED BY roster_key WHERE true") == 1_000)
      #expect(try Self.isSound(db))
    }
  }

  @Test func `a text that no page holds is not laid out, and the next batch goes in`() throws {
    let table = PageTable(name: "roster")
    try Self.attached { db, database in
      try table.make(db)
      let pages = try #require(database.add(table.schema))
      try db.execute(sql: "DROP INDEX roster_key")
      let longest = PageFormat.recordLimit - 12
      func row(_ length: Int) -> PageTable.Row {
        PageTable.Row(text: String(repeating: "x", count: length), number: 1, digits: 1)
      }
      #expect(!pages.lay(table.pages([row(3), row(longest + 12)], behind: 0)))
      #expect(pages.lay(table.pages([row(longest - 12)], behind: 0)))
      try table.copy(db)
      #expect(try Int.fetchAll(db, sql: "SELECT length(text) FROM roster") == [longest - 12])
      #expect(try Self.isSound(db))
    }
  }

  @Test func `rows without any, and a batch more than one root can name, are told`() throws {
    let table = PageTable(name: "roster")
    try Self.attached { db, database in
      try table.make(db)
      let pages = try #require(database.add(table.schema))
      #expect(pages.lay(table.pages([], behind: 0)))
      try table.copy(db)
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM roster") == 0)
      // Each row takes a leaf of its own.
      let row = PageTable.Row(text: String(repeating: "x", count: 40_000), number: 0, digits: nil)
      #expect(!pages.lay(table.pages([PageTable.Row](repeating: row, count: 4_097), behind: 0)))
    }
  }

  @Test func `what no page holds cannot be read`() throws {
    try Self.attached { _, database in
      let pages = try #require(database.add(PageTable(name: "roster").schema))
      #expect(pages.lay(PageTable(name: "roster").pages([], behind: 0)))
      let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 16)
      defer { unsafe room.deallocate() }
      let size = PageFormat.pageSize
      for offset in [-1, size - 99, 3 * size, (PageFormat.firstLeaf - 1) * size, (pages.firstKeyLeaf - 1) * size] {
        let isThere = unsafe database.read(room, at: offset)
        #expect(!isThere, "at \(offset)")
      }
      let isThere = unsafe database.read(room, at: size - 100)
      #expect(isThere)
    }
  }

  @Test func `a second database is not attached, and another connection cannot name the first`() throws {
    let schema = PageTable(name: "roster").schema
    try Self.attached { db, database in
      let handle = unsafe db.sqliteConnection
      let connection = try unsafe #require(handle)
      #expect(database.add(schema) != nil)
      let isAttached = unsafe PageDatabase(for: connection)?.add(schema) != nil
      #expect(!isAttached)
      #expect(throws: DatabaseError.self) {
        try DatabaseQueue().inDatabase { try $0.execute(sql: "ATTACH 'file:pages-1?vfs=\(PageFileSystem.name)' AS other") }
      }
    }
  }

  // MARK: The parts

  /// Section 1.6: seven bits a byte, the highest first, eight in the ninth.
  @Test(
    arguments: [
      (0, [0x00]), (0x7F, [0x7F]), (0x80, [0x81, 0x00]), (0x3FFF, [0xFF, 0x7F]), (0x4000, [0x81, 0x80, 0x00]),
      (UInt64.max, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
      (1 << 56, [0x80, 0xC0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]),
    ] as [(UInt64, [UInt8])])
  func `a number of variable length is written as the format says`(_ value: UInt64, _ expected: [UInt8]) {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 9, alignment: 1)
    defer { unsafe room.deallocate() }
    guard let start = room.baseAddress else { return }
    let size = unsafe RecordBuilder.write(varint: value, to: start)
    let written = unsafe Array(room.prefix(size))
    #expect(written == expected)
    #expect(RecordBuilder.varintSize(value) == expected.count)
  }

  /// Section 2.1: a header of types, then the values; 0 and 1 have none, text of n bytes is type 13 + 2n.
  @Test func `a record is written as the format says`() {
    var builder = RecordBuilder(columns: 6)
    builder.begin()
    builder.addNull()
    builder.add(0)
    builder.add(1)
    builder.add(-2)
    builder.add(70_000)
    builder.add(text: "ab")
    let expected: [UInt8] = [7, 0, 8, 9, 1, 3, 17, 0xFE, 0x01, 0x11, 0x70, 0x61, 0x62]
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 20, alignment: 1)
    defer { unsafe room.deallocate() }
    guard let start = room.baseAddress else { return }
    unsafe builder.write(row: 5, to: start)
    let row = unsafe Array(room.prefix(builder.cellSize(row: 5)))
    #expect(row == [UInt8(expected.count), 5] + expected)
    unsafe builder.writeKey(to: start)
    let entry = unsafe Array(room.prefix(builder.keyCellSize))
    #expect(entry == [UInt8(expected.count)] + expected)
  }

  // MARK: Around them

  private static func attached(_ body: (Database, PageDatabase) throws -> Void) throws {
    // As a load has it: defensive, and in a transaction.
    try DatabaseQueue().inDatabase { db in
      let handle = unsafe db.sqliteConnection
      let connection = try unsafe #require(handle)
      let isDefensive = unsafe yaosu_sqlite3_defensive(connection) == SQLITE_OK
      #expect(isDefensive)
      try db.inTransaction {
        let database = unsafe PageDatabase(for: connection)
        try body(db, try #require(database))
        return .commit
      }
      unsafe PageDatabase.detach(from: connection)
      #expect(try String.fetchAll(db, sql: "SELECT name FROM pragma_database_list") == ["main"])
    }
  }

  /// All rows, with the types of their values.
  private static func rows(_ db: Database, _ table: PageTable) throws -> [[String]] {
    try Row.fetchAll(db, sql: "SELECT * FROM \(table.name) ORDER BY _id").map { $0.map { "\($0) \($1.storage)" } }
  }

  private static func isSound(_ db: Database) throws -> Bool {
    try String.fetchAll(db, sql: "PRAGMA main.integrity_check") == ["ok"]
  }
}
