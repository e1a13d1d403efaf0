import ElementCore
import ElementGenerator
import Testing
import XMLStream

@Suite("plain records beside libxml2")
struct XMLPlainRecordsTests {
  /// What a document comes to: its tags with their places, its texts, and the error that ends it. The first piece is small, so
  /// that records are known when the second comes.
  private func outcome(_ document: [UInt8], pieces: Int) throws -> [String] {
    let parser = try XMLPushParser(XMLLimits(tagDepth: 2))
    var out: [String] = []
    func take(_ piece: XMLPiece) {
      func text(_ range: FieldRange) -> String { String(escapingInvalid: piece.bytes[range.indices].span) }
      func name(_ id: Int32) -> String { String(escapingInvalid: piece.name(id).span) }
      for event in piece.events {
        if event.isStart {
          let attributes = piece.attributes[event.attributes.indices].map { " \(name($0.name))=\(text($0.range))" }.joined()
          out.append("<\(name(event.name))\(attributes) \(event.line) \(event.byte)")
        }
        if !event.text.isEmpty {
          if out.last?.hasPrefix("|") == true {
            out[out.count - 1] += text(event.text)
          } else {
            out.append("|" + text(event.text))
          }
        }
        if event.isEnd { out.append(">\(name(event.name)) \(event.end)") }
      }
    }
    do {
      let first = min(document.count, pieces, 45)
      take(try parser.feed(document[0..<first].span))
      for start in stride(from: first, to: document.count, by: pieces) {
        take(try parser.feed(document[start..<min(start + pieces, document.count)].span))
      }
      take(try parser.finish())
    } catch {
      // How far events came before an error depends on the pieces.
      return ["\(error.kind) \(error.line) \(error.column)"]
    }
    // White space between tags may be told or not, where a piece ends in it.
    return out.filter { $0.first != "|" || !$0.dropFirst().allSatisfy(\.isWhitespace) }
  }

  /// Records that are plain, with others among them in which everything else happens that XML knows.
  private func document(_ seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    let texts = ["示例", "a b", "", " ", "１２，", "x>y", "a]b", "]]", "第\n二", "😀", "\u{FFFD}", "0123456789abcdef"]
    let odd = [
      "a&amp;b", "<![CDATA[<x>]]>", "甲<!-- 注 -->乙", "\r\n", "&#x4E2D;", "<b>x</b>", "<?p i?>", "&lt;/row&gt;",
    ]
    let records = [
      "<row id=\"1\"><a>1</a></row>", "<row/>", "<row></row>", "<other><a>1</a></other>", "<!-- <row><a>1</a></row> -->",
      "<row xmlns:q=\"urn:q\"><q:a>1</q:a></row>", "<p:row><p:a>1</p:a></p:row>", "<![CDATA[ ]]>", "<row>x<a>1</a></row>",
      "<row ><a>1</a ></row>", "<row><a>1</a>\u{20}<c/></row >", "<row><a n=\"1\">1</a></row>",
    ]
    var text = "<?xml version=\"1.0\"?>\n<rows xmlns:p=\"urn:x\">"
    for _ in 0..<40 {
      let space = ["", "\n", "\r\n  ", "\t"].randomElement(using: &random) ?? ""
      if random.next() % 6 == 0 { text += space + (records.randomElement(using: &random) ?? "") }
      text += space + "<row>"
      for name in ["a", "二", "c", "d"] where random.next() % 4 > 0 {
        let value = (random.next() % 20 == 0 ? odd : texts).randomElement(using: &random) ?? ""
        text += random.next() % 8 == 0 ? "<\(name)/>" : space + "<\(name)>\(value)</\(name)>"
      }
      text += space + "</row>"
    }
    return Array((text + "\n</rows>").utf8)
  }

  @Test("what libxml2 need not see comes to what libxml2 makes of it", arguments: UInt64(1)...30)
  func agreement(seed: UInt64) throws {
    let document = document(seed)
    // A byte at a time holds no record: all of it goes through libxml2.
    let expected = try outcome(document, pieces: 1)
    #expect(expected.count > 200)
    for pieces in [7, 64, 100, 333, 1_000, document.count] {
      let found = try outcome(document, pieces: pieces)
      #expect(found == expected, "pieces of \(pieces)")
    }
  }

  @Test(
    "what is no well-formed record is refused as libxml2 refuses it, at its line and column",
    arguments: [
      "<row><a>1</b></row>", "<row><a>1</a>", "<row><p:a/></row>\n<row><q:a/></row>", "<row><a>\u{1}</a></row>",
      "<row><a>]]></a></row>", "<row><a>\u{FFFE}</a></row>",
      "<row><a>&x;</a></row>", "<row><a>1</a></row", "<row><a>1<a></row>", "<row><a>1</a></roww>", "<row><p:a>1</p:a></row>",
      "<row><a>\u{FFFF}</a></row>", "</row>", "<row><a>1</a></row>x</rows>", "<row><a/ ></row>",
    ])
  func refusals(record: String) throws {
    let plain = "\n<row><a>一</a><c>2</c></row><row><a>二三</a></row><row><a>1</a></row>"
    for tail in ["", "\n", "\n  "] {
      let document = Array(("<rows>" + String(repeating: plain, count: 5) + tail + record + plain + "</rows>").utf8)
      let expected = try outcome(document, pieces: 1)
      #expect(expected.count == 1, "\(expected)")
      for pieces in [50, 200, document.count] {
        let found = try outcome(document, pieces: pieces)
        #expect(found == expected, "pieces of \(pieces)")
      }
    }
  }

  @Test("bytes that are no UTF-8 are refused, in whatever record they stand", arguments: 0..<4)
  func invalidUTF8(place: Int) throws {
    var document = Array("<rows>".utf8)
    for record in 0..<4 {
      document += Array("<row><a>一".utf8) + (record == place ? [0xE4, 0xB8] : []) + Array("</a></row>\n".utf8)
    }
    document += Array("</rows>".utf8)
    let expected = try outcome(document, pieces: 1)
    let found = try outcome(document, pieces: document.count)
    // What libxml2 calls the fault depends on whether it has the bytes behind; where it is does not.
    #expect(found.map { $0.drop { $0 != ")" } } == expected.map { $0.drop { $0 != ")" } })
    #expect(expected.count == 1 && expected[0].hasPrefix("malformed"))
  }

  @Test("a prefix means what the parent of a record declares")
  func prefixes() throws {
    let rows = "<r:row><r:a>1</r:a></r:row><r:row><r:a>2</r:a></r:row><r:row><r:a>3</r:a></r:row>"
    let document = Array("<rows xmlns:r=\"urn:r\">\(rows)</rows>".utf8)
    let whole = try outcome(document, pieces: document.count)
    let expected = try outcome(document, pieces: 1)
    #expect(whole == expected && whole.count == 17)
  }
}
