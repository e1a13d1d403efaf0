import ElementCore
import ElementFormats
package import ElementSchema

/// The records of a file as they stand, without a schema.
package struct RawRecords {
  private let path: String
  private let options: RunOptions
  private let pack: SchemaPack

  /// The records of a file; the pack only helps to find the header.
  package init(path: String, options: RunOptions, pack: SchemaPack) {
    self.path = path
    self.options = options
    self.pack = pack
  }

  /// Hands every record to `body` as a JSON array of texts, header first; returns how many hold bytes that cannot be decoded.
  package func each(_ body: (String) -> Void) throws -> Int {
    let survey = try FileSurvey(try InputFile(path: path), encoding: options.encoding)
    try options.confirmFormat(survey)
    var unreadable = 0
    for layout in try PreparedInput.layouts(survey, nil, try knowingAll(survey), pack) {
      unreadable += try each(layout, survey, body)
    }
    return unreadable
  }

  /// The options with all columns of a file whose records name them: the header stands before the first record.
  private func knowingAll(_ survey: FileSurvey) throws -> RunOptions {
    var options = options
    for layout in try PreparedInput.layouts(survey, nil, options, pack) where !layout.isHeaded {
      var reader = try layout.source(survey, columnCount: layout.header.count)
      while try reader.nextBatch() != nil {}
      options.lateColumns[survey.original.path] = reader.lateColumns
    }
    return options
  }

  private func each(_ layout: RecordLayout, _ survey: FileSurvey, _ body: (String) -> Void) throws -> Int {
    if !layout.header.isEmpty, !options.hasNoHeader { body(JSONValue.list(layout.header.map { .text($0) }).line) }
    var reader = try layout.source(survey, columnCount: layout.header.isEmpty ? nil : layout.header.count)
    var unreadable = 0
    while var batch = try reader.nextBatch() {
      BatchDecoder.decode(&batch, from: survey.recordEncoding)
      for record in 0..<batch.count {
        let values = (0..<Int(batch.spots[record].fieldCount)).map { column -> JSONValue in
          .optional(String(validUTF8: batch.bytes.span.extracting(batch.range(record, column).indices)))
        }
        if batch.spots[record].flags.contains(.undecodable) { unreadable += 1 }
        body(JSONValue.list(values).line)
      }
    }
    return unreadable
  }
}
