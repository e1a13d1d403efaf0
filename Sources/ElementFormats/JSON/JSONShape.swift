import ElementCore

/// What an object or an array is, told by its members alone.
enum JSONShape {
  /// Whether an object holds columns or keyed records, as some programs write tables: all its members are arrays, or objects of the same
  /// keys.
  static func isTransposed(_ start: JSONScanner, _ bytes: Span<UInt8>) -> Bool {
    var scanner = start
    guard (try? scanner.take(0x7B, bytes)) != nil else { return false }
    var (arrays, keys): (Int, [Set<[UInt8]>]) = (0, [])
    while true {
      scanner.skipSpace(bytes)
      guard (try? scanner.name(bytes)) != nil, scanner.place < bytes.count else { return false }
      let first = bytes[scanner.place]
      if first == 0x5B { arrays += 1 } else if first == 0x7B { keys.append(names(scanner, bytes)) } else { return false }
      guard (try? scanner.value(bytes, atEnd: true)) != nil else { break }
      scanner.skipSpace(bytes)
      guard scanner.place < bytes.count, bytes[scanner.place] == 0x2C else { break }
      scanner.place += 1
    }
    if keys.isEmpty { return arrays > 1 }
    return arrays == 0 && keys.count > 1 && keys[0].count > 1 && keys.dropFirst().allSatisfy { $0 == keys[0] }
  }

  /// The names of the members of an object.
  private static func names(_ start: JSONScanner, _ bytes: Span<UInt8>) -> Set<[UInt8]> {
    var (scanner, out) = (start, Set<[UInt8]>())
    scanner.place += 1
    while true {
      scanner.skipSpace(bytes)
      guard let name = try? scanner.name(bytes) else { return out }
      out.insert(Array(span: bytes.extracting(name.content.indices)))
      guard (try? scanner.value(bytes, atEnd: true)) != nil else { return out }
      scanner.skipSpace(bytes)
      guard scanner.place < bytes.count, bytes[scanner.place] == 0x2C else { return out }
      scanner.place += 1
    }
  }

  /// The number of elements of an array that is well-formed.
  static func count(_ array: Span<UInt8>) -> Int {
    var (scanner, count) = (JSONScanner(at: 1, depth: .max), 0)
    while true {
      scanner.skipSpace(array)
      guard (try? scanner.value(array, atEnd: true)) != nil else { return count }
      count += 1
      scanner.skipSpace(array)
      guard scanner.place < array.count, array[scanner.place] == 0x2C else { return count }
      scanner.place += 1
    }
  }
}
