import ElementCore
import ElementSchema
import GRDB

/// What must change in a table so that it holds what a dataset asks for: fields and titles may, a key may not.
struct ShapeChange {
  /// Columns that are missing.
  let added: [TableShape.Column]
  /// Columns whose values are to be stored otherwise.
  let retyped: [TableShape.Column]
  /// The shape afterwards: columns that the dataset has no field for stay.
  let result: TableShape

  /// The change from what is stored to what is wanted.
  ///
  /// - Throws: `WarehouseError` of kind `shape` where the key is another one.
  init(from stored: TableShape, to wanted: TableShape, path: String) throws(WarehouseError) {
    guard stored.key == wanted.key else {
      let (old, new) = (stored.key.joined(separator: " + "), wanted.key.joined(separator: " + "))
      throw WarehouseError(
        .shape, path: path,
        message: LocalizedText(
          zh: "“\(wanted.title)”按 \(old) 入库，而现在的结构以 \(new) 为主键",
          en: "holds \(wanted.dataset) by \(old), and the schemas now have the key \(new)"),
        hint: LocalizedText(
          zh: "请改回原来的主键；或者给新的结构另起数据集名，或导入另一个台账库",
          en: "Use the key as it was; or give the new kind of record a name of its own, or another warehouse"))
    }
    try Self.refuseLikeNames(
      TableShape(
        dataset: wanted.dataset, title: wanted.title,
        columns: wanted.columns + stored.columns.filter { wanted.column($0.name) == nil }, key: [], interim: []), path: path)
    added = wanted.columns.filter { stored.column($0.name) == nil }
    retyped = wanted.columns.filter { column in stored.column(column.name).map { $0.isInteger != column.isInteger } ?? false }
    let retypedNames = retyped.map(\.name)
    // A column that is stored otherwise is made anew, behind the others.
    let staying = stored.columns.filter { !retypedNames.contains($0.name) }.map { wanted.column($0.name) ?? $0 }
    result = TableShape(
      dataset: wanted.dataset, title: wanted.title, columns: staying + retyped + added, key: wanted.key, interim: wanted.interim
    )
  }

  /// Refuses names that differ in the case of letters only: SQLite takes them for one.
  ///
  /// - Throws: `WarehouseError` of kind `shape`.
  static func refuseLikeNames(_ shape: TableShape, path: String) throws(WarehouseError) {
    var seen: [String: String] = [:]
    for name in shape.names {
      guard let other = seen.updateValue(name, forKey: name.lowercased()) else { continue }
      throw WarehouseError(
        .shape, path: path,
        message: LocalizedText(
          zh: "不能同时有字段 \(other) 和 \(name)：只是大小写不同", en: "cannot hold both \(other) and \(name), which differ in case only"),
        hint: LocalizedText(zh: "请在数据集结构中改一个字段名", en: "Rename one of the fields in the schema"))
    }
  }

  /// Refuses integers where stored values are none.
  ///
  /// - Throws: `WarehouseError` of kind `shape` that counts the rows.
  func refuseMisfits(_ db: Database, path: String) throws {
    for column in retyped where column.isInteger {
      let name = TableShape.quoted(column.name)
      let misfits =
        try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM \(result.table) WHERE \(name) IS NOT NULL AND CAST(CAST(\(name) AS INTEGER) AS TEXT) <> \(name)
            """) ?? 0
      if misfits == 0 { continue }
      throw WarehouseError(
        .shape, path: path,
        message: LocalizedText(
          zh: "“\(result.title)”的“\(column.title)”现在应为整数，而已入库的有 \(misfits) 行不是",
          en: "holds \(misfits) rows of \(result.dataset) whose \(column.name) is no integer, as the schemas now ask for"),
        hint: LocalizedText(
          zh: "请改回原来的类型；或先用原来的结构改正这些行，再用新的结构导入",
          en: "Use the type as it was; or correct these rows under it first, then load under the new one"))
    }
  }
}
