import ElementCore
import ElementRules

/// The number that a work list gives a row, by which it is known when it comes back: `QD`, the day, the grid, the list and the place.
enum WorkListNumber {
  private static let mark = Array("QD".utf8)
  private static let dayLength = 8

  /// The number of a row in a list, by its place from 1.
  static func text(_ day: CalendarDate, _ grid: String, _ list: WorkListKind, _ place: Int) -> String {
    let digits = String(place)
    let padded = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    return "QD\(day.text.replacing("-", with: ""))-\(grid)-\(list.letter)\(padded)"
  }

  /// Whether a value is the number of a row in some list.
  static func isOne(_ value: Span<UInt8>) -> Bool {
    let value = value.extracting(CodeFolding.trimmed(value))
    let length = mark.count + dayLength
    guard value.count > length, value.starts(with: mark), value[length] == 0x2D else { return false }
    return value.extracting(mark.count..<length).isDigits
  }
}
