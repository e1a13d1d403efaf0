extension RowHash {
  /// The hash of a record's values as they stand in `bytes`: of each, 16 bytes at a time are multiplied to 128 bits whose halves
  /// are joined; what comes of the values is joined by a product more, so that none of these waits for the one before.
  ///
  /// An empty value changes nothing, whether its field is looked at or not.
  func mixed(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>) -> UInt64 {
    let last = bytes.count - 16
    var hash: UInt64 = 0
    for place in places {
      let range = ranges[place.field]
      let (start, end) = (Int(range.start), Int(range.end))
      precondition(start <= end && end <= bytes.count)
      var (index, left) = (start, end &- start)
      // The field and the length are spread over all bits: values that hold the same bytes, but for zeros, are others.
      var value = place.tag &+ UInt64(truncatingIfNeeded: left) &* 0x1656_67B1_9E37_79F9
      while left > 16 {
        value = RowHash.mix(bytes.uncheckedWord(at: index) ^ value, bytes.uncheckedWord(at: index &+ 8) ^ RowHash.odd)
        index = index &+ 16
        left = left &- 16
      }
      let (low, high) =
        if index <= last {
          RowHash.kept(bytes.uncheckedWord(at: index), bytes.uncheckedWord(at: index &+ 8), left)
        } else {
          (bytes.word(at: index, count: min(left, 8)), left > 8 ? bytes.word(at: index + 8, count: left - 8) : 0)
        }
      value = RowHash.mix(low ^ value, high ^ RowHash.odd)
      hash = end == start ? hash : (hash ^ value) &* RowHash.odd
    }
    return RowHash.mix(hash, RowHash.odd)
  }

  private static let odd: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  /// Of 16 bytes in two words the first `count`, the rest zero.
  @inline(__always)
  private static func kept(_ low: UInt64, _ high: UInt64, _ count: Int) -> (UInt64, UInt64) {
    let bits = UInt64(truncatingIfNeeded: count &* 8)
    // A shift by 64 is one by none.
    let lowMask = count >= 8 ? UInt64.max : (1 &<< bits) &- 1
    let highMask = count <= 8 ? 0 : UInt64.max &>> (128 &- bits)
    return (low & lowMask, high & highMask)
  }

  /// The product of two numbers, its upper half laid over its lower.
  @inline(__always)
  private static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
