import ElementCore
package import ElementExpression

/// Reads the expressions of one dataset: errors point into the YAML file.
struct ExpressionReader {
  /// The fields that expressions may name.
  let fields: [Field]
  /// The numbers of the layers, which expressions may name too.
  let settings: [LayerSetting]

  /// The expression in a node, errors at their place in the file.
  func expression(_ node: YAMLNode) throws(SchemaError) -> Expression {
    let source = try node.text()
    do {
      let numbers = Dictionary(settings.map { ($0.name, Double($0.value)) }, uniquingKeysWith: { $1 })
      return try Expression(source, names: fields.map(\.name) + settings.map(\.name), constants: numbers) { name in
        fields.firstIndex { $0.name == name }.map { ExpressionField(index: $0, type: fields[$0].type.form.expression) }
      }
    } catch {
      throw SchemaError(
        file: node.file, line: node.line, column: node.column + error.offset, zh: error.message.zh, en: error.message.en)
    }
  }

  /// The value of the setting that a node names.
  func setting(_ node: YAMLNode) throws(SchemaError) -> Int {
    let name = try node.text()
    guard let value = settings.last(where: { $0.name == name })?.value else {
      throw node.error(zh: "没有设置 \(name)", en: "there is no setting \(name)")
    }
    return value
  }
}

extension SchemaPack {
  /// The expression over the fields of a dataset that stands in a node of another document, such as an export profile.
  ///
  /// - Throws: `SchemaError` at its place in the file.
  package func expression(_ node: YAMLNode, of dataset: Dataset) throws(SchemaError) -> Expression {
    try ExpressionReader(fields: dataset.fields, settings: settings).expression(node)
  }
}

/// Reads the texts of rules written in YAML: they are the same as those of rules written in Swift.
enum RuleReader {
  private static let keys = [
    "code", "symbol", "severity", "title", "message", "rationale", "fix", "source", "failing", "passing",
  ]

  static func code(_ node: YAMLNode) throws(SchemaError) -> RuleCode {
    guard let code = RuleCode(parsing: try node.text()) else {
      throw node.error(zh: "规则代码应为一个字母加四位数字", en: "a rule code is a letter and four digits")
    }
    return code
  }

  /// The descriptor of a rule; `own` are the keys that its kind has beside the texts.
  static func descriptor(
    _ node: YAMLNode, dataset: String, beside own: [String], needsExamples: Bool = true
  ) throws(SchemaError) -> RuleDescriptor {
    try node.allow(keys + own)
    let severity = try node.required("severity")
    guard let level = Severity(rawValue: try severity.text()) else {
      throw severity.error(zh: "severity 应为 error、warning 或 info", en: "severity is error, warning or info")
    }
    return RuleDescriptor(
      try code(try node.required("code")), symbol: try node.required("symbol").text(), severity: level,
      title: try node.required("title").localized(), message: try node.required("message").localized(),
      rationale: try node.required("rationale").localized(), fix: try node.required("fix").localized(),
      source: try node.required("source").text(), failing: needsExamples ? try examples(node, "failing", dataset) : [],
      passing: needsExamples ? try examples(node, "passing", dataset) : [])
  }

  private static func examples(_ node: YAMLNode, _ key: String, _ dataset: String) throws(SchemaError) -> [RuleExample] {
    let list = try node.required(key)
    let texts = try list.texts()
    guard !texts.isEmpty else { throw list.error(zh: "至少需要一个例子", en: "at least one example is needed") }
    return texts.map { RuleExample($0, dataset: dataset) }
  }
}
