package import ElementCore
import ElementRules
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
    return FindingText.fill(descriptor.message[language]) { name in fact(name, finding) }
  }

  /// A template with each `{name}` replaced; what is put in is never looked at again.
  private static func fill(_ template: String, _ fact: (Substring) -> String?) -> String {
    var out = ""
    var rest = template[...]
    // By bytes: cutting by characters looks at the properties of each.
    while let open = rest.utf8.firstIndex(of: 0x7B), let close = rest[open...].utf8.firstIndex(of: 0x7D) {
      let behind = rest.utf8.index(after: close)
      out += rest[..<open]
      out += fact(rest[rest.utf8.index(after: open)..<close]) ?? String(rest[open..<behind])
      rest = rest[behind...]
    }
    return out + rest
  }

  private func fact(_ name: Substring, _ finding: Finding) -> String? {
    switch name {
    case "value": return finding.value
    case "expected": return expected(finding)
    case "header": return finding.facts["header"] ?? header(finding)
    case "count": return finding.facts["count"] ?? String(finding.count)
    default: return (language == .en ? finding.facts[name + "En"] : nil) ?? finding.facts[String(name)]
    }
  }

  /// The heading of the finding's column as the file writes it.
  package func header(_ finding: Finding) -> String {
    if finding.field < 0 { return "" }
    let heading = map.heading(finding.field, language)
    return PrintableText.escape(heading.utf8.contains(0x0A) ? heading.replacing("\n", with: "") : heading)
  }

  /// What was expected, in words where it is a kind of number, a number of digits or a dataset.
  private func expected(_ finding: Finding) -> String {
    if finding.code == IdentifierLength.descriptor.code, Int(finding.expected) != nil {
      return language == .zh ? "\(finding.expected) 位" : "\(finding.expected)"
    }
    if finding.code == UnreadableNumber.descriptor.code {
      let isWhole = finding.expected == "integer"
      return language == .zh ? (isWhole ? "整数" : "数字") : isWhole ? "a whole number" : "a number"
    }
    if [ReferenceUnknown.descriptor.code, ReferenceAmbiguous.descriptor.code].contains(finding.code) {
      let targets = finding.facts[language == .zh ? "targets" : "targetsEn"] ?? finding.expected
      return language == .zh ? "已有的“\(targets)”记录" : "known rows of \(targets)"
    }
    return finding.expected
  }
}
