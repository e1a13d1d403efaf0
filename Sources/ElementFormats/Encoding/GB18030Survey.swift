import ElementCore

/// Counts the lines of a file, handed over in pieces, that are not valid GB 18030: where a piece is valid, its lines need not
/// be told apart.
struct GB18030Survey: Sendable {
  /// Lines that are not valid, so far.
  private(set) var invalidLines = 0
  /// The end of the last piece, behind its last line end.
  private var rest: [UInt8] = []
  /// Whether the line that goes on is counted already.
  private var isInvalid = false
  /// A line beyond any record limit is looked at in pieces, so that memory does not grow with it.
  private static let restLimit = 1 << 22

  /// Looks at the next piece.
  mutating func add(_ bytes: Span<UInt8>) {
    // Neither LF nor CR is ever part of a longer code.
    var end = bytes.count
    while end > 0, bytes[end - 1] != 0x0A, bytes[end - 1] != 0x0D { end -= 1 }
    var start = 0
    if !rest.isEmpty {
      while start < end, start == 0 || (bytes[start - 1] != 0x0A && bytes[start - 1] != 0x0D) { start += 1 }
      rest.append(span: bytes.extracting(0..<(end == 0 ? bytes.count : start)))
      if end > 0 || rest.count > Self.restLimit { lookAtRest() }
      if end == 0 { return }
    }
    look(bytes.extracting(start..<end))
    rest.append(span: bytes.extracting(end..<bytes.count))
  }

  /// Looks at the last line.
  mutating func finish() { lookAtRest() }

  private mutating func lookAtRest() {
    let line = rest
    rest.removeAll(keepingCapacity: true)
    look(line.span)
  }

  private mutating func look(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let valid = isInvalid ? 0 : GB18030.shared.validPrefix(bytes.extracting(start..<bytes.count))
      start += valid
      if start == bytes.count { return }
      if !isInvalid { invalidLines += 1 }
      isInvalid = true
      while start < bytes.count, bytes[start] != 0x0A, bytes[start] != 0x0D { start += 1 }
      if start < bytes.count { isInvalid = false }
    }
  }
}
