import ElementCore

/// V1208: An object class that the table lacks.
enum UnknownObjectClass {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1208"), symbol: "OBJECT_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "对象分类不在表中", en: "An object class that the table lacks"),
    message: LocalizedText(
      zh: "“{header}”前 6 位不在本地对象分类表中",
      en: "The first six digits of \"{header}\" are not in the site's table of object classes"),
    rationale: LocalizedText(
      zh: "CJ/T 348 的对象分类由本地提供。",
      en: "The classes of CJ/T 348 are the site's own table."),
    fix: LocalizedText(
      zh: "补全 codes/objectClass.csv，或核对编码。",
      en: "Complete codes/objectClass.csv, or check the code."),
    source: "CJ/T 349-2010 clause 5.3")
}
