import ElementCore

/// A part of a package that is held whole: bytes are put in and taken out at places that are found in it first.
struct MarkupPart {
  /// The bytes as they stand in the archive.
  private(set) var bytes: [UInt8]

  /// A part.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// An element of a part.
  struct Element {
    /// The local name.
    let name: String
    /// All of it, from its start tag to its end tag.
    var range: Range<Int>
    /// Its start tag.
    let tag: Range<Int>
    /// What stands between its tags; nothing for an element that is one tag.
    var content: Range<Int>
    /// How deep it lies: the root is 0.
    let depth: Int
  }

  /// The elements of some names, or of one depth, in the order of their start tags.
  func elements(named names: Set<String> = [], depth wanted: Int? = nil) -> [Element] {
    var scanner = MarkupScanner()
    scanner.feed(bytes)
    var found: [Element] = []
    var open: [Int?] = []
    while let piece = scanner.next() {
      switch piece.kind {
      case .other: continue
      case .end:
        if let last = open.popLast(), let place = last {
          found[place].content = found[place].tag.upperBound..<piece.range.lowerBound
          found[place].range = found[place].tag.lowerBound..<piece.range.upperBound
        }
      case .start, .element:
        let name = String(decoding: scanner.bytes(piece.name), as: UTF8.self)
        let isWanted = names.contains(name) || wanted == open.count
        if isWanted {
          let end = piece.range.upperBound
          found.append(Element(name: name, range: piece.range, tag: piece.range, content: end..<end, depth: open.count))
        }
        if piece.kind == .start { open.append(isWanted ? found.count - 1 : nil) }
      }
    }
    return found
  }

  /// The value of an attribute of an element, its entities as they are written; nil where it has none.
  func value(of attribute: String, _ element: Element) -> String? {
    var from = element.tag.lowerBound + 1
    while from < element.tag.upperBound, bytes[from] > 0x20, bytes[from] != 0x2F, bytes[from] != 0x3E { from += 1 }
    return MarkupScanner.value(of: Array(attribute.utf8), in: bytes.span, from..<element.tag.upperBound).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }

  /// The prefix of the root with its colon; empty for none.
  var prefix: String {
    elements(depth: 0).first.map { root in
      let name = bytes[root.tag].dropFirst().prefix { $0 > 0x20 && $0 != 0x2F && $0 != 0x3E }
      return name.firstIndex(of: 0x3A).map { String(decoding: name[...$0], as: UTF8.self) } ?? ""
    } ?? ""
  }

  /// Puts a text in the place of some bytes; what lies behind them moves.
  mutating func replace(_ range: Range<Int>, with text: String) { bytes.replaceSubrange(range, with: text.utf8) }

  /// Puts children behind the last one of an element, which may have none, and counts them where it has a count.
  mutating func append(_ children: [String], to element: Element, count: Int? = nil) {
    if children.isEmpty { return }
    let text = children.joined()
    if element.range == element.tag {
      let tag = bytes[element.tag]
      let name = String(decoding: tag.dropFirst().prefix { $0 > 0x20 && $0 != 0x2F && $0 != 0x3E }, as: UTF8.self)
      replace(element.tag.upperBound - 2..<element.tag.upperBound, with: ">" + text + "</\(name)>")
    } else {
      replace(element.content.upperBound..<element.content.upperBound, with: text)
    }
    guard let count else { return }
    bytes.replaceSubrange(
      element.tag.lowerBound..<element.tag.upperBound - (element.range == element.tag ? 1 : 0),
      with: MarkupScanner.setting(
        "count", String(count),
        in: bytes[element.tag.lowerBound..<element.tag.upperBound - (element.range == element.tag ? 1 : 0)]))
  }
}
