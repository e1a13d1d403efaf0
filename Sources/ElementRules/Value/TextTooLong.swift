import ElementCore

/// V1010: Text over its length.
enum TextTooLong {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1010"), symbol: "TEXT_TOO_LONG", severity: .error,
    title: LocalizedText(zh: "内容太长", en: "Text over its length"),
    message: LocalizedText(
      zh: "“{header}”有 {actual} 个字符，最多 {expected} 个",
      en: "\"{header}\" has {actual} characters; at most {expected} fit"),
    rationale: LocalizedText(
      zh: "超过长度的内容上级系统不接收。",
      en: "Receiving systems refuse text beyond the length."),
    fix: LocalizedText(
      zh: "缩短内容，或检查是否填错了列。",
      en: "Shorten it, or check whether it stands in the wrong column."),
    source: "datasets §2",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示示")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
