import ElementCore
import GRDB

/// The views and indexes that this program made (`object`): what else stands in the file is a visitor, and so is every trigger.
enum WarehouseObjects {
  /// Makes an object where it does not stand there as it should; one of its name that is ours goes.
  static func make(_ db: Database, _ type: String, _ name: String, dataset: String? = nil, _ sql: String) throws {
    let stands = try String.fetchOne(
      db, sql: "SELECT sql FROM main.sqlite_schema WHERE type = ? AND name = ?", arguments: [type, name])
    if let stands, stands.utf8.elementsEqual(sql.utf8) { return }
    if stands != nil { try db.execute(sql: "DROP \(type.uppercased()) main.\(TableShape.quoted(name))") }
    try db.execute(sql: sql)
    try db.execute(
      sql:
        "INSERT OR REPLACE INTO object (name, type, dataset, sql) SELECT name, type, ?, sql FROM main.sqlite_schema WHERE name = ?",
      arguments: [dataset, name])
  }

  /// Drops the objects of a dataset of one type, but for some.
  static func drop(_ db: Database, _ type: String, of dataset: String, keeping kept: [String] = []) throws {
    let names = try String.fetchAll(
      db, sql: "SELECT name FROM object WHERE type = ? AND dataset = ? ORDER BY name", arguments: [type, dataset])
    for name in names where !kept.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
      try db.execute(sql: "DROP \(type.uppercased()) IF EXISTS main.\(TableShape.quoted(name))")
      try db.execute(sql: "DELETE FROM object WHERE name = ?", arguments: [name])
    }
  }

  /// Enters all objects of a file in which no visitor was found, as a step of the format left them.
  static func enterAll(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO object (name, type, dataset, sql)
        SELECT name, type, NULL, sql FROM main.sqlite_schema WHERE type IN ('view', 'index', 'trigger') AND sql IS NOT NULL
        ON CONFLICT (name) DO UPDATE SET sql = excluded.sql
        """)
  }

  /// Refuses views, indexes and triggers that somebody else made or changed: they would run, or speak, in the warehouse's name.
  ///
  /// - Throws: `WarehouseError` of kind `foreign` that names the first one.
  static func refuseVisitors(_ db: Database, _ path: String) throws {
    let ours = AuditTrail.triggers.map { "name = '\($0)' AND sql = '\($1.replacing("'", with: "''"))'" }.joined(
      separator: " OR ")
    let found = try Row.fetchOne(
      db,
      sql: """
        SELECT type, name FROM main.sqlite_schema s WHERE type IN ('trigger', 'view', 'index') AND sql IS NOT NULL
          AND (type = 'trigger' AND NOT (\(ours))
            OR type <> 'trigger' AND NOT EXISTS (SELECT 1 FROM object o WHERE o.name = s.name AND o.type = s.type AND o.sql = s.sql)) ORDER BY name
        """)
    guard let found else { return }
    let (type, name): (String, String) = (found[0], found[1])
    let shown = PrintableText.escape(name)
    let kinds = ["view": "视图", "index": "索引", "trigger": "触发器"]
    throw WarehouseError(
      .foreign, path: path,
      message: LocalizedText(
        zh: "含有外来的或被改动过的\(kinds[type] ?? type) \(shown)", en: "holds the \(type) \(shown), which is not ours or was changed"),
      hint: LocalizedText(
        zh: "请查明来历；确认后用数据库工具删除它（DROP \(type.uppercased())）再运行",
        en: "Find out who made it, then remove it with a database tool (DROP \(type.uppercased())) and run again"))
  }
}
