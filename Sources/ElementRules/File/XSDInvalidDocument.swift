import ElementCore

/// F0118: A document whose XML schema does not allow what stands around its records.
enum XSDInvalidDocument {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0118"), symbol: "XSD_INVALID_DOCUMENT", severity: .error,
    title: LocalizedText(zh: "记录之外不符合 XSD", en: "Not valid by the XML schema around the records"),
    message: LocalizedText(
      zh: "记录之外有 {count} 处不符合 XSD，第一处是第 {line} 行的元素 <{place}>",
      en: "The XML schema does not allow what stands around the records: {count} of it, the first is <{place}> at line {line}"),
    rationale: LocalizedText(
      zh: "用 --xsd 给出了接口方的 XSD，报文的外层不符合它，对方系统会退回整个文件。",
      en:
        "The schema that was given with --xsd does not allow the envelope: the system that defines it would send the whole file back."
    ),
    fix: LocalizedText(
      zh: "按 XSD 更正外层元素，或核对 XSD 的版本；记录本身照常检查。",
      en:
        "Correct the elements around the records, or check whether the schema is the right version; the records are checked all the same."
    ),
    source: "XML Schema 1.0 part 1, section 5")
}
