/// Makes text from files safe to show: no terminal escape, no bidi trick, no forged line.
package enum PrintableText {
  /// The text with control, bidi and line-separator characters written as `\u{…}`.
  package static func escape(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: mustEscape) else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if mustEscape(scalar) {
        out += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Whether a character would do something to a terminal, or hide, instead of being seen.
  package static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
