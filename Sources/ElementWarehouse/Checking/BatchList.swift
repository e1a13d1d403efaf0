import GRDB

/// A batch as a list shows it.
package struct BatchSummary: Sendable {
  /// The number.
  package let id: Int
  /// Loaded, or undone.
  package let state: String
  /// Who ran it.
  package let operatorName: String
  /// When it started, in UTC.
  package let startedAt: String
  /// What became of its records.
  package let counts: RunCounts
  /// The digest of the warehouse behind it.
  package let digest: String
  /// How many waiting rows it gave up, and why; nil for any other batch.
  package let discard: (count: Int, reason: String?)?
  /// The held load that it goes on with, or gives up; nil for none.
  package let heldBatch: Int?
  /// How many stored rows it closed because it lacked them, and opened again because it lists them.
  package let closed, opened: Int
  /// The part of the stored rows that it replaced; nil for none.
  package let scope: String?
  /// What it took back; nil for a load.
  package let undo: Undo?
  /// The batch that took it back; nil where it stands.
  package let undoneBy: Int?

  /// What a batch took back.
  package struct Undo: Sendable {
    /// The number of the batch that it took back.
    package let batch: Int
    /// Rows that left, got former values back, and came back whole.
    package let removed, reverted, restored: Int
    /// Why; nil where nobody said.
    package let reason: String?
  }
}

/// An input of a batch as a list shows it.
package struct BatchInputSummary: Sendable {
  /// The path as it was given.
  package let path: String
  /// What the input's rows are records of.
  package let dataset: String
  /// The digest of the input's bytes as they came, in hexadecimal digits.
  package let sha256: String
  /// How the input was decoded.
  package let encoding: String
  /// What became of its records.
  package let counts: RunCounts
}

extension Warehouse {
  /// The batches, oldest first, or one of them.
  package func batches(id: Int? = nil) throws -> [BatchSummary] {
    try translatingErrors(path) {
      try queue.read { db in
        try Row.fetchAll(db, sql: "SELECT * FROM batch WHERE ?1 IS NULL OR id = ?1 ORDER BY id", arguments: [id]).map { row in
          BatchSummary(
            id: row["id"], state: row["state"], operatorName: row["operator"], startedAt: row["started_at"],
            counts: RunCounts(row), digest: row["digest"] ?? "",
            discard: row["kind"] == "discard" ? (try WaitingRow.endCount(db, row["id"]), row["reason"]) : nil,
            heldBatch: row["held_batch"], closed: row["closed"] ?? 0, opened: row["opened"] ?? 0, scope: row["scope"],
            undo: (row["undoes"] as Int?).map { batch in
              BatchSummary.Undo(
                batch: batch, removed: row["removed"], reverted: row["reverted"] ?? 0, restored: row["restored"] ?? 0,
                reason: row["reason"])
            }, undoneBy: row["undone_by"])
        }
      }
    }
  }

  /// The inputs of a batch in the order of the delivery.
  package func inputs(ofBatch id: Int) throws -> [BatchInputSummary] {
    try translatingErrors(path) {
      try queue.read { db in
        try Row.fetchAll(db, sql: "SELECT * FROM batch_input WHERE batch = ? ORDER BY ordinal", arguments: [id]).map { row in
          BatchInputSummary(
            path: row["path"], dataset: row["dataset"], sha256: row["sha256"], encoding: row["encoding"], counts: RunCounts(row)
          )
        }
      }
    }
  }

  /// How often each rule was broken in a batch, most often first.
  package func findingCounts(ofBatch id: Int) throws -> [(code: String, severity: String, count: Int)] {
    try translatingErrors(path) {
      try queue.read { db in
        try Row.fetchAll(
          db, sql: "SELECT code, severity, sum(count) FROM finding WHERE batch = ? GROUP BY 1, 2 ORDER BY 3 DESC, 1",
          arguments: [id]
        ).map { ($0[0], $0[1], $0[2]) }
      }
    }
  }
}

extension RunCounts {
  /// The counts in a row of `batch` or `batch_input`.
  init(_ row: Row) {
    self.init()
    read = row["read"]
    created = row["created"]
    updated = row["updated"]
    unchanged = row["unchanged"]
    duplicate = row["duplicate"]
    quarantined = row["quarantined"]
  }
}

extension Warehouse {
  /// What the first load said of how rows are known; nil before it, or where it said nothing.
  package func setting(_ name: String) throws -> String? {
    try translatingErrors(path) {
      try queue.read { try String.fetchOne($0, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name]) }
    }
  }

  /// The mappings that rows of a dataset were loaded with, each once, as `batch_input` keeps them.
  package func mappings(of dataset: String) throws -> [String] {
    try translatingErrors(path) {
      try queue.read {
        try String.fetchAll($0, sql: "SELECT DISTINCT mapping FROM batch_input WHERE dataset = ?", arguments: [dataset])
      }
    }
  }
}
