import ElementFormats
import ElementCore
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
    dataset = try name.text()
    guard let target = pack.dataset(dataset) else {
      throw name.error(zh: "没有数据集 \(dataset)", en: "there is no dataset \(dataset)")
    }
    var columns: [String: String] = [:]
    for pair in try root.required("columns").pairs() {
      let text = try pair.value.text()
      let field = text == "null" || text == "~" ? "" : text
      guard field.isEmpty || target.index(of: field) != nil else {
        throw pair.value.error(zh: "\(dataset) 没有字段 \(field)", en: "\(dataset) has no field \(field)")
      }
      columns[try pair.key.text()] = field
    }
    self.columns = columns
  }

  /// The text of a mapping file for a recognised header.
  package static func text(_ map: HeaderMap) -> String {
    var out = "dataset: \(map.dataset.name)\ncolumns:\n"
    for (column, heading) in map.headings.enumerated() where !heading.isEmpty {
      let field = map.fieldOfColumn[column].map { map.dataset.fields[$0].name } ?? "\"\""
      out += "  \(JSONValue.text(heading).line): \(field)\n"
    }
    return out
  }
}
