/// Keys and the places of the records that have them, 64 bits each, the key above; sorted by key, then by place.
struct KeyEntries {
  private(set) var entries: [UInt64] = []

  /// Adds a key; places must come ascending.
  mutating func add(_ key: UInt32, _ place: Int) {
    entries.append(UInt64(key) << 32 | UInt64(UInt32(truncatingIfNeeded: place)))
  }

  /// Adds keys of records that stand behind all there are.
  mutating func add(_ others: KeyEntries) { entries += others.entries }

  /// Sorts by key in three passes of eleven bits, which keep the order of the places.
  mutating func sort() {
    guard entries.count > 256 else { return entries.sort() }
    var other = [UInt64](repeating: 0, count: entries.count)
    for shift: UInt64 in [32, 43, 54] {
      var starts = [Int](repeating: 0, count: 2_049)
      for entry in entries { starts[Int(entry >> shift & 2_047) + 1] += 1 }
      for digit in 1...2_048 { starts[digit] += starts[digit - 1] }
      for entry in entries {
        let digit = Int(entry >> shift & 2_047)
        other[starts[digit]] = entry
        starts[digit] += 1
      }
      swap(&entries, &other)
    }
  }

  /// Visits the blocks of two records or more, in the order of their keys.
  func forEachBlock<Failure: Error>(_ body: (UInt32, ArraySlice<UInt64>) throws(Failure) -> Void) throws(Failure) {
    var start = 0
    while start < entries.count {
      let key = entries[start] >> 32
      var end = start + 1
      while end < entries.count, entries[end] >> 32 == key { end += 1 }
      if end - start > 1 { try body(UInt32(key), entries[start..<end]) }
      start = end
    }
  }
}
