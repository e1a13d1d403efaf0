import ElementCore
import GRDB

/// Proves that the lives of findings fit the days that were recorded.
enum DayProof {
  /// What can be said of all lives, and the condition in SQL under which a life `c` does not fit it.
  private static let faults: [(LocalizedText, String)] = [
    (
      LocalizedText(zh: "起止日期没有记录过", en: "days that were not recorded"),
      """
      NOT EXISTS (SELECT 1 FROM quality_day d WHERE d.number = c.first)
        OR c.last IS NOT NULL AND NOT EXISTS (SELECT 1 FROM quality_day d WHERE d.number = c.last)
      """
    ),
    (
      LocalizedText(zh: "结束早于开始，或没有原因", en: "an end before the beginning, or without a cause"),
      "c.last < c.first OR (c.last IS NULL) <> (c.end_cause IS NULL)"
    ),
    (
      LocalizedText(zh: "同一个问题有两段重叠", en: "two lives at once"),
      """
      EXISTS (SELECT 1 FROM finding_life o WHERE o.fingerprint = c.fingerprint AND o.first > c.first
        AND (c.last IS NULL OR o.first <= c.last))
      """
    ),
    (
      LocalizedText(zh: "规则种类没有登记", en: "kinds that are not known"),
      "NOT EXISTS (SELECT 1 FROM finding_kind k WHERE k.id = c.kind)"
    ),
  ]

  /// The faults that lives have, each once with how many have it.
  static func differences(_ db: Database) throws -> [Difference] {
    try faults.compactMap { fault, condition in
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM finding_life c WHERE \(condition)") ?? 0
      if count == 0 { return nil }
      return Difference(
        subject: "finding_life",
        message: LocalizedText(
          zh: "\(count) 条问题的起止记录不符：\(fault.zh)", en: "\(count) lives of findings do not fit: \(fault.en)"))
    }
  }
}
