import ElementCore
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Warehouses of one format under a program of the next.
struct MigrationTests {
  let scratch: ScratchFolder
  let path: String

  init() throws {
    scratch = try ScratchFolder()
    path = scratch.path + "/w.db"
  }

  /// The warehouses that were kept of each released format, the oldest first.
  static let kept: [String] = ((try? Repository.files("Tests/Fixtures/warehouses", extension: "warehouse")) ?? []).sorted {
    ($0.utf8.count, $0) < ($1.utf8.count, $1)
  }

  /// What a next format may do: columns in sealed tables, a table, an index and a view.
  private static let changes = [
    "ALTER TABLE batch ADD COLUMN remark TEXT", "ALTER TABLE finding ADD COLUMN weight INTEGER",
    "CREATE TABLE remark (id INTEGER PRIMARY KEY, code TEXT NOT NULL) STRICT", "CREATE INDEX remark_code ON remark (code)",
    "CREATE VIEW 备注 AS SELECT id AS 编号, code AS 规则 FROM remark",
  ]
  /// The format of this program.
  private static let now = WarehouseFormat.shipped.version
  private static let next = WarehouseFormat.shipped.adding(
    .init(version: now + 1) { db in
      for change in changes { try db.execute(sql: change) }
    })

  private func use(_ kept: String) throws -> Data {
    let data = try Data(contentsOf: Repository.url(kept))
    try data.write(to: URL(fileURLWithPath: path))
    return data
  }

  private func version() throws -> Int? {
    try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
  }

  @Test func `a warehouse of each released format is kept`() { #expect(Self.kept.count == WarehouseFormat.shipped.version - 1) }

  @Test(arguments: kept) func `a kept warehouse is read, migrated and verified`(_ kept: String) throws {
    _ = try use(kept)
    let report = try Warehouse.migrate(path)
    #expect(report.to == WarehouseFormat.shipped.version && report.rows > 0)
    let warehouse = try Warehouse(path: path, mode: .read)
    #expect(try warehouse.verify().differences.isEmpty)
    #expect(try !warehouse.batches().isEmpty)
  }

  @Test(arguments: kept) func `an older file is refused with the command that helps, and left as it is`(_ kept: String) throws {
    let before = try use(kept)
    for mode in [Warehouse.Mode.read, .write] {
      let error = #expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: mode, format: Self.next) }
      #expect(error?.kind == .tooOld && error?.hint.en.contains("yaosu migrate \(path)") == true)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test(arguments: kept.suffix(1)) func `a migration keeps a verified copy, changes no seal, and is done once`(_ kept: String)
    throws
  {
    _ = try use(kept)
    let digest = try Warehouse(path: path, mode: .read).verify().digest
    let report = try Warehouse.migrate(path, format: Self.next)
    #expect(report.from == Self.now && report.to == Self.now + 1 && report.digest == digest)
    let copy = try #require(report.backup)
    #expect(try Warehouse(path: copy, mode: .read).verify().digest == digest)
    #expect(try version() == Self.now + 1)
    let warehouse = try Warehouse(path: path, mode: .read, format: Self.next)
    #expect(try warehouse.verify().differences.isEmpty)
    #expect(#expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: .read) }?.kind == .tooNew)
    let again = try Warehouse.migrate(path, format: Self.next)
    #expect(again.from == Self.now + 1 && again.backup == nil)
  }

  @Test(arguments: kept.suffix(1)) func `a migration that fails at any statement leaves the format before`(_ kept: String)
    throws
  {
    struct Stop: Error {}
    for last in 0...Self.changes.count {
      let before = try use(kept)
      let failing = WarehouseFormat.shipped.adding(
        .init(version: Self.now + 1) { db in
          for change in Self.changes.prefix(last) { try db.execute(sql: change) }
          throw Stop()
        })
      #expect(throws: Stop.self) { try Warehouse.migrate(path, backup: path + ".\(last)", format: failing) }
      #expect(try version() == Self.now)
      #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path + ".\(last)")).count == before.count)
    }
  }

  @Test(arguments: kept) func `a backup that stands there is not replaced`(_ kept: String) throws {
    let before = try use(kept)
    let copy = try scratch.file("copy.db", "mine")
    #expect(throws: WarehouseError.self) { try Warehouse.migrate(path, backup: copy, format: Self.next) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(try String(contentsOfFile: copy, encoding: .utf8) == "mine")
  }

  @Test func `a file that was left between two steps holds nothing yet, and the next load makes it`() throws {
    _ = try Warehouse(path: path, mode: .write)
    #expect(
      #expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: .read, format: Self.next) }?.kind == .missing)
    _ = try Warehouse(path: path, mode: .write, format: Self.next)
    #expect(try version() == Self.now + 1)
    #expect(try Warehouse(path: path, mode: .read, format: Self.next).verify().differences.isEmpty)
  }

  @Test func `a file whose first step was interrupted holds nothing yet, and the next load makes it`() throws {
    _ = try Warehouse(path: path, mode: .write)
    try DatabaseQueue(path: path).write { db in
      for type in ["view", "table"] {
        let names = try String.fetchAll(
          db, sql: "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'",
          arguments: [type])
        try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
        for name in names { try db.execute(sql: "DROP \(type) \"\(name)\"") }
      }
      try db.execute(sql: "DELETE FROM grdb_migrations; PRAGMA user_version = 0")
    }
    #expect(#expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: .read) }?.kind == .missing)
    _ = try Warehouse(path: path, mode: .write)
    #expect(try version() == WarehouseFormat.shipped.version)
    #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
  }
}
