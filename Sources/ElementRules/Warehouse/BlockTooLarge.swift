package import ElementCore

/// W0025: Values so frequent that records with them were not compared with each other.
package enum BlockTooLarge {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0025"), symbol: "BLOCK_TOO_LARGE", severity: .warning,
    title: LocalizedText(zh: "相同的值过于集中，没有比对", en: "Values too frequent to be compared by"),
    message: LocalizedText(
      zh: "规则 {rule}：{blocks} 组相同的值过于集中，其中 {count} 对记录没有按它比对",
      en: "Rule {rule}: {blocks} values are so frequent that {count} pairs were not compared by it"),
    rationale: LocalizedText(
      zh: "成百上千条记录共用一个电话或地址，往往是统一填写的代用值；逐对比对既慢又说明不了什么。",
      en:
        "Hundreds of records with one telephone or address mostly hold a stand-in; to compare each with each is slow and says nothing."
    ),
    fix: LocalizedText(
      zh: "检查是不是代用值（如办公室电话），是的请改为空；yaosu dedupe find --plan 列出每条规则。",
      en:
        "Look whether it stands in for a missing value, such as the telephone of the office, and clear it; yaosu dedupe find --plan lists the rules."
    ),
    source: "linkage: blocking")
}
