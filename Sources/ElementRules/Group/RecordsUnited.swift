package import ElementCore

/// G2010: Rows of one key that say different things of one record, none against another.
package enum RecordsUnited {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2010"), symbol: "RECORDS_UNITED", severity: .info,
    title: LocalizedText(zh: "主键相同的行合为一条", en: "Rows with one key taken together"),
    message: LocalizedText(
      zh: "与第 {others} 行主键相同且不矛盾，合为一条记录{fields}",
      en: "Line {others} has the same key and says nothing else; they are one record{fields}"),
    rationale: LocalizedText(
      zh: "名册常分几份交来：一份有地址，一份有电话。空着的格子不与别的行矛盾，合起来才是完整的记录。",
      en:
        "Rosters often come in parts: one with addresses, one with telephone numbers. An empty cell contradicts nothing, and only together the rows are the record."
    ),
    fix: LocalizedText(
      zh: "无需处理；如不是同一对象，请更正主键。",
      en: "Nothing to do; where they are not one and the same, correct the key."),
    source: "warehouse: what a row means beside what is stored",
    failing: [RuleExample("公民身份号码,姓名,联系方式\n11010519491231002X,示例甲,\n11010519491231002X,示例甲,13912345678")],
    passing: [RuleExample("公民身份号码,姓名,联系方式\n11010519491231002X,示例甲,13912345678")])

  /// What a row gives that those before it do not, by its headings; nothing for none.
  package static func facts(giving zh: [String], _ en: [String]) -> [String: String] {
    if zh.isEmpty { return ["fields": "", "fieldsEn": ""] }
    return ["fields": "；本行给出：" + zh.joined(separator: "、"), "fieldsEn": "; this row gives: " + en.joined(separator: ", ")]
  }
}
