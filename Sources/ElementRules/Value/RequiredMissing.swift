import ElementCore

/// V1002: A required item is missing.
enum RequiredMissing {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1002"), symbol: "REQUIRED_MISSING", severity: .error,
    title: LocalizedText(zh: "缺少必填项", en: "A required item is missing"),
    message: LocalizedText(
      zh: "“{header}”为必填项",
      en: "\"{header}\" is required here"),
    rationale: LocalizedText(
      zh: "本地规定或设置要求这一项必须填写。",
      en: "A layer, a profile or the configuration demands the item."),
    fix: LocalizedText(
      zh: "补填后重新导入这一行。",
      en: "Fill it in and load the row again."),
    source: "yaosu.yaml `required`", waivability: .whole)
}
