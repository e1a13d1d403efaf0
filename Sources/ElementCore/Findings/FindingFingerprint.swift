/// By what a finding is known again in later runs, whatever the order of rows: the first 16 bytes of an HMAC over rule, dataset, record
/// and field, with the secret of a warehouse.
package struct FindingFingerprint: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  /// The first 16 bytes of an HMAC.
  package init(_ bytes: Span<UInt8>) {
    (high, low) = (bytes.word(at: 0).byteSwapped, bytes.word(at: 8).byteSwapped)
  }

  /// A fingerprint as written; nil where it is not 32 hexadecimal digits.
  package init?(parsing text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  /// The fingerprint as 32 lower-case hexadecimal digits.
  package var text: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(32)
    for word in [high, low] {
      for shift in stride(from: 60, through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift) & 15)
        digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Its 16 bytes, the highest first.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// Appends its 16 bytes, the highest first: bytes compare as fingerprints do.
  package func append(to bytes: inout [UInt8]) {
    bytes.append(integer: high.bigEndian)
    bytes.append(integer: low.bigEndian)
  }
}
