import ElementCore
import GRDB

/// What stands in the schema of a file: only what this program makes is let in.
enum Visitors {
  private static let views: Set<String> = ["批次", "待更正", "问题"]

  /// Refuses triggers and views that somebody else made: they would run, or speak, in the warehouse's name.
  ///
  /// - Throws: `WarehouseError` of kind `foreign` that names the first one.
  static func refuse(_ db: Database, _ path: String) throws {
    var known = views
    for row in try Row.fetchAll(db, sql: "SELECT name, title FROM dataset") {
      let (name, title): (String, String?) = (row[0], row[1])
      known.formUnion([name + "_versions", title ?? ""])
    }
    let found = try Row.fetchAll(
      db, sql: "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name")
    for row in found {
      let (type, name): (String, String) = (row[0], row[1])
      if type == "view", known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { continue }
      let shown = PrintableText.escape(name)
      throw WarehouseError(
        .foreign, path: path,
        message: LocalizedText(
          zh: type == "view" ? "含有外来的视图 \(shown)" : "含有外来的触发器 \(shown)", en: "holds a \(type) that is not ours: \(shown)"),
        hint: LocalizedText(
          zh: "请查明来历；确认后用数据库工具删除它（DROP \(type.uppercased())）再运行",
          en: "Find out who made it, then remove it with a database tool (DROP \(type.uppercased())) and run again"))
    }
  }
}
