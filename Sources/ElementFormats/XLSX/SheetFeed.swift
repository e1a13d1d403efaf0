import XMLStream

/// Feeds the XML of a sheet to its parser as it comes out of the archive, piece by piece.
///
/// Safe to send: whoever holds it uses it from one thread at a time.
final class SheetFeed: @unchecked Sendable {
  /// A longer head is not kept: rows are then found by reading all before them.
  private static let headLimit = 1 << 20

  /// What a piece came to.
  struct Piece: Sendable {
    /// Its elements.
    let events: XMLPiece
    /// The bytes of the archive that were read so far.
    let taken: Int
  }

  private let workbook: Workbook
  private let sheet: Workbook.Sheet
  private let pieceSize: Int
  private var content: ZipMemberReader
  private var parser: XMLPushParser
  /// The names of elements and attributes.
  let names: SheetNames
  private var isEnded = false
  private var window: [UInt8] = []
  private var used = 0
  /// Where the next piece begins in the content, from 0.
  private var place = 0
  private var kept: [UInt8]?

  /// A feed of a sheet, in pieces of so many bytes.
  ///
  /// - Throws: `InputError` where the part of the sheet cannot be opened.
  init(_ workbook: Workbook, _ sheet: Workbook.Sheet, pieceSize: Int) throws(InputError) {
    (self.workbook, self.sheet, self.pieceSize) = (workbook, sheet, pieceSize)
    content = try workbook.archive.reader(of: sheet.member)
    parser = try SheetFeed.parser(workbook, sheet)
    names = SheetNames(parser)
  }

  private static func parser(_ workbook: Workbook, _ sheet: Workbook.Sheet) throws(InputError) -> XMLPushParser {
    let limits = workbook.limits
    do {
      return try XMLPushParser(
        XMLLimits(depth: limits[.depth], attributes: limits[.attributes], tagDepth: SheetNames.rowDepth))
    } catch {
      throw WorkbookPart.refusal(error, sheet.member.name, workbook.path)
    }
  }

  /// What the next piece came to; nil behind the end of the sheet.
  ///
  /// - Throws: `InputError` where the archive is damaged, or the part is no XML.
  func next() throws(InputError) -> Piece? {
    if isEnded { return nil }
    let bytes = try bytes(pieceSize)
    isEnded = bytes == nil
    return Piece(events: try parse(bytes), taken: content.taken)
  }

  private func parse(_ bytes: [UInt8]?) throws(InputError) -> XMLPiece {
    do {
      if let bytes { return try parser.feed(bytes.span) } else { return try parser.finish() }
    } catch {
      throw WorkbookPart.refusal(error, sheet.member.name, workbook.path)
    }
  }

  /// Goes on at a row, where that is ahead: a parser that knows what stands before the rows, which begin at `rows`, takes it
  /// from there. The length of that, or nil where it goes on as it was.
  ///
  /// - Throws: `InputError` where the archive is damaged.
  func skip(to start: Int, rows: Int) throws(InputError) -> Int? {
    guard let head = try head(rows), start > place else { return nil }
    parser = try SheetFeed.parser(workbook, sheet)
    // The same names in the same order get the same numbers.
    _ = SheetNames(parser)
    _ = try parse(head)
    while place < start, try pass(start - place) != nil {}
    return head.count
  }

  /// The next bytes, so many at most; nil at the end.
  private func bytes(_ limit: Int) throws(InputError) -> [UInt8]? {
    guard let range = try pass(limit) else { return nil }
    return range == window.indices ? window : Array(window[range])
  }

  /// Moves on over bytes, so many at most; where they stand in the window, or nil at the end.
  private func pass(_ limit: Int) throws(InputError) -> Range<Int>? {
    while used == window.count {
      guard let more = try content.next() else { return nil }
      (window, used) = (more, 0)
    }
    let from = used
    used = min(window.count, from + limit)
    place += used - from
    return from..<used
  }

  /// What stands before the rows, which begin at `end`; nil where that is not known, or too much to keep.
  private func head(_ end: Int) throws(InputError) -> [UInt8]? {
    if let kept { return kept }
    guard place == 0, end > 0, end <= SheetFeed.headLimit else { return nil }
    var head: [UInt8] = []
    while head.count < end, let piece = try bytes(end - head.count) { head += piece }
    kept = head
    return head
  }
}
