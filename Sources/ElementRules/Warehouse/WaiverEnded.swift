package import ElementCore

/// W0019: A waiver that has ended.
package enum WaiverEnded {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0019"), symbol: "WAIVER_ENDED", severity: .warning,
    title: LocalizedText(zh: "暂缓整改已到期", en: "A waiver that has ended"),
    message: LocalizedText(
      zh: "{target} 的暂缓整改已于 {until} 到期（原因：{reason}），{count} 条问题重新计入",
      en: "The waiver of {target} ended on {until} (reason: {reason}): {count} findings count again"),
    rationale: LocalizedText(
      zh: "暂缓整改有期限：到期后同样的问题又会让行待更正，需要有人决定是改好还是再次暂缓。",
      en:
        "A waiver holds for a time. Afterwards the same findings make rows wait again, and somebody has to decide whether they are mended or waived once more."
    ),
    fix: LocalizedText(
      zh: "能改的改好；确需再缓，用 yaosu waive 重新登记期限和原因，或修改 waivers.yaml；不再需要的条目请删去。",
      en:
        "Mend what can be mended. Where more time is needed, say so with yaosu waive, or in waivers.yaml; take entries out that nobody needs."
    ),
    source: "warehouse: findings accepted for a time", waivability: .never)

  /// A finding about a waiver, and how many findings count again.
  package static func finding(_ waiver: Waiver, count: Int) -> Finding {
    descriptor.finding(
      facts: [
        "target": waiver.name, "until": waiver.until.text, "reason": PrintableText.escape(waiver.reason),
        "count": String(count),
      ])
  }
}
