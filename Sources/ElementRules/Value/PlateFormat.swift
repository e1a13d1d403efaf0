import ElementCore

/// V1314: Not a number plate.
enum PlateFormat {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1314"), symbol: "PLATE_FORMAT", severity: .error,
    title: LocalizedText(zh: "车牌号写法不对", en: "Not a number plate"),
    message: LocalizedText(
      zh: "“{header}”不是车牌号",
      en: "\"{header}\" is not a number plate"),
    rationale: LocalizedText(
      zh: "车牌是省份简称、一个字母和五位或六位。",
      en: "A plate is a province, a letter and five or six characters."),
    fix: LocalizedText(
      zh: "对照行驶证核对；字母 I、O 不用于车牌。",
      en: "Check the vehicle licence; plates have no I and no O."),
    source: "GA 36-2018", waivability: .whole)
}
