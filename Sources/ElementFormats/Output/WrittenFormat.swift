/// A format that records can be written in.
package enum WrittenFormat: String, Sendable, CaseIterable {
  /// Text with commas.
  case csv
  /// A workbook of Excel.
  case xlsx
  /// A JSON array of objects.
  case json
  /// A JSON object a line.
  case ndjson
  case xml

  /// The format that the ending of a name asks for; nil for other endings.
  package init?(path: String) {
    guard let format = WrittenFormat.allCases.first(where: { path.hasSuffix(".\($0.rawValue)") }) else { return nil }
    self = format
  }

  /// A writer that has begun with the headings, where `isHeaded`; `text` says how CSV is written, `sheet` names that of a
  /// workbook, `stamp` stands at the foot of its printed pages, and `frame` around the records of XML and JSON.
  ///
  /// - Throws: `UnwritableValue` where the headings cannot be written.
  package func writer(
    _ columns: [WrittenColumn], isHeaded: Bool = true, text: CSVForm = .system, sheet: String,
    stamp: String = "", frame: DocumentFrame = DocumentFrame()
  ) throws(UnwritableValue) -> any RecordWriter {
    switch self {
    case .csv: try CSVWriter(isHeaded && text.hasHeadings ? columns.map(\.title) : nil, text)
    case .xlsx: try XLSXWriter(columns, isHeaded: isHeaded, sheet: sheet, stamp: stamp)
    case .json: try JSONWriter(columns.map(\.title), isArray: true, header: frame.header)
    case .ndjson: try JSONWriter(columns.map(\.title), isArray: false)
    case .xml: try XMLWriter(columns.map(\.title), frame: frame)
    }
  }
}
