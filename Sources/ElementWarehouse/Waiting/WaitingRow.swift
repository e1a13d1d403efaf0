package import ElementCore
import Foundation
import GRDB

/// A row that waits for correction.
package struct WaitingRow: Sendable {
  /// What it is called.
  package let name: WaitingName
  /// Its number in the warehouse.
  package let id: Int64
  /// What it is a record of, by its identifier.
  package let dataset: String
  /// The values of its key, parted by `CheckedBatch.keySeparator`; nil where the key is not sound.
  package let key: [UInt8]?
  /// By what it is known when it comes again; nil for one that an older program kept.
  package let identity: String?
  /// The codes of its errors.
  package let reasons: [RuleCode]
  /// The path of its file as it was given.
  package let file: String
  /// Where it stands there: the line, or the row of the sheet.
  package let line: Int
  /// Who sent it; nil where nobody said.
  package let sender: String?
  /// The batch with which it first came, and when that began, in UTC.
  package let since: (batch: Int, time: String)
  /// Whether linkage found that it is probably about somebody who stands already.
  package let isProbablyKnown: Bool
  /// Its errors as they were told, in Chinese, with the field of each.
  package let findings: [(code: RuleCode, field: String, message: String)]
  /// The headings of its mapped columns.
  package let headings: [String]
  /// Its mapped fields as they were written, as a CSV record; where they cannot be told apart, none or the first.
  package let raw: (bytes: [UInt8], encoding: String)

  /// Whether a row `q` of the quarantine waits: a condition in SQL. Of rows that came several times the last one waits that stands.
  static let waits = """
    q.batch IN (SELECT id FROM batch WHERE state = 'loaded') AND NOT EXISTS (
      SELECT 1 FROM quarantine_end e JOIN batch b ON b.id = e.batch WHERE e.quarantine = q.id AND b.state IN ('loaded', 'loading'))
    AND NOT EXISTS (SELECT 1 FROM quarantine n JOIN batch m ON m.id = n.batch WHERE n.identity = q.identity AND n.batch > q.batch
      AND m.state = 'loaded')
    """

  /// Which of the waiting rows.
  package struct Filter: Sendable, Hashable {
    /// Of a dataset only, by its identifier.
    package var dataset: String?
    /// Of a sender only.
    package var sender: String?
    /// Of a batch only.
    package var batch: Int?
    /// With an error of a code only.
    package var cause: RuleCode?
    /// Those of some names only.
    package var names: Set<WaitingName>?

    /// All of them.
    package init() {}

    /// Whether nothing is left out.
    package var isOpen: Bool { self == Filter() }

    /// The condition in SQL, and what it asks.
    var condition: (sql: String, arguments: StatementArguments) {
      let sql = """
        \(WaitingRow.waits) AND (?1 IS NULL OR q.dataset = ?1) AND (?2 IS NULL OR t.sender = ?2) AND (?3 IS NULL OR q.batch = ?3)
          AND (?4 IS NULL OR instr(',' || q.reasons || ',', ',' || ?4 || ',') > 0)
        """
      return (sql, [dataset, sender, batch, cause?.description])
    }
  }

  /// Ends the wait of a row, and of those that it came in the place of: they do not come back with a batch between that is taken back.
  static func end(_ db: Database, _ id: Int64, _ outcome: String, by batch: Int) throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO quarantine_end (quarantine, batch, outcome)
        SELECT o.id, ?1, ?2 FROM quarantine o WHERE o.id = ?3 OR o.batch < ?1 AND o.identity = (
          SELECT identity FROM quarantine WHERE id = ?3)
        """, arguments: [batch, outcome, id])
  }

  /// Of how many records a batch ended the wait, in any way or in one.
  static func endCount(_ db: Database, _ batch: Int, _ outcome: String? = nil) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT count(DISTINCT ifnull(q.identity, q.id)) FROM quarantine_end e JOIN quarantine q ON q.id = e.quarantine
        WHERE e.batch = ?1 AND (?2 IS NULL OR e.outcome = ?2)
        """, arguments: [batch, outcome]) ?? 0
  }

  /// Visits the waiting rows, those that came first before the others; `tells` their findings too.
  static func forEach(_ db: Database, _ filter: Filter, tells: Bool, _ body: (WaitingRow) throws -> Void) throws {
    let (condition, arguments) = filter.condition
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT q.id, q.batch, q.input, q.row, q.line, q.dataset, q.record_key, q.identity, q.reasons, i.path, i.headings,
          i.raw_encoding, t.sender, s.id AS since, s.started_at, q.raw,
          EXISTS (SELECT 1 FROM linkage_hint h WHERE h.quarantine = q.id) AS is_known
        FROM quarantine q JOIN batch t ON t.id = q.batch JOIN batch_input i ON i.batch = q.batch AND i.ordinal = q.input
          JOIN batch s ON s.id = ifnull(q.since, q.batch)
        WHERE \(condition) ORDER BY since, q.batch, q.input, q.row
        """, arguments: arguments)
    // Rows of one file have the same headings, and stand together.
    var headings: (text: String, all: [String]) = ("", [])
    while let row = try cursor.next() {
      let name = WaitingName(batch: row["batch"], input: row["input"], row: row["row"])
      if filter.names?.contains(name) == false { continue }
      let text: String = row["headings"]
      if !headings.text.utf8.elementsEqual(text.utf8) {
        headings = (text, (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? [])
      }
      try body(WaitingRow(row, name, headings.all, try tells ? findings(db, name) : []))
    }
  }

  private init(
    _ row: Row, _ name: WaitingName, _ headings: [String], _ findings: [(code: RuleCode, field: String, message: String)]
  ) {
    (self.name, self.findings, id, dataset, identity) = (name, findings, row["id"], row["dataset"], row["identity"])
    key = (row["record_key"] as Data?).map { [UInt8]($0) }
    reasons = (row["reasons"] as String).split(separator: ",").compactMap { RuleCode(parsing: String($0)) }
    (file, line, sender, isProbablyKnown) = (row["path"], row["line"], row["sender"], row["is_known"])
    since = (row["since"], row["started_at"])
    self.headings = headings
    raw = ((row["raw"] as Data?).map { [UInt8]($0) } ?? [], row["raw_encoding"])
  }

  private static func findings(_ db: Database, _ name: WaitingName) throws -> [(code: RuleCode, field: String, message: String)]
  {
    try Row.fetchAll(
      db,
      sql: """
        SELECT code, ifnull(field, ''), message FROM finding
        WHERE batch = ? AND input = ? AND row = ? AND severity = 'error' ORDER BY id
        """, arguments: [name.batch, name.input, name.row]
    ).compactMap { row in RuleCode(parsing: row[0]).map { ($0, row[1], row[2]) } }
  }
}
