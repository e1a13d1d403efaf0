import ElementCore
import XMLStream

/// The row of a sheet that is being read.
struct SheetRow {
  /// Whether its end has not come yet.
  private(set) var isOpen = false
  /// Its number at the left edge, from 1.
  private(set) var line = 0
  private(set) var isHidden = false
  /// The ranges of its cells, column by column.
  private(set) var fields: [FieldRange] = []
  /// The columns (from 0) that hold numbers.
  private(set) var numbers: [Int] = []
  /// The columns (from 0) that hold days where texts are asked for, or days whose time is left out.
  private(set) var days: [Int] = []
  /// Where its element begins in the sheet, as the parser counts.
  private(set) var byte = 0
  /// Where its bytes start in the batch.
  private(set) var start = 0
  /// Whether any cell has content.
  private(set) var hasContent = false
  /// What is odd about it: a cell longer than is allowed, the whole row, or one cell that stands twice.
  private(set) var flags: RecordFlags = []

  /// Begins a row: its number, or the one behind the last.
  mutating func begin(_ piece: XMLPiece, _ event: XMLEvent, _ names: SheetNames) {
    close()
    isOpen = true
    line += 1
    byte = event.byte
    isHidden = false
    for place in event.attributes.indices {
      let attribute = piece.attributes[place]
      if attribute.name == names.reference {
        let digits = piece.bytes.span.extracting(attribute.range.indices)
        guard digits.count > 0, digits.count <= 9, digits.isDigits else { continue }
        let number = digits.number(0..<digits.count)
        // There is no row 0.
        if number > 0 { line = number }
      } else if attribute.name == names.hidden {
        isHidden = SheetNames.isTrue(piece.bytes[attribute.range.indices])
      }
    }
  }

  /// Goes on before the row of a number.
  mutating func skip(to line: Int) {
    close()
    self.line = line - 1
  }

  /// Makes room for the cells of a row, with as many columns as the header has.
  mutating func open(at start: Int, _ columnCount: Int?) {
    self.start = start
    fields = Array(repeating: .empty, count: columnCount ?? 1)
  }

  /// Sets a cell, by its column from 0.
  mutating func set(_ column: Int, _ range: FieldRange, _ written: SheetCell.Written, isTooLong: Bool) {
    if column >= fields.count { fields += repeatElement(.empty, count: column + 1 - fields.count) }
    if !fields[column].isEmpty { flags.insert(.duplicateKey) }
    fields[column] = range
    switch written {
    case .plain: break
    case .number: numbers.append(column)
    case .dayInText, .dayWithTime: days.append(column)
    }
    hasContent = true
    if isTooLong { flags.insert(.fieldTooLong) }
  }

  /// Says that the row is longer than is allowed: what is beyond is not kept.
  mutating func cut() {
    flags.insert(.tooLong)
    hasContent = true
  }

  /// Forgets the cells.
  mutating func close() {
    fields.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    days.removeAll(keepingCapacity: true)
    (isOpen, hasContent, flags) = (false, false, [])
  }
}
