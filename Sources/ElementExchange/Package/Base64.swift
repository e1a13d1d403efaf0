import Foundation

/// Base64 (RFC 4648, 4) as keys and signatures use it.
enum Base64 {
  /// Bytes as text on one line.
  static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// The bytes of a text on one line; nil where it is none.
  static func bytes(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map(Array.init) }
}
