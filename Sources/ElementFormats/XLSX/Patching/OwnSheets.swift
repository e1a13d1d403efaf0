import ElementCore

/// The sheets that an earlier check left in a workbook: they are known by their first cells, and replaced.
struct OwnSheets {
  /// The one that sums up; nil for none.
  private(set) var summary: Workbook.Sheet?
  /// The hidden one that keeps the fills that marked cells had; nil for none.
  private(set) var keeper: Workbook.Sheet?

  /// The sheets of a workbook that are ours.
  init(_ workbook: Workbook) throws(InputError) {
    for sheet in workbook.sheets {
      let isKeeper = sheet.name.hasPrefix(MarkWords.keeper)
      guard isKeeper || MarkWords.summaries.contains(where: { sheet.name.hasPrefix($0) }) else { continue }
      guard let first = try OwnSheets.rows(sheet, workbook, 1).first?.cells.first, MarkWords.isStamp(first) else { continue }
      if isKeeper { keeper = sheet } else { summary = sheet }
    }
  }

  /// Whether a sheet is one of them.
  func isOwn(_ sheet: Workbook.Sheet) -> Bool { sheet == summary || sheet == keeper }

  private static func rows(
    _ sheet: Workbook.Sheet, _ workbook: Workbook, _ limit: Int
  ) throws(InputError) -> [(line: Int, cells: [String])] {
    var reader = try SheetReader(workbook, sheet, from: RecordStart(byte: 0, line: 1, row: 0), columnCount: nil)
    var out: [(line: Int, cells: [String])] = []
    while out.count < limit, let batch = try reader.nextBatch() {
      for (record, cells) in batch.texts(limit - out.count).enumerated() { out.append((Int(batch.spots[record].line), cells)) }
    }
    return out
  }

  /// The fills that cells had before they were marked, by sheet, line and column.
  func fills(_ workbook: Workbook) throws(InputError) -> [String: [[Int]: String]] {
    guard let keeper else { return [:] }
    var out: [String: [[Int]: String]] = [:]
    for row in try OwnSheets.rows(keeper, workbook, .max).dropFirst() where row.cells.count >= 3 {
      guard let place = CellRange(row.cells[1]), OwnSheets.isFill(row.cells[2]) else { continue }
      out[row.cells[0], default: [:]][[place.lines.lowerBound, place.columns.lowerBound]] = row.cells[2]
    }
    return out
  }

  /// Whether a text is one element that may stand among fills: anybody may have changed what the sheet says.
  private static func isFill(_ text: String) -> Bool {
    guard text.utf8.count < 2_000, !text.utf8.contains(where: { $0 == 0x26 || $0 < 0x20 }) else { return false }
    let part = MarkupPart(Array(text.utf8))
    let elements = part.elements(depth: 0)
    let inner = part.elements(depth: 1) + part.elements(depth: 2)
    return elements.count == 1 && elements[0].name == "fill" && elements[0].range == 0..<part.bytes.count
      && inner.allSatisfy { ["patternFill", "gradientFill", "fgColor", "bgColor", "stop"].contains($0.name) }
  }

  /// The sheet that keeps fills.
  static func keeper(_ covered: [(sheet: String, line: Int, column: Int, fill: String)], _ styles: [Int]) -> [UInt8] {
    let rows = covered.map { cell in
      [
        StyledSheet.Cell.text(cell.sheet), .text(SpreadsheetColumn.letters(cell.column) + String(cell.line)), .text(cell.fill),
      ]
    }
    let sheet = StyledSheet(
      MarkWords.keeper, heading: (MarkWords.keeper, ""),
      [
        StyledSheet.Column(MarkWords.keeperStamp, width: 20), StyledSheet.Column("", width: 10),
        StyledSheet.Column("", width: 60),
      ],
      rows)
    return StyledSheetXML(sheet, styles: styles).bytes
  }
}

extension MarkWords {
  /// The sheets of a workbook that an earlier check left in it.
  ///
  /// - Throws: `InputError` where the workbook is damaged.
  package static func ownSheets(of workbook: Workbook) throws(InputError) -> [Workbook.Sheet] {
    let own = try OwnSheets(workbook)
    return [own.summary, own.keeper].compactMap { $0 }
  }
}
