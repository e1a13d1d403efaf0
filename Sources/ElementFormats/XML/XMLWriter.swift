package import ElementCore

/// What stands around the records of a document: the elements, and what a header says.
package struct DocumentFrame: Sendable, Hashable {
  /// The elements of an XML document: the root, what is around all records (nil where that is the root), and each record.
  package var root = "records"
  /// The element around all records; nil where that is the root.
  package var list: String?
  /// The element of a record.
  package var record = "record"
  /// What the header says, in order; none where there is no header.
  package var header: [HeaderItem] = []

  /// Something that a header says.
  package struct HeaderItem: Sendable, Hashable {
    /// The element, or the key of the object.
    package let name: String
    /// Its text.
    package let value: String

    /// A name with a text.
    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// The frame of records alone.
  package init() {}
}

/// Writes records as XML 1.0: in the element around them a `record` each, in it an element for each column, empty ones too. A header comes first
/// where there is one, and a footer with the number of records then.
///
/// The elements bear the headings. Where one is no name of XML, all are `<field name="heading">`.
package final class XMLWriter: RecordWriter {
  /// What was written and not taken yet.
  package var pending: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  private let frame: DocumentFrame
  private let (recordBegin, recordEnd): ([UInt8], [UInt8])
  private var count = 0
  /// The tag that opens, and that closes, the element of each column.
  private let tags: [(open: [UInt8], close: [UInt8])]

  /// A writer of records with these headings.
  ///
  /// - Throws: `UnwritableValue` where two are the same, or one has a character that XML does not have.
  package init(_ headings: [String], frame: DocumentFrame = DocumentFrame()) throws(UnwritableValue) {
    self.frame = frame
    (recordBegin, recordEnd) = (Array("<\(frame.record)>".utf8), Array("</\(frame.record)>\n".utf8))
    let headings = try Headings.distinct(headings)
    for (column, heading) in headings.enumerated() {
      if let character = XMLText.forbidden(heading.span) { throw UnwritableValue(column: column, .character(character)) }
    }
    let areNames = headings.allSatisfy { XMLText.isName($0.span) }
    tags = headings.map { heading in
      if areNames { return ([0x3C] + heading + [0x3E], [0x3C, 0x2F] + heading + [0x3E]) }
      var name: [UInt8] = []
      XMLText.escape(heading.span, inAttribute: true, to: &name)
      return (Array("<field name=\"".utf8) + name + [0x22, 0x3E], Array("</field>".utf8))
    }
    begin()
  }

  private func begin() {
    pending += Array("<\(frame.root)>\n".utf8)
    if !frame.header.isEmpty {
      let items = frame.header.map { "<\($0.name)>\(MarkupText.escape($0.value))</\($0.name)>" }
      pending += Array("<header>\(items.joined())</header>\n".utf8)
    }
    if let list = frame.list { pending += Array("<\(list)>\n".utf8) }
  }

  /// Adds a record; missing values are empty.
  package func append(_ bytes: Span<UInt8>, _ values: [FieldRange]) throws(UnwritableValue) {
    guard values.count <= tags.count else { throw UnwritableValue(column: tags.count, .tooManyValues) }
    for (column, value) in values.enumerated() {
      if let character = XMLText.forbidden(bytes.extracting(value.indices)) {
        throw UnwritableValue(column: column, .character(character))
      }
    }
    count += 1
    // Taken out while it grows: reaching through the object for every byte would cost more than the byte.
    var out: [UInt8] = []
    swap(&out, &pending)
    defer { swap(&out, &pending) }
    out += recordBegin
    for (column, tag) in tags.enumerated() {
      out += tag.open
      if column < values.count { XMLText.escape(bytes.extracting(values[column].indices), inAttribute: false, to: &out) }
      out += tag.close
    }
    out += recordEnd
  }

  /// Closes the document.
  package func finish() {
    if let list = frame.list { pending += Array("</\(list)>\n".utf8) }
    if !frame.header.isEmpty { pending += Array("<footer><recordCount>\(count)</recordCount></footer>\n".utf8) }
    pending += Array("</\(frame.root)>\n".utf8)
  }
}
