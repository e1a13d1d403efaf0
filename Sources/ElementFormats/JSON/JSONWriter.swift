package import ElementCore

/// Writes records as JSON objects (RFC 8259): an array of them, with a header before it where there is one, or one a line. All values are texts.
package final class JSONWriter: RecordWriter {
  /// What was written and not taken yet.
  package var pending: [UInt8] = []
  /// `"heading":` of each column.
  private let keys: [[UInt8]]
  private let isArray: Bool
  private let isFramed: Bool
  private var count = 0

  /// A writer of objects with these keys.
  ///
  /// - Throws: `UnwritableValue` where two are the same.
  package init(
    _ headings: [String], isArray: Bool, header: [DocumentFrame.HeaderItem] = []
  ) throws(UnwritableValue) {
    keys = try Headings.distinct(headings).map { heading in
      var key: [UInt8] = []
      JSONText.quote(heading.span, to: &key)
      return key + [0x3A]
    }
    self.isArray = isArray
    isFramed = isArray && !header.isEmpty
    if isFramed {
      let items = JSONValue.object(header.map { ($0.name, .text($0.value)) })
      pending += Array("{\"header\":\(items.line),\"records\":".utf8)
    }
    if isArray { pending.append(0x5B) }
  }

  /// Adds an object; missing values are empty.
  package func append(_ bytes: Span<UInt8>, _ values: [FieldRange]) throws(UnwritableValue) {
    guard values.count <= keys.count else { throw UnwritableValue(column: keys.count, .tooManyValues) }
    // Taken out while it grows: reaching through the object for every byte would cost more than the byte.
    var out: [UInt8] = []
    swap(&out, &pending)
    defer { swap(&out, &pending) }
    if isArray { out += count == 0 ? [0x0A] : [0x2C, 0x0A] }
    count += 1
    out.append(0x7B)
    for (column, key) in keys.enumerated() {
      if column > 0 { out.append(0x2C) }
      out += key
      JSONText.quote(bytes.extracting(column < values.count ? values[column].indices : 0..<0), to: &out)
    }
    out.append(0x7D)
    if !isArray { out.append(0x0A) }
  }

  /// Closes the array, and what is around it with the number of objects.
  package func finish() {
    if isArray { pending += isFramed ? [0x0A, 0x5D] : [0x0A, 0x5D, 0x0A] }
    if isFramed { pending += Array(",\"recordCount\":\(count)}\n".utf8) }
  }
}
