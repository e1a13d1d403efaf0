extension WarehouseFormat {
  /// What makes a file of format 6 one of format 7: how much each dataset holds, by grid, on the days that were recorded.
  ///
  /// A `count_subject` is what is counted: the rows of a dataset (`field` and `code` empty), those that fill a field (`code` empty), or those that
  /// hold a code in it. A `day_count` says how many they were in a grid from a day on, until a later day says another number: what stays as it is is
  /// written once.
  static let counts = """
    CREATE TABLE count_subject (
      id INTEGER PRIMARY KEY,
      dataset TEXT NOT NULL,
      field TEXT NOT NULL,
      code TEXT NOT NULL,
      UNIQUE (dataset, field, code)
    ) STRICT;
    CREATE TABLE day_count (
      subject INTEGER NOT NULL REFERENCES count_subject(id),
      grid TEXT NOT NULL,
      day INTEGER NOT NULL REFERENCES quality_day(number),
      count INTEGER NOT NULL,
      PRIMARY KEY (subject, grid, day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX day_count_day ON day_count (day);
    """
}
