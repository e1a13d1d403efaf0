package import ElementCore

/// A comma-separated text that is in memory as a whole, such as a table that the program brings along.
package struct CSVText: Sendable {
  /// Its records, the header first; blank lines are left out. A record may have any number of fields.
  package let records: RecordBatch
  private let quoted: Set<Int>

  /// Reads a text.
  package init(_ bytes: [UInt8]) {
    let dialect = CSVDialect(delimiter: 0x2C)
    var batch = RecordBatch(bytes: bytes, byteBase: 0)
    var tokenizer = CSVTokenizer(dialect)
    var next = RecordStart(byte: 0, line: 1, row: 0)
    var plain: PlainRecords?
    while true {
      if plain != nil { tokenizer.position = plain?.take(bytes.span, from: tokenizer.position, &batch, &next) ?? 0 }
      let step = tokenizer.next(in: bytes.span, atEnd: true)
      if step == .end { break }
      if step != .blank {
        next.row += 1
        batch.append(tokenizer, row: next.row, line: next.line, flags: tokenizer.flags)
        // What is plain has as many fields as the header.
        if plain == nil { plain = PlainRecords(dialect, columnCount: tokenizer.fields.count) }
      }
      next.line += 1 + tokenizer.innerLines
    }
    records = batch
    quoted = Set(batch.escaped)
  }

  /// The number of fields of a record, from 0.
  package func fieldCount(_ record: Int) -> Int { Int(records.spots[record].fieldCount) }

  /// The line of a record (from 0), from 1.
  package func line(_ record: Int) -> Int { Int(records.spots[record].line) }

  /// A field of a record, both from 0, as text: empty behind the last one, nil where it is no UTF-8.
  package func text(_ record: Int, _ field: Int) -> String? {
    let range = records.range(record, field)
    if range.isEmpty { return "" }
    let bytes = records.bytes.span.extracting(range.indices)
    guard !quoted.isEmpty, quoted.contains(Int(records.spots[record].firstField) + field) else {
      return String(validUTF8: bytes)
    }
    return String(validUTF8: QuotedField.unescape(bytes).span)
  }

  /// Whether a field is, byte for byte, that of another record.
  package func isSame(_ record: Int, _ field: Int, as other: Int) -> Bool {
    let bytes = records.bytes.span
    return bytes.extracting(records.range(record, field).indices).equals(bytes.extracting(records.range(other, field).indices))
  }
}

extension RecordBatch {
  /// Appends a record that a tokenizer found in the bytes of the batch; its row and line from 1.
  mutating func append(_ found: borrowing CSVTokenizer, row: Int, line: Int, flags: RecordFlags) {
    let first = fields.count
    escaped.append(contentsOf: found.escaped.lazy.map { first + $0 })
    fields.append(contentsOf: found.fields)
    spots.append(
      RecordSpot(
        row: row, line: line, byteStart: byteBase + found.recordStart, byteLength: found.recordEnd - found.recordStart,
        firstField: first, fieldCount: found.fields.count, flags: flags))
  }
}
