import ElementCore
import ElementSchema
import GRDB

/// The tables and views of one dataset.
struct DatasetTable {
  /// The dataset.
  let dataset: Dataset
  /// The pack, for labels.
  let pack: SchemaPack

  /// An identifier in SQL, quoted.
  static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

  private var table: String { DatasetTable.quoted(dataset.name) }
  private var history: String { DatasetTable.quoted(dataset.name + "_history") }
  private var columns: [String] { dataset.fields.map { DatasetTable.quoted($0.name) } }
  private static let system = ["_id"] + RowFeed.systemColumns

  /// Makes what is missing: tables for a new dataset, columns for new fields, views always anew.
  func prepare(_ db: Database) throws {
    let known = try String.fetchOne(db, sql: "SELECT fields FROM dataset WHERE name = ?", arguments: [dataset.name])
    if let known {
      try addColumns(db, known: known.split(separator: ",").map(String.init))
    } else {
      try create(db)
    }
    try db.execute(
      sql:
        "INSERT INTO dataset (name, title, fields, key, interim) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET title = excluded.title, fields = excluded.fields",
      arguments: [
        dataset.name, dataset.title.zh, dataset.fields.map(\.name).joined(separator: ","),
        dataset.names(of: dataset.key).joined(separator: ","),
        dataset.names(of: dataset.interim?.fields ?? []).joined(separator: ","),
      ])
    try makeInterimIndex(db)
    try labelCodes(db)
    try makeViews(db)
  }

  private func create(_ db: Database) throws {
    let fields = dataset.fields.map(definition).joined(separator: ", ")
    let system =
      "_id INTEGER PRIMARY KEY, _batch INTEGER NOT NULL, _input INTEGER NOT NULL, _row INTEGER NOT NULL, _hash INTEGER NOT NULL, _recorded_at TEXT NOT NULL, _seal INTEGER NOT NULL"
    try db.execute(sql: "CREATE TABLE \(table) (\(system), \(fields)) STRICT")
    let old = system.replacing("_id INTEGER PRIMARY KEY", with: "_version INTEGER PRIMARY KEY, _id INTEGER NOT NULL")
    try db.execute(
      sql: "CREATE TABLE \(history) (\(old), _superseded_at TEXT NOT NULL, _superseded_by INTEGER NOT NULL, \(fields)) STRICT")
  }

  private func definition(_ field: Field) -> String {
    DatasetTable.quoted(field.name) + (field.type == .integer ? " INTEGER" : " TEXT")
  }

  private func addColumns(_ db: Database, known: [String]) throws {
    for field in dataset.fields where !known.contains(field.name) {
      try db.execute(sql: "ALTER TABLE \(table) ADD COLUMN \(definition(field))")
      try db.execute(sql: "ALTER TABLE \(history) ADD COLUMN \(definition(field))")
    }
  }

  /// Drops the key index, where it is there, for a load of many new rows; `makeKeyIndex` makes it again.
  static func dropKeyIndex(_ db: Database, _ dataset: Dataset) throws {
    try db.execute(sql: "DROP INDEX IF EXISTS main.\(quoted(dataset.name + "_key"))")
  }

  /// Whether the key index is there.
  static func hasKeyIndex(_ db: Database, _ dataset: Dataset) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'index' AND name = ?)",
      arguments: [dataset.name + "_key"]) ?? false
  }

  /// Makes the key index, where it is missing; it covers `_hash`, so that looking a row up and the digest read nothing else.
  static func makeKeyIndex(_ db: Database, _ dataset: Dataset) throws {
    let key = dataset.key.map { quoted(dataset.fields[$0].name) }.joined(separator: ", ")
    let table = quoted(dataset.name)
    try db.execute(sql: "CREATE INDEX IF NOT EXISTS \(quoted(dataset.name + "_key")) ON \(table) (\(key), _hash)")
  }

  /// Makes the indexes that lookups need, where they are missing: after the rows of a first load.
  static func makeIndexes(_ db: Database, _ dataset: Dataset) throws {
    try makeKeyIndex(db, dataset)
    let history = dataset.name + "_history"
    try db.execute(
      sql: "CREATE INDEX IF NOT EXISTS \(quoted(history + "_id")) ON \(quoted(history)) (_id, _superseded_by)")
  }

  /// Rows whose key is not known yet are few: an index over them alone costs nothing.
  private func makeInterimIndex(_ db: Database) throws {
    guard let interim = dataset.interim, let key = dataset.key.first else { return }
    let fields = interim.fields.map { columns[$0] }.joined(separator: ", ")
    try db.execute(
      sql: """
        CREATE INDEX IF NOT EXISTS \(DatasetTable.quoted(dataset.name + "_interim")) ON \(table) (\(fields))
        WHERE \(columns[key]) IS NULL
        """)
  }

  private func labelCodes(_ db: Database) throws {
    for case .code(let set) in dataset.fields.map(\.type) {
      for entry in pack.codeSets[set]?.entries ?? [] {
        try db.execute(sql: "INSERT OR REPLACE INTO code_label VALUES (?, ?, ?)", arguments: [set, entry.code, entry.label])
      }
    }
  }

  private func makeViews(_ db: Database) throws {
    let all = (DatasetTable.system + dataset.fields.map(\.name)).map(DatasetTable.quoted).joined(separator: ", ")
    let versions = DatasetTable.quoted(dataset.name + "_versions")
    try db.execute(
      sql: """
        DROP VIEW IF EXISTS \(versions);
        CREATE VIEW \(versions) AS SELECT \(all), _superseded_at FROM \(history)
          UNION ALL SELECT \(all), NULL FROM \(table);
        DROP VIEW IF EXISTS \(DatasetTable.quoted(dataset.title.zh));
        CREATE VIEW \(DatasetTable.quoted(dataset.title.zh)) AS
          SELECT \(dataset.fields.map(titled).joined(separator: ", ")), t._batch AS 批次, t._recorded_at AS 入库时间 FROM \(table) t;
        """)
  }

  /// A column under its Chinese title; codes of a set show as their labels.
  private func titled(_ field: Field) -> String {
    let column = "t." + DatasetTable.quoted(field.name)
    guard case .code(let set) = field.type else { return "\(column) AS \(DatasetTable.quoted(field.title))" }
    let label = "(SELECT label FROM code_label WHERE set_name = '\(set)' AND code = \(column))"
    return "COALESCE(\(label), \(column)) AS \(DatasetTable.quoted(field.title))"
  }
}
