import ElementCore
import ElementFormats
package import ElementSchema

/// The list of what a repair changed, by which it can be taken back: CSV for people, JSON for programs, the same names in both.
package enum RepairList {
  /// The columns, in order.
  static let columns = ["sheet", "row", "line", "column", "cell", "header", "field", "codes", "old", "new", "safe"]

  /// The list as it is written to a path: JSON where it ends so, else CSV.
  package static func bytes(_ repairs: [CellRepair], path: String) throws -> [UInt8] {
    if path.hasSuffix(".json") { return Array((JSONValue.list(repairs.map(object)).pretty + "\n").utf8) }
    var form = CSVForm.people
    form.guardsFormulas = false
    let writer = try CSVWriter(columns, form)
    for repair in repairs { try writer.append(cells(repair)) }
    writer.finish()
    return writer.pending
  }

  private static func cells(_ repair: CellRepair) -> [String] {
    [
      repair.sheet, String(repair.row), String(repair.line), String(repair.column), repair.cell, repair.header, repair.field,
      repair.codes.map(\.description).joined(separator: " "), repair.old, repair.new, repair.isUnsafe ? "false" : "true",
    ]
  }

  private static func object(_ repair: CellRepair) -> JSONValue {
    .object(
      zip(columns, cells(repair)).map { name, cell in
        switch name {
        case "row", "line", "column": (name, .integer(Int(cell) ?? 0))
        case "safe": (name, .bool(!repair.isUnsafe))
        default: (name, .text(cell))
        }
      })
  }

  /// The changes of a list.
  ///
  /// - Throws: `InputError` of kind `foreignFormat` where the file is no such list.
  package static func read(_ path: String, _ pack: SchemaPack, _ roster: DeliveryOptions) throws -> [CellRepair] {
    var options = DeliveryOptions(verb: .check, paths: [path], today: roster.today)
    options.limits = roster.limits
    options.headerLine = path.hasSuffix(".json") ? nil : 1
    var records = RawRecords(path: path, options: options, pack: pack)
    var repairs: [CellRepair] = []
    try records.eachRecord({ _ in }) { headings, values, place in
      let places = RawRecords.places(of: columns, in: headings)
      func value(_ name: String) -> String {
        let place = columns.firstIndex(of: name).flatMap { places[$0] }
        return place.flatMap { values.indices.contains($0) ? values[$0] : nil } ?? ""
      }
      guard let row = Int(value("row")), let line = Int(value("line")), let column = Int(value("column")), row > 0, line > 0,
        column > 0, places[9] != nil
      else { throw foreign(path, place.record) }
      repairs.append(
        CellRepair(
          sheet: value("sheet"), row: row, line: line, column: column, header: value("header"), field: value("field"),
          codes: [],
          old: value("old"), new: value("new")))
    }
    return repairs
  }

  private static func foreign(_ path: String, _ record: Int) -> InputError {
    InputError(
      .foreignFormat, path: path,
      message: LocalizedText(zh: "不是修改清单（第 \(record) 条）", en: "is no list of changes (record \(record))"),
      hint: LocalizedText(zh: "请给出 yaosu fix 写出的清单", en: "Name the list that yaosu fix wrote"))
  }
}
