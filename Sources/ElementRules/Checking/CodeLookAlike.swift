package import ElementCore
package import ElementSchema

/// Lists whose codes look like ours and mean something else: no single row tells, a whole column does.
package enum CodeLookAlike {
  /// Whether the list of a type has a look-alike that is told by how often each code stands.
  static func isKnown(_ type: FieldType) -> Bool { type == .code(set: "education") || type == .code(set: "sex") }

  /// What list a column seems to follow instead of its own; nil where nothing says so.
  package static func list(_ type: FieldType, _ tally: ColumnTally) -> LocalizedText? {
    let counts = tally.codeCounts
    switch type {
    case .boolean where tally.foreignCodes > 0:
      return LocalizedText(zh: "1＝是、2＝否（或 01、02），本表为 1＝是、0＝否", en: "1 yes and 2 no (or 01 and 02) instead of 1 and 0")
    case .code(set: "education") where !counts.isEmpty && counts[50] > 0 && !usesEdition2006(counts):
      return LocalizedText(
        zh: "GB/T 4658-1984（10 大学本科、20 专科、30 中专、50 高中、60 初中、70 小学、80 文盲），本表为 2006 版",
        en: "GB/T 4658-1984 (10 university, 50 senior and 60 junior middle school) instead of the edition of 2006")
    case .code(set: "sex")
    where !counts.isEmpty && counts[0] * 20 > tally.filled && counts[0] + counts[1] == tally.filled
      && counts[1] > 0 && tally.filled >= 4:
      return LocalizedText(zh: "0/1 表示男女，本表为 1＝男、2＝女、0＝未知", en: "0 and 1 for men and women instead of 1 and 2")
    case .code where tally.foreignCodes > 1 && tally.foreignCodes * 2 > tally.filled:
      return LocalizedText(zh: "另一套代码（半数以上的值不在本表中）", en: "another list: more than half of its values are not in this one")
    default: return nil
    }
  }

  /// Codes that only the edition of 2006 has: those that do not end in zero.
  private static func usesEdition2006(_ counts: [Int]) -> Bool {
    counts.indices.contains { $0 % 10 != 0 && counts[$0] > 0 }
  }
}
