import ElementCore

/// V1208: An object class that the table lacks.
enum UnknownObjectClass {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1208"), symbol: "OBJECT_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "编码中的分类不在表中", en: "A class or segment that the site's table lacks"),
    message: LocalizedText(
      zh: "“{header}”中有一段不在本地代码表中",
      en: "A segment of \"{header}\" is not in the site's table"),
    rationale: LocalizedText(
      zh: "CJ/T 348 的对象分类和本地编码段的代码表由本地提供。",
      en: "The classes of CJ/T 348, and the tables of local segments, are the site's own."),
    fix: LocalizedText(
      zh: "补全代码表（如 codes/objectClass.csv），或核对编码。",
      en: "Complete the table (such as codes/objectClass.csv), or check the code."),
    source: "CJ/T 349-2010 clause 5.3")
}
