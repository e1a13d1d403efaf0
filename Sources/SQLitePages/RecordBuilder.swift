import ElementCore
import Glibc

/// Lays rows out in SQLite's record format ("Database File Format", section 2.1): types of all values, then the values.
///
/// Safe: the room is this value's own, and nothing is written beyond it: a row that does not fit is not whole.
@safe package struct RecordBuilder: ~Copyable {
  /// Room behind the longest record: values are copied sixteen bytes at a time.
  private static let slack = 16
  private let types: UnsafeMutableRawPointer
  private let body: UnsafeMutableRawPointer
  private let typeLimit: Int
  private var typeCount = 0
  private var bodyCount = 0
  private var hadRoom = true
  /// Whether the record has all its values and fits in a leaf.
  var isWhole: Bool { hadRoom && headerSize + bodyCount <= PageFormat.recordLimit }

  /// A builder of records with so many columns.
  package init(columns: Int) {
    typeLimit = columns * 9
    unsafe types = .allocate(byteCount: typeLimit, alignment: 16)
    unsafe body = .allocate(byteCount: PageFormat.recordLimit + Self.slack, alignment: 16)
  }

  deinit {
    unsafe types.deallocate()
    unsafe body.deallocate()
  }

  /// Begins a record.
  mutating func begin() { (typeCount, bodyCount, hadRoom) = (0, 0, true) }

  /// Adds a type of one byte: NULL (0), the integers 0 (8) and 1 (9), and short values.
  @inline(__always)
  private mutating func add(type: UInt8) {
    // SAFETY: no column has more than nine bytes of type, and there is room for nine of each.
    unsafe types.storeBytes(of: type, toByteOffset: typeCount, as: UInt8.self)
    typeCount += 1
  }

  @inline(__always)
  mutating func addNull() { add(type: 0) }

  /// Adds so many NULLs.
  mutating func addNulls(_ count: Int) {
    // SAFETY: as in `add(type:)`, a byte for each column.
    unsafe (types + typeCount).initializeMemory(as: UInt8.self, repeating: 0, count: count)
    typeCount += count
  }

  /// Adds an integer in the fewest bytes that hold it.
  mutating func add(_ value: Int64) {
    if value == 0 || value == 1 { return add(type: UInt8(8 + value)) }
    let size = RecordBuilder.size(of: value)
    guard bodyCount + 8 <= PageFormat.recordLimit else { return hadRoom = false }
    add(type: size == 8 ? 6 : size == 6 ? 5 : UInt8(size))
    // SAFETY: eight bytes have room; those behind the value are written over.
    unsafe body.storeBytes(of: (value << Int64(64 - size * 8)).bigEndian, toByteOffset: bodyCount, as: Int64.self)
    bodyCount += size
  }

  /// The fewest bytes that hold an integer, of the sizes that there are.
  private static func size(of value: Int64) -> Int {
    let bits = 65 - (value < 0 ? ~value : value).leadingZeroBitCount
    return bits <= 32 ? (bits + 7) / 8 : bits <= 48 ? 6 : 8
  }

  /// Adds the integer that canonical digits in `bytes` spell, NULL for none; a range beyond them traps.
  mutating func add(digits range: FieldRange, in bytes: UnsafeBufferPointer<UInt8>) {
    if range.isEmpty { return addNull() }
    unsafe add(bytes.extracting(range.indices).span.integer)
  }

  /// Adds text from `bytes`, NULL for none; a range beyond them traps.
  @inline(__always)
  mutating func add(text range: FieldRange, in bytes: UnsafeBufferPointer<UInt8>) {
    let count = range.count
    if count <= 0 { return addNull() }
    guard bodyCount + count <= PageFormat.recordLimit else { return hadRoom = false }
    let type = UInt64(count * 2 + 13)
    if type < 0x80 {
      add(type: UInt8(type))
    } else {
      // SAFETY: as in `add(type:)`.
      unsafe typeCount += RecordBuilder.write(varint: type, to: types + typeCount)
    }
    guard let base = unsafe UnsafeRawPointer(bytes.baseAddress) else { return }
    let (source, target) = unsafe (base + Int(range.start), body + bodyCount)
    if Int(range.start) + count + Self.slack <= bytes.count, count <= 64 {
      var offset = 0
      while offset < count {
        // SAFETY: at most `slack` bytes are read and written past the value, and there are so many on both sides.
        let part = unsafe source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        unsafe target.storeBytes(of: part, toByteOffset: offset, as: SIMD16<UInt8>.self)
        offset += 16
      }
    } else {
      precondition(Int(range.end) <= bytes.count)
      // SAFETY: the range lies in the bytes, and there is room for it.
      unsafe target.copyMemory(from: source, byteCount: count)
    }
    bodyCount += count
  }

  mutating func add(text: String) {
    let bytes = Array(text.utf8)
    // SAFETY: the range is the whole array.
    unsafe bytes.withUnsafeBufferPointer { unsafe add(text: FieldRange(0, $0.count), in: $0) }
  }

  // MARK: Cells

  /// The types and the byte or bytes that say how many they are.
  private var headerSize: Int { typeCount + (typeCount < 127 ? 1 : 2) }

  /// The size of the record as a cell of a leaf: lengths, row number and record.
  func cellSize(row: Int64) -> Int {
    let payload = headerSize + bodyCount
    return RecordBuilder.varintSize(UInt64(payload)) + RecordBuilder.varintSize(UInt64(bitPattern: row)) + payload
  }

  /// The size of the record as a cell of an index: its length and itself.
  var keyCellSize: Int { RecordBuilder.varintSize(UInt64(headerSize + bodyCount)) + headerSize + bodyCount }

  /// Writes the cell of a leaf.
  ///
  /// SAFETY: `target` must have room for `cellSize` bytes.
  func write(row: Int64, to target: UnsafeMutableRawPointer) {
    var next = unsafe target
    unsafe next += RecordBuilder.write(varint: UInt64(headerSize + bodyCount), to: next)
    unsafe next += RecordBuilder.write(varint: UInt64(bitPattern: row), to: next)
    unsafe writeRecord(to: next)
  }

  /// Writes the cell of an index.
  ///
  /// SAFETY: `target` must have room for `keyCellSize` bytes.
  func writeKey(to target: UnsafeMutableRawPointer) {
    unsafe writeRecord(to: target + RecordBuilder.write(varint: UInt64(headerSize + bodyCount), to: target))
  }

  private func writeRecord(to target: UnsafeMutableRawPointer) {
    let next = unsafe target + RecordBuilder.write(varint: UInt64(headerSize), to: target)
    unsafe next.copyMemory(from: types, byteCount: typeCount)
    unsafe (next + typeCount).copyMemory(from: body, byteCount: bodyCount)
  }

  /// The number of bytes of a variable-length integer, seven bits each and eight in the ninth.
  @inline(__always)
  static func varintSize(_ value: UInt64) -> Int {
    value < 0x80 ? 1 : min(9, (64 - value.leadingZeroBitCount + 6) / 7)
  }

  /// Writes a variable-length integer, the highest bits first, and returns its size.
  ///
  /// SAFETY: `target` must have room for it.
  @inline(__always) @discardableResult
  static func write(varint value: UInt64, to target: UnsafeMutableRawPointer) -> Int {
    let size = varintSize(value)
    var rest = value
    var place = size - 1
    if size == 9 {
      unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: 8, as: UInt8.self)
      rest >>= 8
      place = 7
    }
    while place >= 0 {
      let more: UInt8 = place == size - 1 ? 0 : 0x80
      unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: rest) & 0x7F | more, toByteOffset: place, as: UInt8.self)
      rest >>= 7
      place -= 1
    }
    return size
  }
}
