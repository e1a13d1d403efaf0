import ElementCore

/// V1209: A major object class that the table lacks.
enum MissingObjectClass {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1209"), symbol: "OBJECT_CLASS_MISSING", severity: .warning,
    title: LocalizedText(zh: "对象大类不在表中", en: "A major object class that the table lacks"),
    message: LocalizedText(
      zh: "“{header}”的对象大类不在本地对象分类表中",
      en: "The major class of \"{header}\" is not in the site's table"),
    rationale: LocalizedText(
      zh: "小类应有对应的大类（末两位为 00）。",
      en: "A class belongs to a major class, which ends in 00."),
    fix: LocalizedText(
      zh: "补全 codes/objectClass.csv。",
      en: "Complete codes/objectClass.csv."),
    source: "CJ/T 349-2010 clause 5.3")
}
