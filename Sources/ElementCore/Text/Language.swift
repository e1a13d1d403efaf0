/// A language that every text for people exists in.
package enum Language: String, Sendable, CaseIterable {
  /// Simplified Chinese.
  case zh
  /// English.
  case en
}

/// A text in both languages.
package struct LocalizedText: Sendable, Hashable {
  /// The text in simplified Chinese.
  package let zh: String
  /// The text in English.
  package let en: String

  /// A text in both languages.
  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The text in one language.
  package subscript(language: Language) -> String { language == .zh ? zh : en }
}
