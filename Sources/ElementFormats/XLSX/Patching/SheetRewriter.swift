import ElementCore

/// Writes a sheet anew with some of its cells changed: all else is copied byte for byte.
struct SheetRewriter {
  /// What is done to the sheet.
  private let patch: SheetPatch
  /// What its first pass told.
  private let survey: SheetSurvey
  /// The column with the reasons, from 1; 0 for none.
  private let resultColumn: Int
  /// Whether marks of an earlier check go.
  private let clearsMarks: Bool
  /// The fills that cells had before they were marked, by their places.
  private let fills: [[Int]: String]
  /// The number of the relation to the drawing of the notes, where the sheet gets one.
  private let drawing: String?
  /// The namespace of what leads from one part to another.
  private let relations: String
  /// Whether another sheet is shown first.
  private let isUnselected: Bool
  /// The styles of the workbook; marks add to them.
  private(set) var styles: StylePatch
  /// What was done: the fills of cells that had one and are marked, and texts that could not be put in, as a formula is there.
  private(set) var covered: [(line: Int, column: Int, fill: String)] = []
  /// The places of cells that hold a formula: their text was left alone.
  private(set) var formulas: [[Int]] = []

  /// What was written and not taken yet.
  private(set) var out: [UInt8] = []
  private var scanner = MarkupScanner()
  private var cursor = SheetCursor()
  private var nextCell = 0
  private var nextReason = 0
  /// The cell that is replaced: nothing of it is copied; nil where none is.
  private var held: (edit: CellEdit, style: Int, bytes: [UInt8], hasFormula: Bool)?
  /// Whether the cell at hand goes: an old reason.
  private var isDropping = false
  private var hasFilter = false
  private var hasDrawing = false
  private var hasColumns = false
  private var hasWidth = false
  private var prefix: String { survey.prefix }
  private let resultStyle: Int
  private let resultHeadingStyle: Int

  /// A rewriter of a sheet.
  init(
    _ patch: SheetPatch, _ survey: SheetSurvey, resultColumn: Int, clearsMarks: Bool, fills: [[Int]: String], drawing: String?,
    isUnselected: Bool, styles: StylePatch, sheetStyles: [Int], relations: String
  ) {
    self.relations = relations
    (self.patch, self.survey, self.resultColumn, self.clearsMarks) = (patch, survey, resultColumn, clearsMarks)
    (self.fills, self.drawing, self.isUnselected, self.styles) = (fills, drawing, isUnselected, styles)
    resultStyle = sheetStyles[SheetStyles.Style.wrapped.rawValue]
    resultHeadingStyle = sheetStyles[SheetStyles.Style.heading.rawValue]
    hasDrawing = survey.hasNoteDrawing || drawing == nil
  }

