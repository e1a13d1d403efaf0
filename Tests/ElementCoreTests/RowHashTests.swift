import ElementCore
import ElementTestSupport
import Testing

/// How rows are fingerprinted, against the obvious way and vectors of another program.
struct RowHashTests {
  /// Values in one array of bytes, with other bytes between them.
  private struct Rows {
    var bytes: [UInt8] = []
    var ranges: [FieldRange] = []

    init(_ values: [[UInt8]] = []) { for value in values { add(value) } }

    mutating func add(_ value: [UInt8]) {
      bytes.append(0x2C)
      ranges.append(FieldRange(bytes.count, bytes.count + value.count))
      bytes += value
    }

    func hash(_ hash: RowHash, from start: Int = 0) -> UInt64 { hash.hash(bytes.span, ranges.span, from: start) }
  }

  /// The definition, a byte at a time.
  private func obvious(_ pairs: [(name: String, value: [UInt8])]) -> UInt64 {
    func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
      let product = UInt128(one) * UInt128(other)
      return UInt64(truncatingIfNeeded: product >> 64) ^ UInt64(truncatingIfNeeded: product)
    }
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    let odd: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    var hash: UInt64 = 0
    let sorted = pairs.filter { !$0.value.isEmpty }.sorted {
      Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8))
    }
    for (name, value) in sorted {
      let bytes = Array(name.utf8)
      var state = XXH64.hash(bytes.span) &+ UInt64(value.count) &* 0x1656_67B1_9E37_79F9
      var rest = value[...]
      while rest.count > 16 {
        state = mix(word(rest) ^ state, word(rest.dropFirst(8)) ^ odd)
        rest = rest.dropFirst(16)
      }
      hash = mix(word(rest) ^ state, word(rest.dropFirst(8)) ^ hash ^ odd)
    }
    return mix(hash, odd)
  }

  private func random(_ seed: UInt64) -> (Int) -> Int {
    var state = seed
    return { limit in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
  }

  private let lengths = [0, 0, 1, 2, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 60, 64, 200]

  /// Computed by `Tests/Fixtures/fingerprints/make.py` from the definition.
  @Test(arguments: try FingerprintVectors.shipped().rows) func `a fingerprint is that of the vectors`(
    _ vector: FingerprintVectors.Row
  ) {
    let rows = Rows(vector.values.map { Array($0.utf8) })
    #expect(rows.hash(RowHash(names: vector.names)) == UInt64(vector.hash, radix: 16))
  }

  @Test(arguments: 1...60) func `a fingerprint is as defined, wherever values stand and whatever their order`(_ seed: UInt64) {
    let next = random(seed)
    let width = 1 + next(40)
    let names = (0..<width).map { "field\($0 * 7919 % 101)" }
    let values = (0..<width).map { _ in (0..<lengths[next(lengths.count)]).map { _ in UInt8(next(256)) } }
    let empty = Set(values.indices.filter { values[$0].isEmpty && next(2) == 0 })
    let expected = obvious(Array(zip(names, values)))
    let rows = Rows(values + values + values)
    // The last value ends where the bytes do, and others do not.
    for record in 0..<3 {
      #expect(rows.hash(RowHash(names: names), from: record * width) == expected)
      #expect(rows.hash(RowHash(0..<width, names: names, empty: empty), from: record * width) == expected)
    }
    let order = (0..<width).sorted { ($0 * 31 + Int(seed)) % width < ($1 * 31 + Int(seed)) % width }
    #expect(Rows(order.map { values[$0] }).hash(RowHash(names: order.map { names[$0] })) == expected)
    // Fields that the row does not use change nothing.
    #expect(Rows([[]] + values + [[]]).hash(RowHash(names: ["added"] + names + ["zulu"])) == expected)
  }

  @Test func `a row without a value has the fingerprint 0`() {
    let ranges = [FieldRange](repeating: .empty, count: 3)
    let hash = RowHash(names: ["a", "b", "c"]).hash(Span(), ranges.span, from: 0)
    #expect(hash == 0)
  }

  @Test func `rows that differ in a byte, a length or a field have other fingerprints`() {
    var seen: [UInt64: [[UInt8]]] = [:]
    let names = ["identityNum", "houseCode", "personName"]
    func add(_ values: [[UInt8]]) {
      let hash = Rows(values).hash(RowHash(names: names))
      #expect(seen[hash] == nil, "\(values) and \(seen[hash] ?? [])")
      seen[hash] = values
    }
    for length in 1...40 {
      // Zeros in every field and of every length, and one bit in each byte.
      for field in 0..<3 {
        var values = [[UInt8]](repeating: [], count: 3)
        values[field] = [UInt8](repeating: 0, count: length)
        add(values)
        for bit in 0..<length * 8 {
          var changed = values
          changed[field][bit / 8] |= 1 << UInt8(bit % 8)
          add(changed)
        }
      }
    }
    for number in 0..<100_000 { add([Array("3206991990\(1_000_000 + number)".utf8), [], Array("示例".utf8)]) }
    // Two digits of two fields that change places, or change by as much.
    for one in 0..<100 {
      for other in 0..<100 { add([Array("13800138\(100 + one)".utf8), Array("15012345\(100 + other)".utf8), []]) }
    }
    for cut in 1..<18 {
      add([Array("320699199001011234".prefix(cut).utf8), Array("320699199001011234".dropFirst(cut).utf8), []])
    }
  }
}
