extension WarehouseFormat {
  /// What makes a file of format 2 one of format 3: batches that take others back, which rows they made stand once more, and what the rows of
  /// a load may do (`mode`), which held load a batch goes on with or gives up (`held_batch`), and the audit chain.
  ///
  /// A batch that took one back (`kind` `undo`) says in `undoes` which; that one has the state `undone` and says in `undone_by` by which.
  /// Rows that came back whole are `restored`, those that got former values back `reverted`. A row of `revival` says that the version
  /// of a row that one batch (`origin`) made stands once more since another (`batch`): a version began with the last such batch before its
  /// end, else with its own. A batch that took one back for good says in `erased` of how many records; of each a row of
  /// `erasure` keeps by what it is known.
  static let undo = """
    DROP VIEW 批次; DROP VIEW 待更正; DROP VIEW 问题;
    CREATE TABLE batch_3 (
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
      undoes INTEGER REFERENCES batch_3(id),
      undone_by INTEGER REFERENCES batch_3(id),
      reason TEXT,
      restored INTEGER,
      reverted INTEGER,
      mode TEXT CHECK (mode IN ('upsert', 'insert', 'patch')),
      held_batch INTEGER REFERENCES batch_3(id),
      erased INTEGER,
      CHECK (read = created + updated + unchanged + duplicate + quarantined),
      CHECK (stored_after = stored_before + CASE state WHEN 'held' THEN 0 ELSE created - removed + ifnull(restored, 0) END),
      CHECK (kind IN ('load', 'retry') OR read = 0),
      CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
      CHECK ((state = 'undone') = (undone_by IS NOT NULL))
    ) STRICT;
    INSERT INTO batch_3 SELECT *, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM batch;
    DROP TABLE batch;
    ALTER TABLE batch_3 RENAME TO batch;
    CREATE TABLE revival (
      dataset TEXT NOT NULL,
      id INTEGER NOT NULL,
      batch INTEGER NOT NULL REFERENCES batch(id),
      origin INTEGER NOT NULL REFERENCES batch(id),
      seal INTEGER,
      PRIMARY KEY (batch, dataset, id)
    ) STRICT;
    CREATE INDEX revival_row ON revival (dataset, id, batch);
    CREATE TABLE erasure (
      batch INTEGER NOT NULL REFERENCES batch(id),
      dataset TEXT NOT NULL,
      identity TEXT NOT NULL,
      erased_at TEXT NOT NULL,
      seal INTEGER
    ) STRICT;
    CREATE INDEX erasure_batch ON erasure (batch);
    CREATE TABLE confirmation (
      dataset TEXT NOT NULL,
      batch INTEGER NOT NULL REFERENCES batch(id),
      ids BLOB NOT NULL,
      seal INTEGER,
      PRIMARY KEY (batch, dataset)
    ) STRICT;
    CREATE VIEW 批次 AS SELECT id AS 批次, state AS 状态, operator AS 操作人, sender AS 报送单位, started_at AS 开始时间,
      finished_at AS 完成时间, read AS 读取, created AS 新增, updated AS 更新, unchanged AS 无变化, duplicate AS 重复,
      quarantined AS 待更正, purpose AS 用途, digest AS 摘要, undoes AS 撤销的批次, undone_by AS 撤销于批次, reason AS 原因
      FROM batch;
    CREATE VIEW 待更正 AS SELECT q.batch AS 批次, i.path AS 文件, q.dataset AS 数据集, q.row AS 数据行, q.line AS 文件行,
      q.reasons AS 原因 FROM quarantine q JOIN batch_input i ON i.batch = q.batch AND i.ordinal = q.input
      JOIN batch b ON b.id = q.batch WHERE b.undone_by IS NULL;
    CREATE VIEW 问题 AS SELECT f.batch AS 批次, i.path AS 文件, f.dataset AS 数据集, f.code AS 规则, f.severity AS 级别,
      f.row AS 数据行, f.line AS 文件行, f.value AS 内容, f.message AS 说明, f.count AS 行数
      FROM finding f JOIN batch_input i ON i.batch = f.batch AND i.ordinal = f.input
      JOIN batch b ON b.id = f.batch WHERE b.undone_by IS NULL;
    \(AuditTrail.tables)
    """
}
