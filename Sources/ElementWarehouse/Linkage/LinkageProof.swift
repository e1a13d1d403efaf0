import ElementCore
import GRDB

/// Proves what linkage keeps: each member is a row that stands, of an entity that stands; a number that ended leads to one that answers; and who was joined
/// by the word of a person has that word.
enum LinkageProof {
  /// What does not hold.
  static func differences(_ db: Database, _ shapes: [TableShape]) throws -> [Difference] {
    var differences: [Difference] = []
    for name in try String.fetchAll(db, sql: "SELECT DISTINCT dataset FROM entity_member ORDER BY 1") {
      guard let shape = shapes.first(where: { $0.dataset.utf8.elementsEqual(name.utf8) }) else {
        differences.append(
          difference(zh: "\(name) 的记录不在了，却有归属", en: "rows of \(name) are members, and there is no such dataset"))
        continue
      }
      let lost =
        try Int.fetchOne(
          db,
          sql:
            "SELECT count(*) FROM entity_member m WHERE m.dataset = ? AND NOT EXISTS (SELECT 1 FROM \(shape.table) r WHERE r._id = m.row)",
          arguments: [name]) ?? 0
      if lost > 0 {
        differences.append(difference(zh: "\(name) 有 \(lost) 条归属没有记录", en: "\(lost) members of \(name) are no rows"))
      }
    }
    for (zh, en, query) in checks {
      let count = try Int.fetchOne(db, sql: query) ?? 0
      if count > 0 { differences.append(difference(zh: "\(zh)：\(count)", en: "\(en): \(count)")) }
    }
    return differences
  }

  /// What is counted where it does not hold.
  private static let checks = [
    (
      "归属于已停用编号的记录", "members of numbers that have ended",
      "SELECT count(*) FROM entity_member m JOIN entity e ON e.id = m.entity WHERE e.state <> 'current'"
    ),
    (
      "从未发出的编号", "numbers that were never given",
      "SELECT count(*) FROM entity WHERE id > (SELECT ifnull(max(last), 0) FROM linkage_sequence WHERE name = 'entity')"
    ),
    (
      "人工合并却没有结论的记录", "members by the word of a person that nobody said",
      """
      SELECT count(*) FROM entity_member m WHERE m.how = 'person' AND NOT EXISTS (
        SELECT 1 FROM linkage_decision d WHERE d.answer = 'same' AND d.superseded_by IS NULL
          AND (d.left_dataset = m.dataset AND d.left_row = m.row OR d.right_dataset = m.dataset AND d.right_row = m.row))
      """
    ),
    (
      "说过不是同一人却在一起的记录对", "pairs that a person said are two, and that are one",
      """
      SELECT count(*) FROM linkage_decision d JOIN entity_member l ON l.dataset = d.left_dataset AND l.row = d.left_row
      JOIN entity_member r ON r.dataset = d.right_dataset AND r.row = d.right_row
      JOIN entity e ON e.id = l.entity AND e.kind = d.kind
      WHERE d.answer = 'notSame' AND d.superseded_by IS NULL AND l.entity = r.entity AND d.id <= (
        SELECT ifnull(max(s.id), 0) FROM linkage_decision s WHERE s.decided_at <= (
          SELECT ifnull(max(u.started_at), '') FROM linkage_run u WHERE u.is_applied AND u.taken_back_by IS NULL))
      """
    ),
  ]

  private static func difference(zh: String, en: String) -> Difference {
    Difference(subject: "linkage", message: LocalizedText(zh: zh, en: en))
  }
}
