import ElementCore

/// What an object or an array is, told by its members alone.
enum JSONShape {
  /// Whether an object holds columns or keyed records, as some programs write tables: all its members are arrays, or objects of the same
  /// keys.
  static func isTransposed(_ start: JSONScanner, _ bytes: Span<UInt8>) -> Bool {
    var scanner = start
    guard (try? scanner.take(0x7B, bytes)) != nil else { return false }
    var (arrays, keys): (Int, [Set<[UInt8]>]) = (0, [])
    scanner.skipSpace(bytes)
    while true {
      guard (try? scanner.name(bytes)) != nil, scanner.place < bytes.count else { return false }
      let first = bytes[scanner.place]
      if first == 0x5B { arrays += 1 } else if first == 0x7B { keys.append(names(scanner, bytes)) } else { return false }
      guard (try? scanner.value(bytes, atEnd: true)) != nil, scanner.passComma(bytes) else { break }
    }
    if keys.isEmpty { return arrays > 1 }
    return arrays == 0 && keys.count > 1 && keys[0].count > 1 && keys.dropFirst().allSatisfy { $0 == keys[0] }
  }

  /// The names of the members of an object.
  private static func names(_ start: JSONScanner, _ bytes: Span<UInt8>) -> Set<[UInt8]> {
    var (scanner, out) = (start, Set<[UInt8]>())
    scanner.place += 1
    scanner.skipSpace(bytes)
    while true {
      guard let name = try? scanner.name(bytes) else { return out }
      out.insert(Array(span: bytes.extracting(name.content.indices)))
      guard (try? scanner.value(bytes, atEnd: true)) != nil, scanner.passComma(bytes) else { return out }
    }
  }

  /// The number of elements of an array that is well-formed.
  static func count(_ array: Span<UInt8>) -> Int {
    var (scanner, count) = (JSONScanner(at: 1, depth: .max), 0)
    scanner.skipSpace(array)
    while (try? scanner.value(array, atEnd: true)) != nil {
      count += 1
      if !scanner.passComma(array) { break }
    }
    return count
  }
}
