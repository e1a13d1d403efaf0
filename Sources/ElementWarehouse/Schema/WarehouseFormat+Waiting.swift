import Foundation
import GRDB

extension WarehouseFormat {
  /// What a file of format 3 knows of rows that wait for correction, beside format 2.
  ///
  /// A waiting row has an `identity`, by which it is known again when it comes another time, and says in `since` with which batch it first
  /// came. A row of `quarantine_end` says that a batch ended the wait: its record went in (`resolved`), came again and waits as another
  /// row (`replaced`), or was given up (`discarded`). What a batch ended that was taken back since is not ended.
  static let waiting = """
    ALTER TABLE quarantine ADD COLUMN record_key BLOB;
    ALTER TABLE quarantine ADD COLUMN identity TEXT;
    ALTER TABLE quarantine ADD COLUMN since INTEGER REFERENCES batch(id);
    CREATE INDEX quarantine_identity ON quarantine (identity);
    CREATE TABLE quarantine_end (
      quarantine INTEGER NOT NULL REFERENCES quarantine(id),
      batch INTEGER NOT NULL REFERENCES batch(id),
      outcome TEXT NOT NULL CHECK (outcome IN ('resolved', 'replaced', 'discarded')),
      seal INTEGER,
      PRIMARY KEY (quarantine, batch)
    ) STRICT;
    CREATE INDEX quarantine_end_batch ON quarantine_end (batch);
    CREATE TABLE secret (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    DROP VIEW 待更正;
    CREATE VIEW 待更正 AS SELECT q.batch AS 批次, i.path AS 文件, q.dataset AS 数据集, q.row AS 数据行, q.line AS 文件行,
      q.reasons AS 原因, s.started_at AS 首次时间 FROM quarantine q
      JOIN batch_input i ON i.batch = q.batch AND i.ordinal = q.input JOIN batch s ON s.id = ifnull(q.since, q.batch)
      WHERE \(WaitingRow.waits);
    """

  /// Gives a file its own secret: what is told of a record by which it is known again says nothing of its number to who has not the file.
  static func makeSecret(_ db: Database) throws {
    var generator = SystemRandomNumberGenerator()
    let secret = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    try db.execute(sql: "INSERT INTO secret VALUES ('identity', ?)", arguments: [secret])
  }
}
