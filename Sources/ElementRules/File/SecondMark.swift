package import ElementCore

/// F0119: A second byte order mark.
package enum SecondMark {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0119"), symbol: "SECOND_BOM", severity: .info,
    title: LocalizedText(zh: "开头有两个标记（BOM）", en: "A second byte order mark"),
    message: LocalizedText(
      zh: "文件开头有两个 BOM 标记，第二个已跳过",
      en: "The file begins with two byte order marks; the second one was passed over"),
    rationale: LocalizedText(
      zh: "多半是两个程序先后各加了一个；有的程序会把第二个当作第一列标题的一部分。",
      en: "Mostly two programs added one each; some readers take the second for a part of the first heading."),
    fix: LocalizedText(
      zh: "无需处理；可请提供方检查导出程序。",
      en: "Nothing to do; the sender may look at the export."),
    source: "reliability T15")

  /// The finding about a file that begins with two marks.
  package static var finding: Finding { descriptor.finding() }
}
