import ElementCore
import ElementFormats

/// Reads code sets from CSV with the columns code, label, aliases, parent, validFrom, validTo, successor, source, confidence.
enum CodeSetReader {
  private static let columns = ["code", "label", "parent", "validFrom", "validTo", "successor", "source", "confidence"]

  /// The table in a CSV text; `file` is named in errors.
  static func table(name: String, text: String, file: String, isShipped: Bool = false) throws(SchemaError) -> CodeTable {
    let bytes = Array(text.utf8)
    var tokenizer = CSVTokenizer(CSVDialect(delimiter: 0x2C))
    var header: [String: Int] = [:]
    var width = 0
    var entries: [CodeEntry] = []
    var line = 1
    rows: while true {
      let step = tokenizer.next(in: bytes.span, atEnd: true)
      if step == .end { break rows }
      defer { line += 1 + tokenizer.innerLines }
      if step == .blank { continue }
      let cells = try cells(of: tokenizer, in: bytes, file, line)
      if header.isEmpty {
        header = Dictionary(cells.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        width = cells.count
        if let missing = columns.first(where: { header[$0] == nil }) {
          throw SchemaError(file: file, line: line, column: 1, zh: "缺少列 \(missing)", en: "column \(missing) is missing")
        }
        continue
      }
      guard cells.count == width else {
        throw SchemaError(
          file: file, line: line, column: 1, zh: "应有 \(width) 列，实有 \(cells.count) 列",
          en: "has \(cells.count) columns; expected \(width)")
      }
      entries.append(try entry(cells, header, file, line))
    }
    // Shipped sets are checked when they are made.
    if !isShipped { try refuseOverlaps(entries, file) }
    return CodeTable(name: name, entries: entries)
  }

  private static func cells(of tokenizer: CSVTokenizer, in bytes: [UInt8], _ file: String, _ line: Int) throws(SchemaError)
    -> [String]
  {
    var out: [String] = []
    for (index, range) in tokenizer.fields.enumerated() {
      let field = bytes.span.extracting(range.indices)
      let value = tokenizer.escaped.contains(index) ? QuotedField.unescape(field) : [UInt8](span: field)
      guard let text = String(validUTF8: value.span) else {
        throw SchemaError(file: file, line: line, column: 1, zh: "不是有效的 UTF-8", en: "is not valid UTF-8")
      }
      out.append(text)
    }
    return out
  }

  private static func entry(_ cells: [String], _ header: [String: Int], _ file: String, _ line: Int) throws(SchemaError)
    -> CodeEntry
  {
    func cell(_ column: String) -> String { header[column].map { cells[$0] } ?? "" }
    guard !cell("code").isEmpty, !cell("label").isEmpty else {
      throw SchemaError(file: file, line: line, column: 1, zh: "代码和名称不能为空", en: "code and label must not be empty")
    }
    return CodeEntry(
      code: cell("code"), label: cell("label"), aliases: cell("aliases").split(separator: "|").map(String.init),
      parent: cell("parent"), validFrom: cell("validFrom"), validTo: cell("validTo"), successor: cell("successor"),
      source: cell("source"), confidence: cell("confidence"))
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
