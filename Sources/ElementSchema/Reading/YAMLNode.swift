package import ElementCore
import Yams

/// A node of a YAML file that knows where it stands: every getter throws an error with file, line and column.
package struct YAMLNode: Sendable {
  /// What stands at a node.
  private indirect enum Content: Sendable {
    case scalar(String)
    case list([YAMLNode])
    case map([(key: YAMLNode, value: YAMLNode)])
  }

  /// The file it stands in.
  package let file: String
  /// The line, from 1.
  package let line: Int
  /// The column, from 1.
  package let column: Int
  private let content: Content

  /// The document in a file's text.
  ///
  /// - Throws: `SchemaError` where it is no YAML, or a key stands twice.
  package init(text: String, file: String) throws(SchemaError) {
    let root: Node?
    do {
      // The default asks the environment, all of it.
      root = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw YAMLNode.refusal(error, file)
    } catch {
      throw SchemaError(file: file, zh: "不是有效的 YAML", en: "is not valid YAML")
    }
    guard let root else { throw SchemaError(file: file, line: 1, column: 1, zh: "文件是空的", en: "the file is empty") }
    // Every node is written somewhere, but for empty values: more of them come of aliases of aliases.
    var budget = 2 * text.utf8.count + 2
    try self.init(root, file: file, depth: 0, &budget)
  }

  private init(_ node: Node, file: String, depth: Int, _ budget: inout Int) throws(SchemaError) {
    self.file = file
    line = node.mark?.line ?? 0
    column = node.mark?.column ?? 0
    guard depth < 16 else {
      throw SchemaError(file: file, line: line, column: column, zh: "嵌套超过 16 层", en: "is nested deeper than 16 levels")
    }
    budget -= 1
    guard budget > 0 else { throw YAMLNode.aliases(file, line, column) }
    switch node {
    case .scalar(let scalar): content = .scalar(scalar.string)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      for item in sequence { items.append(try YAMLNode(item, file: file, depth: depth + 1, &budget)) }
      content = .list(items)
    case .mapping(let mapping):
      var pairs: [(key: YAMLNode, value: YAMLNode)] = []
      for (key, value) in mapping {
        pairs.append(
          (try YAMLNode(key, file: file, depth: depth + 1, &budget), try YAMLNode(value, file: file, depth: depth + 1, &budget))
        )
      }
      content = .map(pairs)
    case .alias: throw YAMLNode.aliases(file, line, column)
    }
  }

  private static func aliases(_ file: String, _ line: Int, _ column: Int) -> SchemaError {
    SchemaError(file: file, line: line, column: column, zh: "不支持 YAML 别名", en: "YAML aliases are not allowed")
  }

  private static func refusal(_ error: YamlError, _ file: String) -> SchemaError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      return SchemaError(
        file: file, line: mark.line, column: mark.column, zh: "不是有效的 YAML：\(problem)", en: "is not valid YAML: \(problem)")
    case .duplicatedKeysInMapping(_, let context):
      return SchemaError(
        file: file, line: context.mark.line, column: context.mark.column, zh: "同一个键出现两次", en: "a key stands twice")
    default:
      return SchemaError(file: file, zh: "不是有效的 YAML", en: "is not valid YAML")
    }
  }

  /// An error at this node.
  package func error(zh: String, en: String) -> SchemaError {
    SchemaError(file: file, line: line, column: column, zh: zh, en: en)
  }

  /// The text of a scalar.
  package func text() throws(SchemaError) -> String {
    guard case .scalar(let text) = content else { throw error(zh: "这里应为文本", en: "a text should stand here") }
    return text
  }

  /// Whether it is neither a list nor a map.
  package var isScalar: Bool {
    if case .scalar = content { true } else { false }
  }

  /// The number of a scalar.
  package func integer() throws(SchemaError) -> Int {
    guard let number = Int(try text()) else { throw error(zh: "这里应为整数", en: "a whole number should stand here") }
    return number
  }

  /// The flag of a scalar.
  package func flag() throws(SchemaError) -> Bool {
    switch try text() {
    case "true": return true
    case "false": return false
    default: throw error(zh: "这里应为 true 或 false", en: "true or false should stand here")
    }
  }

  /// The items of a list.
  package func list() throws(SchemaError) -> [YAMLNode] {
    guard case .list(let items) = content else { throw error(zh: "这里应为列表", en: "a list should stand here") }
    return items
  }

  /// The texts of a list.
  package func texts() throws(SchemaError) -> [String] {
    var out: [String] = []
    for item in try list() { out.append(try item.text()) }
    return out
  }

  /// The pairs of a map, in order.
  package func pairs() throws(SchemaError) -> [(key: YAMLNode, value: YAMLNode)] {
    guard case .map(let pairs) = content else { throw error(zh: "这里应为键值表", en: "a map should stand here") }
    return pairs
  }

  /// The value of a key; nil where it is absent.
  package func optional(_ key: String) throws(SchemaError) -> YAMLNode? {
    for pair in try pairs() where try pair.key.text() == key { return pair.value }
    return nil
  }

  /// The value of a key that must be there.
  package func required(_ key: String) throws(SchemaError) -> YAMLNode {
    guard let value = try optional(key) else { throw error(zh: "缺少 \(key)", en: "\(key) is missing") }
    return value
  }

  /// Refuses keys that are not among the allowed ones, naming the nearest.
  package func allow(_ keys: [String]) throws(SchemaError) {
    for pair in try pairs() {
      let key = try pair.key.text()
      if keys.contains(key) { continue }
      let near = NearMiss.best(for: key, among: keys) { [$0] } ?? keys.joined(separator: ", ")
      throw pair.key.error(zh: "未知的键 \(key)，可用：\(near)", en: "unknown key \(key); expected \(near)")
    }
  }

  /// The text in both languages: a map with `zh` and `en`.
  package func localized() throws(SchemaError) -> LocalizedText {
    try allow(["zh", "en"])
    return LocalizedText(zh: try required("zh").text(), en: try required("en").text())
  }

  /// The choice under a key out of some values; nil where it is absent.
  package func choice<Value: RawRepresentable<String>>(_ key: String, _ values: [Value]) throws(SchemaError) -> Value? {
    guard let value = try optional(key) else { return nil }
    guard let found = Value(rawValue: try value.text()) else {
      let names = values.map(\.rawValue).joined(separator: ", ")
      throw value.error(zh: "\(key) 应为 \(names) 之一", en: "\(key) is one of \(names)")
    }
    return found
  }
}
