import ElementCore

/// Takes records eight bytes at a time as long as they are plain: the usual case, several times faster than the tokenizer.
///
/// Plain is a record with the columns of the header, ended by LF or CRLF, without NUL, not blank, within the limits, whose
/// quoted fields hold neither quotes nor line ends. Everything else is left to `CSVTokenizer`, which decides alike for
/// plain ones.
struct PlainRecords: Sendable {
  private let delimiter: UInt8
  private let columnCount: Int
  private let lengthLimit: Int
  /// Room for the fields of a window, used again and again.
  private var room: [FieldRange] = []

  /// For records of `columnCount` fields; nil where the dialect needs the tokenizer for every byte.
  init?(_ dialect: CSVDialect, columnCount: Int?) {
    guard let columnCount, !dialect.hasDoubleBytes, columnCount <= dialect.columnLimit else { return nil }
    delimiter = dialect.delimiter
    self.columnCount = columnCount
    lengthLimit = min(dialect.recordLimit, dialect.fieldLimit)
  }

  /// Appends the plain records that start at `start` to the batch and moves `place` on by a row and a line for each.
  ///
  /// Returns where the first record starts that is not plain, or does not end in the window.
  mutating func take(_ window: Span<UInt8>, from start: Int, _ batch: inout RecordBatch, _ place: inout RecordStart) -> Int {
    // Where there are more fields than room, the rest of the window is for the next call.
    let wanted = window.count / 6 + 2 * columnCount
    if room.count < wanted { room = Array(repeating: .empty, count: wanted) }
    var record = Record(start: start)
    let kept = batch.fields.count
    var fields: [FieldRange] = []
    swap(&fields, &room)
    takeAll(window, &record, fields.mutableSpan, &batch, &place, before: kept)
    batch.fields.append(contentsOf: fields[0..<record.firstField])
    swap(&fields, &room)
    return record.start
  }

  private func takeAll(
    _ window: Span<UInt8>, _ record: inout Record, _ room: consuming MutableSpan<FieldRange>, _ batch: inout RecordBatch,
    _ place: inout RecordStart, before kept: Int
  ) {
    var fields = room
    let last = window.count - 8
    // Where the field that is being taken starts, and where its range goes.
    var (index, fieldStart, nextField) = (record.start, record.start, record.firstField)
    precondition(index >= 0)
    scan: while index <= last {
      let word = ByteWord(window.uncheckedWord(at: index))
      // Quotes, line ends, NUL and blanks; of these blanks and stray quotes mean nothing.
      var hits = word.below(0x23) | word.equal(delimiter)
      while hits != 0 {
        let shift = hits.trailingZeroBitCount & 0x38
        let at = index &+ shift >> 3
        let byte = UInt8(truncatingIfNeeded: word.bits &>> UInt64(shift))
        hits &= hits &- 1
        if byte == delimiter {
          guard nextField < fields.count else { break scan }
          fields[nextField] = FieldRange(fieldStart, at)
          nextField = nextField &+ 1
          fieldStart = at &+ 1
        } else if byte == 0x0A {
          let end = at > fieldStart && window[at - 1] == 0x0D ? at - 1 : at
          guard nextField < fields.count else { break scan }
          fields[nextField] = FieldRange(fieldStart, end)
          nextField = nextField &+ 1
          fieldStart = at &+ 1
          guard finish(&record, nextField, window, end, fieldStart, fields.span, &batch, &place, kept) else { break scan }
        } else if byte == 0x22, at == fieldStart {
          guard nextField < fields.count, let close = closingQuote(window, at + 1) else { break scan }
          fields[nextField] = FieldRange(at + 1, close)
          nextField = nextField &+ 1
          index = close + 1
          if window[index] == delimiter {
            index += 1
          } else {
            guard let next = lineEnd(window, index),
              finish(&record, nextField, window, index, next, fields.span, &batch, &place, kept)
            else { break scan }
            index = next
          }
          fieldStart = index
          continue scan
        } else if byte == 0 || (byte == 0x0D && lineEnd(window, at) == nil)
          || (byte == 0x22 && window.extracting(fieldStart..<at).isBlank)
        {
          break scan
        }
      }
      index = index &+ 8
    }
  }

  /// A record that is being taken: where it starts in the window, and where its first field stands in the room.
  private struct Record {
    var start: Int
    var firstField = 0
  }

  /// Takes the record that ends at `end`, its fields before `behind` in the room; false where it is not plain.
  @inline(never)
  private func finish(
    _ record: inout Record, _ behind: Int, _ window: Span<UInt8>, _ end: Int, _ next: Int, _ fields: Span<FieldRange>,
    _ batch: inout RecordBatch, _ place: inout RecordStart, _ kept: Int
  ) -> Bool {
    guard behind - record.firstField == columnCount, end - record.start <= lengthLimit,
      batch.spots.count < RecordBatch.mostRecords
    else { return false }
    // A quote may be the first of an empty value.
    if window[record.start] <= 0x22 || window[record.start] == delimiter, isBlank(window, fields, record.firstField) {
      return false
    }
    // What begins as a byte order mark does.
    if window[record.start] == 0xEF || window[record.start] == 0x84 { return false }
    place.row += 1
    batch.spots.append(
      RecordSpot(
        row: place.row, line: place.line, byteStart: batch.byteBase + record.start, byteLength: end - record.start,
        firstField: kept + record.firstField, fieldCount: columnCount, flags: RecordFlags(rawValue: 0)))
    place.line += 1
    record = Record(start: next, firstField: behind)
    return true
  }

  private func isBlank(_ window: Span<UInt8>, _ fields: Span<FieldRange>, _ first: Int) -> Bool {
    for field in first..<first + columnCount {
      for index in fields[field].indices where window[index] != 0x20 && window[index] != 0x1A && window[index] != 0x09 {
        return false
      }
    }
    return true
  }

  /// The quote that closes a field begun before `start`; nil where a line end or NUL comes first, or what follows is not
  /// the end of the field in the window.
  private func closingQuote(_ window: Span<UInt8>, _ start: Int) -> Int? {
    var index = start
    while index + 8 <= window.count {
      let word = ByteWord(window.word(at: index))
      let hits = word.equal(0x22) | word.below(0x0E)
      guard hits != 0 else {
        index += 8
        continue
      }
      index += hits.trailingZeroBitCount >> 3
      // Control characters other than line ends and NUL are content.
      if window[index] == 0x22 { break }
      if window[index] == 0x0A || window[index] == 0x0D || window[index] == 0 { return nil }
      index += 1
    }
    guard index + 1 < window.count, window[index] == 0x22 else { return nil }
    return window[index + 1] == delimiter || lineEnd(window, index + 1) != nil ? index : nil
  }

  /// Where the next line starts, if LF or CRLF stands at `index`.
  private func lineEnd(_ window: Span<UInt8>, _ index: Int) -> Int? {
    if window[index] == 0x0A { return index + 1 }
    return window[index] == 0x0D && index + 1 < window.count && window[index + 1] == 0x0A ? index + 2 : nil
  }
}
