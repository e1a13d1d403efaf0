/// The code of a rule: a letter for the phase and four digits, never reused, never renamed.
package struct RuleCode: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let letter: UInt8
  private let number: UInt16

  /// A code as written, such as `V1103`; nil where it is not of that form.
  package init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, "FSVRGWNX".utf8.contains(bytes[0]), bytes.span.extracting(1..<5).isDigits else { return nil }
    letter = bytes[0]
    number = UInt16(bytes.span.number(1..<5))
  }

  /// A code written in source; one of another form is our bug.
  package init(_ text: StaticString) {
    guard let code = RuleCode(parsing: text.description) else { bug("a rule code is malformed") }
    self = code
  }

  /// The code as written.
  package var description: String {
    let digits = String(number)
    return String(UnicodeScalar(letter)) + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// The code as a number that sorts as codes do.
  var packed: UInt32 { UInt32(truncatingIfNeeded: order) << 16 | UInt32(number) }

  /// The code that was packed as a number.
  init(packed: UInt32) {
    (letter, number) = (RuleCode.letters[Int(packed >> 16)], UInt16(truncatingIfNeeded: packed))
  }

  /// The letter it begins with: F file, S shape, V value, R record, G group, N repair, W warehouse.
  package var phase: String { String(UnicodeScalar(letter)) }

  /// Codes sort in the order of phases, then by number.
  package static func < (left: RuleCode, right: RuleCode) -> Bool {
    (left.order, left.number) < (right.order, right.number)
  }

  /// The letters in the order of the phases.
  private static let letters = Array("FSVRGWNX".utf8)

  private var order: Int { RuleCode.letters.firstIndex(of: letter) ?? 8 }
}
