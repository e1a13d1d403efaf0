package import ElementCore
package import ElementSchema

/// Makes sentences of findings, in the words of the catalog and the headings of the file.
package struct FindingText {
  private let book: RuleBook
  private let map: HeaderMap
  private let language: Language

  /// Sentences about one input in one language.
  package init(book: RuleBook, map: HeaderMap, language: Language) {
    self.book = book
    self.map = map
    self.language = language
  }

  /// The sentence of a finding.
  package func message(_ finding: Finding) -> String {
    guard let descriptor = book[finding.code] else { bug("a finding has no rule") }
    var text = descriptor.message[language]
    var facts = finding.facts
    facts["header"] = facts["header"] ?? header(finding)
    if language == .en {
      for name in ["reason", "namesakes"] { facts[name] = facts[name + "En"] ?? facts[name] }
    }
    facts["value"] = finding.value
    facts["expected"] = expected(finding)
    facts["count"] = facts["count"] ?? String(finding.count)
    for (name, fact) in facts { text = text.replacing("{\(name)}", with: fact) }
    return text
  }

  /// The heading of the finding's column as the file writes it.
  package func header(_ finding: Finding) -> String {
    finding.field < 0 ? "" : PrintableText.escape(map.heading(finding.field, language).replacing("\n", with: ""))
  }

  /// What was expected, in words where it is a number of digits or a dataset.
  private func expected(_ finding: Finding) -> String {
    if finding.code == RuleCode("V1101"), Int(finding.expected) != nil {
      return language == .zh ? "\(finding.expected) 位" : "\(finding.expected)"
    }
    if finding.code == RuleCode("G2001") || finding.code == RuleCode("G2002") {
      return language == .zh ? "已有的“网格”记录" : "known rows of \(finding.expected)"
    }
    return finding.expected
  }
}
