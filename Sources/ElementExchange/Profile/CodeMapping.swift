import ElementCore

/// How the codes of a set are written for a target: each is mapped, or the records with it stay behind.
package struct CodeMapping: Sendable {
  /// Our code and the target's value, as codes and labels of a table, which finds them by bytes.
  private let table: CodeTable
  private let values: [[UInt8]]

  /// Whether what is mapped to nothing stays as it is.
  private let isOpen: Bool

  /// A mapping of pairs; codes that are in none stay as they are where it `isOpen`.
  package init(_ pairs: [(code: String, value: String)], isOpen: Bool = false) {
    self.isOpen = isOpen
    table = CodeTable(name: "", entries: pairs.map { CodeEntry(code: $0.code, label: "") })
    values = pairs.map { Array($0.value.utf8) }
  }

  /// All pairs as a text that differs where they do.
  var text: String {
    zip(table.entries, values).map { "\($0.code)=\(String(validating: $1, as: UTF8.self) ?? "")" }.joined(separator: ";")
  }

  /// The code that a value of the target means; nil where none has it, or several do.
  package func code(of value: [UInt8]) -> String? {
    let found = values.indices.filter { values[$0] == value }
    return found.count == 1 ? table.entries[found[0]].code : nil
  }

  /// The target's value for a code; nil where it has none.
  package func value(_ code: Span<UInt8>) -> [UInt8]? {
    table.find(code).map { values[$0.row] } ?? (isOpen ? Array(span: code) : nil)
  }
}
