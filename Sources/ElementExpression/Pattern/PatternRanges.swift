/// Sets of scalars as ranges, and the bytes that they have in UTF-8.
enum PatternRanges {
  /// All other scalars.
  static func inverted(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var out: [ClosedRange<UInt32>] = []
    for whole in PatternParser.all {
      var next = whole.lowerBound
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.overlaps(whole) {
        if range.lowerBound > next { out.append(next...range.lowerBound - 1) }
        next = max(next, range.upperBound + 1)
      }
      if next <= whole.upperBound { out.append(next...whole.upperBound) }
    }
    return out
  }

  /// The sequences of byte ranges that spell the scalars of a range, each one to four bytes long.
  static func sequences(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
    var out: [[ClosedRange<UInt8>]] = []
    // Surrogates have no UTF-8; between these bounds all scalars have the same number of bytes.
    for part in [0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF] as [ClosedRange<UInt32>]
    where part.overlaps(range) {
      let low = max(part.lowerBound, range.lowerBound)
      let high = min(part.upperBound, range.upperBound)
      split(low, high, &out)
    }
    return out
  }

  /// Splits until all bytes behind the first that differs run over their whole range.
  private static func split(_ low: UInt32, _ high: UInt32, _ out: inout [[ClosedRange<UInt8>]]) {
    for shift in [6, 12, 18] as [UInt32] where high >= 0x80 {
      let mask: UInt32 = (1 << shift) - 1
      guard low & ~mask != high & ~mask else { continue }
      if low & mask != 0 {
        split(low, low | mask, &out)
        split((low | mask) + 1, high, &out)
        return
      }
      if high & mask != mask {
        split(low, (high & ~mask) - 1, &out)
        split(high & ~mask, high, &out)
        return
      }
    }
    out.append(zip(bytes(low), bytes(high)).map { $0...$1 })
  }

  private static func bytes(_ scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(String($0).utf8) } ?? []
  }
}
