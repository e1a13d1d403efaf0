import ElementCore
import ElementSchema
import GRDB

/// The tables, indexes and views of one dataset.
struct DatasetTable {
  let dataset: Dataset
  /// The pack, for labels.
  let pack: SchemaPack
  /// The warehouse's path, for errors.
  let path: String

  /// The shape of a dataset's table as it is stored; nil where there is no table.
  static func stored(_ db: Database, _ dataset: String, path: String) throws -> TableShape? {
    try String.fetchOne(db, sql: "SELECT shape FROM dataset WHERE name = ?", arguments: [dataset]).map {
      try TableShape(stored: $0, path: path)
    }
  }

  /// Makes or changes the tables so that they hold what the dataset asks for; returns their shape, and whether the digest must be taken
  /// anew although no row changes: what stands for the key may be other fields now.
  ///
  /// - Throws: `WarehouseError` of kind `shape` where that cannot be.
  func prepare(_ db: Database) throws -> (shape: TableShape, isSortedAnew: Bool) {
    let wanted = TableShape(dataset)
    let shape: TableShape
    let stored = try DatasetTable.stored(db, dataset.name, path: path)
    if let stored {
      let change = try ShapeChange(from: stored, to: wanted, path: path)
      try change.refuseMisfits(db, path: path)
      try apply(change, db)
      shape = change.result
    } else {
      try ShapeChange.refuseLikeNames(wanted, path: path)
      try create(wanted, db)
      shape = wanted
    }
    try db.execute(
      sql: """
        INSERT INTO dataset (name, title, shape) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title, shape = excluded.shape
        """, arguments: [dataset.name, shape.title, shape.text])
    try db.execute(
      sql: "INSERT OR IGNORE INTO dataset_shape (dataset, schema_digest, shape) VALUES (?, ?, ?)",
      arguments: [dataset.name, pack.digest, wanted.text])
    try makeInterimIndex(db)
    try labelCodes(db)
    try makeViews(shape, db)
    return (shape, stored.map { $0.interim != shape.interim } ?? false)
  }

  private func create(_ shape: TableShape, _ db: Database) throws {
    let fields = shape.columns.map(definition).joined(separator: ", ")
    try db.execute(
      sql: "CREATE TABLE \(shape.table) (_id INTEGER PRIMARY KEY, \(TableShape.systemDefinitions), \(fields)) STRICT")
    try db.execute(
      sql: """
        CREATE TABLE \(shape.history) (_version INTEGER PRIMARY KEY, _id INTEGER NOT NULL, \(TableShape.systemDefinitions),
          _superseded_at TEXT NOT NULL, _superseded_by INTEGER NOT NULL,
          _reason TEXT NOT NULL CHECK (_reason IN ('superseded', 'removed', 'joined')), _end_seal INTEGER NOT NULL,
          \(shape.columns.map { "\(TableShape.quoted($0.name)) TEXT" }.joined(separator: ", "))) STRICT
        """)
  }

  private func definition(_ column: TableShape.Column) -> String { "\(TableShape.quoted(column.name)) \(column.affinity)" }

  // MARK: Changes

  private func apply(_ change: ShapeChange, _ db: Database) throws {
    if !change.retyped.isEmpty {
      // Views and indexes that name a column keep it from being dropped.
      for type in ["view", "index"] { try WarehouseObjects.drop(db, type, of: dataset.name) }
    }
    for column in change.retyped { try retype(column, in: change.result.table, db) }
    for column in change.added {
      try db.execute(sql: "ALTER TABLE \(change.result.table) ADD COLUMN \(definition(column))")
      // What was superseded stays as it was written, whatever the type is later.
      try db.execute(sql: "ALTER TABLE \(change.result.history) ADD COLUMN \(TableShape.quoted(column.name)) TEXT")
    }
    if !change.retyped.isEmpty { try DatasetTable.makeIndexes(db, dataset) }
  }

  /// Stores the values of a column in its new type: digits are numbers and numbers digits, whatever they are kept as.
  private func retype(_ column: TableShape.Column, in table: String, _ db: Database) throws {
    let (name, interim) = (TableShape.quoted(column.name), TableShape.quoted(column.name + "_retyped"))
    try db.execute(
      sql: """
        ALTER TABLE \(table) ADD COLUMN \(interim) \(column.affinity);
        UPDATE \(table) SET \(interim) = CAST(\(name) AS \(column.affinity));
        ALTER TABLE \(table) DROP COLUMN \(name);
        ALTER TABLE \(table) RENAME COLUMN \(interim) TO \(name);
        """)
  }

