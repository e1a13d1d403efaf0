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
  /// Whether a text of the cell itself was met.
  private var hasInline = false
  /// Whether its type says that its text is in the cell itself.
  private var isInlineText = false
  private var value: [UInt8] = []
  private var phonetic = 0

  /// Begins a cell: where its reference says, or behind the last one.
  mutating func begin(_ piece: XMLPiece, _ event: XMLEvent, _ names: SheetNames, after last: Int) {
    (column, style, type, isOpen) = (last + 1, 0, .number, true)
    (isCollecting, isTooLong, phonetic) = (false, false, 0)
    (hasFormula, hasValue, hasInline, isInlineText) = (false, false, false, false)
    value.removeAll(keepingCapacity: true)
    for place in event.attributes.indices {
      let attribute = piece.attributes[place]
      let bytes = piece.bytes.span.extracting(attribute.range.indices)
      if attribute.name == names.reference {
        column = SpreadsheetColumn.number(bytes) ?? column
      } else if attribute.name == names.type {
        type = SheetCell.kind(bytes)
        isInlineText = bytes.count == 9
      } else if attribute.name == names.style, bytes.count <= 6, bytes.isDigits {
        style = bytes.number(0..<bytes.count)
      }
    }
  }

  /// Begins an element inside the cell.
  mutating func start(_ name: Int32, _ names: SheetNames) {
    guard isOpen else { return }
    if name == names.phonetic { phonetic += 1 }
    if name == names.inline, type == .text {
      // The text in the cell is what it shows, whatever value was stored beside it.
      hasInline = true
      value.removeAll(keepingCapacity: true)
    }
    guard name == names.value || name == names.text else { return }
    isCollecting = phonetic == 0 && !(name == names.value && (hasInline || isInlineText))
    hasValue = true
  }

  /// Ends an element inside the cell.
  mutating func end(_ name: Int32, _ names: SheetNames) {
    if name == names.phonetic { phonetic -= 1 }
    if isCollecting, name == names.value, type != .text { trim() }
    isCollecting = false
  }

  /// White space around a number or an index is layout of the XML.
  private mutating func trim() {
    guard let first = value.first, let last = value.last, first <= 0x20 || last <= 0x20 else { return }
    let start = value.firstIndex { $0 > 0x20 } ?? value.count
    let end = value.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
    value = Array(value[start..<end])
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

  /// What was written of a cell.
  enum Written {
    /// Text, a flag, or a day where one is asked for.
    case plain
    case number
    /// A day or a duration where a text is asked for.
    case dayInText
    /// A day whose time is left out.
    case dayWithTime
  }

  /// Writes the value as text: in columns of quantities without what a format adds to a number, in columns of texts a day as it is shown,
  /// and in columns of days and times with the time that a format hides.
  mutating func write(to out: inout [UInt8], _ workbook: Workbook, _ use: SheetUse) -> Written {
    if value.isEmpty { return .plain }
    switch type {
    case .shared:
      if isDangling(workbook) { return .plain }
      let digits = value.span
      SheetCell.write(workbook.strings.text(digits.number(0..<digits.count)), to: &out)
      return .plain
    case .text, .error:
      SheetCell.write(value[...], to: &out)
      return .plain
    case .boolean:
      out += value == [0x31] ? Array("TRUE".utf8) : value == [0x30] ? Array("FALSE".utf8) : value
      return .plain
    case .number: return writeNumber(to: &out, workbook, use)
    }
  }

  private func writeNumber(to out: inout [UInt8], _ workbook: Workbook, _ use: SheetUse) -> Written {
    let kind = workbook.styles.kind(style)
    if kind != .number, !use.quantities.contains(column - 1), let shown = shown(kind) {
      out += shown
      if case .duration = kind, use.texts.contains(column - 1) { return .dayInText }
      return .number
    }
    if kind.isDate, let written = writeDate(kind, to: &out, workbook, use) { return written }
    // Most numbers are plain digits: nothing is to be done about them.
    out += value.count <= 15 && value.span.isDigits ? value : CellNumber.text(value.span) ?? value
    return .number
  }

  /// Writes a number as the day or the time that its format says; nil where it is none.
  private func writeDate(_ kind: NumberStyles.Kind, to out: inout [UInt8], _ workbook: Workbook, _ use: SheetUse) -> Written? {
    guard let serial = String(validUTF8: value.span).flatMap({ Double($0) }) else { return nil }
    let isMoment = kind == .date && use.moments.contains(column - 1)
    let hasTime = kind == .date && serial > 1 && Int((serial * 86_400).rounded()) % 86_400 != 0
    guard let date = CellNumber.date(serial, isMoment && hasTime ? .dateTime : kind, is1904: workbook.is1904) else {
      return nil
    }
    guard use.texts.contains(column - 1) else {
      out += date
      return hasTime && use.days.contains(column - 1) ? .dayWithTime : .plain
    }
    let day = date.count == 10 ? CalendarDate(iso: date.span) : nil
    out += day.flatMap { DayPattern.text($0, workbook.styles.code(style)) } ?? date
    return .dayInText
  }

  /// The number with what its format adds; nil where that is nothing, or the format would round it.
  private func shown(_ kind: NumberStyles.Kind) -> [UInt8]? {
    switch kind {
    case .percent: CellNumber.text(value.span, power: 2).map { $0 + [0x25] }
    case .digits(let pattern): CellNumber.text(value.span).flatMap { $0.span.isDigits ? pattern.text($0) : nil }
    case .duration(let form): String(validUTF8: value.span).flatMap { Double($0) }.flatMap { CellNumber.duration($0, form) }
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
