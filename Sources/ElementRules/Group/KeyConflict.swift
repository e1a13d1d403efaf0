package import ElementCore

/// G2005: Rows with one key that differ.
package enum KeyConflict {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2005"), symbol: "KEY_CONFLICT", severity: .error,
    title: LocalizedText(zh: "主键相同而内容不同", en: "Rows with one key that differ"),
    message: LocalizedText(
      zh: "与第 {others} 行主键相同但内容不同：{fields}",
      en: "Line {others} has the same key but differs in: {fields}"),
    rationale: LocalizedText(
      zh: "同一个人出现两次且内容不同，系统不能判断哪一行是新的，两行都等待更正。",
      en: "The same key stands twice with different content. Which row is right cannot be told, so all of them wait."),
    fix: LocalizedText(
      zh: "保留正确的一行，删除其余。",
      en: "Keep the right row and remove the others."),
    source: "architecture §2",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲\n11010519491231002X,示例乙")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲\n440524188001010014,示例乙")], waivability: .never)

  /// Which fields differ, by their headings.
  package static func facts(differing zh: [String], _ en: [String]) -> [String: String] {
    ["fields": zh.joined(separator: "、"), "fieldsEn": en.joined(separator: ", ")]
  }
}
