package import ElementCore

/// Writes records as XML 1.0: `records`, in it a `record` each, in it an element for each column, empty ones too.
///
/// The elements bear the headings. Where one is no name of XML, all are `<field name="heading">`.
package final class XMLWriter: RecordWriter {
  /// What was written and not taken yet.
  package var pending: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n".utf8)
  /// The tag that opens, and that closes, the element of each column.
  private let tags: [(open: [UInt8], close: [UInt8])]

  /// A writer of records with these headings.
  ///
  /// - Throws: `UnwritableValue` where two are the same, or one has a character that XML does not have.
  package init(_ headings: [String]) throws(UnwritableValue) {
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
  }

  /// Adds a record; missing values are empty.
  package func append(_ bytes: Span<UInt8>, _ values: [FieldRange]) throws(UnwritableValue) {
    guard values.count <= tags.count else { throw UnwritableValue(column: tags.count, .tooManyValues) }
    for (column, value) in values.enumerated() {
      if let character = XMLText.forbidden(bytes.extracting(value.indices)) {
        throw UnwritableValue(column: column, .character(character))
      }
    }
    pending += Array("<record>".utf8)
    for (column, tag) in tags.enumerated() {
      pending += tag.open
      if column < values.count {
        XMLText.escape(bytes.extracting(values[column].indices), inAttribute: false, to: &pending)
      }
      pending += tag.close
    }
    pending += Array("</record>\n".utf8)
  }

  /// Closes the document.
  package func finish() { pending += Array("</records>\n".utf8) }
}
