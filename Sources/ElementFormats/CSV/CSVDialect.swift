/// How a delimited file is written, and how much of it is taken at once.
package struct CSVDialect: Sendable, Hashable {
  /// The byte between fields.
  package var delimiter: UInt8
  /// Whether bytes ≥ 0x81 take the next byte with them (GB 18030 beside a delimiter that can be a second byte).
  package var hasDoubleBytes: Bool
  /// The longest record, in bytes.
  package var recordLimit: Int
  /// The longest field, in bytes.
  package var fieldLimit: Int
  /// The most fields of a record.
  package var columnLimit: Int

  /// A dialect.
  package init(delimiter: UInt8, encoding: TextEncoding = .utf8, limits: ReadingLimits = .standard) {
    (recordLimit, fieldLimit, columnLimit) = (limits[.recordBytes], limits[.fieldBytes], limits[.columns])
    self.delimiter = delimiter
    hasDoubleBytes = encoding == .gb18030 && delimiter >= 0x40
  }

  /// The delimiters that sniffing tries, in this order.
  package static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]

  /// The delimiter by a name that a command line can carry: the character itself, `tab` or `\t`.
  package static func delimiter(named name: String) -> UInt8? {
    if name == "tab" || name == "\\t" { return 0x09 }
    guard name.utf8.count == 1, let byte = name.utf8.first, byte > 0x1F || byte == 0x09, byte < 0x7F, byte != 0x22 else {
      return nil
    }
    return byte
  }

  /// The delimiter as it is shown.
  package var delimiterName: String { delimiter == 0x09 ? "tab" : String(UnicodeScalar(delimiter)) }
}
