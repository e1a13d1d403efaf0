import Crypto
import ElementCore
import ElementFormats

/// The key of pseudonyms: kept outside of the warehouse, so that nobody who has the one has the other.
package struct PseudonymKey: Sendable, Hashable {
  private let bytes: [UInt8]
  private static let least = 16

  /// A key; nil where it has fewer than 16 bytes.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.least else { return nil }
    self.bytes = bytes
  }

  /// What tells one key from another, and nothing else of it.
  package var fingerprint: String { String(escapingInvalid: pseudonym(of: Array("key".utf8)).span) }

  /// The pseudonym of a value: 64 hexadecimal digits.
  func pseudonym(of value: [UInt8]) -> [UInt8] {
    let code = HMAC<SHA256>.authenticationCode(for: value, using: SymmetricKey(data: bytes))
    return Array(Hexadecimal.text(Array(code)).utf8)
  }
}
