package import ElementCore

/// The columns that an export of waiting rows has before those of the rows themselves.
package enum WaitingColumn: CaseIterable {
  /// What the row is called: by it a file that comes back says which row it mends.
  case name
  /// What is wrong with it.
  case reasons
  /// The day on which it first came.
  case since

  /// The heading in both languages.
  package var heading: LocalizedText {
    switch self {
    case .name: LocalizedText(zh: "待更正编号", en: "Waiting row")
    case .reasons: LocalizedText(zh: "待更正原因", en: "Why it waits")
    case .since: LocalizedText(zh: "待更正自", en: "Waiting since")
    }
  }

  /// Whether a heading is this one's, in either language.
  func isHeading(_ text: String) -> Bool {
    text.utf8.elementsEqual(heading.zh.utf8) || text.utf8.elementsEqual(heading.en.utf8)
  }

  /// Whether a heading is one of these.
  static func isOwn(_ text: String) -> Bool { allCases.contains { $0.isHeading(text) } }
}
