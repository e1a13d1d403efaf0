package import ElementCore

/// An element without elements, or a tag or text of one that came in parts, in the order of the document.
package struct XMLEvent: Sendable {
  /// What it is.
  package enum Kind: UInt8, Sendable {
    /// An element that holds no elements, whole: its start tag, its text and its end tag.
    case element
    /// The start tag of an element that holds elements, or that goes on in the next piece.
    case start
    /// The end tag of an element that began with a start tag.
    case end
    /// Text of an element that began with a start tag; pieces that follow each other belong together. White space beside
    /// elements does not count.
    case text
  }

  /// What it is.
  package internal(set) var kind: Kind
  /// The element's name without its prefix, by its number in the parser; -1 for text.
  package let name: Int32
  /// The attributes of its start tag, in the piece.
  package internal(set) var attributes = FieldRange.empty
  /// The bytes of its text, in the piece.
  package internal(set) var text = FieldRange.empty
  /// The line of its start tag, from 1, where places were asked for.
  package internal(set) var line: UInt32 = 0
  /// The offset of its start tag in the document, from 0, where places were asked for.
  package internal(set) var byte = 0
  /// The offset behind its end tag, from 0, where places were asked for.
  package internal(set) var end = 0

  /// Whether an element begins here.
  package var isStart: Bool { kind == .start || kind == .element }
  /// Whether an element ends here.
  package var isEnd: Bool { kind == .end || kind == .element }
}

/// An attribute of a start tag.
package struct XMLAttribute: Sendable {
  /// Its name without its prefix, by its number in the parser.
  package let name: Int32
  /// Its value in the bytes of the piece.
  package let range: FieldRange
}

/// A place where a document breaks the schema that it is validated by.
package struct XSDViolation: Sendable, Hashable {
  /// The event of the piece at which it showed, from 0.
  package let event: Int
  /// The name of the element, by its number in the parser.
  package let name: Int32
  /// The line, from 1.
  package let line: Int
  /// The error number of libxml2.
  package let code: Int
}

/// What a piece of a document came to.
package struct XMLPiece: Sendable {
  /// The tags and texts.
  package internal(set) var events: [XMLEvent] = []
  /// The attributes that events name.
  package internal(set) var attributes: [XMLAttribute] = []
  /// The bytes that events and attributes name, in UTF-8.
  package internal(set) var bytes: [UInt8] = []
  /// Where it breaks the schema that it is validated by, in the order of the document.
  package internal(set) var violations: [XSDViolation] = []
  /// All names met so far, without prefixes.
  var names: [[UInt8]] = []

  /// Nothing.
  package init() {}

  /// The name of a number; empty for that of text.
  package func name(_ id: Int32) -> [UInt8] { id < 0 ? [] : names[Int(id)] }

  /// The value of an attribute of a start tag; nil where it is absent.
  package func value(of name: Int32, _ event: XMLEvent) -> ArraySlice<UInt8>? {
    for place in event.attributes.indices where attributes[place].name == name { return bytes[attributes[place].range.indices] }
    return nil
  }
}

/// Why a document cannot be read on.
package struct XMLStreamError: Error, Sendable, Hashable {
  /// What is wrong.
  package enum Kind: Sendable, Hashable {
    /// It declares a document type: nothing that a roster needs, and the way to every attack by entities.
    case doctype
    /// It is not well-formed: the error number of libxml2.
    case malformed(Int)
    /// A prefix is not declared.
    case namespace
    /// Elements are nested deeper than so many levels.
    case depth(Int)
    /// An element has more attributes than so many.
    case attributes(Int)
    /// There is no memory.
    case memory
  }

  /// What is wrong.
  package let kind: Kind
  /// The line, from 1; 0 where it is not known.
  package let line: Int
  /// The column, from 1; 0 where it is not known.
  package let column: Int
}
