package import ElementCore

/// F0126: A template of another version.
package enum TemplateOther {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0126"), symbol: "TEMPLATE_OTHER", severity: .info,
    title: LocalizedText(zh: "填报表版本不同", en: "A template of another version"),
    message: LocalizedText(
      zh: "填报表是 {version} 版做的，与现在的规范不同，按表头读取{changes}",
      en: "The template was made by version {version} for other schemas and is read by its headings{changes}"),
    rationale: LocalizedText(
      zh: "规范更新以后，旧填报表的列可能多了、少了或改了要求。",
      en: "Since the schemas changed, an old template may have columns too many or too few, or other demands."),
    fix: LocalizedText(
      zh: "这次照常读取；以后请用 yaosu template 重新做一份。",
      en: "It is read all the same; make a new one with yaosu template for the next time."),
    source: "-")

  /// The finding about a template that a version made, with the headings that are new since and those that went.
  package static func finding(version: String, added: [String], gone: [String], line: Int) -> Finding {
    func list(_ names: [String], _ zh: String, _ en: String) -> (String, String) {
      names.isEmpty ? ("", "") : ("；\(zh)：\(names.joined(separator: "、"))", "; \(en): \(names.joined(separator: ", "))")
    }
    let (new, old) = (list(added, "新增的列", "new columns"), list(gone, "已不用的列", "columns that went"))
    return descriptor.finding(
      line: line, facts: ["version": version, "changes": new.0 + old.0, "changesEn": new.1 + old.1])
  }
}
