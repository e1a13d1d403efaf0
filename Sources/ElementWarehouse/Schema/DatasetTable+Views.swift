import ElementCore
import ElementSchema
import GRDB

extension DatasetTable {
  /// Enters the labels of the codes of the dataset.
  func labelCodes(_ db: Database) throws {
    for case .code(let set) in dataset.fields.map(\.type) {
      for entry in pack.codeSets[set]?.entries ?? [] {
        try db.execute(
          sql: """
            INSERT INTO code_label VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET label = excluded.label WHERE label <> excluded.label
            """, arguments: [set, entry.code, entry.label])
      }
    }
  }

  /// Makes the views, where they do not stand there as they should; those of an old title go.
  func makeViews(_ shape: TableShape, _ db: Database) throws {
    let versions = DatasetTable.versionsView(dataset.name)
    let title = try freeName(shape.title, db)
    try WarehouseObjects.drop(db, "view", of: dataset.name, keeping: [versions, title])
    try DatasetTable.makeVersions(shape, db)
    try WarehouseObjects.make(
      db, "view", title, dataset: dataset.name,
      """
      CREATE VIEW \(TableShape.quoted(title)) AS
        SELECT \(titled(shape).joined(separator: ", ")), v._batch AS 批次, v._recorded_at AS 入库时间,
          \(DatasetTable.closing("_closed_by", shape)) AS 关闭批次, \(DatasetTable.closing("_closed_at", shape)) AS 关闭时间
        FROM \(shape.table) v
      """)
  }

  private static func versionsView(_ dataset: String) -> String { dataset + "_versions" }

  /// Makes the view of all states that rows had, where it does not stand there as it should.
  static func makeVersions(_ shape: TableShape, _ db: Database) throws {
    let all = (["_id"] + shape.allColumns).joined(separator: ", ")
    let name = versionsView(shape.dataset)
    func since(_ end: String) -> String {
      // The last batch that brought the version back before it ended, else its own.
      let revived =
        "SELECT max(r.batch) FROM revival r WHERE r.dataset = '\(shape.dataset)' AND r.id = v._id AND r.batch < \(end)"
      return "max(_batch, ifnull((\(revived)), 0))"
    }
    // Files of format 3 know nothing of closed rows.
    let closed = try db.viewExists("closed_row")
    let ended = closed ? ", NULL AS _closed_by, NULL AS _closed_at" : ""
    let now = closed ? ", " + closing("_closed_by", shape) + ", " + closing("_closed_at", shape) : ""
    try WarehouseObjects.make(
      db, "view", name, dataset: shape.dataset,
      """
      CREATE VIEW \(TableShape.quoted(name)) AS SELECT \(all), _superseded_at, _superseded_by, _reason,
          \(since("_superseded_by")) AS _since\(ended) FROM \(shape.history) v
        UNION ALL SELECT \(all), NULL, NULL, NULL, \(since("9223372036854775807"))\(now) FROM \(shape.table) v
      """)
  }

  /// Which batch closed the row `v` of a table, or when, in SQL; NULL where it is open.
  private static func closing(_ column: String, _ shape: TableShape) -> String {
    "(SELECT c.\(column) FROM closed_row c WHERE c.dataset = '\(shape.dataset)' AND c.id = v._id)"
  }

  /// Makes what format 3 has of the table of a dataset and format 2 did not: the index on what was derived, and what versions say.
  static func catchUp(_ db: Database, _ shape: TableShape) throws {
    let isMarked = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(shape.table) WHERE _derived IS NOT NULL)")
    if isMarked == true { try makeMarkIndex(db, shape.dataset) }
    try makeVersions(shape, db)
  }

  /// A title that nothing but this dataset's view has; with the dataset's name where something has it. What is made later has names in
  /// ASCII letters, so no title is left so.
  private func freeName(_ title: String, _ db: Database) throws -> String {
    let title = title.utf8.allSatisfy { $0 < 0x80 } ? "视图：\(title)" : title
    let isTaken =
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM main.sqlite_schema s WHERE s.name = ?1 COLLATE NOCASE
            AND NOT EXISTS (SELECT 1 FROM object o WHERE o.name = s.name AND o.type = 'view' AND o.dataset = ?2))
          """, arguments: [title, dataset.name]) ?? false
    return isTaken ? "\(title)（\(dataset.name)）" : title
  }

  /// The columns under their Chinese titles, each once; codes of a set show as their labels.
  private func titled(_ shape: TableShape) -> [String] {
    var seen = Set(["批次", "入库时间", "关闭批次", "关闭时间"].map { Array($0.utf8) })
    // Fields that the schemas have bear their titles before those that are kept.
    return (shape.columns.filter { dataset.index(of: $0.name) != nil } + shape.kept(beside: dataset)).map { field in
      let column = "v." + TableShape.quoted(field.name)
      let isNew = seen.insert(Array(field.title.utf8)).inserted
      let title = TableShape.quoted(isNew ? field.title : "\(field.title)（\(field.name)）")
      guard let set = field.set else { return "\(column) AS \(title)" }
      let label = "(SELECT label FROM code_label WHERE set_name = '\(set.replacing("'", with: "''"))' AND code = \(column))"
      return "COALESCE(\(label), \(column)) AS \(title)"
    }
  }
}
