extension WarehouseFormat {
  /// What makes a file of format 7 one of format 8: the packages that left, the rows that each held, and what their targets answered.
  ///
  /// A `package` is `begun` before anything is written, `written` when its files stand beside their place, `sent` when they are in it; a run that was
  /// broken off leaves one that the next run finds `sent` or `lost`. Its `base` is the one that a delta builds on, `batch` the last batch whose rows it
  /// knows. A `package_dataset` says which rows the receiver holds when it has taken the package in (`held`, a set of row numbers), and the highest
  /// row number there was. A `package_file` holds the numbers of its rows in order, and which of them say that a record is gone. A `package_row` tells
  /// of a row that stayed behind, or that the target refused or had already. A `receipt` is an answer that was read.
  static let packages = """
    CREATE TABLE package (
      number INTEGER PRIMARY KEY,
      identity TEXT NOT NULL UNIQUE,
      profile TEXT NOT NULL,
      profile_digest TEXT NOT NULL,
      profile_text TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('full', 'delta', 'resend')),
      audience TEXT NOT NULL,
      recipient TEXT,
      fields TEXT NOT NULL,
      legal_basis TEXT NOT NULL,
      purpose TEXT NOT NULL,
      approvals TEXT NOT NULL,
      operator TEXT NOT NULL,
      made_at TEXT NOT NULL,
      base INTEGER REFERENCES package(number),
      batch INTEGER NOT NULL,
      place TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('begun', 'written', 'sent', 'lost')),
      manifest_sha256 TEXT,
      records INTEGER NOT NULL DEFAULT 0,
      deletions INTEGER NOT NULL DEFAULT 0,
      behind INTEGER NOT NULL DEFAULT 0,
      is_answered INTEGER NOT NULL CHECK (is_answered IN (0, 1)),
      answer TEXT NOT NULL CHECK (answer IN ('open', 'partly', 'acknowledged'))
    ) STRICT;
    CREATE INDEX package_profile ON package (profile, number);
    CREATE TABLE package_dataset (
      package INTEGER NOT NULL REFERENCES package(number),
      dataset TEXT NOT NULL,
      last_id INTEGER NOT NULL,
      held BLOB NOT NULL,
      PRIMARY KEY (package, dataset)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE package_file (
      package INTEGER NOT NULL REFERENCES package(number),
      ordinal INTEGER NOT NULL,
      name TEXT NOT NULL,
      dataset TEXT NOT NULL,
      records INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      rows BLOB NOT NULL,
      gone BLOB NOT NULL,
      accepted BLOB NOT NULL,
      PRIMARY KEY (package, ordinal)
    ) STRICT;
    CREATE TABLE package_row (
      package INTEGER NOT NULL REFERENCES package(number),
      dataset TEXT NOT NULL,
      id INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('behind', 'refused', 'present')),
      cause TEXT,
      code TEXT NOT NULL,
      field TEXT NOT NULL,
      words TEXT NOT NULL,
      receipt INTEGER REFERENCES receipt(number),
      PRIMARY KEY (package, dataset, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE receipt (
      number INTEGER PRIMARY KEY,
      package INTEGER NOT NULL REFERENCES package(number),
      sha256 TEXT NOT NULL,
      path TEXT NOT NULL,
      read_at TEXT NOT NULL,
      accepted INTEGER NOT NULL,
      refused INTEGER NOT NULL,
      present INTEGER NOT NULL,
      UNIQUE (package, sha256)
    ) STRICT;
    CREATE VIEW 外送包 AS SELECT identity AS 包号, profile AS 方案, kind AS 类型, recipient AS 接收方, made_at AS 生成时间,
      operator AS 操作人, purpose AS 用途, records AS 记录数, deletions AS 删除数, behind AS 留下未发, state AS 状态, answer AS 回执状态
      FROM package;
    """
}
