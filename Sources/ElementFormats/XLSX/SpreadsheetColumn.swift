import ElementCore

/// Columns as spreadsheets name them: A to XFD.
package enum SpreadsheetColumn {
  /// The column (from 1) of a reference such as `XFD1048576`; nil where it has no letters.
  static func number(_ reference: Span<UInt8>) -> Int? {
    var column = 0
    for place in reference.indices {
      // Small letters mean the same.
      let byte = reference[place] >= 0x61 ? reference[place] & 0xDF : reference[place]
      guard (0x41...0x5A).contains(byte), column < 100_000 else { break }
      column = column * 26 + Int(byte) - 0x40
    }
    return column > 0 ? column : nil
  }

  /// A column (from 1) in letters.
  package static func letters(_ column: Int) -> String {
    var letters = ""
    var number = column
    while number > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (number - 1) % 26))) + letters
      number = (number - 1) / 26
    }
    return letters
  }
}
