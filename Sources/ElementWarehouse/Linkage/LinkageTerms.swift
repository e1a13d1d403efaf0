import GRDB

/// By what a run was done beside the text of its model, so that `verify` can do it again.
package struct LinkageTerms: Sendable, Hashable {
  /// The day that counted as today, `YYYY-MM-DD`.
  package let asOf: String
  /// The thresholds, in 1/1024 bit: from which pairs are linked without a person.
  package let auto: Int32
  /// From which pairs a person is asked.
  package let ask: Int32
  /// How groups had to agree.
  package let test: String
  /// The last of what people had said, by its number; 0 for nothing.
  package let decision: Int64

  /// The terms of a run.
  package init(asOf: String, auto: Int32, ask: Int32, test: String, decision: Int64) {
    (self.asOf, self.auto, self.ask, self.test, self.decision) = (asOf, auto, ask, test, decision)
  }

  /// As they are kept.
  var text: String { "\(asOf) \(auto) \(ask) \(test) \(decision)" }

  /// Those that a text says; nil for one of an earlier format, which says nothing.
  init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 5, let auto = Int32(words[1]), let ask = Int32(words[2]), let decision = Int64(words[4]) else {
      return nil
    }
    self.init(asOf: words[0], auto: auto, ask: ask, test: words[3], decision: decision)
  }
}

/// The last run of a kind, where what it found is what stands: nothing was loaded, said, parted or taken back since.
package struct StandingRun: Sendable {
  /// Its number.
  package let id: Int
  /// By what it was done.
  package let terms: LinkageTerms
  /// The text of its model.
  package let model: String
  /// Whether people are joined by the same model and terms, and nothing came between.
  package let isApplied: Bool
}

extension LinkageSession {
  /// The kinds of which there is a run.
  package static func kinds(_ warehouse: Warehouse) throws -> [String] {
    try warehouse.readingLinkage(kind: "") {
      try String.fetchAll($0.db, sql: "SELECT DISTINCT kind FROM linkage_run ORDER BY kind DESC")
    }
  }

  /// By what the last run was done: the text of its model, and its terms; nil where there was none.
  package func lastTerms() throws -> (model: String, terms: LinkageTerms)? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT m.text, r.terms FROM linkage_run r JOIN linkage_model m ON m.digest = r.model
        WHERE r.kind = ? AND r.taken_back_by IS NULL ORDER BY r.is_applied DESC, r.id DESC LIMIT 1
        """, arguments: [kind])
    return row.flatMap { row in LinkageTerms(row[1]).map { (row[0], $0) } }
  }

  /// The last run where what it found stands; nil where something was loaded or said since.
  package func standingRun() throws -> StandingRun? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT r.id, r.terms, m.text, EXISTS (
          SELECT 1 FROM linkage_run a WHERE a.kind = r.kind AND a.is_applied AND a.taken_back_by IS NULL AND a.model = r.model
            AND a.terms = r.terms AND a.last_batch = r.last_batch
            AND NOT EXISTS (SELECT 1 FROM linkage_run o WHERE o.kind = r.kind AND o.is_applied AND o.id > a.id))
        FROM linkage_run r JOIN linkage_model m ON m.digest = r.model
        WHERE r.kind = ?1 AND r.id = (SELECT max(id) FROM linkage_run WHERE kind = ?1) AND r.taken_back_by IS NULL AND r.last_batch = ?2
        """, arguments: [kind, try lastBatch()])
    guard let row, let terms = LinkageTerms(row[1]), try lastDecision() == terms.decision else { return nil }
    return StandingRun(id: row[0], terms: terms, model: row[2], isApplied: row[3])
  }

  /// The number of the last decision; 0 for none.
  package func lastDecision() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM linkage_decision WHERE kind = ?", arguments: [kind]) ?? 0
  }

  /// The pairs that are kept, in the order of their rows.
  package func links() throws -> [StoredLink] {
    try Row.fetchAll(
      db,
      sql: "SELECT * FROM linkage_pair WHERE kind = ? ORDER BY left_dataset, left_row, right_dataset, right_row",
      arguments: [kind]
    ).map {
      StoredLink(
        left: RowName($0["left_dataset"], $0["left_row"]), right: RowName($0["right_dataset"], $0["right_row"]),
        pattern: $0["pattern"], weight: $0["weight"], tier: $0["tier"], barrier: $0["barrier"])
    }
  }
}
