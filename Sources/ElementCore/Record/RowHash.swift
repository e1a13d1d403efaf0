/// The fingerprint of a row (`_hash`), of its key and of its groups: 64 bits over the (field name, value) pairs of the values that
/// are not empty, in the order of the names' bytes.
///
/// A field that is added, moved, left out or empty changes nothing, nor does a title; so a stored fingerprint stays true when its
/// dataset grows. Words are 8 bytes, the first one least; products are of 128 bits, their halves joined by exclusive or (`mix`):
///
/// 1. `hash` begins as 0. Of each value `state` begins as XXH64(name) + length × `spread`.
/// 2. While more than 16 bytes are left: `state = mix(word ^ state, nextWord ^ odd)`.
/// 3. What is left, filled up with zeros to two words: `hash = mix(word ^ state, nextWord ^ hash ^ odd)`.
/// 4. The fingerprint is `mix(hash, odd)`; that of a row without values is 0.
package struct RowHash: Sendable {
  /// A field that may hold a value.
  private struct Place {
    /// The field, from 0.
    let field: Int
    /// The hash of its name: what tells its values from those of others.
    let tag: UInt64
  }

  private let places: [Place]
  /// The fields that a record must have.
  private let width: Int
  private static let odd: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let spread: UInt64 = 0x1656_67B1_9E37_79F9

  /// Takes chosen fields (from 0), each under its own of `names`, one a field of the record; fields that are `empty` in every
  /// record are not looked at.
  package init(_ fields: some Sequence<Int>, names: [String], empty: Set<Int> = []) {
    let named = fields.map { (field: $0, name: Array(names[$0].utf8)) }
    width = (named.map(\.field).max() ?? -1) + 1
    places = named.filter { !empty.contains($0.field) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
      .map { Place(field: $0.field, tag: XXH64.hash($0.name.span)) }
  }

  /// Takes all values of a record, which stand under these names.
  package init(names: [String]) { self.init(names.indices, names: names) }

  /// The fingerprint of a record, whose ranges begin at `start` in `ranges` and point into `bytes`.
  package func hash(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, from start: Int) -> UInt64 {
    let ranges = ranges.extracting(start..<start + width)
    let last = bytes.count - 16
    var hash: UInt64 = 0
    for place in places {
      let range = ranges[place.field]
      let (start, end) = (Int(range.start), Int(range.end))
      precondition(start <= end && end <= bytes.count)
      var (index, left) = (start, end &- start)
      // The field and the length are spread over all bits: values that hold the same bytes, but for zeros, are others.
      var state = place.tag &+ UInt64(truncatingIfNeeded: left) &* RowHash.spread
      while left > 16 {
        state = RowHash.mix(bytes.uncheckedWord(at: index) ^ state, bytes.uncheckedWord(at: index &+ 8) ^ RowHash.odd)
        index = index &+ 16
        left = left &- 16
      }
      let (low, high) =
        if index <= last {
          RowHash.kept(bytes.uncheckedWord(at: index), bytes.uncheckedWord(at: index &+ 8), left)
        } else {
          (bytes.word(at: index, count: min(left, 8)), left > 8 ? bytes.word(at: index + 8, count: left - 8) : 0)
        }
      // Only this product waits for the value before.
      let next = RowHash.mix(low ^ state, high ^ hash ^ RowHash.odd)
      hash = end == start ? hash : next
    }
    return RowHash.mix(hash, RowHash.odd)
  }

  /// The fingerprints of all records: `ranges` holds `width` ranges a record, into `bytes`.
  package func hashes(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, width: Int, count: Int) -> [UInt64] {
    [UInt64](capacity: count) { out in
      for record in 0..<count { out.append(hash(bytes, ranges, from: record * width)) }
    }
  }

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

  /// The seal of a row: what its fingerprint, batch, input, row and the names of its derived fields come to together; any change of one
  /// changes it. A row without derived fields is sealed without them.
  package static func seal(content: UInt64, batch: Int64, input: Int64, row: Int64, derived: Span<UInt8>) -> UInt64 {
    let seal = seal(content: content, batch: batch, input: input, row: row)
    return derived.isEmpty ? seal : (seal ^ XXH64.hash(derived)) &* odd
  }

  private static func seal(content: UInt64, batch: Int64, input: Int64, row: Int64) -> UInt64 {
    var seal = content
    for part in [batch, input, row] {
      seal = (seal ^ UInt64(bitPattern: part)) &* 0x9E37_79B1_85EB_CA87
      seal ^= seal >> 29
    }
    return seal
  }
}
