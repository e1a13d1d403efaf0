import ElementCore
import ElementExchange
import ElementFormats
import ElementWarehouse

/// A data file of a package while it is written: its bytes go to the sink and are hashed on the way, in a thread of their own.
final class DataFile {
  let name: String
  let kind: String
  /// Its place in the ledger, from 0.
  let place: Int
  private let writer: any RecordWriter
  private let digests = FileDigests()
  /// Nil for a file that is kept in memory until the others of its dataset are written.
  private var sink: (any PackageSink)?
  private(set) var count = 0

  /// So many bytes are handed over at once.
  private static let pieceSize = 1 << 18

  /// A file that has begun, in the sink too unless it `waits`.
  init(_ name: String, kind: String, place: Int, _ writer: any RecordWriter, _ sink: any PackageSink, waits: Bool) throws {
    (self.name, self.kind, self.place, self.writer) = (name, kind, place, writer)
    if !waits {
      try sink.begin(name)
      self.sink = sink
    }
  }

  /// Adds a record.
  ///
  /// - Throws: `UnwritableValue`, with nothing of the record written, or what the sink throws.
  func append(_ record: borrowing ComposedRecord) throws {
    try writer.append(record.bytes.span, record.values)
    count += 1
    if sink != nil, writer.pendingCount >= Self.pieceSize { try flush() }
  }

  /// Adds a record of texts.
  func append(_ texts: [String]) throws {
    try writer.append(texts)
    count += 1
  }

  private func flush() throws {
    let bytes = writer.pending
    writer.pending = []
    digests.update(bytes)
    try sink?.append(bytes)
  }

  /// Ends the file; one that waited begins now. Returns its digests.
  func finish(_ sink: any PackageSink) throws -> FileDigests.Value {
    if self.sink == nil {
      try sink.begin(name)
      self.sink = sink
    }
    try writer.finish()
    try flush()
    try sink.end()
    return digests.value()
  }
}
