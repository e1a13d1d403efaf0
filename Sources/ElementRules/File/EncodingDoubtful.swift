package import ElementCore

/// F0107: A doubtful encoding.
package enum EncodingDoubtful {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0107"), symbol: "ENCODING_DOUBTFUL", severity: .warning,
    title: LocalizedText(zh: "编码存疑", en: "A doubtful encoding"),
    message: LocalizedText(
      zh: "编码判定为 {value}，但按 {other} 也能读",
      en: "Read as {value}, but {other} is possible too"),
    rationale: LocalizedText(
      zh: "有些汉字的 GBK 字节恰好也是合法的 UTF-8，短文件可能两种读法都成立。",
      en: "Some characters have GBK bytes that are valid UTF-8 too, so a short file can be read both ways."),
    fix: LocalizedText(
      zh: "抽查几行姓名，如有乱码请用 --encoding 指定编码。",
      en: "Look at a few names; if they are garbled, pin the encoding with --encoding."),
    source: "identifiers §E.4")

  /// The finding about an encoding that another one fits nearly as well.
  package static func finding(encoding: String, other: String) -> Finding {
    descriptor.finding(value: encoding, facts: ["other": other])
  }
}
