import ElementCore
package import ElementFormats
package import ElementSchema

/// The records of a file as they stand, without a schema.
package struct RawRecords {
  private let path: String
  private let encoding: TextEncoding?
  private let delimiter: UInt8?
  private let hasNoHeader: Bool
  private let pack: SchemaPack

  /// The records of a file; the pack only helps to find the header.
  package init(path: String, encoding: TextEncoding?, delimiter: UInt8?, hasNoHeader: Bool, pack: SchemaPack) {
    self.path = path
    self.encoding = encoding
    self.delimiter = delimiter
    self.hasNoHeader = hasNoHeader
    self.pack = pack
  }

  /// Hands every record to `body` as a JSON array of texts, header first; returns how many hold bytes that cannot be decoded.
  package func each(_ body: (String) -> Void) throws -> Int {
    let survey = try FileSurvey(try InputFile(path: path), encoding: encoding)
    let sniffer = CSVSniffer(survey)
    let layout =
      hasNoHeader
      ? try sniffer.layoutWithoutHeader(delimiter: delimiter)
      : try sniffer.layout(delimiter: delimiter, enough: DatasetRecognition.complete) {
        DatasetRecognition($0, pack: pack).score
      }
    if !layout.header.isEmpty, !hasNoHeader { body(JSONValue.list(layout.header.map { .text($0) }).line) }
    var reader = CSVReader(
      survey.text, layout.dialect, from: layout.dataStart, columnCount: layout.header.isEmpty ? nil : layout.header.count)
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
