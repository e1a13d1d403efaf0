package import ElementCore

/// Colours of text on a terminal; without them the same text says all.
package struct TextColour: Sendable {
  private let isOn: Bool

  /// Colours that are on or off.
  package init(isOn: Bool) {
    self.isOn = isOn
  }

  /// A text in the colour of a severity: red for errors, yellow for warnings, dim for what is only told.
  package func text(_ text: String, _ severity: Severity) -> String {
    guard isOn else { return text }
    let code =
      switch severity {
      case .error: "1;31"
      case .warning: "33"
      case .info: "2"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension Severity {
  /// The severity in words.
  package var name: LocalizedText {
    switch self {
    case .error: LocalizedText(zh: "错误", en: "error")
    case .warning: LocalizedText(zh: "警告", en: "warning")
    case .info: LocalizedText(zh: "提示", en: "info")
    }
  }
}
