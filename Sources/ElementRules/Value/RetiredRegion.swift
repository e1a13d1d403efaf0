import ElementCore

/// V1108: A withdrawn division.
enum RetiredRegion {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1108"), symbol: "REGION_RETIRED", severity: .warning,
    title: LocalizedText(zh: "区划已撤销", en: "A withdrawn division"),
    message: LocalizedText(
      zh: "“{header}”的区划代码已撤销{successor}",
      en: "\"{header}\" names a withdrawn division{successor}"),
    rationale: LocalizedText(
      zh: "行政区划调整后旧代码不再使用；身份号码中的旧代码是正常的，不会提示。",
      en: "Old codes go out of use when divisions change. In citizen numbers they are normal and silent."),
    fix: LocalizedText(
      zh: "改用新代码。",
      en: "Use the new code."),
    source: "GB/T 2260",
    failing: [
      RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格\n01000032062200100100,第三网格", dataset: "grid")
    ],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")])
}
