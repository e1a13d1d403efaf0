/// Where the bytes of one field stand in its batch: offsets from 0, `end` behind the last byte.
@usableFromInline
package struct FieldRange: Sendable, Hashable {
  /// The first byte.
  @usableFromInline package var start: UInt32
  /// The byte behind the last.
  @usableFromInline package var end: UInt32

  /// A range of bytes.
  @inlinable @inline(__always)
  package init(_ start: Int, _ end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  /// No bytes.
  @inlinable
  package static var empty: FieldRange { FieldRange(0, 0) }

  /// The range as array indices.
  @inlinable @inline(__always)
  package var indices: Range<Int> { Int(start)..<Int(end) }
  /// The number of bytes.
  @inlinable @inline(__always)
  package var count: Int { Int(end) - Int(start) }
  /// Whether the field has no bytes.
  @inlinable @inline(__always)
  package var isEmpty: Bool { start == end }
}

/// What was odd about the shape of a record.
package struct RecordFlags: OptionSet, Sendable, Hashable {
  /// The bits.
  package let rawValue: UInt16
  /// Flags from bits.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Another number of fields than the header has.
  package static let ragged = RecordFlags(rawValue: 1)
  /// A quoted field that never ends within the record limit.
  package static let unterminatedQuote = RecordFlags(rawValue: 2)
  /// Characters between a closing quote and the next delimiter.
  package static let textAfterQuote = RecordFlags(rawValue: 4)
  /// Longer than the record limit.
  package static let tooLong = RecordFlags(rawValue: 8)
  /// A NUL byte.
  package static let nul = RecordFlags(rawValue: 16)
  /// Bytes that the encoding of the file does not allow.
  package static let undecodable = RecordFlags(rawValue: 32)
  /// A field longer than the field limit.
  package static let fieldTooLong = RecordFlags(rawValue: 64)
  /// Of a form that mixes kinds, and of none of them.
  package static let kindUnknown = RecordFlags(rawValue: 128)
  /// No record of its format: an object that is no JSON.
  package static let malformed = RecordFlags(rawValue: 256)
  /// A key stands twice.
  package static let duplicateKey = RecordFlags(rawValue: 512)
  /// Half of a surrogate pair, which is no character.
  package static let loneSurrogate = RecordFlags(rawValue: 1024)
  /// Text beside elements, which belongs to no value.
  package static let mixedText = RecordFlags(rawValue: 2048)
  /// Nested deeper than is allowed.
  package static let tooDeep = RecordFlags(rawValue: 4096)
  // The defaults of OptionSet go through witness tables when they are called from another module: too slow for every record.
  /// Whether nothing was odd.
  package var isEmpty: Bool { rawValue == 0 }
}

/// Where a record stands in its file, and what was odd about it.
package struct RecordSpot: Sendable, Hashable {
  /// The data row, from 1.
  package var row: UInt32
  /// The physical line the record starts on, from 1.
  package var line: UInt32
  /// The offset of the record's first byte in the file, from 0.
  package var byteStart: UInt64
  /// The number of bytes of the record without its line end.
  package var byteLength: UInt32
  /// The index in the batch of the record's first field, from 0.
  package var firstField: UInt32
  /// The number of fields found.
  package var fieldCount: UInt32
  /// What was odd.
  package var flags: RecordFlags
  /// The number of lines below that an open quote had swallowed; they were read again one by one.
  package var swallowedLines: UInt32 = 0

  /// The place of a record.
  package init(row: Int, line: Int, byteStart: Int, byteLength: Int, firstField: Int, fieldCount: Int, flags: RecordFlags) {
    self.row = UInt32(row)
    self.line = UInt32(line)
    self.byteStart = UInt64(byteStart)
    self.byteLength = UInt32(byteLength)
    self.firstField = UInt32(firstField)
    self.fieldCount = UInt32(fieldCount)
    self.flags = flags
  }
}

/// Where a record breaks the schema that its file is validated by.
package struct SchemaViolation: Sendable, Hashable {
  /// The data row, from 1.
  package let row: UInt32
  /// The column of the value, from 0; nil where it is none that is read.
  package let column: Int?
  /// The XML element that is not valid, or misses one.
  package let element: String
  /// The physical line, from 1.
  package let line: Int
  /// Why.
  package let reason: LocalizedText

  /// A break of the schema.
  package init(row: Int, column: Int?, element: String, line: Int, reason: LocalizedText) {
    self.row = UInt32(row)
    self.column = column
    self.element = element
    self.line = line
    self.reason = reason
  }
}

/// Some records of one file, moved whole from stage to stage.
///
/// Values stay where they were read; what had to be unescaped, decoded or repaired is appended behind the input, and its
/// range points there. So nothing is copied per field and the bytes of a record as read stay at hand.
package struct RecordBatch: Sendable {
  /// Readers end a batch behind so many records: those of a few bytes each would else be more than batches are sized for.
  package static let mostRecords = 4_096

  /// The input as read, then the values that were changed.
  package var bytes: [UInt8]
  /// The ranges of all fields, record by record, as many a record as were found.
  package var fields: [FieldRange] = []
  /// The places of the records.
  package var spots: [RecordSpot] = []
  /// Indices into `fields` of values that hold doubled quotes.
  package var escaped: [Int] = []
  /// Indices into `fields` of values that the file gives as numbers, not as text; ascending.
  package var numbers: [Int] = []
  /// Indices into `fields` of values that are made of several, with semicolons between; ascending.
  package var lists: [Int] = []
  /// Which of `fields` were cells of days whose text is not all that the cell holds, ascending.
  package var days: [Int] = []
  /// Which of `fields` were objects, or arrays of more than texts and numbers, ascending: they hold no value that a text could be.
  package var nested: [Int] = []
  /// Whether a record may lack a value that others have, as an object may lack a member: its range begins at 0, where none of a value does.
  package var tellsAbsence = false
  /// Where each record stands in `bytes`, where the bytes of the file are not kept; empty where they are.
  package var rawRanges: [FieldRange] = []
  /// Where records break the schema that the file is validated by, by their rows, ascending.
  package var violations: [SchemaViolation] = []
  /// Where each record can be read again from, as its reader counts, where that is no place in the file; else empty.
  package var starts: [Int] = []
  /// The offset in the file of `bytes[0]`, from 0.
  package let byteBase: Int
  /// The place of the batch in its file, from 0.
  package var ordinal = 0

  /// An empty batch over bytes read at `byteBase`.
  package init(bytes: [UInt8], byteBase: Int) {
    self.bytes = bytes
    self.byteBase = byteBase
  }

  /// The record behind the last one, which the next batch has: it tells whether a line break parted the last one; nil where it is not asked
  /// for or there is none.
  package var follower: RecordSpot?
  /// Whether the record before the first one has fewer fields than there are columns.
  package var followsShort = false

  /// The bytes of the file that were read for the batch, where its records do not tell.
  package var fileBytes: Int?

  /// The bytes of the file that the records span.
  package var inputBytes: Int {
    if let fileBytes { return fileBytes }
    guard let first = spots.first, let last = spots.last else { return 0 }
    return Int(last.byteStart - first.byteStart) + Int(last.byteLength) + 1
  }

  /// The number of records.
  package var count: Int { spots.count }

  /// The range of a record's field, both from 0; empty where the record is too short.
  package func range(_ record: Int, _ column: Int) -> FieldRange {
    let spot = spots[record]
    return column < Int(spot.fieldCount) ? fields[Int(spot.firstField) + column] : .empty
  }

  /// How many records have something in a column, from 0.
  package func countFilled(_ column: Int) -> Int {
    (0..<count).count { record in range(record, column).indices.contains { bytes[$0] > 0x20 } }
  }

  /// The bytes of a field as an array, for what happens rarely.
  package func copy(_ range: FieldRange) -> [UInt8] { Array(bytes[range.indices]) }

  /// The values of the first records as texts, for what looks at the beginning of a file.
  package func texts(_ limit: Int) -> [[String]] {
    (0..<min(count, limit)).map { record in
      (0..<Int(spots[record].fieldCount)).map { String(escapingInvalid: bytes.span.extracting(range(record, $0).indices)) }
    }
  }

  /// The batch with some of its records only (from 0, ascending).
  package func keeping(_ records: [Int]) -> RecordBatch {
    var batch = self
    batch.spots = records.map { spots[$0] }
    if !rawRanges.isEmpty { batch.rawRanges = records.map { rawRanges[$0] } }
    if !starts.isEmpty { batch.starts = records.map { starts[$0] } }
    batch.escaped = batch.kept(escaped)
    batch.numbers = batch.kept(numbers)
    batch.lists = batch.kept(lists)
    batch.nested = batch.kept(nested)
    batch.days = batch.kept(days)
    return batch
  }

  /// Of indices into `fields`, ascending, those that belong to the records.
  private func kept(_ indices: [Int]) -> [Int] {
    if indices.isEmpty { return [] }
    var record = 0
    return indices.filter { index in
      while record < count, Int(spots[record].firstField + spots[record].fieldCount) <= index { record += 1 }
      return record < count && Int(spots[record].firstField) <= index
    }
  }

  /// The record's bytes as they stand in the file, without its line end; its values one behind the other where they are not
  /// kept.
  package func raw(_ record: Int) -> ArraySlice<UInt8> {
    if !rawRanges.isEmpty { return bytes[rawRanges[record].indices] }
    let start = Int(spots[record].byteStart) - byteBase
    return bytes[start..<start + Int(spots[record].byteLength)]
  }
}
