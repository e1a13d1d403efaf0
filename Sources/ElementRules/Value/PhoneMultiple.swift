import ElementCore

/// V1312: Several numbers in one cell.
enum PhoneMultiple {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1312"), symbol: "PHONE_MULTIPLE", severity: .warning,
    title: LocalizedText(zh: "一格多个号码", en: "Several numbers in one cell"),
    message: LocalizedText(
      zh: "“{header}”有多个号码，已用分号分开保存",
      en: "\"{header}\" holds several numbers; they are kept, separated by semicolons"),
    rationale: LocalizedText(
      zh: "一格一个号码便于核对和拨打。",
      en: "One number a cell is easier to check and to call."),
    fix: LocalizedText(
      zh: "确认主要号码放在第一个。",
      en: "Make sure that the first one is the main number."),
    source: "identifiers §D.7",
    failing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,13912345678/13987654321")],
    passing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,13912345678")])
}
