import ElementCore
import ElementFormats

/// Writes text in GB 18030, as far as generated text goes: characters with a two-byte code.
enum GB18030Writer {
  private static let table = GB18030.shared.reverseTable()

  /// Appends a text as GB 18030.
  static func append(_ text: String, to out: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80 {
        out.append(UInt8(scalar.value))
        continue
      }
      guard scalar.value < 0x10000, table[Int(scalar.value)] > 0 else {
        bug("generated text holds a character without a two-byte code")
      }
      out.append(UInt8(table[Int(scalar.value)] >> 8))
      out.append(UInt8(table[Int(scalar.value)] & 0xFF))
    }
  }
}
