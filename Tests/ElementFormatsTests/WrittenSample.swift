import ElementTestSupport
import Testing

/// A way to write a roster, by hand or by Python, never by our own writers: what every reader must read alike.
enum WrittenSample: String, CaseIterable, CustomTestStringConvertible {
  case csv, tabs, gb18030, utf16, workbook, xml, xmlGB18030, json, wrapped, ndjson, packedCSV, packedXML, packedJSON,
    packedLines

  var testDescription: String { rawValue }

  static let header = ["编号", "姓名", "备注"]

  /// Whether the bytes of a record stand in the file as they were written.
  var keepsBytes: Bool { self != .workbook }

  /// Whether bytes can be cut off without the container saying so.
  var isPlain: Bool { ![.workbook, .packedCSV, .packedXML, .packedJSON, .packedLines].contains(self) }

  /// The name of the file.
  var name: String {
    switch self {
    case .csv, .tabs, .gb18030, .utf16, .packedCSV: "r.csv"
    case .workbook: "r.xlsx"
    case .xml, .xmlGB18030, .packedXML: "r.xml"
    case .json, .wrapped, .packedJSON: "r.json"
    case .ndjson, .packedLines: "r.ndjson"
    }
  }

  /// Each record as it is written, without what stands between records.
  func records(_ rows: [[String]]) -> [String] {
    switch self {
    case .csv, .gb18030, .utf16, .packedCSV: rows.map { $0.map { Self.quoted($0) }.joined(separator: ",") }
    case .tabs: rows.map { $0.map { Self.quoted($0) }.joined(separator: "\t") }
    case .workbook: []
    case .xml, .xmlGB18030, .packedXML:
      rows.map { row in
        "<r>" + zip(Self.header, row).map { "<\($0)>\(TestWorkbook.escaped($1))</\($0)>" }.joined() + "</r>"
      }
    case .json, .wrapped, .ndjson, .packedJSON, .packedLines:
      rows.map { row in "{" + zip(Self.header, row).map { "\(Self.text($0)): \(Self.text($1))" }.joined(separator: ", ") + "}" }
    }
  }

  /// The file; `hasEnd` writes a line end behind the last record, `hasMark` a byte order mark.
  func file(_ rows: [[String]], hasEnd: Bool = true, hasMark: Bool = false) throws -> [UInt8] {
    let end = hasEnd ? "\n" : ""
    let mark = hasMark ? "\u{FEFF}" : ""
    let lines = records(rows)
    switch self {
    case .csv: return Array((mark + Self.header.joined(separator: ",") + "\n" + lines.joined(separator: "\n") + end).utf8)
    case .tabs: return Array((mark + Self.header.joined(separator: "\t") + "\n" + lines.joined(separator: "\n") + end).utf8)
    case .gb18030:
      return try Self.encoded(Self.header.joined(separator: ",") + "\n" + lines.joined(separator: "\n") + end, "gb18030")
    case .utf16:
      return try Self.encoded(
        "\u{FEFF}" + Self.header.joined(separator: ",") + "\n" + lines.joined(separator: "\n") + end, "utf-16-le")
    case .workbook:
      return try TestWorkbook.pack([("名册", "visible", TestWorkbook.rows([Self.header] + rows))])
    case .xml:
      return Array(
        (mark + "<?xml version='1.0' encoding='UTF-8'?>\n<rs>\n" + lines.joined(separator: "\n") + "\n</rs>" + end).utf8)
    case .xmlGB18030:
      return try Self.encoded(
        "<?xml version='1.0' encoding='GB18030'?>\n<rs>\n" + lines.joined(separator: "\n") + "\n</rs>" + end, "gb18030")
    case .json: return Array((mark + "[\n" + lines.joined(separator: ",\n") + "\n]" + end).utf8)
    case .wrapped:
      return Array(
        ("{\"head\": {\"rows\": [1]}, \"data\": [\n" + lines.joined(separator: ",\n") + "\n], \"tail\": null}" + end).utf8)
    case .ndjson: return Array((mark + lines.joined(separator: "\n") + end).utf8)
    case .packedCSV: return try Self.packed(Self.csv.file(rows, hasEnd: hasEnd, hasMark: hasMark))
    case .packedXML: return try Self.packed(Self.xml.file(rows, hasEnd: hasEnd, hasMark: hasMark))
    case .packedJSON: return try Self.packed(Self.json.file(rows, hasEnd: hasEnd, hasMark: hasMark))
    case .packedLines: return try Self.packed(Self.ndjson.file(rows, hasEnd: hasEnd, hasMark: hasMark))
    }
  }

  /// A cell as RFC 4180 writes it.
  private static func quoted(_ cell: String) -> String {
    cell.utf8.contains { [0x22, 0x2C, 0x09, 0x0A, 0x0D].contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }

  /// A string as RFC 8259 writes it.
  private static func text(_ value: String) -> String {
    "\""
      + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n").replacing(
        "\t", with: "\\t") + "\""
  }

  private static func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
    try Python.run(
      "import sys;sys.stdout.buffer.write(sys.stdin.buffer.read().decode('utf-8').encode('\(encoding)'))",
      input: Array(text.utf8))
  }

  private static func packed(_ bytes: [UInt8]) throws -> [UInt8] {
    try Python.run("import sys,gzip;sys.stdout.buffer.write(gzip.compress(sys.stdin.buffer.read(),6))", input: bytes)
  }
}
