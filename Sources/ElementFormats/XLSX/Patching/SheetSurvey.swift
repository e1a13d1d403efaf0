import ElementCore

/// What a first pass over a sheet tells that its rewriting needs: where room is, and how the cells look that are to be marked.
struct SheetSurvey {
  /// The last column (from 1) with content from the heading on.
  private(set) var lastColumn = 0
  /// The last row with content, from 1.
  private(set) var lastRow = 0
  /// The first column with content in the row of the headings.
  private(set) var firstHeading = 0
  /// The style of the last heading, from 0.
  private(set) var headingStyle = 0
  /// The filter of the sheet, as it is written; nil where it has none.
  private(set) var filter: String?
  /// Whether the sheet has a drawing for its notes.
  private(set) var hasNoteDrawing = false
  /// Whether tables lie on the sheet.
  private(set) var hasTables = false
  /// Whether it is selected when the workbook is opened.
  private(set) var isSelected = false
  /// The merged cells that reach below the headings: the last column of each.
  private(set) var lastMerged = 0
  /// The prefix of its elements with its colon.
  private(set) var prefix = ""
  /// The namespace of its elements.
  private(set) var namespace = XLSXParts.main
  /// The styles of rows and columns that cells without one of their own look like, by column.
  private(set) var columnStyles: [(columns: ClosedRange<Int>, style: Int)] = []

  /// The styles of the cells that are to be marked.
  private(set) var markedStyles: Set<Int> = []
  private let marks: [CellEdit]
  private var nextMark = 0

  /// Surveys a sheet whose headings stand on a line, and of which some cells are to be marked; columns of `old` results count for nothing.
  init(
    _ sheet: Workbook.Sheet, of archive: ZipArchive, headerLine: Int, old: Set<Int>, marks: [CellEdit] = []
  ) throws(InputError) {
    self.marks = marks
    var content = try archive.reader(of: sheet.member)
    var scanner = MarkupScanner()
    var cursor = SheetCursor()
    while let bytes = try content.next() {
      scanner.feed(bytes)
      while let piece = scanner.next() { take(piece, scanner, &cursor, headerLine, old) }
    }
  }

  private mutating func take(
    _ piece: MarkupScanner.Piece, _ scanner: MarkupScanner, _ cursor: inout SheetCursor, _ headerLine: Int, _ old: Set<Int>
  ) {
    let depth = cursor.depth
    cursor.take(piece, scanner)
    guard piece.isStart else { return }
    if depth == 0 {
      prefix = String(decoding: scanner.bytes(piece.prefix), as: UTF8.self)
      let name = prefix.isEmpty ? "xmlns" : "xmlns:" + prefix.dropLast()
      if let found = text(name, piece, scanner) { namespace = found }
    } else if cursor.isInRows, depth == 3 {
      noteMark(cursor)
    } else if cursor.isInRows {
      // What stands inside a cell is content.
      guard depth > 3, cursor.line >= headerLine, !old.contains(cursor.column) else { return }
      lastColumn = max(lastColumn, cursor.column)
      lastRow = max(lastRow, cursor.line)
      if cursor.line == headerLine {
        if firstHeading == 0 { firstHeading = cursor.column }
        headingStyle = cursor.style
      }
    } else {
      takeBeside(piece, scanner, depth, headerLine)
    }
  }

  private mutating func noteMark(_ cursor: SheetCursor) {
    while nextMark < marks.count, (marks[nextMark].line, marks[nextMark].column) < (cursor.line, cursor.column) {
      nextMark += 1
    }
    guard nextMark < marks.count, marks[nextMark].line == cursor.line, marks[nextMark].column == cursor.column else { return }
    if marks[nextMark].tint != nil { markedStyles.insert(cursor.style) }
  }

