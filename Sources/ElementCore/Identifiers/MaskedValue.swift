/// Recognises values that somebody masked before handing the list over.
package enum MaskedValue {
  private static let stars: Set<UInt32> = [0x2A, 0xFF0A, 0x2217, 0x204E]
  private static let marks: Set<UInt32> = [0xD7, 0x25CF, 0x25CB, 0x25A0, 0x2715, 0x2716]

  /// Whether the value is masked: `3206**********1234`, `138****0000`, `张*`, also with ＊, ×, ● and similar marks.
  ///
  /// One × may be a look-alike of X and one ● between the parts of a long name a wrong interpunct, so marks other than
  /// stars count in pairs; in a name of up to three characters one is enough.
  package static func isMasked(_ value: Span<UInt8>, isName: Bool) -> Bool {
    var starCount = 0
    var markCount = 0
    var length = 0
    var index = 0
    while index < value.count {
      let scalar = UTF8Scan.scalar(value, at: &index)
      length += 1
      if scalar == 0x2A || scalar >= 0x80 && stars.contains(scalar) { starCount += 1 }
      if scalar >= 0x80, marks.contains(scalar) { markCount += 1 }
    }
    return starCount > 0 || markCount >= 2 || (isName && markCount == 1 && length <= 3)
  }
}
