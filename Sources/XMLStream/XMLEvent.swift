package import ElementCore

/// A start tag, an end tag or a piece of text, in the order of the document.
package struct XMLEvent: Sendable {
  /// What it is.
  package enum Kind: UInt8, Sendable {
    /// A start tag, or an empty element, which has an end tag too.
    case start
    /// An end tag.
    case end
    /// Text; pieces that follow each other belong together.
    case text
  }

  /// What it is.
  package let kind: Kind
  /// The element's name without its prefix, by its number in the parser; -1 for text.
  package let name: Int32
  /// For text its bytes in the piece; for a start tag its attributes in the piece.
  package var range: FieldRange
  /// The line behind it, from 1; only of tags.
  package let line: UInt32
  /// The offset in the document, from 0, of a start tag (where it was asked for; else inside it), or
  /// behind an end tag; only of tags.
  package let byte: Int
}

/// An attribute of a start tag.
package struct XMLAttribute: Sendable {
  /// Its name without its prefix, by its number in the parser.
  package let name: Int32
  /// Its value in the bytes of the piece.
  package let range: FieldRange
}

/// What a piece of a document came to.
package struct XMLPiece: Sendable {
  /// The tags and texts.
  package internal(set) var events: [XMLEvent] = []
  /// The attributes that events name.
  package internal(set) var attributes: [XMLAttribute] = []
  /// The bytes that events and attributes name, in UTF-8.
  package internal(set) var bytes: [UInt8] = []

  /// Nothing.
  package init() {}

  /// The value of an attribute of a start tag; nil where it is absent.
  package func value(of name: Int32, _ event: XMLEvent) -> ArraySlice<UInt8>? {
    for place in event.range.indices where attributes[place].name == name { return bytes[attributes[place].range.indices] }
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
