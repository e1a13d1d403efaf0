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

  /// What a day wrote, in the order of its keys.
  private static let written = [
    ("SELECT metric, dataset, grid, numerator, denominator FROM run_metric WHERE day = ? ORDER BY metric, dataset, grid", 5),
    (
      """
      SELECT s.dataset, s.field, s.code, c.grid, c.count FROM day_count c JOIN count_subject s ON s.id = c.subject
      WHERE c.day = ? ORDER BY s.dataset, s.field, s.code, c.grid
      """, 5
    ),
  ]

  /// XXH64 over the figures of a day and then over what it counted, each in the order of their key: each column as its bytes, ended by 0x1F.
  static func metricHash(_ db: Database, day: Int, path: String) throws -> Int64 {
    var bytes: [UInt8] = []
    // Files of format 6 have figures and no counts.
    for (sql, width) in try StoredFormat.number(db) >= 7 ? written : [written[0]] {
      let rows = try BulkStatement(db, sql, path: path)
      rows.bind(Int64(day), at: 1)
      while try rows.step() {
        for column in 0..<width {
          rows.append(column, to: &bytes)
          bytes.append(0x1F)
        }
      }
    }
    return Int64(bitPattern: XXH64.hash(bytes.span))
  }

  /// The last `count` days up to the last one whose figures are others than were recorded.
  private static func changedDays(_ db: Database, count: Int, path: String) throws -> [Difference] {
    try Row.fetchAll(db, sql: "SELECT number, day, metric_hash FROM quality_day ORDER BY number DESC LIMIT \(count)").reversed()
      .compactMap { row in
        if try metricHash(db, day: row[0], path: path) == row[2] as Int64? { return nil }
        let day: String = row[1]
        return Difference(
          subject: "run_metric",
          message: LocalizedText(zh: "\(day) 的指标被改动过", en: "the figures of \(day) are not those that were recorded"))
      }
  }

  /// The days whose lives are not as many as the audit chain says of the last time that they were recorded.
  private static func miscountedDays(_ db: Database) throws -> [Difference] {
    let told = try String.fetchAll(db, sql: "SELECT counts FROM audit WHERE counts LIKE 'qualityDay=%' ORDER BY seq")
    var counts: [String: String] = [:]
    for text in told {
      let parts = text.split(separator: ",", maxSplits: 1).map(String.init)
      if parts.count == 2 { counts[String(parts[0].dropFirst("qualityDay=".count))] = parts[1] }
    }
    let sums = try LifeCountsByDay(db)
    return try Row.fetchAll(db, sql: "SELECT number, day FROM quality_day ORDER BY number").compactMap { row in
      let (number, day): (Int, String) = (row[0], row[1])
      let found = sums.text(of: number)
      guard let said = counts[day], !said.utf8.elementsEqual(found.utf8) else { return nil }
      return Difference(
        subject: "finding_life",
        message: LocalizedText(
          zh: "\(day) 的问题数与审计链不符：审计链为 \(said)，现为 \(found)", en: "the lives of \(day) are \(found); the audit chain says \(said)"
        ))
    }
  }

  /// The faults that lives have, each once with how many have it, and days, of the last ones, whose figures were changed.
  static func differences(_ db: Database, days: Int = .max, path: String) throws -> [Difference] {
    try changedDays(db, count: days, path: path) + miscountedDays(db)
      + faults.compactMap { fault, condition in
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM finding_life c WHERE \(condition)") ?? 0
        if count == 0 { return nil }
        return Difference(
          subject: "finding_life",
          message: LocalizedText(
            zh: "\(count) 条问题的起止记录不符：\(fault.zh)", en: "\(count) lives of findings do not fit: \(fault.en)"))
      }
  }
}

/// How many lives are open on each recorded day, began on it, and ended with the day before, as the audit chain tells it.
struct LifeCountsByDay {
  private var (began, new, ended): ([Int: Int], [Int: Int], [Int: Int]) = ([:], [:], [:])

  /// Counts all lives of a warehouse, in one pass.
  init(_ db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT first, last, cause > 0, count(*) FROM finding_life GROUP BY 1, 2, 3") {
      let (first, isNew, count): (Int, Bool, Int) = (row[0], row[2], row[3])
      began[first, default: 0] += count
      if isNew { new[first, default: 0] += count }
      if let last = row[1] as Int? { ended[last, default: 0] += count }
    }
  }

  /// What the chain says of a day, by its number.
  func text(of day: Int) -> String {
    let open = began.reduce(0) { $1.key <= day ? $0 + $1.value : $0 } - ended.reduce(0) { $1.key < day ? $0 + $1.value : $0 }
    return "open=\(open),new=\(new[day] ?? 0),fixed=\(ended[day - 1] ?? 0)"
  }
}
