import ElementCore

/// V1315: A special number plate.
enum PlateSpecial {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1315"), symbol: "PLATE_SPECIAL", severity: .warning,
    title: LocalizedText(zh: "特种车牌", en: "A special number plate"),
    message: LocalizedText(
      zh: "“{header}”是使领馆、武警、应急等特种车牌",
      en: "\"{header}\" is a plate of an embassy, the armed police, rescue services or an airport"),
    rationale: LocalizedText(
      zh: "特种车牌没有统一写法，照原样保存。",
      en: "Special plates have forms of their own and are kept as they are."),
    fix: LocalizedText(
      zh: "核对即可。",
      en: "Check it."),
    source: "GA 36-2018")
}
