import ElementCore
import ElementFormats

/// Reads code sets from CSV with the columns code, label, aliases, parent, validFrom, validTo, successor, source, confidence.
enum CodeSetReader {
  private static let columns = ["code", "label", "parent", "validFrom", "validTo", "successor", "source", "confidence"]

  /// The table in a CSV text; `file` is named in errors.
  static func table(name: String, text: String, file: String, isShipped: Bool = false) throws(SchemaError) -> CodeTable {
    let rows = try rows(text: text, file: file)
    let header = rows.first?.cells ?? []
    if let missing = columns.first(where: { !header.contains($0) }) {
      throw SchemaError(file: file, line: 1, column: 1, zh: "缺少列 \(missing)", en: "column \(missing) is missing")
    }
    // Looked up once: a dictionary for each of nine cells of eight thousand rows is most of a start.
    let places = (columns + ["aliases"]).map { header.firstIndex(of: $0) ?? -1 }
    var entries: [CodeEntry] = []
    entries.reserveCapacity(rows.count)
    for (line, cells) in rows.dropFirst() {
      guard cells.count == header.count else {
        throw SchemaError(
          file: file, line: line, column: 1, zh: "应有 \(header.count) 列，实有 \(cells.count) 列",
          en: "has \(cells.count) columns; expected \(header.count)")
      }
      entries.append(try entry(cells, places, file, line))
    }
    // Shipped sets are checked when they are made.
    if !isShipped { try refuseOverlaps(entries, file) }
    return CodeTable(name: name, entries: entries)
  }

  /// The rows of a CSV text with their physical lines, from 1; blank lines are left out.
  static func rows(text: String, file: String) throws(SchemaError) -> [(line: Int, cells: [String])] {
    let bytes = Array(text.utf8)
    var tokenizer = CSVTokenizer(CSVDialect(delimiter: 0x2C))
    var rows: [(line: Int, cells: [String])] = []
    var line = 1
    var above: (cells: [String], ranges: [FieldRange]) = ([], [])
    while true {
      let step = tokenizer.next(in: bytes.span, atEnd: true)
      if step == .end { return rows }
      if step != .blank {
        above = (try cells(of: tokenizer, in: bytes.span, file, line, above: above), tokenizer.fields)
        rows.append((line, above.cells))
      }
      line += 1 + tokenizer.innerLines
    }
  }

  /// The cells of a record; one that is the same as above it shares its text.
  private static func cells(
    of tokenizer: borrowing CSVTokenizer, in bytes: Span<UInt8>, _ file: String, _ line: Int,
    above: (cells: [String], ranges: [FieldRange])
  ) throws(SchemaError) -> [String] {
    var out: [String] = []
    out.reserveCapacity(tokenizer.fields.count)
    for (index, range) in tokenizer.fields.enumerated() {
      let field = bytes.extracting(range.indices)
      if field.isEmpty {
        out.append("")
        continue
      }
      if index < above.cells.count, field.equals(bytes.extracting(above.ranges[index].indices)) {
        out.append(above.cells[index])
        continue
      }
      let text =
        tokenizer.escaped.contains(index)
        ? String(validUTF8: QuotedField.unescape(field).span) : String(validUTF8: field)
      guard let text else {
        throw SchemaError(file: file, line: line, column: 1, zh: "不是有效的 UTF-8", en: "is not valid UTF-8")
      }
      out.append(text)
    }
    return out
  }

  private static func entry(_ cells: [String], _ places: [Int], _ file: String, _ line: Int) throws(SchemaError) -> CodeEntry {
    guard !cells[places[0]].isEmpty, !cells[places[1]].isEmpty else {
      throw SchemaError(file: file, line: line, column: 1, zh: "代码和名称不能为空", en: "code and label must not be empty")
    }
    let aliases = places[8] < 0 || cells[places[8]].isEmpty ? [] : cells[places[8]].split(separator: "|").map(String.init)
    return CodeEntry(
      code: cells[places[0]], label: cells[places[1]], aliases: aliases, parent: cells[places[2]],
      validFrom: cells[places[3]], validTo: cells[places[4]], successor: cells[places[5]], source: cells[places[6]],
      confidence: cells[places[7]])
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
