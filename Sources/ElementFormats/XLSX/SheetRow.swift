import ElementCore
import XMLStream

/// The row of a sheet that is being read.
struct SheetRow {
  /// Whether its end has not come yet.
  private(set) var isOpen = false
  /// Its number at the left edge, from 1.
  private(set) var line = 0
  /// Whether it is hidden.
  private(set) var isHidden = false
  /// The ranges of its cells, column by column.
  private(set) var fields: [FieldRange] = []
  /// The columns (from 0) that hold numbers.
  private(set) var numbers: [Int] = []
  /// Where its element begins in the sheet, as the parser counts.
  private(set) var byte = 0
  /// Where its bytes start in the batch.
  private(set) var start = 0
  /// Whether any cell has content.
  private(set) var hasContent = false
  /// Whether a cell is longer than is allowed.
  private(set) var isTooLong = false

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
        if digits.count > 0, digits.count <= 9, digits.isDigits { line = digits.number(0..<digits.count) }
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
  mutating func set(_ column: Int, _ range: FieldRange, isNumber: Bool, isTooLong: Bool) {
    if column >= fields.count { fields += repeatElement(.empty, count: column + 1 - fields.count) }
    fields[column] = range
    if isNumber { numbers.append(column) }
    hasContent = true
    if isTooLong { self.isTooLong = true }
  }

  /// Forgets the cells.
  mutating func close() {
    fields.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    (isOpen, hasContent, isTooLong) = (false, false, false)
  }
}
