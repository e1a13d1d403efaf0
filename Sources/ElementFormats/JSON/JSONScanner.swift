import ElementCore

/// Reads JSON by the letter of RFC 8259 out of a window of bytes, without recursion: a place moves on over one token or value.
struct JSONScanner {
  /// Why reading stopped.
  enum Stop: Error {
    /// The window ends within a value: more may follow.
    case needsMore
    /// What stands at the place is no JSON.
    case malformed
    /// A value is nested deeper than is allowed.
    case tooDeep
  }

  /// What a value is.
  enum Kind: Equatable {
    /// Text; whether it holds escapes.
    case text(escaped: Bool)
    /// A number as it is written.
    case number
    /// `true` or `false`.
    case truth
    case null
    case object
    case array
  }

  /// The next byte to read, from 0.
  var place: Int
  /// How many line feeds it has moved over between values.
  private(set) var lines = 0
  private let depthLimit: Int

  /// A scanner at a place; values may be nested so deep.
  init(at place: Int, depth: Int) { (self.place, depthLimit) = (place, depth) }

  /// Moves over white space; returns the number of line feeds in it.
  @discardableResult
  mutating func skipSpace(_ bytes: Span<UInt8>) -> Int {
    let before = lines
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x0A { lines += 1 } else if byte != 0x20, byte != 0x0D, byte != 0x09 { break }
      place += 1
    }
    return lines - before
  }

  /// Moves over a byte order mark; false where none stands here.
  mutating func passMark(_ bytes: Span<UInt8>) throws(Stop) -> Bool {
    guard try peek(bytes) == 0xEF else { return false }
    guard bytes.count - place >= 3 else { throw .needsMore }
    guard bytes[place + 1] == 0xBB, bytes[place + 2] == 0xBF else { return false }
    place += 3
    return true
  }

  /// Moves over a comma and the white space around it; false where none stands here.
  mutating func passComma(_ bytes: Span<UInt8>) -> Bool {
    skipSpace(bytes)
    guard place < bytes.count, bytes[place] == 0x2C else { return false }
    place += 1
    skipSpace(bytes)
    return true
  }

  /// The byte at the place.
  func peek(_ bytes: Span<UInt8>) throws(Stop) -> UInt8 {
    guard place < bytes.count else { throw .needsMore }
    return bytes[place]
  }

  /// Moves over one byte that must stand here.
  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) throws(Stop) {
    guard try peek(bytes) == byte else { throw .malformed }
    place += 1
  }

  /// Moves over a string; its content without the quotes, and whether it holds escapes.
  mutating func string(_ bytes: Span<UInt8>) throws(Stop) -> (content: FieldRange, isEscaped: Bool) {
    try take(0x22, bytes)
    let start = place
    var isEscaped = false
    while true {
      place = JSONScanner.plainEnd(bytes, from: place)
      switch try peek(bytes) {
      case 0x22:
        place += 1
        return (FieldRange(start, place - 1), isEscaped)
      case 0x5C:
        isEscaped = true
        try skipEscape(bytes)
      default: throw .malformed
      }
    }
  }

  /// Moves over a name in its quotes and the colon, where exactly this name stands here; else stays.
  mutating func take(name: [UInt8], _ bytes: Span<UInt8>) -> Bool {
    let end = place + name.count
    guard !name.isEmpty, end + 2 < bytes.count, bytes[end] == 0x3A, bytes.extracting(place..<end).equals(name.span) else {
      return false
    }
    place = end + 1
    if bytes[place] == 0x20 { place += 1 }
    if bytes[place] <= 0x20 { skipSpace(bytes) }
    return true
  }

  /// Moves over the string here, where it has no escapes and ends in the window; else stays.
  private mutating func plainText(_ bytes: Span<UInt8>) -> FieldRange? {
    let end = JSONScanner.plainEnd(bytes, from: place + 1)
    guard end < bytes.count, bytes[end] == 0x22 else { return nil }
    defer { place = end + 1 }
    return FieldRange(place + 1, end)
  }

  /// The first place of a quote, a backslash or a control character.
  @inline(never)
  static func plainEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var place = start
    while place + 8 <= bytes.count {
      let hits = ByteWord(bytes.word(at: place)).textEnds
      if hits != 0 { return place + hits.trailingZeroBitCount >> 3 }
      place += 8
    }
    while place < bytes.count, bytes[place] != 0x22, bytes[place] != 0x5C, bytes[place] >= 0x20 { place += 1 }
    return place
  }

  /// The first place of a quote, a backslash or a control character, and whether what stands before it is UTF-8 without a doubt:
  /// where it is not, it may still be.
  @inline(__always)
  static func textEnd(_ bytes: Span<UInt8>, from start: Int) -> (end: Int, isUTF8: Bool) {
    precondition(start >= 0)
    let last = bytes.count - 8
    var place = start
    // Continuation bytes that the word before leaves to be seen, at the places of this one, and what broke a sequence.
    var (due, odd): (UInt64, UInt64) = (0, 0)
    while place <= last {
      let word = ByteWord(bytes.uncheckedWord(at: place))
      let hits = word.textEnds
      if hits != 0 {
        // The bytes before the first hit; zeros continue nothing.
        let kept = ByteWord(word.bits & ((hits & (0 &- hits)) >> 7 &- 1))
        if kept.high | due != 0 { odd |= kept.broken(&due) }
        return (place &+ hits.trailingZeroBitCount >> 3, odd == 0)
      }
      if word.high | due != 0 { odd |= word.broken(&due) }
      place = place &+ 8
    }
    return (plainEnd(bytes, from: place), false)
  }

  /// Whether the bytes of a range are UTF-8, whose last byte is ASCII, or that behind it: no character is cut by its end.
  static func isUTF8(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      if index + 8 <= bytes.count {
        let word = bytes.word(at: index)
        if ByteWord(word).high == 0 {
          index += 8
          continue
        }
        let lead = word & 0xFF
        if lead < 0x80 {
          index += 1
          continue
        }
        // Characters of three bytes whose leads ask nothing more of the second, as nearly all are: two, or one.
        if word & 0xC0_C0F0 == 0x80_80E0, lead != 0xE0, lead != 0xED {
          let second = word >> 24
          let isPair = second & 0xC0_C0F0 == 0x80_80E0 && second & 0xFF != 0xE0 && second & 0xFF != 0xED
          index += isPair ? 6 : 3
          continue
        }
      }
      let length = UTF8Scan.sequenceLength(bytes, at: index)
      if length == 0 { return false }
      index += length
    }
    return true
  }

  private mutating func skipEscape(_ bytes: Span<UInt8>) throws(Stop) {
    place += 1
    switch try peek(bytes) {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: place += 1
    case 0x75:
      for offset in 1...4 {
        guard place + offset < bytes.count else { throw .needsMore }
        guard JSONText.hexadecimal(bytes[place + offset]) != nil else { throw .malformed }
      }
      place += 5
    default: throw .malformed
    }
  }

  /// Moves over a number, whose end may be the end of the data.
  private mutating func number(_ bytes: Span<UInt8>, atEnd: Bool) throws(Stop) {
    if bytes[place] == 0x2D { place += 1 }
    if try peek(bytes) == 0x30 { place += 1 } else { try digits(bytes) }
    if place < bytes.count, bytes[place] == 0x2E {
      place += 1
      try digits(bytes)
    }
    if place < bytes.count, bytes[place] | 0x20 == 0x65 {
      place += 1
      let sign = try peek(bytes)
      if sign == 0x2B || sign == 0x2D { place += 1 }
      try digits(bytes)
    }
    if place == bytes.count, !atEnd { throw .needsMore }
  }

  private mutating func digits(_ bytes: Span<UInt8>) throws(Stop) {
    let start = place
    while place < bytes.count, bytes[place] &- 0x30 <= 9 { place += 1 }
    if place == start { throw place == bytes.count ? .needsMore : .malformed }
  }

  /// Moves over a value, however deep; its range, a string's without the quotes, and what it is.
  mutating func value(_ bytes: Span<UInt8>, atEnd: Bool) throws(Stop) -> (range: FieldRange, kind: Kind) {
    let start = place
    switch try peek(bytes) {
    case 0x22:
      if let text = plainText(bytes) { return (text, .text(escaped: false)) }
      let text = try string(bytes)
      return (text.content, .text(escaped: text.isEscaped))
    case 0x7B, 0x5B:
      let isObject = bytes[place] == 0x7B
      try skipNested(bytes, atEnd: atEnd)
      return (FieldRange(start, place), isObject ? .object : .array)
    case 0x74: try word("true", bytes)
    case 0x66: try word("false", bytes)
    case 0x6E:
      try word("null", bytes)
      return (FieldRange(place, place), .null)
    case 0x2D, 0x30...0x39:
      try number(bytes, atEnd: atEnd)
      return (FieldRange(start, place), .number)
    default: throw .malformed
    }
    return (FieldRange(start, place), .truth)
  }

  private mutating func word(_ word: StaticString, _ bytes: Span<UInt8>) throws(Stop) {
    let text = Array(word.description.utf8)
    for offset in text.indices {
      guard place + offset < bytes.count else { throw .needsMore }
      guard bytes[place + offset] == text[offset] else { throw .malformed }
    }
    place += text.count
  }

  /// Moves over an object or an array.
  private mutating func skipNested(_ bytes: Span<UInt8>, atEnd: Bool) throws(Stop) {
    // Whether each level that is open is an object.
    var open: [Bool] = []
    var expectsValue = true
    repeat {
      skipSpace(bytes)
      let byte = try peek(bytes)
      let isObject = open.last == true
      if expectsValue, byte == 0x7B || byte == 0x5B {
        guard open.count < depthLimit else { throw .tooDeep }
        open.append(byte == 0x7B)
        place += 1
        skipSpace(bytes)
        let next = try peek(bytes)
        if next == (byte == 0x7B ? 0x7D : 0x5D) {
          expectsValue = false
        } else if byte == 0x7B {
          try name(bytes)
        }
      } else if expectsValue {
        _ = try value(bytes, atEnd: atEnd)
        expectsValue = false
      } else if byte == 0x2C {
        place += 1
        skipSpace(bytes)
        if isObject { try name(bytes) }
        expectsValue = true
      } else {
        guard byte == (isObject ? 0x7D : 0x5D) else { throw .malformed }
        place += 1
        open.removeLast()
      }
    } while !open.isEmpty
  }

  /// Moves over the name of a member and the colon; the name's content.
  @discardableResult
  mutating func name(_ bytes: Span<UInt8>) throws(Stop) -> (content: FieldRange, isEscaped: Bool) {
    let name = try string(bytes)
    skipSpace(bytes)
    try take(0x3A, bytes)
    skipSpace(bytes)
    return name
  }

  /// Where an element ends that the line before a line feed closes, if the next line begins another one or ends the array.
  private static func elementEnd(_ bytes: Span<UInt8>, beforeLine feed: Int) -> Int? {
    var (end, next) = (feed, feed)
    while end > 0, [0x20, 0x09, 0x0D, 0x2C].contains(bytes[end - 1]) { end -= 1 }
    while next < bytes.count, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[next]) { next += 1 }
    guard end > 0, bytes[end - 1] == 0x7D, next < bytes.count, bytes[next] == 0x7B || bytes[next] == 0x5D else { return nil }
    return end
  }

  /// Moves over what looks like a value by its brackets alone, strings aside: to go on behind one that is no JSON. False where
  /// the data ends before it does.
  mutating func skipUnsound(_ bytes: Span<UInt8>) -> Bool {
    var depth = 0
    var isText = false
    while place < bytes.count {
      let byte = bytes[place]
      if isText {
        // No string holds a line feed: a quote too many or too few stood before it.
        if byte == 0x0A, let end = JSONScanner.elementEnd(bytes, beforeLine: place) {
          place = end
          return true
        }
        if byte == 0x5C { place += 1 } else if byte == 0x22 || byte == 0x0A { isText = false }
      } else if byte == 0x22 {
        isText = true
      } else if byte == 0x7B || byte == 0x5B {
        depth += 1
      } else if byte == 0x7D || byte == 0x5D {
        if depth == 0 { return true }
        depth -= 1
        if depth == 0 {
          place += 1
          return true
        }
      } else if byte == 0x2C, depth == 0 {
        return true
      }
      place += 1
    }
    return false
  }
}

