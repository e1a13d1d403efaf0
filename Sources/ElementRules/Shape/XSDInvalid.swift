import ElementCore

/// S0112: A record that its XML schema does not allow.
enum XSDInvalid {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0112"), symbol: "XSD_INVALID", severity: .error,
    title: LocalizedText(zh: "不符合 XSD", en: "Not valid by the XML schema"),
    message: LocalizedText(
      zh: "元素 <{element}>（第 {line} 行）不符合 XSD：{reason}",
      en: "The element <{element}> at line {line} is not valid by the XML schema: {reason}"),
    rationale: LocalizedText(
      zh: "用 --xsd 给出了接口方的 XSD，这条记录不符合它，对方系统会退回。",
      en: "The schema that was given with --xsd does not allow this record: the system that defines it would send it back."),
    fix: LocalizedText(
      zh: "按 XSD 更正这个元素，或核对 XSD 的版本。",
      en: "Correct the element as the schema asks, or check whether the schema is the right version."),
    source: "XML Schema 1.0 part 1, section 5")
}
