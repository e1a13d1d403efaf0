import ElementCore
import Testing

@testable import XMLStream

@Suite("XML in pieces")
struct XMLPushParserTests {
  /// The events of a document fed in pieces of a size: `<name a=v` for a start, `>name` for an end, text as it stands.
  private func events(_ document: String, pieces: Int) throws -> [String] {
    let parser = try XMLPushParser()
    let bytes = Array(document.utf8)
    var out: [String] = []
    func take(_ piece: XMLPiece) {
      func text(_ range: FieldRange) -> String { String(decoding: piece.bytes[range.indices], as: UTF8.self) }
      func name(_ id: Int32) -> String { String(decoding: piece.name(id), as: UTF8.self) }
      for event in piece.events {
        switch event.kind {
        case .start, .element:
          let attributes = piece.attributes[event.attributes.indices].map { " \(name($0.name))=\(text($0.range))" }
          out.append("<" + name(event.name) + attributes.joined())
          if !event.text.isEmpty { out.append("|" + text(event.text)) }
          if event.isEnd { out.append(">" + name(event.name)) }
        case .end: out.append(">" + name(event.name))
        case .text where out.last?.hasPrefix("|") == true: out[out.count - 1] += text(event.text)
        case .text: out.append("|" + text(event.text))
        }
      }
    }
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      take(try parser.feed(bytes[start..<min(start + pieces, bytes.count)].span))
    }
    take(try parser.finish())
    return out
  }

  static let document = """
    <?xml version="1.0" encoding="GB2312"?>
    <!-- 名册 --><r:rows xmlns:r="urn:x" count="2"><row id="a&amp;b">示例&lt;甲&gt;<![CDATA[<b>&c;]]></row><row/></r:rows>
    """

  @Test("the events of a document are the same, whatever pieces it comes in", arguments: [1, 2, 3, 7, 64, 4_096])
  func anyPieces(size: Int) throws {
    let expected = ["<rows count=2", "<row id=a&b", "|示例<甲><b>&c;", ">row", "<row", ">row", ">rows"]
    let found = try events(Self.document, pieces: size)
    #expect(found == expected)
  }

  @Test(
    "what is no well-formed document, or more than a roster needs, is refused by what it is",
    arguments: [
      ("<!DOCTYPE r [<!ENTITY e \"x\">]><r>&e;</r>", XMLStreamError.Kind.doctype),
      ("<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><r/>", .doctype),
      ("<r><a></b></r>", .malformed(76)), ("<r>&unknown;</r>", .malformed(26)), ("<r a='1' a='2'/>", .malformed(42)),
      ("<p:r/>", .namespace), ("<r>", .malformed(5)),
      (String(repeating: "<a>", count: 70), .depth(64)),
      ("<r " + (0..<300).map { "a\($0)=''" }.joined(separator: " ") + "/>", .attributes(256)),
    ])
  func refusals(document: String, kind: XMLStreamError.Kind) {
    let error = #expect(throws: XMLStreamError.self) { try events(document, pieces: 5) }
    #expect(error?.kind == kind)
  }

  @Test("a tag knows its line and its place")
  func positions() throws {
    let parser = try XMLPushParser(XMLLimits(tagDepth: 2))
    let bytes = Array("<r>\n  <a>x</a>\n</r>".utf8)
    let piece = try parser.feed(bytes.span)
    let a = try #require((piece.events + parser.finish().events).first { $0.kind == .element })
    #expect(piece.name(a.name) == Array("a".utf8))
    #expect((a.line, a.byte, a.end) == (2, 6, 14))
  }

  @Test("text beside elements is told, white space beside them is not", arguments: [1, 5, 100])
  func mixed(size: Int) throws {
    let found = try events("<r>\n  <a>x<b/>y</a>\n  <a> </a>\n</r>", pieces: size)
    let told = found.filter { $0.first != "|" || !$0.dropFirst().allSatisfy(\.isWhitespace) }
    #expect(told == ["<r", "<a", "|x", "<b", ">b", "|y", ">a", "<a", ">a", ">r"])
    #expect(found.filter { $0 == "| " }.count == 1)
  }
}
