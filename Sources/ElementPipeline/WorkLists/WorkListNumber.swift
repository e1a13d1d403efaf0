import ElementCore
import ElementRules

/// The number that a work list gives a row, by which it is known when it comes back: `QD`, the day, the grid, the list and the mark
/// of what the row is about.
enum WorkListNumber {
  private static let mark = Array("QD".utf8)
  private static let dayLength = 8

  /// The number of a row in a list, by the mark of what the row is about: wherever it stands in a list of the day, it is the same.
  static func text(_ day: CalendarDate, _ grid: String, _ list: WorkListKind, _ mark: String) -> String {
    "QD\(day.text.replacing("-", with: ""))-\(grid)-\(list.letter)\(mark)"
  }

  /// Whether a value is the number of a row in some list.
  static func isOne(_ value: Span<UInt8>) -> Bool {
    let value = value.extracting(CodeFolding.trimmed(value))
    let length = mark.count + dayLength
    guard value.count > length, value.starts(with: mark), value[length] == 0x2D else { return false }
    return value.extracting(mark.count..<length).isDigits
  }
}
