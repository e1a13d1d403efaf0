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
    added = wanted.columns.filter { stored.column($0.name) == nil }
    retyped = wanted.columns.filter { column in stored.column(column.name).map { $0.isInteger != column.isInteger } ?? false }
    let retypedNames = retyped.map(\.name)
    // A column that is stored otherwise is made anew, behind the others.
    let staying = stored.columns.filter { !retypedNames.contains($0.name) }.map { wanted.column($0.name) ?? $0 }
    result = TableShape(
      dataset: wanted.dataset, title: wanted.title, columns: staying + retyped + added, key: wanted.key, interim: wanted.interim
    )
  }
}
