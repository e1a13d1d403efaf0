import CZlib

/// The check value of gzip and ZIP (ISO 3309), over data that comes in pieces.
@safe package struct CRC32: Sendable {
  /// The value so far.
  package private(set) var value: UInt32 = 0

  /// The value of no bytes.
  package init() {}

  /// Adds a piece.
  package mutating func update(_ bytes: Span<UInt8>) {
    // SAFETY: zlib reads as many bytes as the span has.
    value = unsafe bytes.withUnsafeBufferPointer { raw in
      unsafe UInt32(truncatingIfNeeded: CZlib.crc32(UInt(value), raw.baseAddress, UInt32(raw.count)))
    }
  }
}
