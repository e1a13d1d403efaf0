import ElementCore
import XMLStream

/// The cell of a sheet that is being read.
struct SheetCell {
  /// What its value is (ECMA-376 part 1, 18.18.11).
  enum Kind {
    /// A number, or a date by its style.
    case number
    /// The number of a shared text.
    case shared
    /// Text in the cell itself.
    case text
    /// 0 or 1.
    case boolean
    /// An error such as #N/A.
    case error
  }

  /// Its column, from 1; 0 where none was met in the row.
  var column = 0
  /// Whether its end has not come yet.
  var isOpen = false
  /// What its value is.
  private(set) var type = Kind.number
  /// Whether text that comes now belongs to its value.
  private(set) var isCollecting = false
  /// Whether it has a value, be it an empty one.
  private(set) var hasValue = false
  /// Whether a formula made its value.
  var hasFormula = false
  /// Whether its text is longer than is allowed.
  private(set) var isTooLong = false
  private var style = 0
  private var value: [UInt8] = []
  private var phonetic = 0

  /// Begins a cell: where its reference says, or behind the last one.
  mutating func begin(_ piece: XMLPiece, _ event: XMLEvent, _ names: SheetNames, after last: Int) {
    (column, style, type, isOpen) = (last + 1, 0, .number, true)
    (isCollecting, isTooLong, phonetic) = (false, false, 0)
    (hasFormula, hasValue) = (false, false)
    value.removeAll(keepingCapacity: true)
    for place in event.attributes.indices {
      let attribute = piece.attributes[place]
      let bytes = piece.bytes.span.extracting(attribute.range.indices)
      if attribute.name == names.reference {
        column = SpreadsheetColumn.number(bytes) ?? column
      } else if attribute.name == names.type {
        type = SheetCell.kind(bytes)
      } else if attribute.name == names.style, bytes.count <= 6, bytes.isDigits {
        style = bytes.number(0..<bytes.count)
      }
    }
  }

  /// Begins an element inside the cell.
  mutating func start(_ name: Int32, _ names: SheetNames) {
    guard isOpen else { return }
    if name == names.phonetic { phonetic += 1 }
    guard name == names.value || name == names.text else { return }
    isCollecting = phonetic == 0
    hasValue = true
  }

  /// Ends an element inside the cell.
  mutating func end(_ name: Int32, _ names: SheetNames) {
    if name == names.phonetic { phonetic -= 1 }
    isCollecting = false
  }

  /// Adds to the value; what is longer than `limit` bytes is cut, and told.
  mutating func append(_ bytes: Span<UInt8>, limit: Int) {
    guard value.count + bytes.count <= limit else {
      isTooLong = true
      return
    }
    value.append(span: bytes)
  }

  /// Whether the value is the number of a shared text that is not there.
  func isDangling(_ workbook: Workbook) -> Bool {
    guard type == .shared, !value.isEmpty else { return false }
    let digits = value.span
    return digits.count > 9 || !digits.isDigits || digits.number(0..<digits.count) >= workbook.strings.count
  }

  /// The number of bytes of its value as the file has it; zero where it has none.
  func length(_ workbook: Workbook) -> Int {
    guard type == .shared, !value.isEmpty else { return value.count }
    return isDangling(workbook) ? 0 : workbook.strings.text(value.span.number(0..<value.count)).count
  }

  /// Writes the value as text, in columns of quantities without what a format adds to a number; true where it is a number.
  mutating func write(to out: inout [UInt8], _ workbook: Workbook, quantities: Set<Int>) -> Bool {
    if value.isEmpty { return false }
    switch type {
    case .shared:
      if isDangling(workbook) { return false }
      let digits = value.span
      SheetCell.write(workbook.strings.text(digits.number(0..<digits.count)), to: &out)
      return false
    case .text, .error:
      SheetCell.write(value[...], to: &out)
      return false
    case .boolean:
      out += value == [0x31] ? Array("TRUE".utf8) : value == [0x30] ? Array("FALSE".utf8) : value
      return false
    case .number: return writeNumber(to: &out, workbook, quantities)
    }
  }

  private func writeNumber(to out: inout [UInt8], _ workbook: Workbook, _ quantities: Set<Int>) -> Bool {
    let kind = workbook.styles.kind(style)
    if kind != .number, !quantities.contains(column - 1), let shown = shown(kind) {
      out += shown
      return true
    }
    if kind.isDate, let serial = String(validUTF8: value.span).flatMap({ Double($0) }),
      let date = CellNumber.date(serial, kind, is1904: workbook.is1904)
    {
      out += date
      return false
    }
    // Most numbers are plain digits: nothing is to be done about them.
    out += value.count <= 15 && value.span.isDigits ? value : CellNumber.text(value.span) ?? value
    return true
  }

  /// The number with what its format adds; nil where that is nothing, or the format would round it.
  private func shown(_ kind: NumberStyles.Kind) -> [UInt8]? {
    switch kind {
    case .percent: CellNumber.text(value.span, power: 2).map { $0 + [0x25] }
    case .digits(let pattern): CellNumber.text(value.span).flatMap { $0.span.isDigits ? pattern.text($0) : nil }
    case .number, .date, .time, .dateTime: nil
    }
  }

  /// Text as spreadsheets keep it: `_x000D_` stands for a character that XML does not allow, or would change.
  private static func write(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var rest = text
    while let mark = rest.firstIndex(of: 0x5F) {
      out += rest[..<mark]
      let tail = rest[mark...]
      if let scalar = escaped(tail.span) {
        UTF8Scan.append(scalar, to: &out)
        rest = rest[(mark + 7)...]
      } else {
        out.append(0x5F)
        rest = rest[(mark + 1)...]
      }
    }
    out += rest
  }

  /// The character of a mark that begins a text; nil where none does, or that is half a character.
  private static func escaped(_ text: Span<UInt8>) -> UInt32? {
    guard XLSXText.isMark(text, 0) else { return nil }
    let unit = (2..<6).reduce(0) { $0 << 4 | (JSONText.hexadecimal(text[$1]) ?? 0) }
    return (0xD800...0xDFFF).contains(unit) ? nil : unit
  }

  private static func kind(_ bytes: Span<UInt8>) -> Kind {
    if bytes.count == 1 {
      return bytes[0] == 0x73
        ? .shared : bytes[0] == 0x62 ? .boolean : bytes[0] == 0x65 ? .error : bytes[0] == 0x64 ? .text : .number
    }
    return bytes.count > 1 ? .text : .number
  }
}
