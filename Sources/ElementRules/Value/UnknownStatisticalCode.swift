import ElementCore

/// V1210: A township or community that the site's list lacks.
enum UnknownStatisticalCode {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1210"), symbol: "STATISTICAL_CODE_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "乡镇或社区代码不在表中", en: "A township or community that the list lacks"),
    message: LocalizedText(
      zh: "“{header}”不在已导入的乡镇社区代码表中",
      en: "\"{header}\" is not in the list of townships and communities"),
    rationale: LocalizedText(
      zh: "代码表由本单位用 yaosu codes import 导入；同一县的代码应在表中。",
      en: "The list was loaded with yaosu codes import; codes of its counties should be in it."),
    fix: LocalizedText(
      zh: "对照建议的代码核对；新设的乡镇或社区请更新代码表。",
      en: "Check against the code offered; load a newer list where the unit is new."),
    source: "国统字〔2009〕91号")
}
