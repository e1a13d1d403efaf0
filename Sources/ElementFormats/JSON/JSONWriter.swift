package import ElementCore

/// Writes records as JSON objects (RFC 8259): an array of them, or one a line. All values are texts.
package final class JSONWriter: RecordWriter {
  /// What was written and not taken yet.
  package var pending: [UInt8] = []
  /// `"heading":` of each column.
  private let keys: [[UInt8]]
  private let isArray: Bool
  private var isEmpty = true

  /// A writer of objects with these keys.
  ///
  /// - Throws: `UnwritableValue` where two are the same.
  package init(_ headings: [String], isArray: Bool) throws(UnwritableValue) {
    keys = try Headings.distinct(headings).map { heading in
      var key: [UInt8] = []
      JSONText.quote(heading.span, to: &key)
      return key + [0x3A]
    }
    self.isArray = isArray
    if isArray { pending.append(0x5B) }
  }

  /// Adds an object; missing values are empty.
  package func append(_ bytes: Span<UInt8>, _ values: [FieldRange]) throws(UnwritableValue) {
    guard values.count <= keys.count else { throw UnwritableValue(column: keys.count, .tooManyValues) }
    if isArray { pending += isEmpty ? [0x0A] : [0x2C, 0x0A] }
    isEmpty = false
    pending.append(0x7B)
    for (column, key) in keys.enumerated() {
      if column > 0 { pending.append(0x2C) }
      pending += key
      JSONText.quote(bytes.extracting(column < values.count ? values[column].indices : 0..<0), to: &pending)
    }
    pending.append(0x7D)
    if !isArray { pending.append(0x0A) }
  }

  /// Closes the array.
  package func finish() {
    if isArray { pending += [0x0A, 0x5D, 0x0A] }
  }
}
