import ElementFormats
package import ElementCore
package import ElementSchema
import Foundation

/// A mapping file: the dataset, and which heading holds which field (an empty text for none).
package struct MappingFile: Sendable {
  /// The dataset that the headings are mapped to.
  package let dataset: String
  /// The field of each heading.
  package let columns: [String: String]

  /// Reads a mapping file and checks it against the pack.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  package init(path: String, pack: SchemaPack) throws(SchemaError) {
    guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
      throw SchemaError(file: path, zh: "无法读取映射文件，或不是 UTF-8", en: "the mapping cannot be read, or is not UTF-8")
    }
    let root = try YAMLNode(text: text, file: path)
    try root.allow(["dataset", "columns"])
    let name = try root.required("dataset")
    let named = try name.text()
    dataset = named
    // A form that mixes kinds takes the fields of all its datasets.
    let targets = (pack.forms.first { $0.name == named }?.targets ?? [named]).compactMap(pack.dataset)
    guard !targets.isEmpty else { throw name.error(zh: "没有数据集 \(named)", en: "there is no dataset \(named)") }
    var columns: [String: String] = [:]
    for pair in try root.required("columns").pairs() {
      let value = try pair.value.text()
      let field = value == "null" || value == "~" ? "" : value
      guard field.isEmpty || targets.contains(where: { $0.index(of: field) != nil }) else {
        throw pair.value.error(zh: "\(dataset) 没有字段 \(field)", en: "\(dataset) has no field \(field)")
      }
      columns[try pair.key.text()] = field
    }
    self.columns = columns
  }

  /// The text of a mapping file for a recognised file: of a form that mixes kinds, each heading with the field of the first
  /// dataset that knows it. Of two columns that claim one field the first has it; the other is left to fill in, with the fields of
  /// the same type that no column has. Of headings that are written alike the second is called `联系电话#2`.
  package static func text(_ inputs: [PreparedInput], _ language: Language) -> String {
    guard let first = inputs.first else { return "" }
    var out = "dataset: \(first.form?.name ?? first.map.dataset.name)\ncolumns:\n"
    let pins = HeaderMap.pins(first.map.written)
    for (column, heading) in first.map.written.enumerated() where !heading.isEmpty && column != first.route?.column {
      let line = "  \(JSONValue.text(pins[column]).line): "
      if let claim = inputs.lazy.compactMap({ second(column, $0.map) }).first {
        out += line + "\"\"  # \(note(claim.field, claim.map, language))\n"
        continue
      }
      let fields = inputs.compactMap { input in input.map.fieldOfColumn[column].map { input.map.dataset.fields[$0].name } }
      out += line + "\(fields.first ?? "\"\"")\n"
    }
    return out
  }

  /// The field that a column (from 0) claims behind another one.
  private static func second(_ column: Int, _ map: HeaderMap) -> (field: Int, map: HeaderMap)? {
    map.duplicates.first { $0.columns.dropFirst().contains(column + 1) }.map { ($0.field, map) }
  }

  /// What to fill in for a column whose field another one has.
  private static func note(_ field: Int, _ map: HeaderMap, _ language: Language) -> String {
    let fields = map.dataset.fields
    let free = fields.indices.filter { fields[$0].type == fields[field].type && !map.fieldOfColumn.contains($0) }
    let names = free.map { "\(fields[$0].name) \(fields[$0].title(language))" }
    let taken = "\(fields[field].name) \(fields[field].title(language))"
    return language == .zh
      ? "上面已有一列是 \(taken)；请在引号处填写字段名\(names.isEmpty ? "" : "，例如 \(names.joined(separator: "、"))")，留空则不入库"
      : "another column has \(taken); put a field for the quotes\(names.isEmpty ? "" : ", such as \(names.joined(separator: ", "))"), or leave them and it is not stored"
  }
}
