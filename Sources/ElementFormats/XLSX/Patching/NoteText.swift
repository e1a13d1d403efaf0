import ElementCore

/// What a note says, whatever runs its text is cut into: some programs begin a run at each change of script.
struct NoteText {
  private let part: MarkupPart
  private let pieces: [(element: MarkupPart.Element, text: String)]
  /// What all of its runs say, one behind the other.
  let text: String

  /// The text of a note as it is written.
  init(_ markup: String) {
    let part = MarkupPart(Array(markup.utf8))
    self.part = part
    pieces = part.elements(named: ["t"]).map { element in
      (element, NoteText.plain(String(decoding: part.bytes[element.content], as: UTF8.self)))
    }
    text = pieces.map(\.text).joined()
  }

  /// Where one of some texts begins, or what stands before it where that is `rule`; nil where none stands there.
  func start(ofAny marks: [String], behind rule: String) -> String.Index? {
    guard let mark = marks.compactMap({ text.firstRange(of: $0)?.lowerBound }).min() else { return nil }
    let before = text[..<mark]
    return before.hasSuffix(rule) ? before.index(before.endIndex, offsetBy: -rule.count) : mark
  }

  /// The note as it is written, without its text from a place on.
  func prefix(upTo end: String.Index) -> String {
    var rest = text[..<end].utf8.count
    let name = part.prefix
    for (element, text) in pieces {
      guard text.utf8.count >= rest else {
        rest -= text.utf8.count
        continue
      }
      let kept = String(text.utf8.prefix(rest)) ?? text
      let before = String(decoding: part.bytes[..<element.content.lowerBound], as: UTF8.self)
      // Directly in the text of the note, or in a run of it.
      let close = element.depth > 2 ? "</\(name)r>" : ""
      return before + MarkupText.escape(kept) + "</\(name)t>\(close)</\(name)text></\(name)comment>"
    }
    return String(decoding: part.bytes, as: UTF8.self)
  }

  /// A text with its entities replaced by what they stand for.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(0x26) else { return text }
    var out = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&"), let end = rest[start...].firstIndex(of: ";") {
      out += rest[..<start]
      let name = rest[rest.index(after: start)..<end]
      switch name {
      case "lt": out += "<"
      case "gt": out += ">"
      case "amp": out += "&"
      case "quot": out += "\""
      case "apos": out += "'"
      default:
        let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        if let scalar = number.flatMap(UnicodeScalar.init) { out.unicodeScalars.append(scalar) }
      }
      rest = rest[rest.index(after: end)...]
    }
    return out + rest
  }
}
