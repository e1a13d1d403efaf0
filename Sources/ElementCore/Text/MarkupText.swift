/// Text inside XML and HTML, in elements and in attributes.
package enum MarkupText {
  /// The text with what markup reserves written as entities.
  package static func escape(_ text: String) -> String {
    // Most texts hold none of it, and a page is made of tens of thousands.
    guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else { return text }
    var out = ""
    out.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
