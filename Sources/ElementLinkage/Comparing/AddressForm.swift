import ElementCore

/// An address as it is compared, in two words of 64 bits: its last three numbers, and hashes of four words that are names of places rather
/// than kinds of places.
///
/// 幸福里小区3号楼2单元501室 and 幸福里3栋-2-501 have the numbers 3, 2, 501 and the word 幸福里.
package struct AddressForm: Sendable, Hashable {
  /// Three numbers of twenty bits, the last lowest; two bits with how many there are; two with the place of the building from behind, from 1, or 0.
  package let numbers: UInt64
  /// Four hashes of sixteen bits, the lowest first, 0 for none: the last word, the longest, and others; all that an address of several words shares.
  package let words: UInt64

  private static let (width, mask): (UInt64, UInt64) = (20, 0xF_FFFF)
  /// Letters of buildings stand above all numbers.
  private static let letters: UInt64 = 0xF_F000

  /// The form of an address as UTF-8; numerals before a unit are numbers, and full width is half.
  package init(_ address: Span<UInt8>) {
    var reader = AddressReader(AddressForm.scalars(address))
    reader.read()
    self.init(reader)
  }

  /// The form of what was read of an address.
  init(_ reader: AddressReader) {
    let last = reader.numbers.suffix(3)
    var packed = UInt64(last.count) << 60
    for number in last.reversed().enumerated() {
      packed |= AddressForm.packed(number.element) << (Self.width * UInt64(number.offset))
    }
    let building = reader.building ?? (reader.numbers.count >= 3 ? reader.numbers.count - 3 : nil)
    if let building, reader.numbers.count - building <= 3 { packed |= UInt64(reader.numbers.count - building) << 62 }
    numbers = packed
    words = AddressForm.hashes(reader.words)
  }

  /// The form that `numbers` and `words` were taken from.
  init(numbers: UInt64, words: UInt64) { (self.numbers, self.words) = (numbers, words) }

  /// How many of the last three numbers there are.
  var count: UInt64 { numbers >> 60 & 3 }

  /// Whether the address says nothing.
  var isEmpty: Bool { count == 0 && words == 0 }

  /// Whether two addresses are one home: the last three numbers are equal (two where one side has no more), and a word is common, or one side has none.
  package func isHome(_ other: AddressForm) -> Bool {
    let shared = min(count, other.count)
    guard shared >= 2, (numbers ^ other.numbers) & (1 << (Self.width * shared) - 1) == 0 else { return false }
    return words == 0 || other.words == 0 || hasCommonWord(other)
  }

  /// Whether two addresses name one building: the same number of it, and a common word.
  package func isBuilding(_ other: AddressForm) -> Bool {
    guard let building, let its = other.building, building == its else { return false }
    return hasCommonWord(other)
  }

  private var building: UInt64? {
    let place = numbers >> 62
    return place == 0 ? nil : numbers >> (Self.width * (place - 1)) & Self.mask
  }

  private func hasCommonWord(_ other: AddressForm) -> Bool {
    for one: UInt64 in 0..<4 {
      let word = self.word(one)
      if word != 0, (0..<4).contains(where: { other.word(UInt64($0)) == word }) { return true }
    }
    return false
  }

  /// The hash of a word by its place from 0; 0 for none.
  func word(_ place: UInt64) -> UInt64 { words >> (16 * place) & 0xFFFF }

  private static func packed(_ number: UInt32) -> UInt64 {
    if number & AddressReader.letters != 0 { return letters | UInt64(number) & 0xFFF }
    return number < letters ? UInt64(number) : UInt64(number) % letters
  }

  private static func hashes(_ words: [[UInt32]]) -> UInt64 {
    guard let last = words.last else { return 0 }
    var kept = [last]
    // The longest first, of equals the one that stands nearest to the end.
    for word in words.reversed().sorted(by: { $0.count > $1.count }) where !kept.contains(word) && kept.count < 4 {
      kept.append(word)
    }
    return kept.reversed().reduce(0) { $0 << 16 | hash($1) }
  }

  private static func hash(_ word: [UInt32]) -> UInt64 {
    var hash = KeyHash(0)
    for scalar in word { hash.add(UInt64(scalar)) }
    return UInt64(hash.value & 0xFFFF) | 1
  }

  /// The scalars, full width as half, letters small.
  static func scalars(_ address: Span<UInt8>) -> [UInt32] {
    var (scalars, index): ([UInt32], Int) = ([], 0)
    scalars.reserveCapacity(address.count / 2)
    while index < address.count {
      var scalar = UTF8Scan.scalar(address, at: &index)
      if (0xFF01...0xFF5E).contains(scalar) { scalar -= 0xFEE0 }
      if (0x41...0x5A).contains(scalar) { scalar += 0x20 }
      scalars.append(scalar)
    }
    return scalars
  }
}
