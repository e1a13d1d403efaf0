extension WarehouseFormat {
  /// What makes a file of format 5 one of format 6: days on which what is stored was checked, and from when to when each finding lived.
  ///
  /// A row of `quality_day` is a day that was recorded, numbered in their order; `batch` is the last one before. A `finding_kind` is a rule at a
  /// field of a dataset, and `rule_state` says what the rule was by a digest, from a day on. A life of a finding begins with the day on which it
  /// was first found (`first`) and ends with the last (`last`), NULL while it lasts; `record` is the number of the stored row that it is about,
  /// the negative number of a row that waits, or 0. `cause` says why it began and `end_cause` why it ended: 1 data, 2 rules, 3 time; 0 the first
  /// day of all, on which nothing can be new. A `run_metric` is a figure of a day: of a dataset, of a grid, or of all (empty); `metric_hash` is over those of a day.
  static let days = """
    CREATE TABLE quality_day (
      number INTEGER PRIMARY KEY,
      day TEXT NOT NULL UNIQUE,
      recorded_at TEXT NOT NULL,
      batch INTEGER NOT NULL,
      schema_digest TEXT NOT NULL,
      tool_version TEXT NOT NULL,
      digest TEXT NOT NULL,
      metric_hash INTEGER,
      seal INTEGER
    ) STRICT;
    CREATE TABLE finding_kind (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL,
      dataset TEXT NOT NULL,
      field TEXT NOT NULL,
      severity TEXT NOT NULL,
      UNIQUE (dataset, code, field, severity)
    ) STRICT;
    CREATE TABLE rule_state (
      kind INTEGER NOT NULL REFERENCES finding_kind(id),
      day INTEGER NOT NULL REFERENCES quality_day(number),
      digest TEXT NOT NULL,
      PRIMARY KEY (kind, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE finding_life (
      fingerprint BLOB NOT NULL,
      first INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      record INTEGER NOT NULL,
      cause INTEGER NOT NULL,
      last INTEGER,
      end_cause INTEGER,
      PRIMARY KEY (fingerprint, first)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE run_metric (
      day INTEGER NOT NULL REFERENCES quality_day(number),
      metric TEXT NOT NULL,
      dataset TEXT NOT NULL,
      grid TEXT NOT NULL,
      numerator INTEGER NOT NULL,
      denominator INTEGER NOT NULL,
      PRIMARY KEY (day, metric, dataset, grid)
    ) STRICT, WITHOUT ROWID;
    CREATE VIEW 整改台账 AS SELECT k.dataset AS 数据集, k.code AS 规则, k.field AS 字段, k.severity AS 级别, f.day AS 首次发现,
      l.day AS 最后发现, CASE c.cause WHEN 1 THEN '数据' WHEN 2 THEN '规则' WHEN 3 THEN '时间' END AS 出现原因,
      CASE c.end_cause WHEN 1 THEN '数据' WHEN 2 THEN '规则' WHEN 3 THEN '时间' END AS 消失原因
      FROM finding_life c JOIN finding_kind k ON k.id = c.kind JOIN quality_day f ON f.number = c.first
      LEFT JOIN quality_day l ON l.number = c.last;
    """
}
