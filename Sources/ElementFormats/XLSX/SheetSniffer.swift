import ElementCore

/// Finds the header of a sheet: one row, or two where headings are grouped under wider ones.
package struct SheetSniffer {
  private let workbook: Workbook
  private let sheet: Workbook.Sheet
  private static let rowLimit = 40

  /// A sniffer for a sheet.
  package init(_ workbook: Workbook, _ sheet: Workbook.Sheet) {
    self.workbook = workbook
    self.sheet = sheet
  }

  /// The layout whose header scores best by a scale. `headerLine` pins the row (from 1) of the header, the lower one where there are two.
  ///
  /// - Throws: `InputError` where the sheet cannot be read.
  package func layout(headerLine: Int? = nil, _ scale: HeaderScale) throws(InputError) -> RecordLayout {
    let found = try preview(through: headerLine ?? 0)
    let rows = found.rows
    var layout = blank
    layout.preview = rows.map(\.cells)
    layout.dataStart = found.start
    var merges: HeaderMerges?
    for (place, row) in rows.enumerated() where (headerLine ?? row.line) == row.line {
      // Below a good header only its own second row may be a better one.
      if layout.score > scale.enough, row.line != layout.headerLine + 1 { break }
      // A row that was named is the header, whatever it says.
      let isNamed = headerLine == row.line
      let bound = isNamed ? -1 : layout.score
      let isSecond =
        layout.score > 0 && layout.headerLine == row.line - 1
        && HeaderRows.isSecond(row.cells, below: layout.headerCells, isHeading: scale.isHeading)
      let cells = try headings(rows, place, &merges) { isSecond || scale.score($0) > bound }
      let value = scale.score(cells)
      let completes = isSecond && scale.mayReplace(layout, value) && cells != row.cells
      guard value > layout.score || isNamed || completes else { continue }
      layout.score = value
      layout.header = value > 0 ? cells : row.cells
      layout.headerCells = row.cells
      layout.headerLine = row.line
      layout.titles = rows[..<place].map { $0.cells.filter { !$0.isEmpty }.joined(separator: " ") }
      layout.dataStart.line = row.line + 1
    }
    // What stands beside the last column of a heading would be lost.
    if let strayLine = found.strayLine, strayLine == (layout.header.isEmpty ? rows.first?.line : layout.headerLine) {
      let limit = workbook.limits[.columns]
      throw ReadingLimits.refusal(
        .columns, workbook.path, line: strayLine, zh: "工作表“\(PrintableText.escape(sheet.name))”超过 \(limit) 列",
        en: "has a sheet “\(PrintableText.escape(sheet.name))” of more than \(limit) columns")
    }
    return layout
  }

  /// The layout of a sheet that starts with its first record: the headings are the numbers of the columns, from 1.
  ///
  /// - Throws: `InputError` where the sheet cannot be read.
  package func layoutWithoutHeader() throws(InputError) -> RecordLayout {
    let found = try preview()
    let rows = found.rows
    var layout = blank
    layout.preview = rows.map(\.cells)
    layout.dataStart = found.start
    layout.header = (0..<(rows.map(\.cells.count).max() ?? 0)).map { String($0 + 1) }
    return layout
  }

  /// The layout of a sheet without anything.
  package var blank: RecordLayout {
    RecordLayout(
      dialect: CSVDialect(delimiter: 0x2C, limits: workbook.limits), container: .sheet(workbook, sheet), header: [],
      headerLine: 0, titles: [],
      dataStart: RecordStart(byte: 0, line: 1, row: 0), preview: [], score: 0)
  }

  /// The beginning of a sheet.
  private struct Preview {
    /// The first rows with content, as texts.
    var rows: [(line: Int, cells: [String])] = []
    /// Where they begin.
    var start = RecordStart(byte: 0, line: 1, row: 0)
    /// The first row with cells beyond the columns that are read.
    var strayLine: Int?
  }

  /// The first rows; more of them where a line that was named comes later.
  private func preview(through line: Int = 0) throws(InputError) -> Preview {
    let limit = max(SheetSniffer.rowLimit, line)
    var reader = try SheetReader(workbook, sheet, from: RecordStart(byte: 0, line: 1, row: 0), columnCount: nil)
    var found = Preview()
    while found.rows.count < SheetSniffer.rowLimit || found.rows[found.rows.count - 1].line < line,
      let batch = try reader.nextBatch()
    {
      if found.rows.isEmpty { found.start.byte = batch.starts[0] }
      let texts = batch.texts(limit - found.rows.count)
      for (record, cells) in texts.enumerated() { found.rows.append((Int(batch.spots[record].line), cells)) }
    }
    found.strayLine = reader.notes.first { $0.kind == .strayCells }?.line
    return found
  }

  /// What a row may say as a header: with the groups of the row above, where both stand on neighbouring lines, or its own cells.
  ///
  /// Which columns a group stands over is behind all rows of a sheet: it is read once, and only where the row `mayWin` with groups that
  /// go on up to the next one, or with groups over one column each.
  private func headings(
    _ rows: [(line: Int, cells: [String])], _ place: Int, _ merges: inout HeaderMerges?, mayWin: ([String]) -> Bool
  ) throws(InputError) -> [String] {
    let lower = rows[place].cells
    guard place > 0, rows[place - 1].line == rows[place].line - 1 else { return lower }
    let upper = rows[place - 1].cells
    guard let widest = HeaderRows.joined(upper, over: lower, spans: nil) else { return lower }
    guard mayWin(widest) || mayWin(HeaderRows.joined(upper, over: lower, spans: []) ?? lower) else { return widest }
    // A group that is not merged may be one of a sheet that merges none.
    let known = if let merges { merges } else { try HeaderMerges(workbook, sheet) }
    merges = known
    return HeaderRows.joined(upper, over: lower, spans: known.spans(line: rows[place - 1].line)) ?? lower
  }
}
