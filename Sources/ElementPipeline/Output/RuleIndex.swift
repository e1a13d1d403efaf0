package import ElementCore

/// All rules by the phase that they belong to, and those that say something.
package struct RuleIndex {
  private let book: RuleBook
  private let language: Language

  /// The phases, by the letter of their codes.
  private static let phases: [(letter: Character, title: LocalizedText)] = [
    ("F", LocalizedText(zh: "文件", en: "The file")), ("S", LocalizedText(zh: "行的形状", en: "The shape of rows")),
    ("V", LocalizedText(zh: "单个值", en: "Single values")), ("R", LocalizedText(zh: "一条记录内", en: "Within a record")),
    ("G", LocalizedText(zh: "记录之间", en: "Across records")), ("W", LocalizedText(zh: "与台账库比对", en: "Against the warehouse")),
    ("N", LocalizedText(zh: "自动修正和读法", en: "Repairs and readings")),
    ("X", LocalizedText(zh: "对外交换", en: "Exchange")),
  ]

  /// An index of all that a book knows, built-in or of a site.
  package init(_ book: RuleBook, _ language: Language) {
    (self.book, self.language) = (book, language)
  }

  /// The list, phase by phase.
  package var text: String {
    Self.phases.map { letter, title in
      let own = book.all.filter { $0.code.description.first == letter }
      return own.isEmpty ? "" : "\(title[language])\n" + own.map { Self.line($0, language) }.joined() + "\n"
    }.joined()
  }

  /// Code, severity and title, side by side.
  package static func line(_ rule: RuleDescriptor, _ language: Language) -> String {
    "\(rule.code)  \(rule.severity.name[language])  \(rule.title[language])\n"
  }

  /// The rules whose code, symbol, title, message or remedy has all words of a text, in either language.
  package func matching(_ search: String) -> [RuleDescriptor] {
    // What clerks call a citizen number.
    let words = search.lowercased().replacing("身份证号码", with: "身份号码").replacing("身份证", with: "身份号码")
      .split(separator: " ")
    return book.all.filter { rule in
      let said =
        [rule.code.description, rule.symbol, rule.title.zh, rule.title.en, rule.message.zh, rule.message.en]
        + [rule.fix.zh, rule.fix.en, rule.rationale.zh]
      let text = said.joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}
