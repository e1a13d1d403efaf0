import ElementCore

/// V1006: A value to be taken away that a record cannot be without.
enum ClearRefused {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1006"), symbol: "CLEAR_REFUSED", severity: .error,
    title: LocalizedText(zh: "主键或必填项写成 <清空>", en: "A key or a required item to be cleared"),
    message: LocalizedText(
      zh: "“{header}”是主键或必填项，不能清空",
      en: "\"{header}\" is a key or a required item and cannot be cleared"),
    rationale: LocalizedText(
      zh: "<清空> 把已存的值去掉；没有主键和必填项，就不知道这条记录是谁、是什么。",
      en:
        "<clear> takes the stored value away; without its key and what is required nobody knows whom or what a record is about."
    ),
    fix: LocalizedText(
      zh: "填写“{header}”的值后重新导入这一行。",
      en: "Write the value of \"{header}\" and load the row again."),
    source: "architecture §3",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,<清空>")],
    passing: [RuleExample("公民身份号码,姓名,曾用名\n11010519491231002X,示例甲,<清空>")])
}
