package import GRDB

/// The format of a warehouse: the steps by which a file comes to be what this program reads and writes. The first one that was released
/// is 2.
package struct WarehouseFormat: Sendable {
  /// What makes a file of one format one of the next, in a transaction.
  package struct Step: Sendable {
    /// The format afterwards (`user_version`).
    let version: Int
    /// Changes the tables.
    let apply: @Sendable (Database) throws -> Void

    /// A step to a format.
    package init(version: Int, _ apply: @escaping @Sendable (Database) throws -> Void) {
      (self.version, self.apply) = (version, apply)
    }
  }

  private let steps: [Step]

  /// The format that this program reads and writes.
  package static let shipped = WarehouseFormat(steps: [
    Step(version: 2) { try $0.execute(sql: first) },
    Step(version: 3) { db in
      try db.execute(sql: undo)
      try db.execute(sql: waiting)
      try makeSecret(db)
      try AuditTrail.begin(db)
      for shape in try String.fetchAll(db, sql: "SELECT shape FROM dataset") {
        try DatasetTable.catchUp(db, try TableShape(stored: shape, path: ""))
      }
    },
    Step(version: 4) { db in
      try db.execute(sql: closing)
      try Seal.closeSettings(db)
      for shape in try String.fetchAll(db, sql: "SELECT shape FROM dataset") {
        try DatasetTable.makeVersions(try TableShape(stored: shape, path: ""), db)
      }
    },
    Step(version: 5) { try $0.execute(sql: waiving) },
    Step(version: 6) { try $0.execute(sql: days) },
    Step(version: 7) { try $0.execute(sql: counts) },
    Step(version: 8) { try $0.execute(sql: packages) },
    Step(version: 9) { try $0.execute(sql: linkage) },
    Step(version: 10) { try $0.execute(sql: entities) },
  ])

  /// A format with a step more, as the next one will be.
  package func adding(_ step: Step) -> WarehouseFormat { WarehouseFormat(steps: steps + [step]) }

  /// The number of the format.
  package var version: Int { steps.map(\.version).max() ?? 0 }

  /// Takes a file through the steps that it lacks, each whole or not at all.
  func migrate(_ queue: DatabaseQueue) throws {
    var migrator = DatabaseMigrator()
    for step in steps {
      migrator.registerMigration(String(step.version)) { db in
        try step.apply(db)
        try WarehouseObjects.enterAll(db)
        try db.execute(sql: "PRAGMA user_version = \(step.version)")
      }
    }
    try migrator.migrate(queue)
  }

  private static let first = """
    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      state TEXT NOT NULL,
      kind TEXT NOT NULL,
      request TEXT UNIQUE,
      operator TEXT NOT NULL,
      sender TEXT,
      area TEXT,
      tool_version TEXT NOT NULL,
      schema_digest TEXT NOT NULL,
      delivery_digest TEXT NOT NULL,
      as_of TEXT NOT NULL,
      purpose TEXT,
      started_at TEXT NOT NULL,
      finished_at TEXT,
      read INTEGER NOT NULL DEFAULT 0,
      created INTEGER NOT NULL DEFAULT 0,
      updated INTEGER NOT NULL DEFAULT 0,
      unchanged INTEGER NOT NULL DEFAULT 0,
      duplicate INTEGER NOT NULL DEFAULT 0,
      quarantined INTEGER NOT NULL DEFAULT 0,
      fixed INTEGER NOT NULL DEFAULT 0,
      not_evaluated INTEGER NOT NULL DEFAULT 0,
      removed INTEGER NOT NULL DEFAULT 0,
      stored_before INTEGER NOT NULL DEFAULT 0,
      stored_after INTEGER NOT NULL DEFAULT 0,
      digest TEXT,
      seal INTEGER,
      CHECK (read = created + updated + unchanged + duplicate + quarantined),
      CHECK (stored_after = stored_before + CASE state WHEN 'held' THEN 0 ELSE created - removed END),
      CHECK (kind IN ('load', 'retry') OR read = 0)
    ) STRICT;
    CREATE TABLE batch_input (
      batch INTEGER NOT NULL REFERENCES batch(id),
      ordinal INTEGER NOT NULL,
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      format TEXT NOT NULL,
      encoding TEXT NOT NULL,
      encoding_evidence TEXT NOT NULL,
      dataset TEXT NOT NULL,
      mapping TEXT NOT NULL,
      headings TEXT NOT NULL,
      raw_encoding TEXT NOT NULL,
      blank_lines INTEGER NOT NULL DEFAULT 0,
      read INTEGER NOT NULL DEFAULT 0,
      created INTEGER NOT NULL DEFAULT 0,
      updated INTEGER NOT NULL DEFAULT 0,
      unchanged INTEGER NOT NULL DEFAULT 0,
      duplicate INTEGER NOT NULL DEFAULT 0,
      quarantined INTEGER NOT NULL DEFAULT 0,
      seal INTEGER,
      PRIMARY KEY (batch, ordinal),
      CHECK (read = created + updated + unchanged + duplicate + quarantined)
    ) STRICT;
    CREATE TABLE dataset (
      name TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      shape TEXT NOT NULL,
      digest TEXT
    ) STRICT;
    CREATE TABLE dataset_shape (
      dataset TEXT NOT NULL,
      schema_digest TEXT NOT NULL,
      shape TEXT NOT NULL,
      PRIMARY KEY (dataset, schema_digest)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE object (
      name TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      dataset TEXT,
      sql TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE code_label (
      set_name TEXT NOT NULL,
      code TEXT NOT NULL,
      label TEXT NOT NULL,
      PRIMARY KEY (set_name, code)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quarantine (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch(id),
      input INTEGER NOT NULL,
      dataset TEXT NOT NULL,
      row INTEGER NOT NULL,
      line INTEGER NOT NULL,
      byte_start INTEGER NOT NULL,
      byte_length INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      raw BLOB,
      reasons TEXT NOT NULL,
      seal INTEGER
    ) STRICT;
    CREATE INDEX quarantine_batch ON quarantine (batch, input, row);
    CREATE TABLE finding (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch(id),
      input INTEGER NOT NULL,
      dataset TEXT NOT NULL,
      code TEXT NOT NULL,
      severity TEXT NOT NULL,
      row INTEGER NOT NULL,
      line INTEGER NOT NULL,
      column INTEGER NOT NULL,
      field TEXT,
      value TEXT NOT NULL,
      message TEXT NOT NULL,
      count INTEGER NOT NULL,
      seal INTEGER
    ) STRICT;
    CREATE INDEX finding_batch ON finding (batch, input, row);
    CREATE TABLE fix (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch(id),
      input INTEGER NOT NULL,
      dataset TEXT NOT NULL,
      row INTEGER NOT NULL,
      field TEXT NOT NULL,
      code TEXT NOT NULL,
      raw BLOB NOT NULL,
      seal INTEGER
    ) STRICT;
    CREATE INDEX fix_batch ON fix (batch, input, row);
    CREATE TABLE link (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch(id),
      dataset TEXT NOT NULL,
      kind TEXT NOT NULL,
      from_id INTEGER NOT NULL,
      to_id INTEGER NOT NULL,
      recorded_at TEXT NOT NULL,
      seal INTEGER
    ) STRICT;
    CREATE INDEX link_to ON link (dataset, to_id);
    CREATE VIEW 批次 AS SELECT id AS 批次, state AS 状态, operator AS 操作人, sender AS 报送单位, started_at AS 开始时间,
      finished_at AS 完成时间, read AS 读取, created AS 新增, updated AS 更新, unchanged AS 无变化, duplicate AS 重复,
      quarantined AS 待更正, purpose AS 用途, digest AS 摘要 FROM batch;
    CREATE VIEW 待更正 AS SELECT q.batch AS 批次, i.path AS 文件, q.dataset AS 数据集, q.row AS 数据行, q.line AS 文件行,
      q.reasons AS 原因 FROM quarantine q JOIN batch_input i ON i.batch = q.batch AND i.ordinal = q.input;
    CREATE VIEW 问题 AS SELECT f.batch AS 批次, i.path AS 文件, f.dataset AS 数据集, f.code AS 规则, f.severity AS 级别,
      f.row AS 数据行, f.line AS 文件行, f.value AS 内容, f.message AS 说明, f.count AS 行数
      FROM finding f JOIN batch_input i ON i.batch = f.batch AND i.ordinal = f.input;
    """
}
