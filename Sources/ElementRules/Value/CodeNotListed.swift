import ElementCore

/// V1317: Not in an open code list.
enum CodeNotListed {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1317"), symbol: "CODE_NOT_LISTED", severity: .info,
    title: LocalizedText(zh: "不在开放的代码表中", en: "Not in an open code list"),
    message: LocalizedText(
      zh: "“{header}”的值不在代码表“{expected}”中，已原样保留",
      en: "\"{header}\" is not in the list {expected} and is kept as it stands"),
    rationale: LocalizedText(
      zh: "这类代码表是开放的：各地有自己的类别，不因此退回记录。",
      en: "Lists of kinds are open: every office has its own, and no record is refused for one."),
    fix: LocalizedText(
      zh: "确认不是笔误；常用的类别可加入本地代码表。",
      en: "Make sure that it is no slip; add kinds in use to the site's own list."),
    source: "datasets §3.3",
    failing: [RuleExample("会议编号,会议类型,组织时间\nM1,碰头会,2025-01-02", dataset: "meeting")],
    passing: [RuleExample("会议编号,会议类型,组织时间\nM1,晨会,2025-01-02", dataset: "meeting")])
}
