package import ElementCore

/// The page of a rule: what it says, why, and what to do.
package struct RulePage {
  private let rule: RuleDescriptor
  private let language: Language

  /// The page of a rule in one language.
  package init(_ rule: RuleDescriptor, language: Language) {
    self.rule = rule
    self.language = language
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The page as Markdown.
  package var markdown: String {
    var out = "# \(rule.code) \(rule.title[language])\n\n"
    out += "`\(rule.symbol)` · \(severity)\n\n"
    out += "## \(say("说明", "What it reports"))\n\n\(rule.message[language])\n\n"
    out += "## \(say("原因", "Why it matters"))\n\n\(rule.rationale[language])\n\n"
    out += "## \(say("如何处理", "How to fix"))\n\n\(rule.fix[language])\n\n"
    out += example(say("会报告的例子", "Fails"), rule.failing) + example(say("不会报告的例子", "Passes"), rule.passing)
    return out + "## \(say("依据", "Source"))\n\n\(rule.source)\n"
  }

  private var severity: String {
    switch rule.severity {
    case .error where rule.refusesFile: say("错误：文件不读取", "error: the file is not read")
    case .error: say("错误：该行等待更正", "error: the row waits")
    case .warning: say("警告：照常入库", "warning: the row loads")
    case .info: say("提示", "info")
    }
  }

  private func example(_ title: String, _ examples: [RuleExample]) -> String {
    guard let first = examples.first else { return "" }
    return "## \(title)\n\n```csv\n\(PrintableText.escapeLines(first.csv))\n```\n\n"
  }
}

extension PrintableText {
  /// The text with every line made safe to show.
  static func escapeLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escape(String($0)) }.joined(separator: "\n")
  }
}
