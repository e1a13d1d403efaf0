import ElementCore

/// S0108: A record that is no JSON object.
enum MalformedRecord {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0108"), symbol: "RECORD_MALFORMED", severity: .error,
    title: LocalizedText(zh: "不是一条 JSON 对象", en: "A record that is no JSON object"),
    message: LocalizedText(
      zh: "这条记录不是符合格式的 JSON 对象",
      en: "This record is no well-formed JSON object"),
    rationale: LocalizedText(
      zh: "多余的逗号、没有引号的键、截断的文本都不是 JSON；按猜测读取会读错。",
      en: "A trailing comma, a key without quotes or a text that is cut off is no JSON; guessing would misread it."),
    fix: LocalizedText(
      zh: "让提供方用标准的 JSON 程序重新导出。",
      en: "Ask the sender to export it with a program that writes standard JSON."),
    source: "RFC 8259")
}
