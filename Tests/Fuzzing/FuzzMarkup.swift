import ElementCore
import XMLStream

/// Bytes among the records of an XML document.
enum FuzzMarkup {
  /// What goes past libxml2 comes to what libxml2 makes of it: fed a byte at a time it sees everything.
  static func parse(_ bytes: [UInt8]) {
    let document = Array("<r xmlns:p='u'><w><a>1</a><b>2</b></w>".utf8) + bytes + Array("<w><a>1</a></w></r>".utf8)
    let expected = outcome(document, pieces: 1)
    for pieces in [33, document.count] {
      let found = outcome(document, pieces: pieces)
      if found != expected { FuzzTarget.fail("pieces of \(pieces) differ:\n\(expected ?? [])\n\(found ?? [])") }
    }
  }

  /// The events of a document; nil where it is refused.
  private static func outcome(_ document: [UInt8], pieces: Int) -> [String]? {
    var out: [String] = []
    do {
      let parser = try XMLPushParser(XMLLimits(tagDepth: 2))
      // Records are known when the second piece comes.
      append(try parser.feed(document[0..<30].span), to: &out)
      for start in stride(from: 30, to: document.count, by: pieces) {
        append(try parser.feed(document[start..<min(start + pieces, document.count)].span), to: &out)
      }
      append(try parser.finish(), to: &out)
    } catch {
      return nil
    }
    return out.filter { $0.first != "|" || $0.utf8.contains { ![0x7C, 0x20, 0x09, 0x0A, 0x0D].contains($0) } }
  }

  private static func append(_ piece: XMLPiece, to out: inout [String]) {
    for event in piece.events {
      if event.isStart {
        let values = piece.attributes[event.attributes.indices].map { "\($0.name)=\(piece.bytes[$0.range.indices])" }
        out.append("<\(piece.name(event.name)) \(event.line) \(event.byte) \(values)")
      }
      let text = String(escapingInvalid: piece.bytes[event.text.indices].span)
      if !text.isEmpty, out.last?.first == "|" { out[out.count - 1] += text } else if !text.isEmpty { out.append("|" + text) }
      if event.isEnd { out.append(">\(event.end)") }
    }
  }
}