  /// Takes what was written.
  mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &out)
    return taken
  }

  /// Rewrites the next piece of the sheet.
  mutating func feed(_ bytes: [UInt8]) {
    scanner.feed(bytes)
    while let piece = scanner.next() { take(piece) }
  }

  private mutating func take(_ piece: MarkupScanner.Piece) {
    let depth = cursor.depth
    cursor.take(piece, scanner)
    if cursor.isInRows {
      takeInRows(piece, depth)
    } else if piece.kind == .other {
      copy(piece)
    } else {
      takeBeside(piece, depth)
    }
  }

  private mutating func copy(_ piece: MarkupScanner.Piece) { out.append(contentsOf: scanner.bytes(piece.range)) }

  // MARK: Rows

  private mutating func takeInRows(_ piece: MarkupScanner.Piece, _ depth: Int) {
    switch (piece.kind, depth) {
    case (.start, 1):
      writeBefore("sheetData")
      copy(piece)
    case (.start, 2), (.element, 2): beginRow(piece)
    case (.end, 3): endRow(piece)
    case (.start, 3), (.element, 3): beginCell(piece)
    case (.end, 4): endCell(piece)
    default:
      if held != nil {
        held?.bytes.append(contentsOf: scanner.bytes(piece.range))
        if piece.isStart, scanner.isNamed(piece, [0x66]) { held?.hasFormula = true }
      } else if !isDropping {
        copy(piece)
      }
    }
  }

  private mutating func beginRow(_ piece: MarkupScanner.Piece) {
    writeRows(before: cursor.line)
    guard isTouched(cursor.line) else { return copy(piece) }
    // How far the cells reach is a hint, and no longer right.
    var tag = Array(scanner.bytes(piece.range))
    if let spans = MarkupScanner.value(of: Array("spans".utf8), in: tag.span, 1 + prefix.utf8.count + 3..<tag.count) {
      tag.removeSubrange(spans.lowerBound - 8..<spans.upperBound + 1)
    }
    guard piece.kind == .element else { return out += tag }
    tag.removeLast(2)
    out += tag + [0x3E]
    finishRow(cursor.line)
    out += Array("</\(prefix)row>".utf8)
  }

  /// Whether anything is to be done in a row.
  private func isTouched(_ line: Int) -> Bool {
    nextCell < patch.cells.count && patch.cells[nextCell].line == line
      || nextReason < patch.reasons.count
        && patch.reasons[nextReason].line == line
      || resultColumn > 0 && line == patch.headerLine
  }

  /// Writes rows that are not there and are to have something.
  private mutating func writeRows(before line: Int) {
    while true {
      var next = Int.max
      if nextCell < patch.cells.count { next = min(next, patch.cells[nextCell].line) }
      if nextReason < patch.reasons.count { next = min(next, patch.reasons[nextReason].line) }
      guard next < line else { return }
      out += Array("<\(prefix)row r=\"\(next)\">".utf8)
      finishRow(next)
      out += Array("</\(prefix)row>".utf8)
    }
  }

  private mutating func endRow(_ piece: MarkupScanner.Piece) {
    finishRow(cursor.line)
    copy(piece)
  }

  /// Writes what a row is to have behind its last cell.
  private mutating func finishRow(_ line: Int) {
    writeCells(line, before: .max)
    writeResult(line)
  }

  private mutating func writeResult(_ line: Int) {
    guard resultColumn > 0 else { return }
    let cell = SpreadsheetColumn.letters(resultColumn) + String(line)
    if line == patch.headerLine, let heading = patch.resultHeading {
      put(cell, heading, survey.headingStyle > 0 ? survey.headingStyle : resultHeadingStyle)
    }
    while nextReason < patch.reasons.count, patch.reasons[nextReason].line <= line {
      if patch.reasons[nextReason].line == line { put(cell, patch.reasons[nextReason].text, resultStyle) }
      nextReason += 1
    }
  }

  private mutating func put(_ cell: String, _ text: String, _ style: Int) {
    put(cell, Array(text.utf8), style)
  }

  private mutating func put(_ cell: String, _ text: [UInt8], _ style: Int) {
    guard text.count > 0 else { return out += Array("<\(prefix)c r=\"\(cell)\" s=\"\(style)\"/>".utf8) }
    out += Array(
      "<\(prefix)c r=\"\(cell)\" s=\"\(style)\" t=\"inlineStr\"><\(prefix)is><\(prefix)t xml:space=\"preserve\">".utf8)
    XLSXText.escape(text.span, to: &out)
    out += Array("</\(prefix)t></\(prefix)is></\(prefix)c>".utf8)
  }

  /// Writes cells that are not there, before a column.
  private mutating func writeCells(_ line: Int, before column: Int) {
    while nextCell < patch.cells.count, patch.cells[nextCell].line <= line {
      let edit = patch.cells[nextCell]
      guard edit.line < line || edit.column < column else { return }
      nextCell += 1
      guard edit.line == line, edit.tint != nil || edit.text != nil else { continue }
      let style = survey.style(ofColumn: edit.column)
      put(
        SpreadsheetColumn.letters(edit.column) + String(line), edit.text ?? [], marked(edit, style))
    }
  }

  /// The style of a cell with its mark; what it covers is kept.
  private mutating func marked(_ edit: CellEdit, _ style: Int) -> Int {
    let plain = unmarked(style, edit.line, edit.column)
    guard let tint = edit.tint else { return plain }
    if let fill = styles.ownFill(plain) { covered.append((edit.line, edit.column, fill)) }
    return styles.tinted(plain, tint)
  }

  /// The style of a cell without the mark of an earlier check.
  private mutating func unmarked(_ style: Int, _ line: Int, _ column: Int) -> Int {
    guard clearsMarks, styles.hasTints, styles.isTinted(style) else { return style }
    return styles.plain(style, fill: fills[[line, column]])
  }

  private mutating func beginCell(_ piece: MarkupScanner.Piece) {
    let (line, column) = (cursor.line, cursor.column)
    writeCells(line, before: column)
    if patch.oldResults.contains(column - 1), line >= patch.headerLine {
      isDropping = piece.kind == .start
      return
    }
    if column > resultColumn, resultColumn > 0 { writeResult(line) }
    if resultColumn > 0, column == resultColumn, line >= patch.headerLine {
      isDropping = piece.kind == .start
      return
    }
    var edit: CellEdit?
    if nextCell < patch.cells.count, patch.cells[nextCell].line == line, patch.cells[nextCell].column == column {
      edit = patch.cells[nextCell]
      nextCell += 1
    }
    guard let edit else {
      let plain = line >= patch.headerLine ? unmarked(cursor.style, line, column) : cursor.style
      return plain == cursor.style ? copy(piece) : copy(piece, style: plain)
    }
    let style = edit.tint == nil && !clearsMarks ? cursor.style : marked(edit, cursor.style)
    guard let text = edit.text else { return style == cursor.style ? copy(piece) : copy(piece, style: style) }
    guard piece.kind == .start else { return put(SpreadsheetColumn.letters(column) + String(line), text, style) }
    held = (edit, style, MarkupScanner.setting("s", String(style), in: scanner.bytes(piece.range)), false)
  }

  private mutating func copy(_ piece: MarkupScanner.Piece, style: Int) {
    out += MarkupScanner.setting("s", String(style), in: scanner.bytes(piece.range))
  }

  private mutating func endCell(_ piece: MarkupScanner.Piece) {
    if isDropping {
      isDropping = false
    } else if let cell = held {
      held = nil
      if cell.hasFormula {
        formulas.append([cell.edit.line, cell.edit.column])
        out += cell.bytes
        copy(piece)
      } else {
        put(SpreadsheetColumn.letters(cell.edit.column) + String(cell.edit.line), cell.edit.text ?? [], cell.style)
      }
    } else {
      copy(piece)
    }
  }

  // MARK: Beside the rows

  private mutating func takeBeside(_ piece: MarkupScanner.Piece, _ depth: Int) {
    let name = String(decoding: scanner.bytes(piece.name), as: UTF8.self)
    if piece.kind == .end {
      if depth == 2, name == "sheetData" { writeRows(before: .max) }
      if depth == 2, name == "cols" { writeColumn(.max) }
      if depth == 1 { writeBefore(nil) }
      return copy(piece)
    }
    if depth == 1 {
      writeBefore(name)
      takeChild(piece, name)
    } else if depth == 2, name == "sheetView", isUnselected, survey.isSelected {
      out += MarkupScanner.setting("tabSelected", "0", in: scanner.bytes(piece.range))
    } else if depth == 2, name == "col", resultColumn > 0 {
      takeColumn(piece)
    } else {
      copy(piece)
    }
  }

  private mutating func takeChild(_ piece: MarkupScanner.Piece, _ name: String) {
    switch name {
    case "dimension" where resultColumn > 0:
      let known = scanner.value(of: Array("ref".utf8), piece).flatMap {
        CellRange(String(decoding: scanner.bytes($0), as: UTF8.self))
      }
      guard var range = known else { return copy(piece) }
      range.columns = range.columns.lowerBound...max(range.columns.upperBound, resultColumn)
      out += MarkupScanner.setting("ref", range.text, in: scanner.bytes(piece.range))
    case "autoFilter" where resultColumn > 0:
      out += MarkupScanner.setting("ref", filter.text, in: scanner.bytes(piece.range))
    case "sheetData" where piece.kind == .element:
      let tag = scanner.bytes(piece.range).dropLast(2)
      out += tag + [0x3E]
      writeRows(before: .max)
      out += Array("</\(prefix)sheetData>".utf8)
    default: copy(piece)
    }
  }

  /// The rectangle that is filtered: with the column of the reasons.
  var filter: CellRange {
    let last = max(survey.lastRow, patch.reasons.last?.line ?? 0, patch.headerLine)
    if let given = survey.filter.flatMap({ CellRange($0) }) {
      var range = given
      range.columns = given.columns.lowerBound...max(given.columns.upperBound, resultColumn)
      range.lines = given.lines.lowerBound...max(given.lines.upperBound, last)
      return range
    }
    // Beside a table, which has a filter of its own, the reasons alone are filtered.
    let first = survey.hasTables ? resultColumn : max(1, survey.firstHeading)
    let letters = (SpreadsheetColumn.letters(first), SpreadsheetColumn.letters(resultColumn))
    return CellRange("\(letters.0)\(patch.headerLine):\(letters.1)\(last)")
      ?? CellRange(lines: patch.headerLine...last, columns: first...resultColumn)
  }

  /// Writes what is new before a child of the sheet, or before its end, in the order that the standard asks for.
  private mutating func writeBefore(_ name: String?) {
    if name == "autoFilter" { hasFilter = true }
    if name == "legacyDrawing" { hasDrawing = true }
    if name == "cols" { hasColumns = true }
    if name == "sheetData", !hasColumns, resultColumn > 0 {
      out += Array("<\(prefix)cols>".utf8)
      writeColumn(.max)
      out += Array("</\(prefix)cols>".utf8)
    }
    if resultColumn > 0, patch.headerLine > 0, !hasFilter, !(name.map(Self.beforeFilter.contains) ?? false) {
      hasFilter = true
      out += Array("<\(prefix)autoFilter ref=\"\(filter.text)\"/>".utf8)
    }
    if let drawing, !hasDrawing, name.map(Self.behindDrawing.contains) ?? true {
      hasDrawing = true
      out += Array("<\(prefix)legacyDrawing xmlns:yr=\"\(relations)\" yr:id=\"\(drawing)\"/>".utf8)
    }
  }

  private static let beforeFilter: Set<String> = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter",
  ]
  private static let behindDrawing: Set<String> = [
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent", "webPublishItems", "tableParts",
    "extLst",
  ]

  // MARK: Columns

  /// Writes the width of the column with the reasons, where it comes before a column.
  private mutating func writeColumn(_ column: Int) {
    guard resultColumn > 0, !hasWidth, resultColumn < column else { return }
    hasWidth = true
    out += Array("<\(prefix)col min=\"\(resultColumn)\" max=\"\(resultColumn)\" width=\"48\" customWidth=\"1\"/>".utf8)
  }

  /// Copies the width of columns; what lies over the column with the reasons is parted.
  private mutating func takeColumn(_ piece: MarkupScanner.Piece) {
    func number(_ name: String) -> Int? {
      scanner.value(of: Array(name.utf8), piece).flatMap { Int(String(decoding: scanner.bytes($0), as: UTF8.self)) }
    }
    guard let first = number("min"), let last = number("max"), piece.kind == .element else { return copy(piece) }
    writeColumn(first)
    guard (first...max(first, last)).contains(resultColumn) else { return copy(piece) }
    let tag = scanner.bytes(piece.range)
    if first < resultColumn { out += MarkupScanner.setting("max", String(resultColumn - 1), in: tag) }
    writeColumn(.max)
    if last > resultColumn { out += MarkupScanner.setting("min", String(resultColumn + 1), in: tag) }
  }
}

extension CellRange {
  /// A rectangle.
  init(lines: ClosedRange<Int>, columns: ClosedRange<Int>) { (self.lines, self.columns) = (lines, columns) }
}
