package import ElementCore

/// W0027: So many rows would be of one that they were not joined.
package enum EntityAtCap {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0027"), symbol: "ENTITY_AT_CAP", severity: .warning,
    title: LocalizedText(zh: "一个人的记录太多", en: "Too many rows for one person"),
    message: LocalizedText(
      zh: "{count} 对记录没有合并：合起来的记录超过 {most} 条",
      en: "{count} pairs were not joined: together there would be more than {most} rows"),
    rationale: LocalizedText(
      zh: "一个人在几份名册里各有一条；几十条合成一个人，多半是代用的号码或电话把不相干的人连了起来。",
      en: "One person stands once in each of a few rosters; dozens that become one are mostly strangers who share a stand-in."),
    fix: LocalizedText(
      zh: "用 yaosu dedupe explain 查看这些记录；确实如此的，在模型里提高 entityCap。",
      en: "Look at them with yaosu dedupe explain; where it is so, raise entityCap in the model."),
    source: "linkage: entities")
}
