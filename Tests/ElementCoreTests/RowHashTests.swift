import ElementCore
import Testing

/// How rows are hashed, against the obvious way.
struct RowHashTests {
  /// Values in one array of bytes, with other bytes between them.
  private struct Rows {
    var bytes: [UInt8] = []
    var ranges: [FieldRange] = []

    mutating func add(_ value: [UInt8]) {
      bytes.append(0x2C)
      ranges.append(FieldRange(bytes.count, bytes.count + value.count))
      bytes += value
    }

    func hash(_ hash: RowHash, from start: Int = 0) -> UInt64 {
      var hash = hash
      return hash.hash(bytes.span, ranges.span, from: start)
    }
  }

  private func random(_ seed: UInt64) -> (Int) -> Int {
    var state = seed
    return { limit in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
  }

  private let lengths = [0, 0, 1, 2, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 60, 64, 200]

  @Test(arguments: 1...40) func `a kept hash is XXH64 of the values, each behind its length`(_ seed: UInt64) {
    let next = random(seed)
    let width = 1 + next(60)
    let empty = Set((0..<width).filter { _ in next(3) == 0 })
    var rows = Rows()
    for field in 0..<width * 5 {
      let length = empty.contains(field % width) ? 0 : lengths[next(lengths.count)]
      rows.add((0..<length).map { _ in UInt8(next(256)) })
    }
    for record in 0..<5 {
      var row: [UInt8] = []
      for range in rows.ranges[record * width..<(record + 1) * width] {
        RowHash.append(rows.bytes.span.extracting(range.indices), to: &row)
      }
      let expected = XXH64.hash(row.span)
      #expect(rows.hash(RowHash(0..<width), from: record * width) == expected)
      #expect(rows.hash(RowHash(0..<width, empty: empty), from: record * width) == expected)
    }
    let field = next(width)
    var value: [UInt8] = []
    RowHash.append(rows.bytes.span.extracting(rows.ranges[field].indices), to: &value)
    let expected = XXH64.hash(value.span)
    #expect(rows.hash(RowHash([field])) == expected)
  }

  @Test(arguments: 1...40) func `a hash of the run is of the values alone, wherever they stand`(_ seed: UInt64) {
    let next = random(seed)
    let width = 1 + next(40)
    let values = (0..<width).map { _ in (0..<lengths[next(lengths.count)]).map { _ in UInt8(next(256)) } }
    let empty = Set(values.indices.filter { values[$0].isEmpty && next(2) == 0 })
    var (rows, alone) = (Rows(), Rows())
    for value in values { alone.add(value) }
    for _ in 0..<3 { for value in values { rows.add(value) } }
    // The last value ends where the bytes do, and others do not.
    let expected = alone.hash(RowHash(0..<width, isKept: false))
    for record in 0..<3 {
      #expect(rows.hash(RowHash(0..<width, isKept: false), from: record * width) == expected)
      #expect(rows.hash(RowHash(0..<width, empty: empty, isKept: false), from: record * width) == expected)
    }
  }

  @Test func `a row without a byte has a hash, of either kind`() {
    let ranges = [FieldRange](repeating: .empty, count: 3)
    var (kept, passing) = (RowHash(0..<3), RowHash(0..<3, isKept: false))
    let zeros = [UInt8](repeating: 0, count: 12)
    let expected = XXH64.hash(zeros.span)
    let hashes = (kept.hash(Span(), ranges.span, from: 0), passing.hash(Span(), ranges.span, from: 0))
    #expect(hashes.0 == expected)
    var rows = Rows()
    for _ in 0..<3 { rows.add([]) }
    #expect(hashes.1 == rows.hash(RowHash(0..<3, isKept: false)))
  }

  @Test func `rows that differ in a byte, a length or a field have other hashes of the run`() {
    var seen: [UInt64: [[UInt8]]] = [:]
    func add(_ values: [[UInt8]]) {
      var rows = Rows()
      for value in values { rows.add(value) }
      let hash = rows.hash(RowHash(0..<values.count, isKept: false))
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
    for number in 0..<100_000 { add([Array("3206821990\(1_000_000 + number)".utf8), [], Array("张".utf8)]) }
    for cut in 1..<18 {
      add([Array("320682199001011234".prefix(cut).utf8), Array("320682199001011234".dropFirst(cut).utf8), []])
    }
  }
}
