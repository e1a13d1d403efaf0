import ElementCore

/// S0114: An object where a text is expected.
enum NestedValue {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0114"), symbol: "NESTED_VALUE", severity: .error,
    title: LocalizedText(zh: "应为文本，却是嵌套的对象", en: "An object where a text is expected"),
    message: LocalizedText(
      zh: "“{header}”的值是嵌套的对象，不是文本",
      en: "\"{header}\" holds an object, not a text"),
    rationale: LocalizedText(
      zh: "对象里分成几项，不知道哪一项是“{header}”的值；照原样保存，会把一段 JSON 当成内容。",
      en:
        "An object has several members, and nothing says which of them is the item; kept as it stands, source text would be taken for content."
    ),
    fix: LocalizedText(
      zh: "让提供方把这一项写成文本；对象里的各项也可以用 --mapping 逐项指定。",
      en: "Ask the sender for a text, or map the members of the object with --mapping."),
    source: "RFC 8259 §4")
}
