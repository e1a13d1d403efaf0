import ElementCore
import Foundation

/// Makes headings comparable: NFKC, no white space, no `*`, no brackets.
package enum HeaderText {
  /// Roles that change the meaning of a heading: 户主电话 is not 电话.
  package static let roles = [
    "户主", "监护人", "房主", "产权人", "承租人", "出租人", "配偶", "父亲", "母亲", "负责人", "法定代表人", "法人", "网格长", "网格员", "联系人", "家长", "房东", "业主",
    "紧急联系人",
  ]

  /// The comparable form of a heading, the words in brackets kept.
  package static func key(_ heading: String) -> String { normalise(heading, dropBracketed: false) }

  /// The comparable form without what stands in brackets: conditions, units, notes.
  package static func keyWithoutNotes(_ heading: String) -> String { normalise(heading, dropBracketed: true) }

  /// The heading as it may be said: one that looks like data is hidden, because a header row may be a row of records.
  package static func shown(_ heading: String) -> String {
    let digits = heading.unicodeScalars.count { (0x30...0x39).contains($0.value) || (0xFF10...0xFF19).contains($0.value) }
    return digits >= 6 ? "***" : PrintableText.escape(heading.replacing("\n", with: ""))
  }

  /// The role that a heading starts with; nil for none.
  package static func role(of heading: String) -> String? {
    let key = key(heading)
    return roles.first { key.hasPrefix($0) && key.unicodeScalars.count > $0.unicodeScalars.count }
  }

  /// Whether a title speaks of a person by a role, wherever it says so: 治保负责人联系方式.
  package static func namesSomebody(_ title: String) -> Bool { roles.contains { title.contains($0) } }

  private static func normalise(_ heading: String, dropBracketed: Bool) -> String {
    if heading.unicodeScalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) || (0x61...0x7A).contains($0.value) }) {
      return heading
    }
    // What a program writes so that a spreadsheet keeps a text.
    if heading.hasPrefix("=\""), heading.hasSuffix("\"") {
      return normalise(String(heading.dropFirst(2).dropLast()), dropBracketed: dropBracketed)
    }
    var out = String.UnicodeScalarView()
    var depth = 0
    let composed = isOwnCompatibility(heading) ? heading : heading.precomposedStringWithCompatibilityMapping
    for scalar in composed.unicodeScalars.lazy.map(narrowed) {
      switch scalar {
      case "(", "[", "【", "{", "<": depth += 1
      case ")", "]", "】", "}", ">": depth = max(0, depth - 1)
      case "*", "_", ":", "“", "”", "\"", "\u{FEFF}", "\u{200B}": continue
      default:
        let isSpace = scalar.isASCII ? scalar.value <= 0x20 : scalar.properties.isWhitespace
        if isSpace || (dropBracketed && depth > 0) { continue }
        out.append(scalar)
      }
    }
    return String(out).lowercased()
  }

  /// Whether NFKC changes nothing beside full-width forms of ASCII: true of most headings, and asking Foundation for each
  /// is a fifth of a start.
  private static func isOwnCompatibility(_ heading: String) -> Bool {
    heading.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0...0x7F, 0x4E00...0x9FFF, 0xFF01...0xFF5E, 0x3001, 0x3010, 0x3011: true
      default: false
      }
    }
  }

  private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
  }
}