  /// The highest number that a row has or had: numbers are never given twice, because history, links and packages name rows by them, of rows too of
  /// which nothing is kept.
  static func lastID(_ db: Database, _ shape: TableShape) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT max(ifnull((SELECT max(_id) FROM \(shape.table)), 0), ifnull((SELECT max(_id) FROM \(shape.history)), 0),
          ifnull((SELECT max(last_id) FROM package_dataset WHERE dataset = ?), 0))
        """, arguments: [shape.dataset]) ?? 0
  }

  // MARK: Indexes

  private static func keyIndex(_ dataset: String) -> String { dataset + "_key" }

  private static func markIndex(_ dataset: String) -> String { dataset + "_derived" }

  private static func groupIndex(_ dataset: String, _ rule: Int) -> String {
    dataset + "_group" + (rule == 0 ? "" : String(rule + 1))
  }

  /// Drops the key index, where it is there, for a load of many new rows; `makeKeyIndex` makes it again.
  static func dropKeyIndex(_ db: Database, _ dataset: Dataset) throws { try drop(db, index: keyIndex(dataset.name)) }

  /// Drops the indexes on what makes groups and on what was derived, where they are there, for a load of many new rows: the first a later
  /// load makes again, the other this one.
  static func dropOtherIndexes(_ db: Database, _ dataset: Dataset) throws {
    for rule in Set(dataset.groupings) { try drop(db, index: groupIndex(dataset.name, rule)) }
    try drop(db, index: markIndex(dataset.name))
  }

  private static func drop(_ db: Database, index: String) throws {
    try db.execute(sql: "DROP INDEX IF EXISTS main.\(TableShape.quoted(index))")
  }

  /// Whether the key index is there.
  static func hasKeyIndex(_ db: Database, _ dataset: Dataset) throws -> Bool { try has(db, index: keyIndex(dataset.name)) }

  /// Whether the index on what makes the groups of a rule (from 0) is there.
  static func hasGroupIndex(_ db: Database, _ dataset: Dataset, rule: Int) throws -> Bool {
    try has(db, index: groupIndex(dataset.name, rule))
  }

  /// Whether the index on what was derived is there: some row of the dataset has, or had, such a value.
  static func hasMarkIndex(_ db: Database, _ dataset: String) throws -> Bool { try has(db, index: markIndex(dataset)) }

  private static func has(_ db: Database, index: String) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'index' AND name = ?)", arguments: [index])
      ?? false
  }

  /// Makes the indexes on what makes groups, where they are missing: they cover all that the rules look at, so that looking a group up reads
  /// nothing else.
  static func makeGroupIndexes(_ db: Database, _ dataset: Dataset) throws {
    for rule in Set(dataset.groupings).sorted() {
      let columns = dataset.names(of: dataset.groups[rule].fields).map(TableShape.quoted).joined(separator: ", ")
      let (name, table) = (groupIndex(dataset.name, rule), TableShape.quoted(dataset.name))
      try WarehouseObjects.make(
        db, "index", name, dataset: dataset.name, "CREATE INDEX \(TableShape.quoted(name)) ON \(table) (\(columns))")
    }
  }

  /// Makes the key index, where it is missing; it covers `_hash`, so that looking a row up and the digest read nothing else.
  static func makeKeyIndex(_ db: Database, _ dataset: Dataset) throws {
    let key = dataset.names(of: dataset.key).map(TableShape.quoted).joined(separator: ", ")
    let (name, table) = (keyIndex(dataset.name), TableShape.quoted(dataset.name))
    try WarehouseObjects.make(
      db, "index", name, dataset: dataset.name, "CREATE INDEX \(TableShape.quoted(name)) ON \(table) (\(key), _hash)")
  }

  /// Makes the index on what was derived, where it is missing: over the rows alone in which something was.
  static func makeMarkIndex(_ db: Database, _ dataset: String) throws {
    let name = TableShape.quoted(markIndex(dataset))
    try WarehouseObjects.make(
      db, "index", markIndex(dataset), dataset: dataset,
      "CREATE INDEX \(name) ON \(TableShape.quoted(dataset)) (_derived) WHERE _derived IS NOT NULL")
  }

  /// Makes the indexes that lookups need, where they are missing: after the rows of a first load.
  static func makeIndexes(_ db: Database, _ dataset: Dataset) throws {
    try makeKeyIndex(db, dataset)
    let history = dataset.name + "_history"
    try WarehouseObjects.make(
      db, "index", history + "_id", dataset: dataset.name,
      "CREATE INDEX \(TableShape.quoted(history + "_id")) ON \(TableShape.quoted(history)) (_id, _superseded_by)")
  }

  /// Rows whose key is not known yet are few: an index over them alone costs nothing.
  private func makeInterimIndex(_ db: Database) throws {
    guard let interim = dataset.interim, let key = dataset.key.first else { return }
    let fields = dataset.names(of: interim.fields).map(TableShape.quoted).joined(separator: ", ")
    let name = dataset.name + "_interim"
    try WarehouseObjects.make(
      db, "index", name, dataset: dataset.name,
      """
      CREATE INDEX \(TableShape.quoted(name)) ON \(TableShape.quoted(dataset.name)) (\(fields))
      WHERE \(TableShape.quoted(dataset.fields[key].name)) IS NULL
      """)
  }
}
