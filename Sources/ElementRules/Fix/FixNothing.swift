package import ElementCore

/// N0014: A word for nothing made empty.
package enum FixNothing {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0014"), symbol: "FIX_NOTHING", severity: .info,
    title: LocalizedText(zh: "“无”等字样按空处理", en: "A word for nothing made empty"),
    message: LocalizedText(
      zh: "“{header}”有 {count} 格只写了表示没有的字样（{forms}），按空处理",
      en: "{count} cells of \"{header}\" say nothing but a word for nothing ({forms}) and count as empty"),
    rationale: LocalizedText(
      zh: "“无”“不详”“/”和导出程序写的 NULL 不是内容；照原样保存，会被当成姓名、地址或号码。",
      en:
        "A word such as “none”, a stroke or the NULL of an export is no content; kept as it stands it would be taken for a name, an address or a number."
    ),
    fix: LocalizedText(
      zh: "无需处理；没有内容时请留空。",
      en: "Nothing to do; leave a cell empty where there is nothing."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名,曾用名\n11010519491231002X,示例甲,无")],
    passing: [RuleExample("公民身份号码,姓名,曾用名\n11010519491231002X,示例甲,示例乙")])

  /// The finding about a field (from 0) in whose column (from 1) words said nothing: each word, and how often it stood.
  package static func finding(words: [(word: String, count: Int)], column: Int, field: Int) -> Finding {
    let (shown, count) = (words.map { "\($0.word) × \($0.count)" }, words.reduce(0) { $0 + $1.count })
    return descriptor.finding(
      column: column, field: field,
      facts: ["forms": shown.joined(separator: "、"), "formsEn": shown.joined(separator: ", "), "count": String(count)],
      count: count)
  }
}
