package import ElementCore
import ElementRules
package import ElementSchema

/// Makes sentences of findings, in the words of the catalog and the headings of the file: what findings of a rule or a column have in
/// common is made once.
package final class FindingText {
  private let book: RuleBook
  private let map: HeaderMap
  private let language: Language
  private var templates: [RuleCode: [Piece]] = [:]
  private var headers: [Int: String] = [:]

  /// A piece of a sentence.
  private enum Piece {
    /// Words that stand in every finding of the rule.
    case words(String)
    /// A fact by its name, and its name in the other language.
    case fact(String, english: String)
  }

  /// Sentences about one input in one language.
  package init(book: RuleBook, map: HeaderMap, language: Language) {
    self.book = book
    self.map = map
    self.language = language
  }

  /// The sentence of a finding.
  package func message(_ finding: Finding) -> String {
    var out = ""
    for piece in template(finding.code) {
      switch piece {
      case .words(let words): out += words
      // What is put in is never looked at again.
      case .fact(let name, let english): out += fact(name, english, finding) ?? "{\(name)}"
      }
    }
    return out
  }

  private func template(_ code: RuleCode) -> [Piece] {
    if let known = templates[code] { return known }
    guard let descriptor = book[code] else { bug("a finding has no rule") }
    let pieces = FindingText.pieces(descriptor.message[language])
    templates[code] = pieces
    return pieces
  }

  /// The pieces of a text in which facts stand as `{name}`.
  private static func pieces(_ text: String) -> [Piece] {
    var out: [Piece] = []
    var rest = text[...]
    // By bytes: cutting by characters looks at the properties of each.
    while let open = rest.utf8.firstIndex(of: 0x7B), let close = rest[open...].utf8.firstIndex(of: 0x7D) {
      if open > rest.startIndex { out.append(.words(String(rest[..<open]))) }
      let name = String(rest[rest.utf8.index(after: open)..<close])
      out.append(.fact(name, english: name + "En"))
      rest = rest[rest.utf8.index(after: close)...]
    }
    return out + [.words(String(rest))]
  }

  private func fact(_ name: String, _ english: String, _ finding: Finding) -> String? {
    switch name {
    case "value": finding.value
    case "expected": expected(finding)
    case "header": finding.facts["header"] ?? header(finding)
    case "count": finding.facts["count"] ?? String(finding.count)
    default: (language == .en ? finding.facts[english] : nil) ?? finding.facts[name]
    }
  }

  /// The heading of the finding's column as the file writes it.
  package func header(_ finding: Finding) -> String {
    if finding.field < 0 { return "" }
    if let known = headers[finding.field] { return known }
    let heading = map.heading(finding.field, language)
    let header = PrintableText.escape(heading.utf8.contains(0x0A) ? heading.replacing("\n", with: "") : heading)
    headers[finding.field] = header
    return header
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
    if finding.code == ReferenceUnknown.descriptor.code || finding.code == ReferenceAmbiguous.descriptor.code {
      let targets = finding.facts[language == .zh ? "targets" : "targetsEn"] ?? finding.expected
      return language == .zh ? "已有的“\(targets)”记录" : "known rows of \(targets)"
    }
    return finding.expected
  }
}
