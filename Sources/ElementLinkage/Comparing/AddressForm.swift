import ElementCore

/// An address as it is compared: its numbers in order, and the words that are names of places rather than kinds of places.
///
/// 幸福里小区3号楼2单元501室 and 幸福里3栋-2-501 have the numbers 3, 2, 501 and the word 幸福里.
package struct AddressForm: Sendable, Hashable {
  /// The numbers from the first; a letter of a building (A座) counts as one, above all numbers.
  package let numbers: [UInt32]
  /// The place in `numbers`, from 0, of the building; the last but two where no word says so, nil for fewer than three.
  package let building: Int?
  /// The words, ascending.
  package let words: [[UInt32]]

  /// The form of an address as UTF-8; numerals before a unit are numbers, and full width is half.
  package init(_ address: Span<UInt8>) {
    var reader = AddressReader(AddressForm.scalars(address))
    reader.read()
    numbers = reader.numbers
    building = reader.building ?? (reader.numbers.count >= 3 ? reader.numbers.count - 3 : nil)
    words = Array(Set(reader.words)).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether two addresses are one home: the last three numbers are equal (two where one side has no more), and a word is common, or one side has none.
  package func isHome(_ other: AddressForm) -> Bool {
    let shared = min(3, numbers.count, other.numbers.count)
    guard shared >= 2, numbers.suffix(shared) == other.numbers.suffix(shared) else { return false }
    return words.isEmpty || other.words.isEmpty || hasCommonWord(other)
  }

  /// Whether two addresses name one building: the same number of it, and a common word.
  package func isBuilding(_ other: AddressForm) -> Bool {
    guard let building, let its = other.building, numbers[building] == other.numbers[its] else { return false }
    return hasCommonWord(other)
  }

  private func hasCommonWord(_ other: AddressForm) -> Bool { words.contains { other.words.contains($0) } }

  /// The scalars, full width as half, letters small.
  private static func scalars(_ address: Span<UInt8>) -> [UInt32] {
    var (scalars, index): ([UInt32], Int) = ([], 0)
    while index < address.count {
      var scalar = UTF8Scan.scalar(address, at: &index)
      if (0xFF01...0xFF5E).contains(scalar) { scalar -= 0xFEE0 }
      if (0x41...0x5A).contains(scalar) { scalar += 0x20 }
      scalars.append(scalar)
    }
    return scalars
  }
}