  private mutating func takeBeside(_ piece: MarkupScanner.Piece, _ scanner: MarkupScanner, _ depth: Int, _ headerLine: Int) {
    func isNamed(_ name: StaticString) -> Bool { scanner.isNamed(piece, Array("\(name)".utf8)) }
    switch depth {
    case 1:
      if isNamed("autoFilter") { filter = text("ref", piece, scanner) }
      if isNamed("legacyDrawing") { hasNoteDrawing = true }
      if isNamed("tableParts") { hasTables = true }
    case 2:
      if isNamed("sheetView"), let flag = text("tabSelected", piece, scanner) { isSelected = flag == "1" || flag == "true" }
      if isNamed("col"), let style = number("style", piece, scanner), let first = number("min", piece, scanner),
        let last = number("max", piece, scanner), first <= last
      {
        columnStyles.append((first...last, style))
      }
      if isNamed("mergeCell"), let range = text("ref", piece, scanner).flatMap(CellRange.init),
        range.lines.upperBound >= headerLine
      {
        lastMerged = max(lastMerged, range.columns.upperBound)
      }
    default: return
    }
  }

  private func text(_ attribute: String, _ piece: MarkupScanner.Piece, _ scanner: MarkupScanner) -> String? {
    scanner.value(of: Array(attribute.utf8), piece).map { String(decoding: scanner.bytes($0), as: UTF8.self) }
  }

  private func number(_ attribute: String, _ piece: MarkupScanner.Piece, _ scanner: MarkupScanner) -> Int? {
    text(attribute, piece, scanner).flatMap { Int($0) }
  }

  /// The style of a cell that is not there: that of its column.
  func style(ofColumn column: Int) -> Int { columnStyles.last { $0.columns.contains(column) }?.style ?? 0 }
}

/// A rectangle of cells, such as `A1:C17`; both ends count from 1.
struct CellRange {
  /// From the first to the last line.
  var lines: ClosedRange<Int>
  /// From the first to the last column.
  var columns: ClosedRange<Int>

  /// A range as it is written, with `$` or without; nil for anything else.
  init?(_ text: String) {
    let corners = text.filter { $0 != "$" }.split(separator: ":").map { Array($0.utf8) }
    guard let first = corners.first, let last = corners.last, corners.count <= 2 else { return nil }
    func line(_ corner: [UInt8]) -> Int? {
      let digits = Array(corner.drop { $0 > 0x39 })
      return digits.count <= 9 && digits.span.isDigits ? digits.span.number(0..<digits.count) : nil
    }
    guard let left = SpreadsheetColumn.number(first.span), let right = SpreadsheetColumn.number(last.span),
      let top = line(first), let bottom = line(last), left <= right, top <= bottom
    else { return nil }
    (lines, columns) = (top...bottom, left...right)
  }

  /// As it is written.
  var text: String {
    let (left, right) = (SpreadsheetColumn.letters(columns.lowerBound), SpreadsheetColumn.letters(columns.upperBound))
    return "\(left)\(lines.lowerBound):\(right)\(lines.upperBound)"
  }
}

/// Where a scanner is among the rows and cells of a sheet.
struct SheetCursor {
  /// How many elements are open.
  private(set) var depth = 0
  /// Whether it is among the rows.
  private(set) var isInRows = false
  /// The row, from 1.
  private(set) var line = 0
  /// The column of the last cell, from 1; 0 where the row has none yet.
  private(set) var column = 0
  /// The style of the last cell, from 0.
  private(set) var style = 0

  private static let (rows, reference, number) = (Array("sheetData".utf8), Array("r".utf8), Array("s".utf8))

  /// Moves on over what a scanner cut off.
  mutating func take(_ piece: MarkupScanner.Piece, _ scanner: MarkupScanner) {
    switch piece.kind {
    case .other: return
    case .end:
      depth -= 1
      if depth == 1 { isInRows = false }
    case .start, .element:
      if depth == 1 {
        isInRows = piece.kind == .start && scanner.isNamed(piece, SheetCursor.rows)
        (line, column) = (0, 0)
      } else if isInRows, depth == 2 {
        line = scanner.value(of: SheetCursor.reference, piece).flatMap { Self.digits(scanner.bytes($0)) } ?? line + 1
        column = 0
      } else if isInRows, depth == 3 {
        let found = scanner.value(of: SheetCursor.reference, piece).flatMap { range in
          SpreadsheetColumn.number(scanner.window.span.extracting(range))
        }
        column = found ?? column + 1
        style = scanner.value(of: SheetCursor.number, piece).flatMap { Self.digits(scanner.bytes($0)) } ?? 0
      }
      if piece.kind == .start { depth += 1 }
    }
  }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard (1...9).contains(bytes.count), bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }
}
