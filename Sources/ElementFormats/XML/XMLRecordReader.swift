package import ElementCore
import XMLStream

/// Reads the elements of one path as records: the elements in it that hold text, and its attributes, are its columns.
///
/// Safe to send: whoever holds it uses it from one thread at a time.
package final class XMLRecordReader: RecordSource, @unchecked Sendable {
  private static let batchRecords = 1_000
  private static let batchBytes = 1 << 18
  private static let chunkSize = 1 << 16

  private let file: InputFile
  private let path: XMLRecordPath
  private let limits: CSVDialect
  private let parser: XMLPushParser
  private var columns: XMLColumns
  private var offset: Int
  private var isAtEnd = false
  private var eventPlace = 0
  /// How many elements are open.
  private var depth = 0
  /// How many of them lie on the path.
  private var matched = 0
  private var record = XMLRecord()
  private var rowCount = 0
  private var batches = 0
  private var stray: (count: Int, line: Int, name: String)?

  /// A reader of the records of a path in a document of UTF-8 that starts at an offset.
  ///
  /// - Throws: `InputError` where there is no memory.
  package init(
    _ file: InputFile, _ path: XMLRecordPath, columns: [String], from offset: Int, limits: CSVDialect
  ) throws(InputError) {
    (self.file, self.path, self.limits, self.offset) = (file, path, limits, offset)
    self.columns = XMLColumns(columns)
    do {
      parser = try XMLPushParser()
    } catch {
      throw XMLRefusal.error(error, file.path)
    }
  }

  package var blankLines: Int { 0 }
  package var lateColumns: [String] { columns.late }
  package var notes: [SourceNote] {
    stray.map { [SourceNote(.strayElements, count: $0.count, line: $0.line, place: $0.name)] } ?? []
  }

  package func nextBatch() throws(InputError) -> RecordBatch? {
    var batch = RecordBatch(bytes: [], byteBase: 0)
    batch.ordinal = batches
    batch.bytes.reserveCapacity(XMLRecordReader.batchBytes + XMLRecordReader.batchBytes / 4)
    while batch.count < XMLRecordReader.batchRecords, batch.bytes.count < XMLRecordReader.batchBytes {
      if eventPlace < parser.events.count {
        try takeEvents(&batch)
      } else if isAtEnd {
        break
      } else {
        try parseMore()
      }
    }
    guard batch.count > 0 else { return nil }
    batches += 1
    return batch
  }

  private func parseMore() throws(InputError) {
    parser.clear()
    eventPlace = 0
    let piece = try file.bytes(offset..<min(file.size, offset + XMLRecordReader.chunkSize))
    offset += piece.count
    do {
      if piece.isEmpty {
        isAtEnd = true
        try parser.finish()
      } else {
        try parser.feed(piece.span)
      }
    } catch {
      throw XMLRefusal.error(error, file.path)
    }
  }

  /// Takes events until a record is whole that ends the batch.
  private func takeEvents(_ batch: inout RecordBatch) throws(InputError) {
    let events = parser.events
    while eventPlace < events.count {
      let event = events[eventPlace]
      eventPlace += 1
      switch event.kind {
      case .text:
        if record.isOpen {
          record.append(parser.text[event.range.indices], limit: limits.fieldLimit)
          guard record.size <= limits.recordLimit else { throw tooLong(record) }
        }
      case .start: start(event, &batch)
      case .end:
        end(event, &batch)
        if batch.count >= XMLRecordReader.batchRecords || batch.bytes.count >= XMLRecordReader.batchBytes { return }
      }
    }
  }

  private func start(_ event: XMLEvent, _ batch: inout RecordBatch) {
    depth += 1
    if record.isOpen {
      record.startElement(event, columns.name(of: event, parser))
      return
    }
    guard matched == depth - 1, depth <= path.names.count else { return }
    guard parser.names[Int(event.name)] == path.names[depth - 1] else {
      if depth == path.names.count { note(event) }
      return
    }
    matched = depth
    guard depth == path.names.count else { return }
    record.open(event, batch.bytes.count, columns.count)
    for place in event.range.indices {
      let attribute = parser.attributes[place]
      if let column = columns.column(parser.names[Int(attribute.name)]) {
        record.set(column, parser.text[attribute.range.indices], &batch.bytes)
      }
    }
  }

  private func end(_ event: XMLEvent, _ batch: inout RecordBatch) {
    depth -= 1
    if record.isOpen, depth >= path.names.count {
      if let name = record.endElement(), let column = columns.column(name) {
        record.set(column, record.text[...], &batch.bytes)
      }
    } else if matched > depth {
      matched = depth
      if record.isOpen { close(event, &batch) }
    }
  }

  private func close(_ event: XMLEvent, _ batch: inout RecordBatch) {
    rowCount += 1
    let first = batch.fields.count
    batch.fields += record.fields
    batch.rawRanges.append(FieldRange(record.start, batch.bytes.count))
    batch.spots.append(
      RecordSpot(
        row: rowCount, line: record.line, byteStart: record.byte, byteLength: event.byte - record.byte, firstField: first,
        fieldCount: record.fields.count, flags: record.isTooLong ? .fieldTooLong : []))
    record.close()
  }

  /// Elements that stand where records do and have another name are not read.
  private func note(_ event: XMLEvent) {
    let bytes = parser.names[Int(event.name)]
    let name = String(escapingInvalid: bytes.span)
    stray = ((stray?.count ?? 0) + 1, stray?.line ?? Int(event.line), stray?.name ?? name)
  }

  private func tooLong(_ record: XMLRecord) -> InputError {
    InputError(
      .limit, path: file.path,
      message: LocalizedText(
        zh: "有一条记录超过 \(limits.recordLimit) 字节", en: "has a record of more than \(limits.recordLimit) bytes"),
      hint: LocalizedText(zh: "请确认导出是否正确", en: "Check whether the export is right"), line: record.line)
  }
}
