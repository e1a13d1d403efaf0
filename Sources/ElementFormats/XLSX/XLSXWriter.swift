import Deflate
package import ElementCore

/// Writes an Excel workbook (ECMA-376, transitional): a heading row that stays in view, then records, all text but whole
/// numbers. What goes beyond the rows of a sheet stands on further sheets.
///
/// Values are inline strings, so none is ever a formula.
package final class XLSXWriter: RecordWriter {
  /// What was written and not taken yet.
  package var pending: [UInt8] {
    get {
      gather()
      return ready
    }
    set { ready = newValue }
  }

  /// How many bytes were written and not taken yet.
  package var pendingCount: Int { ready.count + archive.pendingCount }

  private var ready: [UInt8] = []
  private var archive = ZipWriter()
  private let columns: [WrittenColumn]
  private let parts: XLSXParts
  private let isHeaded: Bool
  /// The letters of each column.
  private let letters: [[UInt8]]
  /// XML of the sheet that was not deflated yet.
  private var sheet: [UInt8] = []
  private var sheetCount = 0
  private var row = 0
  private var sheetSize = 0

  private let rowLimit: Int
  /// The columns, and the characters (UTF-16) of a cell, that Excel has room for.
  static let (columnLimit, textLimit) = (16_384, 32_767)
  /// The bytes of XML after which a new sheet begins: readers limit what they inflate, ours too.
  private static let sheetSizeLimit = 900 << 20
  private static let pieceSize = 1 << 16

  /// A writer that has begun with the headings, where `isHeaded`; a sheet takes `rowLimit` rows, the headings too, and shows `stamp` at the
  /// foot of each printed page.
  ///
  /// - Throws: `UnwritableValue` where they do not fit.
  package init(
    _ columns: [WrittenColumn], isHeaded: Bool = true, sheet: String, stamp: String = "", rowLimit: Int = 1_048_576
  ) throws(UnwritableValue) {
    self.rowLimit = rowLimit
    guard columns.count <= XLSXWriter.columnLimit else {
      throw UnwritableValue(column: XLSXWriter.columnLimit, .tooManyColumns(limit: XLSXWriter.columnLimit))
    }
    for (column, heading) in columns.enumerated() { try XLSXWriter.confirm(Array(heading.title.utf8).span, column) }
    (self.columns, self.isHeaded) = (columns, isHeaded)
    parts = XLSXParts(columns, isHeaded: isHeaded, sheet: sheet, stamp: stamp)
    letters = (0..<columns.count).map { Array(SpreadsheetColumn.letters($0 + 1).utf8) }
    try beginSheet()
  }

  /// Adds a row.
  package func append(_ bytes: Span<UInt8>, _ values: [FieldRange]) throws(UnwritableValue) {
    guard values.count <= XLSXWriter.columnLimit else {
      throw UnwritableValue(column: XLSXWriter.columnLimit, .tooManyColumns(limit: XLSXWriter.columnLimit))
    }
    for (column, value) in values.enumerated() { try XLSXWriter.confirm(bytes.extracting(value.indices), column) }
    if row == rowLimit || sheetSize > XLSXWriter.sheetSizeLimit {
      endSheet()
      try beginSheet()
    }
    put(bytes, values, style: XLSXParts.textStyle)
    if sheet.count >= XLSXWriter.pieceSize { flush() }
  }

  /// Ends the last sheet, and writes what names them all.
  package func finish() throws(UnwritableValue) {
    endSheet()
    let members = parts.members(sheetCount)
    do throws(DeflateError) {
      for (name, content) in members { try archive.add(name, content) }
    } catch {
      bug("there is no memory for a deflater")
    }
    guard archive.finish() else { throw UnwritableValue(column: -1, .tooLarge) }
  }

  private func gather() {
    if ready.isEmpty { ready = archive.take() } else { ready += archive.take() }
  }

  /// Refuses what a cell has no room for.
  private static func confirm(_ value: Span<UInt8>, _ column: Int) throws(UnwritableValue) {
    guard value.count > textLimit else { return }
    // Characters beyond the Basic Multilingual Plane are two units.
    var units = 0
    for index in value.indices where value[index] & 0xC0 != 0x80 { units += value[index] >= 0xF0 ? 2 : 1 }
    if units > textLimit { throw UnwritableValue(column: column, .tooLong(limit: textLimit)) }
  }

  private func beginSheet() throws(UnwritableValue) {
    sheetCount += 1
    (row, sheetSize) = (0, 0)
    do throws(DeflateError) {
      try archive.begin("xl/worksheets/sheet\(sheetCount).xml")
    } catch {
      bug("there is no memory for a deflater")
    }
    sheet = Array(parts.sheetBegin.utf8)
    guard isHeaded else { return }
    let headings = TextRecord(columns.map(\.title))
    put(headings.bytes.span, headings.values, style: XLSXParts.headingStyle)
  }

  private func endSheet() {
    sheet += Array(parts.sheetEnd(rows: row).utf8)
    flush(ends: true)
  }

  private func flush(ends: Bool = false) {
    sheetSize += sheet.count
    archive.append(sheet, ends: ends)
    sheet.removeAll(keepingCapacity: true)
  }

  private static let keepsBlanks = Array(" xml:space=\"preserve\">".utf8)
  private static let (rowBegin, rowEnd) = (Array("<row r=\"".utf8), Array("</row>".utf8))
  private static let (cellBegin, cellEnd) = (Array("<c r=\"".utf8), Array("</t></is></c>".utf8))
  private static let (numberBegin, numberEnd) = (Array("\"><v>".utf8), Array("</v></c>".utf8))

  private func put(_ bytes: Span<UInt8>, _ values: [FieldRange], style: Int) {
    row += 1
    let number = Array(String(row).utf8)
    let textBegin = Array("\" s=\"\(style)\" t=\"inlineStr\"><is><t".utf8)
    // Taken out while it grows: reaching through the object for every piece would cost more than the piece.
    var out: [UInt8] = []
    swap(&out, &sheet)
    out += Self.rowBegin
    out += number
    out += [0x22, 0x3E]
    for (column, value) in values.enumerated() where !value.isEmpty {
      let text = bytes.extracting(value.indices)
      out += Self.cellBegin
      out += column < letters.count ? letters[column] : Array(SpreadsheetColumn.letters(column + 1).utf8)
      out += number
      if style == XLSXParts.textStyle, column < columns.count, columns[column].isNumber, XLSXWriter.isNumber(text) {
        out += Self.numberBegin
        out.append(span: text)
        out += Self.numberEnd
      } else {
        out += textBegin
        out += XLSXWriter.isTrimmed(text) ? [0x3E] : Self.keepsBlanks
        XLSXText.escape(text, to: &out)
        out += Self.cellEnd
      }
    }
    out += Self.rowEnd
    swap(&out, &sheet)
  }

  /// Whether a text neither begins nor ends with what readers of XML may take away, nor holds a line end.
  private static func isTrimmed(_ text: Span<UInt8>) -> Bool {
    text[0] > 0x20 && text[text.count - 1] > 0x20 && !text.indices.contains { text[$0] == 0x0A || text[$0] == 0x0D }
  }

  /// Whether a value is a whole number that stays what it is as one: at most 15 digits, none before the first but a minus.
  private static func isNumber(_ text: Span<UInt8>) -> Bool {
    let digits = text[0] == 0x2D ? text.extracting(1..<text.count) : text
    return digits.isDigits && digits.count <= 15 && (digits[0] != 0x30 || text.count == 1)
  }
}
