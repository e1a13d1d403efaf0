import ArgumentParser
import ElementWarehouse
import Foundation
import GRDB

/// `yaosu-dev rehearse`: takes a warehouse through a step that only this command knows, as a next format will take it, for the fault
/// checks to break.
struct Rehearse: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    abstract: "Take a warehouse through the step to a format that is not released, behind a backup")

  @Argument(help: "The warehouse; it is of no use afterwards")
  var warehouse: String

  /// Where the copy of before goes.
  @Option(name: .shortAndLong, help: "The backup")
  var output: String

  /// Migrates, and prints formats and digest.
  func run() throws {
    let next = WarehouseFormat.shipped.adding(
      .init(version: WarehouseFormat.shipped.version + 1) { db in
        try db.execute(
          sql: """
            ALTER TABLE batch ADD COLUMN remark TEXT;
            CREATE TABLE remark (id INTEGER PRIMARY KEY, code TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
            CREATE INDEX remark_code ON remark (code);
            CREATE VIEW 备注 AS SELECT id AS 编号, code AS 规则 FROM remark;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
              INSERT INTO remark (code, reason) SELECT 'V' || i, hex(zeroblob(200)) FROM n;
            """)
      })
    let report = try Warehouse.migrate(warehouse, backup: output, format: next)
    print(report.from, report.to, report.digest)
  }
}
