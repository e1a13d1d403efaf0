import ElementCore
import ElementSchema
import Foundation

/// What the table of a dataset looks like: its columns in order, its key and what all of it is called. Whoever reads or writes rows
/// asks here.
package struct TableShape: Sendable, Hashable, Codable {
  /// A column that holds a field.
  package struct Column: Sendable, Hashable, Codable {
    /// The field's name, which is the column's.
    package let name: String
    /// The field's type as schemas write it.
    package let type: String
    /// What people call it in Chinese.
    package let title: String
    /// What people call it in English.
    package let english: String
    /// The code set whose labels stand for its values in views; nil where it has none.
    package let set: String?
    /// The most characters of a value; nil where the schema says nothing.
    package let length: Int?

    /// Whether its values are stored as INTEGER; all others stand as TEXT in canonical form.
    var isInteger: Bool { type == "integer" }

    /// The affinity in SQL.
    var affinity: String { isInteger ? "INTEGER" : "TEXT" }

    /// The column of a field.
    init(_ field: Field) {
      (name, type, title, english) = (field.name, field.type.name, field.title, field.english)
      set = if case .code(let set) = field.type { set } else { nil }
      length = field.length
    }
  }

  /// The dataset's name, which is the table's.
  package let dataset: String
  /// What people call the dataset in Chinese: the name of the view with Chinese columns.
  package let title: String
  /// The fields' columns in the order of the table.
  package private(set) var columns: [Column]
  /// The names of the fields that make the key.
  package let key: [String]
  /// The names of the fields that stand for the key of a row whose key is not known yet; none where every row has its key.
  package let interim: [String]

  /// The columns that stand before the fields, beside `_id`, with their definitions.
  private static let system = [
    ("_batch", "INTEGER NOT NULL"), ("_input", "INTEGER NOT NULL"), ("_row", "INTEGER NOT NULL"), ("_hash", "INTEGER NOT NULL"),
    ("_recorded_at", "TEXT NOT NULL"), ("_seal", "INTEGER NOT NULL"), ("_derived", "TEXT"),
  ]

  /// The names of the columns that stand before the fields, beside `_id`.
  static let systemColumns = system.map(\.0)
  /// Their definitions in SQL.
  static let systemDefinitions = system.map { "\($0) \($1)" }.joined(separator: ", ")

  /// The seal of why, when and by which batch a version ended, over its own, in SQL.
  static func endSeal(_ reason: String, _ time: String, _ batch: String) -> String {
    "yaosu_seal('_reason', \(reason), '_seal', _seal, '_superseded_at', \(time), '_superseded_by', \(batch))"
  }

  /// The shape that a dataset asks for.
  init(_ dataset: Dataset) {
    self.init(
      dataset: dataset.name, title: dataset.title.zh, columns: dataset.fields.map(Column.init),
      key: dataset.names(of: dataset.key), interim: dataset.names(of: dataset.interim?.fields ?? []))
  }

  /// A shape of parts.
  init(dataset: String, title: String, columns: [Column], key: [String], interim: [String]) {
    (self.dataset, self.title, self.columns, self.key, self.interim) = (dataset, title, columns, key, interim)
  }

  /// The shape that was stored as a text in the warehouse at `path`.
  ///
  /// - Throws: `WarehouseError` of kind `damaged` where it is none, or its keys are none of its fields.
  init(stored text: String, path: String) throws(WarehouseError) {
    let shape = try? JSONDecoder().decode(TableShape.self, from: Data(text.utf8))
    guard let shape, !shape.key.isEmpty, (shape.key + shape.interim).allSatisfy({ shape.column($0) != nil }) else {
      throw WarehouseError(
        .damaged, path: path,
        message: LocalizedText(zh: "登记的表结构无法识别，被改动过", en: "describes a table in a way that cannot be read: it was changed"),
        hint: LocalizedText(zh: "请从备份恢复，不要继续写入", en: "Restore it from a backup; do not write to it"))
    }
    self = shape
  }

  /// The shape as a text: JSON, its members sorted.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { bug("a shape of texts is no JSON") }
    return String(decoding: data, as: UTF8.self)
  }

  /// An identifier in SQL, quoted.
  static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

  /// The table in SQL.
  var table: String { TableShape.quoted(dataset) }
  /// The table of what was superseded, in SQL.
  var history: String { TableShape.quoted(dataset + "_history") }
  /// The names of the fields.
  var names: [String] { columns.map(\.name) }
  /// The fields' columns in SQL.
  var fieldList: String { names.map(TableShape.quoted).joined(separator: ", ") }
  /// All columns but `_id` in SQL.
  var allColumns: [String] { TableShape.systemColumns + names.map(TableShape.quoted) }

  /// What finds a row of a dataset by the values of its key, which are bound in their order, in SQL.
  func keyMatch(_ dataset: Dataset) -> String {
    dataset.key.enumerated().map { place, field in
      "\(selected(dataset.fields[field].name)) \(dataset.mayBeEmpty(field) ? "IS" : "=") ?\(place + 1)"
    }.joined(separator: " AND ")
  }

  /// The column of a name; nil where there is none.
  func column(_ name: String) -> Column? {
    // Names are ASCII by the pattern that schemas are read by.
    columns.first { $0.name == name }
  }

  /// The order of rows by some fields, in SQL: numbers are sorted as their digits are, whatever they are stored as, because a column may have
  /// been a text, and be one again.
  func ordered(_ names: [String]) -> String {
    names.map { column($0)?.isInteger == true ? "CAST(\(TableShape.quoted($0)) AS TEXT)" : TableShape.quoted($0) }
      .joined(separator: ", ")
  }

  /// What is asked for to get a field in SQL: one that the table does not have yet is empty in all its rows.
  func selected(_ name: String) -> String { column(name) == nil ? "NULL" : TableShape.quoted(name) }

  /// For each column the field of a dataset, from 0; nil where that has none of the name.
  func fields(in dataset: Dataset) -> [Int?] { columns.map { dataset.index(of: $0.name) } }

  /// The columns that a dataset has no field for: their values stay.
  func kept(beside dataset: Dataset) -> [Column] { columns.filter { dataset.index(of: $0.name) == nil } }
}
