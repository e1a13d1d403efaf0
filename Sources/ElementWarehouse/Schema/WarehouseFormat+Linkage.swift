extension WarehouseFormat {
  /// What makes a file of format 8 one of format 9: which rows are of one person, and how that is known.
  ///
  /// A `linkage_run` compared rows; what it found is `linkage_pair`, and `linkage_question` where a person is asked. An `entity` is a person, house or
  /// organisation: a number that is given once; one that ended names its `successor`, and `members` is the digest of the rows it had. An
  /// `entity_member` is a row of it, and `how` it came in. An `entity_change` keeps what a run changed, so that it can be taken back. A
  /// `linkage_decision` is what a person said of two rows. A `linkage_sequence` knows the last number that was given, which stays when a run
  /// is taken back. No table holds a value of a person.
  static let linkage = """
    CREATE TABLE linkage_model (
      digest TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      text TEXT NOT NULL,
      installed_by TEXT NOT NULL,
      installed_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE linkage_run (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      model TEXT NOT NULL REFERENCES linkage_model(digest),
      last_batch INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      compared INTEGER NOT NULL,
      certain INTEGER NOT NULL,
      auto INTEGER NOT NULL,
      asked INTEGER NOT NULL,
      guarded INTEGER NOT NULL,
      apart INTEGER NOT NULL,
      left_out INTEGER NOT NULL,
      is_applied INTEGER NOT NULL CHECK (is_applied IN (0, 1)),
      entities_before INTEGER NOT NULL,
      entities_after INTEGER NOT NULL,
      created INTEGER NOT NULL,
      merged INTEGER NOT NULL,
      split INTEGER NOT NULL,
      retired INTEGER NOT NULL,
      operator TEXT NOT NULL,
      started_at TEXT NOT NULL,
      ended_at TEXT NOT NULL,
      taken_back_by TEXT,
      CHECK (compared = certain + auto + asked + guarded + apart)
    ) STRICT;
    CREATE TABLE linkage_sequence (
      name TEXT PRIMARY KEY CHECK (name IN ('entity', 'question')),
      last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE entity (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('current', 'retired')),
      successor INTEGER REFERENCES entity(id),
      members INTEGER NOT NULL,
      run INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE entity_member (
      dataset TEXT NOT NULL,
      row INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      entity INTEGER NOT NULL REFERENCES entity(id),
      how TEXT NOT NULL CHECK (how IN ('single', 'certain', 'auto', 'person')),
      run INTEGER NOT NULL,
      PRIMARY KEY (dataset, row)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entity_member_entity ON entity_member (entity);
    CREATE TABLE entity_change (
      run INTEGER NOT NULL,
      dataset TEXT NOT NULL,
      row INTEGER NOT NULL,
      entity INTEGER,
      how TEXT,
      former_run INTEGER,
      PRIMARY KEY (run, dataset, row)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE entity_end (
      run INTEGER NOT NULL,
      entity INTEGER NOT NULL,
      state TEXT NOT NULL,
      successor INTEGER,
      members INTEGER NOT NULL,
      former_run INTEGER NOT NULL,
      PRIMARY KEY (run, entity)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE linkage_pair (
      left_dataset TEXT NOT NULL,
      left_row INTEGER NOT NULL,
      right_dataset TEXT NOT NULL,
      right_row INTEGER NOT NULL,
      kind TEXT NOT NULL,
      pattern INTEGER NOT NULL,
      weight INTEGER NOT NULL,
      tier TEXT NOT NULL,
      barrier TEXT,
      PRIMARY KEY (left_dataset, left_row, right_dataset, right_row)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX linkage_pair_right ON linkage_pair (right_dataset, right_row);
    CREATE TABLE linkage_question (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      left_dataset TEXT NOT NULL,
      left_row INTEGER NOT NULL,
      right_dataset TEXT NOT NULL,
      right_row INTEGER NOT NULL,
      pairs INTEGER NOT NULL,
      pattern INTEGER NOT NULL,
      weight INTEGER NOT NULL,
      barrier TEXT,
      grid TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'stale', 'contradicted')),
      asked_at TEXT NOT NULL,
      UNIQUE (left_dataset, left_row, right_dataset, right_row)
    ) STRICT;
    CREATE TABLE linkage_decision (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      left_dataset TEXT NOT NULL,
      left_row INTEGER NOT NULL,
      right_dataset TEXT NOT NULL,
      right_row INTEGER NOT NULL,
      answer TEXT NOT NULL CHECK (answer IN ('same', 'notSame', 'unsure')),
      pattern INTEGER NOT NULL,
      weight INTEGER NOT NULL,
      operator TEXT NOT NULL,
      decided_at TEXT NOT NULL,
      source TEXT NOT NULL,
      note TEXT NOT NULL,
      question INTEGER,
      superseded_by INTEGER REFERENCES linkage_decision(id)
    ) STRICT;
    CREATE INDEX linkage_decision_rows ON linkage_decision (left_dataset, left_row, right_dataset, right_row);
    CREATE VIEW 同一人 AS SELECT printf('%s%06d', CASE e.kind WHEN 'person' THEN 'P' WHEN 'house' THEN 'H' ELSE 'O' END, m.entity) AS 编号,
      m.dataset AS 数据集, m.row AS 记录, m.how AS 依据 FROM entity_member m JOIN entity e ON e.id = m.entity;
    CREATE VIEW 待核对 AS SELECT id AS 题号, left_dataset AS 数据集一, left_row AS 记录一, right_dataset AS 数据集二, right_row AS 记录二,
      round(weight / 1024.0, 1) AS 把握, barrier AS 原因, grid AS 网格, state AS 状态 FROM linkage_question;
    """
}
