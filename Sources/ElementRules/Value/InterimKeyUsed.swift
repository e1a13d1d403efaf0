import ElementCore

/// V1004: A row without its number yet.
enum InterimKeyUsed {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1004"), symbol: "INTERIM_KEY", severity: .info,
    title: LocalizedText(zh: "编号未知，暂以其他信息识别", en: "A row without its number yet"),
    message: LocalizedText(
      zh: "“{header}”为空，暂以{fields}识别；有了编号再次导入时自动合并",
      en: "\"{header}\" is empty: the row stands under {fields} until the number comes"),
    rationale: LocalizedText(
      zh: "新生儿和未落户人员没有公民身份号码，也要在册；有号码后应是同一个人。",
      en:
        "Newborn and never registered people have no number and must be kept all the same; when the number comes they are the same person."
    ),
    fix: LocalizedText(
      zh: "取得号码后补填并重新导入；请确保姓名、出生日期、户号填写一致。",
      en: "Fill in the number when it is known and load again; keep name, birth date and household number as they were."),
    source: "datasets §2.16",
    failing: [RuleExample("公民身份号码,姓名,出生日期,户号\n,示例甲,2025-03-01,A1")],
    passing: [RuleExample("公民身份号码,姓名,出生日期,户号\n11010519491231002X,示例甲,1949-12-31,A1")])
}
