import ElementCore
import Glibc

/// Decodes GB 18030-2022 strictly: two-byte codes by a table, four-byte codes by glibc with the corrections of 2022.
///
/// The private-use leftovers of GBK come out as the characters that Unicode has for them.
package struct GB18030: Sendable {
  /// The scalar of each two-byte code, 190 a lead byte from 0x81; 0 where nothing is assigned.
  private let twoBytes: [UInt32]
  /// The UTF-8 of each pair of bytes from 0x8100 on that comes to three bytes, as nearly all do, its first byte least; else 0.
  private let pairs: [UInt32]
  /// A bit for each two bytes, the first of them least: set where they are an assigned code.
  private let assigned: [UInt64]
  /// The scalars of four-byte codes that the table of 2005 lacks or maps to private use.
  private static let corrections: [UInt32: UInt32] = {
    var map: [UInt32: UInt32] = [0x8135_F437: 0x1E3F]
    let ideographs: [UInt32] = [
      0x8235_9037, 0x8235_9038, 0x8235_9039, 0x8235_9130, 0x8235_9131, 0x8235_9132, 0x8235_9133, 0x8235_9134,
    ]
    for (index, code) in ideographs.enumerated() { map[code] = 0x9FB4 + UInt32(index) }
    let verticals: [UInt32] = [
      0x8431_8236, 0x8431_8237, 0x8431_8238, 0x8431_8239, 0x8431_8330, 0x8431_8331, 0x8431_8332, 0x8431_8333, 0x8431_8334,
      0x8431_8335,
    ]
    for (index, code) in verticals.enumerated() { map[code] = 0xFE10 + UInt32(index) }
    return map
  }()

  /// The decoder that all share; its table is made once from glibc's.
  package static let shared = GB18030()

  private init() {
    var codes: [UInt8] = []
    for lead in 0x81...0xFE as ClosedRange<UInt8> {
      for trail in 0x40...0xFE as ClosedRange<UInt8> where trail != 0x7F { codes += [lead, trail] }
    }
    twoBytes = Converter().scalars(ofTwoByteCodes: codes)
    var pairs = [UInt32](repeating: 0, count: 0x10000 - 0x8100)
    var assigned = [UInt64](repeating: 0, count: 0x10000 / 64)
    for (place, scalar) in twoBytes.enumerated() where scalar > 0 {
      let (lead, second) = (codes[place * 2], codes[place * 2 + 1])
      let bit = Int(second) << 8 | Int(lead)
      assigned[bit >> 6] |= 1 << UInt64(bit & 63)
      let (packed, length) = Self.packed(scalar)
      if length == 3 { pairs[(Int(lead) << 8 | Int(second)) - 0x8100] = packed }
    }
    (self.pairs, self.assigned) = (pairs, assigned)
  }

  /// The scalar of the code that starts at `index` (from 0) and its length in bytes; nil where the bytes are no code.
  package func scalar(_ bytes: Span<UInt8>, at index: Int) -> (scalar: UInt32, length: Int)? {
    let lead = bytes[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    guard lead >= 0x81, lead <= 0xFE, index + 1 < bytes.count else { return nil }
    let second = bytes[index + 1]
    if second >= 0x40, second != 0x7F, second != 0xFF {
      let trail = Int(second) - (second < 0x7F ? 0x40 : 0x41)
      let value = twoBytes[(Int(lead) - 0x81) * 190 + trail]
      return value == 0 ? nil : (value, 2)
    }
    guard second &- 0x30 <= 9, index + 3 < bytes.count else { return nil }
    let (third, fourth) = (bytes[index + 2], bytes[index + 3])
    guard third >= 0x81, third <= 0xFE, fourth &- 0x30 <= 9 else { return nil }
    let code = UInt32(lead) << 24 | UInt32(second) << 16 | UInt32(third) << 8 | UInt32(fourth)
    return fourByteScalar(code).map { ($0, 4) }
  }

  private func fourByteScalar(_ code: UInt32) -> UInt32? {
    if let value = GB18030.corrections[code] { return value }
    let (lead, second, third, fourth) = (code >> 24, code >> 16 & 0xFF, code >> 8 & 0xFF, code & 0xFF)
    if lead >= 0x90 {
      let linear = (((lead - 0x90) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30
      return linear <= 0xFFFFF ? 0x10000 + linear : nil
    }
    return Converter().scalar([UInt8(lead), UInt8(second), UInt8(third), UInt8(fourth)])
  }

  /// The number of bytes at the start that are valid; the count of the span where all are.
  package func validPrefix(_ bytes: Span<UInt8>) -> Int {
    let assigned = assigned.span
    var index = 0
    while index < bytes.count {
      if index + 8 <= bytes.count {
        let word = bytes.word(at: index)
        let high = ByteWord(word).high
        var end = high == 0 ? 8 : high.trailingZeroBitCount >> 3
        while end < 7, Self.isSet(Int(word >> UInt64(end * 8) & 0xFFFF), assigned) { end += 2 }
        index += end
        if end > 0 { continue }
      }
      guard let found = scalar(bytes, at: index) else { return index }
      index += found.length
    }
    return index
  }

  @inline(__always)
  private static func isSet(_ bit: Int, _ words: Span<UInt64>) -> Bool { words[bit >> 6] >> UInt64(bit & 63) & 1 != 0 }

  /// The room that so many bytes may take as UTF-8, while they are written.
  package static func room(for count: Int) -> Int { 2 * count + 4 }

  /// Appends the bytes as UTF-8; false where they are not valid, and then nothing is appended. A code of two bytes may come to
  /// four (`FE 51` is U+20087), so there must be `room(for:)` the bytes.
  package func decode(_ bytes: Span<UInt8>, into out: inout OutputSpan<UInt8>) -> Bool {
    precondition(out.freeCapacity >= GB18030.room(for: bytes.count))
    let pairs = pairs.span
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe out.withUnsafeMutableBufferPointer { out, count in
        // SAFETY: a byte of input comes to two at most, and the last store writes at most three bytes behind what it counts, so
        // the room that was asked for above is never left; `index` is below the count, and its neighbour is asked for.
        guard let start = UnsafeMutableRawPointer(out.baseAddress) else { return bytes.isEmpty }
        var (index, place) = (0, count)
        while index < bytes.count {
          let lead = unsafe bytes[index]
          if lead < 0x80 {
            unsafe start.storeBytes(of: lead, toByteOffset: place, as: UInt8.self)
            place += 1
            index += 1
            continue
          }
          let second = index + 1 < bytes.count ? unsafe bytes[index + 1] : 0
          let three = lead > 0x80 ? pairs[(Int(lead) << 8 | Int(second)) - 0x8100] : 0
          if three != 0 {
            unsafe start.storeBytes(of: three.littleEndian, toByteOffset: place, as: UInt32.self)
            // A length that is known lets the next code begin before the table has answered.
            place += 3
            index += 2
            continue
          }
          guard let found = unsafe scalar(bytes.span, at: index) else { return false }
          let (packed, length) = Self.packed(found.scalar)
          unsafe start.storeBytes(of: packed.littleEndian, toByteOffset: place, as: UInt32.self)
          place += length
          index += found.length
        }
        count = place
        return true
      }
    }
  }

  /// The UTF-8 of a scalar ≥ 0x80, its first byte least, and how many bytes it has.
  @inline(__always)
  private static func packed(_ scalar: UInt32) -> (bytes: UInt32, length: Int) {
    let last = 0x80 | scalar & 0x3F
    if scalar < 0x800 { return (0xC0 | scalar >> 6 | last << 8, 2) }
    let middle = 0x80 | scalar >> 6 & 0x3F
    if scalar < 0x10000 { return (0xE0 | scalar >> 12 | middle << 8 | last << 16, 3) }
    return (0xF0 | scalar >> 18 | (0x80 | scalar >> 12 & 0x3F) << 8 | middle << 16 | last << 24, 4)
  }

  /// Appends the bytes as UTF-8; false where they are not valid, and then `out` ends with what was before the fault.
  package func decode(_ bytes: Span<UInt8>, into out: inout [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      guard let found = scalar(bytes, at: index) else { return false }
      UTF8Scan.append(found.scalar, to: &out)
      index += found.length
    }
    return true
  }

  /// The two-byte code of each scalar of the Basic Multilingual Plane, 0 where there is none: for recognising mojibake.
  func reverseTable() -> [UInt16] {
    var table = [UInt16](repeating: 0, count: 0x10000)
    for lead in 0..<126 {
      for trail in 0..<190 {
        let scalar = twoBytes[lead * 190 + trail]
        guard scalar > 0, scalar < 0x10000 else { continue }
        table[Int(scalar)] = UInt16(0x81 + lead) << 8 | UInt16(trail < 63 ? 0x40 + trail : 0x41 + trail)
      }
    }
    return table
  }
}

/// glibc's strict converter from GB18030, one code at a time.
///
/// Safe: the handle is opened by `init`, closed by `deinit` and leaves nowhere else.
@safe private struct Converter: ~Copyable {
  private let handle: iconv_t

  init() {
    unsafe handle = iconv_open("UTF-32LE", "GB18030")
    if unsafe Int(bitPattern: handle) == -1 { bug("the C library lacks GB18030") }
  }

  deinit {
    unsafe iconv_close(handle)
  }

  /// The scalars of two-byte codes, one behind the other; 0 where one is not assigned.
  func scalars(ofTwoByteCodes codes: [UInt8]) -> [UInt32] {
    var input = codes.map { CChar(bitPattern: $0) }
    var out = [UInt32](repeating: 0, count: codes.count / 2)
    var done = 0
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe out.withUnsafeMutableBytes { target in
        // SAFETY: both pointers stay within the arrays: `done` counts codes, each two bytes of input and four of output.
        while done < codes.count / 2 {
          var from = unsafe source.baseAddress?.advanced(by: done * 2)
          var to = unsafe target.baseAddress?.advanced(by: done * 4).assumingMemoryBound(to: CChar.self)
          var inputLeft = codes.count - done * 2
          var outputLeft = inputLeft * 2
          unsafe iconv(handle, nil, nil, nil, nil)
          _ = unsafe iconv(handle, &from, &inputLeft, &to, &outputLeft)
          // Where iconv stopped stands a code that is not assigned.
          done = (codes.count - inputLeft) / 2 + 1
        }
      }
    }
    return out.map { UInt32(littleEndian: $0) }
  }

  /// The scalar of one code; nil where it is not assigned.
  func scalar(_ code: [UInt8]) -> UInt32? {
    var input = code.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: 8)
    var inputLeft = input.count
    var outputLeft = output.count
    let result = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        // SAFETY: both pointers are valid for the counts handed over, and iconv writes no further.
        var from = source.baseAddress
        var to = target.baseAddress
        unsafe iconv(handle, nil, nil, nil, nil)
        return unsafe iconv(handle, &from, &inputLeft, &to, &outputLeft)
      }
    }
    guard result != -1, inputLeft == 0, outputLeft == 4 else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(UInt8(bitPattern: output[$1])) << UInt32($1 * 8) }
  }
}
