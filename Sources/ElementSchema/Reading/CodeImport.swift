package import ElementCore
import ElementFormats

/// Makes a code set of a list that somebody else keeps: a CSV with a column of codes and one of names.
package struct CodeImport: Sendable {
  /// The rows of the set, sorted by code.
  package let entries: [CodeEntry]
  /// How many rows of the list were passed over, because they hold no code or no name.
  package let passedOver: Int

  private static let codeHeadings = ["code", "代码", "编码", "区划代码", "统计用区划代码"]
  private static let nameHeadings = ["name", "label", "名称", "区划名称"]
  private static let parentHeadings = ["parent", "areaCode", "上级代码", "streetCode"]

  /// The set in a text; `file` is named in errors, `source` becomes the source of every row.
  ///
  /// - Throws: `SchemaError` with line where the list has no such columns, or a code stands twice with two names.
  package init(text: String, file: String, source: String) throws(SchemaError) {
    let rows = CSVText(Array(text.utf8))
    guard rows.records.count > 0 else {
      throw SchemaError(file: file, line: 1, column: 1, zh: "文件是空的", en: "the file is empty")
    }
    let header = try CodeSetReader.cells(of: rows, 0, file)
    let code = try Self.column(Self.codeHeadings, header, file)
    let name = try Self.column(Self.nameHeadings, header, file)
    let parent = header.firstIndex { Self.parentHeadings.contains($0) }
    var byCode: [[UInt8]: CodeEntry] = [:]
    var passedOver = 0
    for record in 1..<rows.records.count {
      let cells = try CodeSetReader.cells(of: rows, record, file)
      guard cells.count > max(code, name), !cells[code].isEmpty, !cells[name].isEmpty else {
        passedOver += 1
        continue
      }
      let entry = CodeEntry(
        code: cells[code], label: cells[name], parent: parent.flatMap { $0 < cells.count ? cells[$0] : nil } ?? "",
        source: source, confidence: "C")
      if let other = byCode.updateValue(entry, forKey: Array(entry.code.utf8)), other.label != entry.label {
        throw SchemaError(
          file: file, line: rows.line(record), column: code + 1, zh: "代码 \(entry.code) 出现两次，名称不同：\(other.label)、\(entry.label)",
          en: "code \(entry.code) stands twice with two names: \(other.label), \(entry.label)")
      }
    }
    entries = byCode.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    self.passedOver = passedOver
  }

  /// Codes that are not statistical division codes: nine or twelve digits whose parts lie in their ranges.
  package func misfits(_ tables: ReferenceTables) -> [CodeEntry] {
    entries.filter { entry in
      let code = Array(entry.code.utf8)
      guard code.count == 9 || code.count == 12 else { return true }
      let verdict = StatisticalCode.check(code.span, length: code.count, tables)
      return !verdict.isDisjoint(with: [.length, .charset, .regionProvince, .townRange, .villageRange])
    }
  }

  /// The set as a CSV of a pack.
  package var csv: String {
    let lines = entries.map { entry in
      [entry.code, entry.label, "", entry.parent, "", "", "", entry.source, entry.confidence].map(Self.quoted).joined(
        separator: ",")
    }
    return (["code,label,aliases,parent,validFrom,validTo,successor,source,confidence"] + lines).joined(separator: "\n") + "\n"
  }

  private static func column(_ names: [String], _ header: [String], _ file: String) throws(SchemaError) -> Int {
    if let place = header.firstIndex(where: { names.contains($0) }) { return place }
    throw SchemaError(
      file: file, line: 1, column: 1, zh: "表头中没有 \(names.joined(separator: "、")) 之一",
      en: "the header has none of \(names.joined(separator: ", "))")
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
