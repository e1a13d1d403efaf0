import ElementCore
import ElementRules
import ElementSchema
import ElementTestSupport
import Testing

@testable import ElementPipeline

/// What rules say, in both languages: every blank is filled, and each sentence keeps to its language.
struct RuleMessageTests {
  /// What a sentence takes from the file or from code lists, which is in whatever language it is in.
  private static let data: Set<String> = [
    "header", "headers", "element", "sheets", "forms", "formsEn", "candidates", "word", "others",
    "fields", "fieldsEn",
  ]

  /// What the example of a rule shows is said whole, and in one language.
  static func confirmSentences(_ finding: Finding, _ result: RunResult) {
    for input in result.inputs where finding.field < input.map.dataset.fields.count {
      for language in [Language.zh, .en] {
        let text = FindingText(book: result.book, map: input.map, language: language)
        #expect(stranger(text, finding, language) == nil, "\(finding.code) \(language): \(text.message(finding))")
      }
    }
  }

  @Test func `templates ask for the same in both languages, and each is in its own`() {
    for rule in RuleCatalog.all {
      #expect(Self.blanks(rule.message.zh) == Self.blanks(rule.message.en), "\(rule.code)")
      for text in [rule.title, rule.message, rule.rationale, rule.fix] {
        let quoted = Self.withoutQuotes(text.en)
        #expect(!quoted.unicodeScalars.contains(where: Self.isHan), "\(rule.code): \(text.en)")
        #expect(text.zh.unicodeScalars.contains(where: Self.isHan) && !Self.isEnglish(text.zh), "\(rule.code): \(text.zh)")
      }
    }
  }

  /// What of a message is unfilled, or of the other language; nil where nothing is.
  private static func stranger(_ text: FindingText, _ finding: Finding, _ language: Language) -> String? {
    var blank = finding
    blank.facts = blank.facts.filter { !data.contains($0.key) }
    for name in data where finding.facts[name] != nil { blank.facts[name] = language == .zh ? "某" : "x" }
    let message = text.message(blank)
    if !blanks(message).isEmpty { return message }
    if language == .zh { return isEnglish(message) ? message : nil }
    let rest = withoutLabels(withoutQuotes(message.replacing(text.header(finding), with: "")))
    return rest.unicodeScalars.contains(where: isHan) ? rest : nil
  }

  private static func blanks(_ template: String) -> Set<String> {
    Set(template.matches(of: #/{([^{}]*)}/#).map { String($0.1) })
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x3000...0x303F).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
      || (0xFF00...0xFFEF).contains(scalar.value)
  }

  private static func isEnglish(_ text: String) -> Bool {
    let words = text.split { !$0.isASCII || !$0.isLetter }.map { String($0) }
    return words.contains { ["the", "is", "are", "of", "and", "with", "in", "to", "a"].contains($0) }
  }

  /// Words of the field that an English sentence quotes, and the codes of lists with their labels.
  private static func withoutQuotes(_ text: String) -> String {
    text.replacing(#/“[^”]*”|"[^"]*"|<[^>]*>|\([^)]*\)/#, with: "")
  }

  private static func withoutLabels(_ text: String) -> String { text.replacing(#/[0-9A-Z]+ [^ ,;]+/#, with: "") }
}
