import ElementCore

/// Turns UTF-16 into UTF-8 piece by piece. A lone surrogate takes its three-byte form and a cut-off unit becomes 0xFF:
/// strict UTF-8 refuses both later, so the record is caught and nothing is replaced.
package struct UTF16Transcoder: Sendable {
  private let bigEndian: Bool
  private var pendingByte: UInt8?
  private var pendingLead: UInt32?

  /// A transcoder for one byte order.
  package init(bigEndian: Bool) {
    self.bigEndian = bigEndian
  }

  /// Appends the bytes as UTF-8; units cut by the end of the piece wait for the next one.
  package mutating func append(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    for index in bytes.indices {
      guard let first = pendingByte else {
        pendingByte = bytes[index]
        continue
      }
      pendingByte = nil
      let unit = bigEndian ? UInt32(first) << 8 | UInt32(bytes[index]) : UInt32(bytes[index]) << 8 | UInt32(first)
      appendUnit(unit, to: &out)
    }
  }

  /// Ends the text: what still waits is cut off.
  package mutating func finish(_ out: inout [UInt8]) {
    flushLead(&out)
    if pendingByte != nil { out.append(0xFF) }
    pendingByte = nil
  }

  private mutating func appendUnit(_ unit: UInt32, to out: inout [UInt8]) {
    if let lead = pendingLead, (0xDC00...0xDFFF).contains(unit) {
      pendingLead = nil
      UTF8Scan.append(0x10000 + (lead - 0xD800) << 10 + (unit - 0xDC00), to: &out)
      return
    }
    flushLead(&out)
    if (0xD800...0xDBFF).contains(unit) {
      pendingLead = unit
    } else {
      UTF8Scan.append(unit, to: &out)
    }
  }

  private mutating func flushLead(_ out: inout [UInt8]) {
    if let lead = pendingLead { UTF8Scan.append(lead, to: &out) }
    pendingLead = nil
  }
}
