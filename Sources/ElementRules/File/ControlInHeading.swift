package import ElementCore

/// F0124: Control characters in a heading.
package enum ControlInHeading {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0124"), symbol: "CONTROL_IN_HEADING", severity: .warning,
    title: LocalizedText(zh: "列名含控制字符", en: "Control characters in a heading"),
    message: LocalizedText(
      zh: "{place}的列名含不可见的控制字符，已去掉再识别：{headers}",
      en: "The heading of {place} holds invisible control characters and was recognised without them: {headers}"),
    rationale: LocalizedText(
      zh: "空字符等控制字符来自损坏的文件或错误的导出，列名可能不完整。",
      en: "NUL and other control characters come from damaged files or faulty exports; the heading may not be whole."),
    fix: LocalizedText(
      zh: "核对这一列的列名；让提供方重新导出。",
      en: "Look whether the heading is the one that is meant, and ask the sender to export it again."),
    source: "reliability T12",
    failing: [RuleExample("公民身份号码,姓\u{0}名\n11010519491231002X,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])

  /// The finding about the heading of a column (from 1), named as spreadsheets do.
  package static func finding(heading: String, letters: String, column: Int, line: Int) -> Finding {
    descriptor.finding(
      line: line, column: column,
      facts: ["place": "\(letters) 列", "placeEn": "column \(letters)", "headers": heading])
  }
}
