import ElementCore

/// A JSON value with members in the order given: outputs fix the order of their fields, which Foundation's encoder cannot.
package indirect enum JSONValue: Sendable {
  case null
  /// true or false
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A number with a fraction, as its digits: every platform writes the same.
  case number(String)
  case text(String)
  /// An array.
  case list([JSONValue])
  /// An object, its members in order.
  case object([(String, JSONValue)])

  /// A text, or null for nil.
  package static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }

  /// The value as JSON on one line.
  package var line: String {
    var out = ""
    write(to: &out, indent: nil)
    return out
  }

  /// The value as JSON with two spaces of indent a level.
  package var pretty: String {
    var out = ""
    write(to: &out, indent: 0)
    return out
  }

  private func write(to out: inout String, indent: Int?) {
    switch self {
    case .null: out += "null"
    case .bool(let flag): out += flag ? "true" : "false"
    case .integer(let number): out += String(number)
    case .number(let digits): out += digits
    case .text(let text): JSONValue.quote(text, to: &out)
    case .list(let items):
      JSONValue.block("[", "]", items.count, to: &out, indent: indent) { items[$0].write(to: &$1, indent: $2) }
    case .object(let members):
      JSONValue.block("{", "}", members.count, to: &out, indent: indent) { index, out, inner in
        JSONValue.quote(members[index].0, to: &out)
        out += inner == nil ? ":" : ": "
        members[index].1.write(to: &out, indent: inner)
      }
    }
  }

  private static func block(
    _ open: String, _ close: String, _ count: Int, to out: inout String, indent: Int?, item: (Int, inout String, Int?) -> Void
  ) {
    out += open
    let inner = indent.map { $0 + 2 }
    for index in 0..<count {
      if index > 0 { out += "," }
      if let inner { out += "\n" + String(repeating: " ", count: inner) }
      item(index, &out, inner)
    }
    if let indent, count > 0 { out += "\n" + String(repeating: " ", count: indent) }
    out += close
  }

  /// Appends a text in quotes, escaped as this program writes JSON.
  package static func quote(_ text: String, to out: inout [UInt8]) {
    if isPlain(text) {
      out.append(0x22)
      out += text.utf8
      return out.append(0x22)
    }
    var quoted = ""
    quote(text, to: &quoted)
    out += quoted.utf8
  }

  /// Whether nothing of a text is escaped: asked of its bytes, which is quicker than of its characters.
  private static func isPlain(_ text: String) -> Bool {
    var (first, second): (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      switch (first, second, byte) {
      case (_, _, 0..<0x20), (_, _, 0x22), (_, _, 0x5C), (_, _, 0x7F): return false
      // U+0080 to U+009F; U+200B to U+200F, U+2028 to U+202E, U+2066 to U+2069; U+FEFF.
      case (_, 0xC2, 0x80..<0xA0), (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA6...0xA9),
        (0xEF, 0xBB, 0xBF):
        return false
      default: (first, second) = (second, byte)
      }
    }
    return true
  }

  private static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        // What a terminal would obey, or hide, is the same text when it is escaped.
        if PrintableText.mustEscape(scalar) {
          let hex = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    out += "\""
  }
}
