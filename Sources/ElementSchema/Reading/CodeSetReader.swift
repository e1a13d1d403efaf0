import ElementCore
import ElementFormats

/// Reads code sets from CSV with the columns code, label, aliases, parent, validFrom, validTo, successor, source, confidence.
enum CodeSetReader {
  private static let columns = ["code", "label", "parent", "validFrom", "validTo", "successor", "source", "confidence"]

  /// The table in a CSV text; `file` is named in errors.
  static func table(name: String, text: String, file: String, isShipped: Bool = false) throws(SchemaError) -> CodeTable {
    let rows = CSVText(Array(text.utf8))
    guard rows.records.count > 0 else {
      throw SchemaError(file: file, line: 1, column: 1, zh: "文件是空的", en: "the file is empty")
    }
    let header = try cells(of: rows, 0, file)
    if let missing = columns.first(where: { !header.contains($0) }) {
      throw SchemaError(file: file, line: 1, column: 1, zh: "缺少列 \(missing)", en: "column \(missing) is missing")
    }
    let places = (columns + ["aliases"]).map { header.firstIndex(of: $0) ?? -1 }
    var entries: [CodeEntry] = []
    entries.reserveCapacity(rows.records.count)
    var source = ""
    for record in 1..<rows.records.count {
      guard rows.fieldCount(record) == header.count else {
        throw SchemaError(
          file: file, line: rows.line(record), column: 1, zh: "应有 \(header.count) 列，实有 \(rows.fieldCount(record)) 列",
          en: "has \(rows.fieldCount(record)) columns; expected \(header.count)")
      }
      entries.append(try entry(rows, record, places, file, &source))
    }
    // Shipped sets are checked when they are made.
    if !isShipped { try refuseOverlaps(entries, file) }
    return CodeTable(name: name, entries: entries)
  }

  /// The cells of a record (from 0) as texts.
  static func cells(of rows: CSVText, _ record: Int, _ file: String) throws(SchemaError) -> [String] {
    var cells: [String] = []
    for field in 0..<rows.fieldCount(record) { cells.append(try text(rows, record, field, file)) }
    return cells
  }

  private static func text(_ rows: CSVText, _ record: Int, _ field: Int, _ file: String) throws(SchemaError) -> String {
    if field < 0 { return "" }
    guard let text = rows.text(record, field) else {
      throw SchemaError(file: file, line: rows.line(record), column: 1, zh: "不是有效的 UTF-8", en: "is not valid UTF-8")
    }
    return text
  }

  /// The entry in a record; `source` is that of the record above, whose text is shared where it is the same.
  private static func entry(
    _ rows: CSVText, _ record: Int, _ places: [Int], _ file: String, _ source: inout String
  ) throws(SchemaError) -> CodeEntry {
    let (code, label) = (try text(rows, record, places[0], file), try text(rows, record, places[1], file))
    guard !code.isEmpty, !label.isEmpty else {
      throw SchemaError(file: file, line: rows.line(record), column: 1, zh: "代码和名称不能为空", en: "code and label must not be empty")
    }
    if record == 1 || !rows.isSame(record, places[6], as: record - 1) { source = try text(rows, record, places[6], file) }
    let aliases = try text(rows, record, places[8], file)
    // A word with a question mark means another row too.
    let words = aliases.isEmpty ? [] : aliases.split(separator: "|").map(String.init)
    return CodeEntry(
      code: code, label: label, aliases: words.filter { !$0.hasSuffix("?") },
      homonyms: words.filter { $0.hasSuffix("?") }.map { String($0.dropLast()) },
      parent: try text(rows, record, places[2], file), validFrom: try text(rows, record, places[3], file),
      validTo: try text(rows, record, places[4], file), successor: try text(rows, record, places[5], file), source: source,
      confidence: try text(rows, record, places[7], file))
  }

  /// A code may stand twice only in different years: which row holds would be a guess otherwise.
  private static func refuseOverlaps(_ entries: [CodeEntry], _ file: String) throws(SchemaError) {
    var spans: [[UInt8]: [Range<Int>]] = [:]
    for (index, entry) in entries.enumerated() {
      let from = Int(entry.validFrom) ?? 0
      let to = Int(entry.validTo) ?? Int.max
      guard from <= to else {
        throw SchemaError(
          file: file, line: index + 2, column: 1, zh: "代码 \(entry.code) 的起止年份颠倒", en: "code \(entry.code) ends before it begins"
        )
      }
      let span = from..<to
      if let other = spans[Array(entry.code.utf8)]?.first(where: { $0.overlaps(span) }) {
        throw SchemaError(
          file: file, line: index + 2, column: 1, zh: "代码 \(entry.code) 与另一行（\(years(other))）的有效期重叠",
          en: "code \(entry.code) stands twice: another row holds in \(years(other))")
      }
      spans[Array(entry.code.utf8), default: []].append(span)
    }
  }

  private static func years(_ span: Range<Int>) -> String {
    "\(span.lowerBound == 0 ? "" : String(span.lowerBound))–\(span.upperBound == Int.max ? "" : String(span.upperBound))"
  }
}
