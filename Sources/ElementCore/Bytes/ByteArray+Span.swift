extension [UInt8] {
  /// Appends the bytes of a span.
  package mutating func append(span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { buffer in
      // SAFETY: the buffer is valid while the closure runs and `append` copies it.
      unsafe self.append(contentsOf: buffer)
    }
  }

  /// Appends the bytes of an integer, the lowest first.
  @inlinable
  package mutating func append(integer: some FixedWidthInteger) {
    // SAFETY: the bytes of an integer are there while the closure runs, and are copied.
    unsafe Swift.withUnsafeBytes(of: integer.littleEndian) { unsafe self.append(contentsOf: $0) }
  }

  /// The bytes of a span as an array.
  package init(span: Span<UInt8>) {
    self = []
    append(span: span)
  }
}

extension String {
  /// The text of bytes that must be valid UTF-8; nil where they are not. Nothing is ever replaced.
  package init?(validUTF8 bytes: Span<UInt8>) {
    guard let text = try? UTF8Span(validating: bytes) else { return nil }
    self.init(copying: text)
  }

  /// The text of bytes from any source, bytes outside UTF-8 written as `\xNN`: for people, never for storage.
  package init(escapingInvalid bytes: Span<UInt8>) {
    if let text = String(validUTF8: bytes) {
      self = text
      return
    }
    var out = ""
    var index = 0
    while index < bytes.count {
      let length = UTF8Scan.sequenceLength(bytes, at: index)
      if length == 0 {
        let hex = String(bytes[index], radix: 16, uppercase: true)
        out += "\\x" + (hex.count == 1 ? "0" + hex : hex)
        index += 1
      } else {
        out += String(validUTF8: bytes.extracting(index..<index + length)) ?? ""
        index += length
      }
    }
    self = out
  }
}