extension ByteWord {
  /// Where a sequence of UTF-8 is broken or is not one of three bytes whose lead asks nothing more of the second than to be one (E0
  /// and ED do); zero only where none is. `due` holds the continuation bytes that the word before leaves to be seen, then those
  /// that this one does.
  @inline(__always)
  fileprivate func broken(_ due: inout UInt64) -> UInt64 {
    // Bits 6 to 4 of each byte, moved to its highest.
    let (second, third, fourth) = (bits << 1, bits << 2, bits << 3)
    let lead = high & second
    let expected = due | lead << 8 | lead << 16
    due = lead >> 56 | lead >> 48
    // Bit 4 of each byte, where its lower half is neither 0 nor 13.
    let low = bits & 0x0F0F_0F0F_0F0F_0F0F
    let free = (low &+ 0x0F0F_0F0F_0F0F_0F0F) & (low ^ 0x0D0D_0D0D_0D0D_0D0D &+ 0x0F0F_0F0F_0F0F_0F0F)
    return (high & ~second) ^ expected | lead & (~third | fourth | ~(free << 3))
  }

  /// The quotes, backslashes and control characters: what ends plain text in JSON.
  @inline(__always)
  fileprivate var textEnds: UInt64 {
    // A quote is moved to where a control character stands, and both are below it.
    let quotes = (bits ^ 0x0202_0202_0202_0202) &- 0x2121_2121_2121_2121
    let backslashes = (bits ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
    return (quotes | backslashes) & ~bits & 0x8080_8080_8080_8080
  }
}
