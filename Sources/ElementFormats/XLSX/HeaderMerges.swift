import ElementCore

/// The merged cells near the top of a sheet: which columns a heading stands over. They stand behind all rows.
struct HeaderMerges {
  private var ranges: [(lines: ClosedRange<Int>, columns: Range<Int>)] = []
  /// Only what stands behind the rows is looked at, and no more of it.
  private static let tailSize = 1 << 20
  private static let marks = [Array("mergeCell ".utf8), Array("ref=\"".utf8)]

  /// Reads the merged cells of a sheet.
  ///
  /// - Throws: `InputError` where the archive is damaged.
  init(_ workbook: Workbook, _ sheet: Workbook.Sheet) throws(InputError) {
    var content = try workbook.archive.reader(of: sheet.member)
    var tail: [UInt8] = []
    while let piece = try content.next() {
      tail += piece
      if tail.count > 2 * HeaderMerges.tailSize { tail.removeFirst(tail.count - HeaderMerges.tailSize) }
    }
    take(tail.span)
  }

  private mutating func take(_ bytes: Span<UInt8>) {
    var place = 0
    while let cell = HeaderMerges.end(of: HeaderMerges.marks[0], in: bytes, from: place) {
      place = cell
      guard let start = HeaderMerges.end(of: HeaderMerges.marks[1], in: bytes, from: cell), start - cell < 200,
        let end = bytes.firstIndex(of: 0x22, from: start)
      else { continue }
      let corners = Array(span: bytes.extracting(start..<end)).split(separator: 0x3A).map { Array($0) }
      guard corners.count == 2, let left = HeaderMerges.column(corners[0]), let right = HeaderMerges.column(corners[1]),
        let top = HeaderMerges.line(corners[0]), let bottom = HeaderMerges.line(corners[1]), left <= right, top <= bottom
      else { continue }
      ranges.append((top...bottom, left - 1..<right))
    }
  }

  /// The columns (from 0) of each merged cell that begins on a line and stands over several; nil where no cell of the sheet is merged.
  func spans(line: Int) -> [Range<Int>]? {
    ranges.isEmpty ? nil : ranges.filter { $0.lines.contains(line) && $0.lines.upperBound == line }.map(\.columns)
  }

  /// The place behind the next occurrence of some bytes; nil where there is none.
  private static func end(of mark: [UInt8], in bytes: Span<UInt8>, from start: Int) -> Int? {
    var place = start
    while let found = bytes.firstIndex(of: mark[0], from: place), found + mark.count <= bytes.count {
      if bytes.extracting(found..<bytes.count).starts(with: mark) { return found + mark.count }
      place = found + 1
    }
    return nil
  }

  private static func column(_ reference: [UInt8]) -> Int? { SpreadsheetColumn.number(reference.span) }

  private static func line(_ reference: [UInt8]) -> Int? {
    let digits = Array(reference.drop { $0 >= 0x41 })
    return digits.count <= 9 && digits.span.isDigits ? digits.span.number(0..<digits.count) : nil
  }
}
