package import ElementCore

/// V1319: A kind that leads to no dataset.
package enum KindUnknown {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("V1319"), symbol: "KIND_UNKNOWN", severity: .error,
    title: LocalizedText(zh: "类别不明，无法归入数据集", en: "A kind that leads to no dataset"),
    message: LocalizedText(
      zh: "“{header}”的值不是已知的类别（{expected}），不知道归入哪个数据集",
      en: "\"{header}\" is none of the kinds ({expected}), so nothing says which dataset the row belongs to"),
    rationale: LocalizedText(
      zh: "实有人口表一行一人，按人员类别分别归入户籍、流动、境外、未落户人口。",
      en: "A form of actual population holds a person a row, and the kind says which roster takes it."),
    fix: LocalizedText(
      zh: "改为表中的类别后重新导入这一行。",
      en: "Use one of the kinds and load the row again."),
    source: "forms that mix kinds")
}
