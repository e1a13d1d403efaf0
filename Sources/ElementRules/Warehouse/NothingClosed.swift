package import ElementCore

/// W0010: A delivery that replaces rows has some of which nobody can say whom they list.
package enum NothingClosed {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0010"), symbol: "NOTHING_CLOSED", severity: .warning,
    title: LocalizedText(zh: "看不出是谁的待更正行，本次没有关闭记录", en: "Rows of nobody known: nothing was closed"),
    message: LocalizedText(
      zh: "有 {count} 行待更正且看不出是哪一条记录，因此范围内名册没有的记录一条也没有关闭",
      en: "{count} rows wait of which nobody can say whom they list, so no record that the roster lacks was closed"),
    rationale: LocalizedText(
      zh: "看不出编号的行可能正是名册“缺少”的那条记录：关闭它就等于把在册的人划掉。",
      en:
        "A row without a readable key may be the very record that seems to be lacking: closing it would strike out who is listed."
    ),
    fix: LocalizedText(
      zh: "更正这些行的编号后，用完整的名册重新导入。",
      en: "Correct the keys of these rows, then load the whole roster again."),
    source: "GB/T 31000")

  /// The finding about so many rows.
  package static func finding(_ count: Int) -> Finding {
    Finding(descriptor.code, descriptor.severity, facts: ["count": String(count)], count: count)
  }
}
