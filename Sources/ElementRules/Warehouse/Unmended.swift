package import ElementCore

/// W0009: A row that came back as it was handed out, though a part of it was lost.
package enum Unmended {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0009"), symbol: "UNMENDED", severity: .error,
    title: LocalizedText(zh: "交回的行没有改好", en: "A row that came back as it was handed out"),
    message: LocalizedText(
      zh: "本行与导出时一样，原来的问题（{reasons}）没有改：导出的内容不全，请对照原始文件补齐",
      en:
        "the row is as it was handed out for {reasons}: what was handed out lacks a part of it, so complete it from the original file"
    ),
    rationale: LocalizedText(
      zh: "列数不符、无法解码的行，导出时缺少的内容看不出来；原样交回就会悄悄丢失。",
      en:
        "What a row of another width, or one that cannot be decoded, has lost is not seen in what is handed out; taken back as it is, it would be lost for good."
    ),
    fix: LocalizedText(
      zh: "对照原始文件补齐各列再交回；人员类型不明（V1319）的行，在原始名册中改好后用 yaosu load 导入。",
      en:
        "Complete its columns from the original file and give it back; a row of an unknown kind (V1319) is mended in its own roster and loaded with yaosu load."
    ),
    source: "GB/T 31000")

  /// The finding about a row that waited for these codes.
  package static func finding(_ row: RecordSpot, reasons: String) -> Finding {
    descriptor.finding(at: row, column: 0, field: -1, value: "", facts: ["reasons": reasons])
  }
}
