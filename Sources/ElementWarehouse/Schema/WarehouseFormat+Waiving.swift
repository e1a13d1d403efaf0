extension WarehouseFormat {
  /// What makes a file of format 4 one of format 5: findings that are known again and accepted for a time.
  ///
  /// A row of `waiver` says until when all findings of a code, or one by its fingerprint, make no row wait; the last one about the same
  /// counts, which may be that it was taken back (`withdrawn`). `waived` of a batch is how many of its findings were; `record_origin` says of a record that got its number with a
  /// batch by what its findings were known before (both HMACs). `effective` is the day from which on records lie in the grids that a batch moved
  /// them to.
  static let waiving = """
    CREATE TABLE waiver (
      id INTEGER PRIMARY KEY,
      target TEXT NOT NULL,
      code TEXT NOT NULL,
      dataset TEXT,
      until TEXT NOT NULL,
      withdrawn INTEGER CHECK (withdrawn = 1),
      reason TEXT NOT NULL,
      operator TEXT NOT NULL,
      made_at TEXT NOT NULL,
      seal INTEGER
    ) STRICT;
    CREATE TABLE record_origin (
      batch INTEGER NOT NULL REFERENCES batch(id),
      dataset TEXT NOT NULL,
      subject TEXT NOT NULL,
      origin TEXT NOT NULL,
      seal INTEGER,
      PRIMARY KEY (batch, dataset, subject)
    ) STRICT;
    ALTER TABLE finding ADD COLUMN fingerprint TEXT;
    ALTER TABLE finding ADD COLUMN waived INTEGER CHECK (waived = 1);
    ALTER TABLE batch ADD COLUMN waived INTEGER;
    ALTER TABLE batch ADD COLUMN effective TEXT CHECK (effective IS NULL OR kind = 'regrid');
    DROP VIEW 问题;
    CREATE VIEW 问题 AS SELECT f.batch AS 批次, i.path AS 文件, f.dataset AS 数据集, f.code AS 规则, f.severity AS 级别,
      f.row AS 数据行, f.line AS 文件行, f.value AS 内容, f.message AS 说明, f.count AS 行数,
      iif(f.waived, '是', NULL) AS 暂缓整改, f.fingerprint AS 指纹
      FROM finding f JOIN batch_input i ON i.batch = f.batch AND i.ordinal = f.input
      JOIN batch b ON b.id = f.batch WHERE b.undone_by IS NULL;
    CREATE VIEW 暂缓整改 AS SELECT w.target AS 对象, w.code AS 规则, w.dataset AS 数据集, w.until AS 截止日期, w.reason AS 原因,
      w.operator AS 操作人, w.made_at AS 登记时间 FROM waiver w
      WHERE w.id = (SELECT max(l.id) FROM waiver l WHERE l.target = w.target AND l.dataset IS w.dataset) AND w.withdrawn IS NULL;
    """
}
