import ElementCore

/// V1318: Code and label disagree.
enum LabelDisagrees {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1318"), symbol: "LABEL_DISAGREES", severity: .error,
    title: LocalizedText(zh: "代码与名称不一致", en: "Code and label disagree"),
    message: LocalizedText(
      zh: "“{header}”的代码与名称栏写的“{expected}”不是一回事",
      en: "\"{header}\" and its label \"{expected}\" are not the same"),
    rationale: LocalizedText(
      zh: "代码来自另一套编码（如按人口多少给民族编号）时，只有名称能看出来。",
      en: "Where codes come from another list, such as ethnic groups by population, only the label tells."),
    fix: LocalizedText(
      zh: "核对原始资料，改正代码或名称；整列不符时很可能整列用了别的代码表。",
      en: "Check the source and correct one of them; where the whole column differs it follows another list."),
    source: "datasets §3.2",
    failing: [RuleExample("公民身份号码,姓名,民族代码,民族名称\n11010519491231002X,示例甲,02,壮族")],
    passing: [RuleExample("公民身份号码,姓名,民族代码,民族名称\n11010519491231002X,示例甲,08,壮族")], waivability: .whole)
}
