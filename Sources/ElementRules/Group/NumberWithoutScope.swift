package import ElementCore

/// G2011: Household numbers of which nothing says in which community they were given.
package enum NumberWithoutScope {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("G2011"), symbol: "NUMBER_WITHOUT_SCOPE", severity: .info,
    title: LocalizedText(zh: "户号没有写明所属社区", en: "Household numbers without a community"),
    message: LocalizedText(
      zh: "“{header}”有 {count} 行看不出是哪个社区（村）的：这些行中户号相同的按同一户处理，不与已知社区的同号户核对",
      en:
        "\"{header}\" has {count} rows that tell no community: equal numbers among them are taken for one household, and are not compared with those of known communities"
    ),
    rationale: LocalizedText(
      zh: "户号由各社区（村）各自编排，两个村的 1 号是两户。",
      en: "Every community counts its households from one on: number 1 of two villages is two households."),
    fix: LocalizedText(
      zh: "加上“所属网格”或“所属社区（村）”一栏，或用 --area 指明；户号全站唯一的，在 yaosu.yaml 中写 householdNumberScope: site。",
      en:
        "Add a column with the grid or the community, or name it with --area; where numbers are unique everywhere, say householdNumberScope: site in yaosu.yaml."
    ),
    source: "GB/T 31000",
    failing: [RuleExample("公民身份号码,姓名,户号,与户主关系\n11010519491231002X,示例甲,A1,户主")],
    passing: [RuleExample("公民身份号码,姓名,户号,与户主关系,所属网格\n11010519491231002X,示例甲,A1,户主,01000011010500100101")])

  /// The finding about so many numbers in a column (from 1) of a field (from 0).
  package static func finding(_ count: Int, column: Int, field: Int) -> Finding {
    descriptor.finding(column: column, field: field, facts: ["count": String(count)], count: count)
  }
}
