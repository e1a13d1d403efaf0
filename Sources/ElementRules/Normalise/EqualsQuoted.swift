import ElementCore

/// `="3206…"`: a formula that gives a text, which programs write so that a spreadsheet turns no code into a number.
enum EqualsQuoted {
  /// Whether a value begins as one.
  @inline(__always)
  static func mayBe(_ value: Span<UInt8>) -> Bool { value.count >= 3 && value[0] == 0x3D && value[1] == 0x22 }

  /// Where the text stands in a value that is one and has no quotes of its own; nil for any other value.
  static func inner(_ value: Span<UInt8>) -> Range<Int>? {
    guard mayBe(value) else { return nil }
    let trimmed = CodeFolding.trimmed(value)
    guard value[trimmed.upperBound - 1] == 0x22, trimmed.upperBound >= 3 else { return nil }
    let inner = 2..<trimmed.upperBound - 1
    for index in inner where value[index] == 0x22 { return nil }
    return inner
  }
}
