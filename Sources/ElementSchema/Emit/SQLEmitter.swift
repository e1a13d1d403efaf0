import ElementCore

/// Writes datasets as SQL for SQLite: a strict table each, and the closed code sets that their fields refer to.
package enum SQLEmitter {
  /// The statements that make the tables of some datasets.
  package static func schema(_ datasets: [Dataset], in pack: SchemaPack) -> String {
    let shapes = datasets.map { dataset in dataset.fields.map { FieldShape($0, of: dataset, in: pack) } }
    var sets: Set<String> = []
    for case (.code(let set), true) in shapes.joined().map({ ($0.field.type, $0.codes != nil) }) { sets.insert(set) }
    let codes = sets.sorted().map { codeTable($0, pack.table($0)) }
    let tables = zip(datasets, shapes).map(table)
    return "PRAGMA foreign_keys = ON;\n\n" + (codes + tables).joined(separator: "\n")
  }

  private static func codeTable(_ name: String, _ table: CodeTable) -> String {
    let rows = table.entries.map { "  (\(text($0.code)), \(text($0.label)))" }.joined(separator: ",\n")
    let name = identifier("code_\(name)")
    return
      "CREATE TABLE \(name) (\"code\" TEXT PRIMARY KEY, \"label\" TEXT NOT NULL) STRICT;\nINSERT INTO \(name) VALUES\n\(rows);\n"
  }

  private static func table(_ dataset: Dataset, _ shapes: [FieldShape]) -> String {
    var lines = shapes.map(column)
    if dataset.interim == nil {
      // A primary key has no empty parts.
      let kind = dataset.key.contains(where: dataset.mayBeEmpty) ? "UNIQUE" : "PRIMARY KEY"
      lines.append("  \(kind) (\(dataset.key.map { identifier(dataset.fields[$0].name) }.joined(separator: ", ")))")
    }
    // A comment behind a comma is part of the line before it.
    let body = lines.enumerated().map { place, line in
      let parts = line.split(separator: " -- ", maxSplits: 1)
      return parts[0] + (place + 1 < lines.count ? "," : "") + (parts.count > 1 ? " -- " + parts[1] : "")
    }
    return
      "-- \(dataset.title.zh) \(dataset.title.en)\nCREATE TABLE \(identifier(dataset.name)) (\n\(body.joined(separator: "\n"))\n) STRICT;\n"
  }

  private static func column(_ shape: FieldShape) -> String {
    let name = identifier(shape.field.name)
    var out = "  \(name) \(shape.kind == .integer ? "INTEGER" : "TEXT")"
    if shape.isRequired { out += " NOT NULL" }
    if shape.codes != nil, case .code(let set) = shape.field.type {
      out += " REFERENCES \(identifier("code_\(set)")) (\"code\")"
    } else if let length = shape.maxLength, shape.kind == .text {
      out += " CHECK (length(\(name)) <= \(length))"
    } else if shape.kind == .integer, let minimum = shape.minimum {
      out += " CHECK (\(name) >= \(minimum))"
    } else if shape.kind == .boolean {
      out += " CHECK (\(name) IN ('0', '1'))"
    } else if shape.kind == .date {
      out += " CHECK (\(name) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')"
    }
    return out + " -- \(shape.field.title) \(shape.field.english)".replacing("\n", with: " ")
  }

  private static func identifier(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
  private static func text(_ value: String) -> String { "'\(value.replacing("'", with: "''"))'" }
}
