extension WarehouseFormat {
  /// What makes a file of format 3 one of format 4: loads that replace a part of a dataset (`mode`, `scope`), what else was asked of a load that
  /// decides about its rows (`options`, parted by commas), which rows are closed because a load lacked them, and which batch said first how rows are known
  /// (`setting`).
  ///
  /// A batch says how many rows of `finding`, `fix` and `confirmation` it kept, so that those that are gone show; one of an older format says
  /// nothing of it.
  ///
  /// A row of `closing` says that a batch closed a row (`closes`), or opened it again because a later list names it; the last one of a
  /// batch that stands counts. The view `closed_row` says it of today.
  static let closing = """
    DROP VIEW 批次; DROP VIEW 待更正; DROP VIEW 问题;
    CREATE TABLE batch_4 (
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
      undoes INTEGER REFERENCES batch_4(id),
      undone_by INTEGER REFERENCES batch_4(id),
      reason TEXT,
      restored INTEGER,
      reverted INTEGER,
      mode TEXT CHECK (mode IN ('upsert', 'insert', 'patch', 'replace')),
      held_batch INTEGER REFERENCES batch_4(id),
      erased INTEGER,
      scope TEXT,
      options TEXT,
      closed INTEGER,
      opened INTEGER,
      findings INTEGER,
      fixes INTEGER,
      confirmations INTEGER,
      CHECK (read = created + updated + unchanged + duplicate + quarantined),
      CHECK (stored_after = stored_before + CASE state WHEN 'held' THEN 0 ELSE created - removed + ifnull(restored, 0) END),
      CHECK (kind IN ('load', 'retry', 'regrid') OR read = 0),
      CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
      CHECK ((state = 'undone') = (undone_by IS NOT NULL)),
      CHECK ((ifnull(mode, '') = 'replace') = (scope IS NOT NULL))
    ) STRICT;
    INSERT INTO batch_4 SELECT *, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM batch;
    DROP TABLE batch;
    ALTER TABLE batch_4 RENAME TO batch;
    DROP INDEX quarantine_identity;
    CREATE INDEX quarantine_identity ON quarantine (identity, batch);
    CREATE TABLE setting_4 (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL,
      batch INTEGER NOT NULL REFERENCES batch(id),
      seal INTEGER
    ) STRICT;
    INSERT INTO setting_4 SELECT name, value, (SELECT min(id) FROM batch), NULL FROM setting;
    DROP TABLE setting;
    ALTER TABLE setting_4 RENAME TO setting;
    CREATE TABLE closing (
      dataset TEXT NOT NULL,
      id INTEGER NOT NULL,
      batch INTEGER NOT NULL REFERENCES batch(id),
      closes INTEGER NOT NULL CHECK (closes IN (0, 1)),
      recorded_at TEXT NOT NULL,
      seal INTEGER,
      PRIMARY KEY (batch, dataset, id)
    ) STRICT;
    CREATE INDEX closing_row ON closing (dataset, id, batch);
    CREATE VIEW closed_row AS SELECT c.dataset, c.id, c.batch AS _closed_by, c.recorded_at AS _closed_at
      FROM closing c JOIN batch b ON b.id = c.batch
      WHERE c.closes AND b.undone_by IS NULL AND NOT EXISTS (
        SELECT 1 FROM closing d JOIN batch e ON e.id = d.batch
        WHERE d.dataset = c.dataset AND d.id = c.id AND d.batch > c.batch AND e.undone_by IS NULL);
    CREATE VIEW 批次 AS SELECT id AS 批次, state AS 状态, operator AS 操作人, sender AS 报送单位, started_at AS 开始时间,
      finished_at AS 完成时间, read AS 读取, created AS 新增, updated AS 更新, unchanged AS 无变化, duplicate AS 重复,
      quarantined AS 待更正, closed AS 关闭, opened AS 恢复, purpose AS 用途, digest AS 摘要, undoes AS 撤销的批次,
      undone_by AS 撤销于批次, reason AS 原因, scope AS 范围 FROM batch;
    CREATE VIEW 待更正 AS SELECT q.batch AS 批次, i.path AS 文件, q.dataset AS 数据集, q.row AS 数据行, q.line AS 文件行,
      q.reasons AS 原因, s.started_at AS 首次时间 FROM quarantine q
      JOIN batch_input i ON i.batch = q.batch AND i.ordinal = q.input JOIN batch s ON s.id = ifnull(q.since, q.batch)
      WHERE \(WaitingRow.waits);
    CREATE VIEW 问题 AS SELECT f.batch AS 批次, i.path AS 文件, f.dataset AS 数据集, f.code AS 规则, f.severity AS 级别,
      f.row AS 数据行, f.line AS 文件行, f.value AS 内容, f.message AS 说明, f.count AS 行数
      FROM finding f JOIN batch_input i ON i.batch = f.batch AND i.ordinal = f.input
      JOIN batch b ON b.id = f.batch WHERE b.undone_by IS NULL;
    """
}
