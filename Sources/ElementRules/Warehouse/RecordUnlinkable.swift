package import ElementCore

/// W0028: Records that say too little to be compared with any other.
package enum RecordUnlinkable {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0028"), symbol: "RECORD_UNLINKABLE", severity: .info,
    title: LocalizedText(zh: "信息太少，无法比对", en: "Too little to be compared by"),
    message: LocalizedText(
      zh: "{count} 条记录没有可用来比对的内容（号码、姓名加生日、电话、住处都缺）",
      en: "{count} records have nothing to be compared by: no number, no name with a birth date, no telephone and no home"),
    rationale: LocalizedText(
      zh: "没有号码、生日、电话和住处的记录，谁也对不上：是不是重复，机器和人都无法判断。",
      en:
        "A record without number, birth date, telephone and home fits nobody: neither a program nor a person can say whether it stands twice."
    ),
    fix: LocalizedText(
      zh: "补上号码或出生日期、电话、住址后再比对。",
      en: "Fill in the number, or birth date, telephone and address."),
    source: "linkage: blocking")
}
