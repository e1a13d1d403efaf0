import GRDB

/// A row of a warehouse, as linkage names it.
package struct RowName: Sendable, Hashable, Comparable {
  /// Where it stands, such as `registeredResident`.
  package let dataset: String
  /// The number of the row (`_id`).
  package let row: Int64

  /// The row of a dataset by its number.
  package init(_ dataset: String, _ row: Int64) { (self.dataset, self.row) = (dataset, row) }

  /// By dataset, then by number.
  package static func < (left: RowName, right: RowName) -> Bool { (left.dataset, left.row) < (right.dataset, right.row) }
}

/// Two rows that were compared, and what came of it: a pair, or the question about it.
package struct StoredLink: Sendable, Hashable {
  /// The two rows.
  package let left: RowName
  /// The row that is compared with it.
  package let right: RowName
  /// The levels of all comparisons, four bits each.
  package let pattern: Int64
  /// The weight, in 1/1024 bit.
  package let weight: Int32
  /// What became of it: certain, auto, ask, guarded.
  package let tier: String
  /// The guard that holds; nil for none.
  package let barrier: String?

  /// A pair.
  package init(left: RowName, right: RowName, pattern: Int64, weight: Int32, tier: String, barrier: String?) {
    (self.left, self.right, self.pattern, self.weight, self.tier, self.barrier) = (left, right, pattern, weight, tier, barrier)
  }
}

/// A question to a person: whether two rows, and those with them, are one.
package struct StoredQuestion: Sendable, Hashable {
  /// What a question waits for.
  package enum State: String, Sendable, CaseIterable {
    /// An answer.
    case open
    /// A new answer: what was answered has changed since.
    case stale
    /// A new answer: what was said can no longer be.
    case contradicted
  }

  /// The number; 0 for one that is new.
  package var id: Int64
  /// The pair that is likeliest of all between the two.
  package let link: StoredLink
  /// How many pairs there are between the two.
  package let pairs: Int
  /// The grid of the first row; nothing where it has none.
  package let grid: String
  /// What it waits for.
  package let state: State

  /// A question.
  package init(id: Int64 = 0, link: StoredLink, pairs: Int, grid: String, state: State) {
    (self.id, self.link, self.pairs, self.grid, self.state) = (id, link, pairs, grid, state)
  }

  init(_ row: Row) {
    self.init(
      id: row["id"],
      link: StoredLink(
        left: RowName(row["left_dataset"], row["left_row"]), right: RowName(row["right_dataset"], row["right_row"]),
        pattern: row["pattern"], weight: row["weight"], tier: "ask", barrier: row["barrier"]), pairs: row["pairs"],
      grid: row["grid"],
      state: State(rawValue: row["state"]) ?? .open)
  }
}

/// What a person said of two rows.
package struct StoredDecision: Sendable, Hashable {
  /// What was said.
  package enum Answer: String, Sendable, CaseIterable {
    /// They are one.
    case same
    /// They are two.
    case notSame
    /// It cannot be known.
    case unsure
  }

  /// The two rows.
  package let left: RowName
  /// The row that is compared with it.
  package let right: RowName
  /// What was said.
  package let answer: Answer
  /// The levels that were seen then.
  package let pattern: Int64
  /// The weight then, in 1/1024 bit.
  package let weight: Int32
  /// Where it was said: a file, the terminal, or an unmerge.
  package let source: String
  /// What was written beside it.
  package let note: String
  /// The question that it answers; nil for none.
  package let question: Int64?

  /// A decision.
  package init(
    left: RowName, right: RowName, answer: Answer, pattern: Int64, weight: Int32, source: String, note: String,
    question: Int64? = nil
  ) {
    self.question = question
    (self.left, self.right, self.answer, self.pattern, self.weight) = (left, right, answer, pattern, weight)
    (self.source, self.note) = (source, note)
  }

  init(_ row: Row) {
    self.init(
      left: RowName(row["left_dataset"], row["left_row"]), right: RowName(row["right_dataset"], row["right_row"]),
      answer: Answer(rawValue: row["answer"]) ?? .unsure, pattern: row["pattern"], weight: row["weight"], source: row["source"],
      note: row["note"], question: row["question"])
  }
}
