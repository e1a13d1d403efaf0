import ElementCore
import ElementExpression

/// Reads datasets from their YAML files.
struct DatasetReader {
  private let nodes: [String: YAMLNode]
  private let setNames: Set<String>
  private let codes: [String: CodeTable]
  private let layers: [Overlay]
  private let settings: [LayerSetting]
  private static let keys = [
    "dataset", "abstract", "element", "title", "extends", "key", "source", "fields", "references", "groups", "rules",
  ]

  /// A reader over the datasets' documents by name.
  init(documents: [YAMLNode], codes: [String: CodeTable], layers: [Overlay]) throws(SchemaError) {
    var nodes: [String: YAMLNode] = [:]
    for document in documents {
      try document.allow(DatasetReader.keys)
      let name = try document.required("dataset")
      guard nodes.updateValue(document, forKey: try name.text()) == nil else {
        throw name.error(zh: "数据集重名", en: "two datasets have this name")
      }
    }
    self.nodes = nodes
    self.codes = codes
    setNames = Set(codes.keys)
    self.layers = layers
    settings = try Overlay.settings(layers)
    for (name, _) in layers.flatMap(\.datasets) where nodes[try name.text()] == nil {
      throw name.error(zh: "没有数据集 \(try name.text())", en: "there is no dataset \(try name.text())")
    }
    for (name, _) in layers.flatMap(\.datasets) where try nodes[try name.text()]?.optional("abstract")?.flag() == true {
      throw name.error(
        zh: "\(try name.text()) 是抽象数据集，请在由它扩展的数据集上收紧", en: "\(try name.text()) is abstract: narrow the datasets that extend it")
    }
  }

  /// All datasets that are not abstract, sorted by name.
  func datasets() throws(SchemaError) -> [Dataset] {
    var out: [Dataset] = []
    for (name, node) in nodes.sorted(by: { $0.key < $1.key }) where try node.optional("abstract")?.flag() != true {
      out.append(try dataset(name, node))
    }
    return out
  }

  private func dataset(_ name: String, _ node: YAMLNode) throws(SchemaError) -> Dataset {
    var fields = try fields(of: node, seen: [])
    try narrow(&fields, name)
    let names = fields.map(\.name)
    if let twice = Dictionary(grouping: names, by: { $0 }).first(where: { $0.value.count > 1 }) {
      throw node.error(zh: "字段 \(twice.key) 重复", en: "field \(twice.key) stands twice")
    }
    var key: [Int] = []
    for item in try node.required("key").list() { key.append(try index(item, in: names)) }
    guard !key.isEmpty else { throw try node.required("key").error(zh: "主键不能为空", en: "the key is empty") }
    let expressions = ExpressionReader(fields: fields, settings: settings)
    var references = try references(node, names)
    var groups = try groups(node, names, expressions)
    var rules = try rules(node, name, names, expressions, layer: "core")
    for (layer, added) in try additions(to: name) {
      references += try self.references(added, names)
      groups += try self.groups(added, names, expressions)
      rules += try self.rules(added, name, names, expressions, layer: layer.name)
    }
    return Dataset(
      name: name, element: try node.required("element").text(), title: try node.required("title").localized(),
      source: try node.optional("source")?.text() ?? "", fields: fields, key: key, references: references,
      groups: groups, rules: rules, fieldByHeading: headings(fields))
  }

  /// What the layers say of a dataset, in their order.
  private func additions(to name: String) throws(SchemaError) -> [(layer: Overlay, node: YAMLNode)] {
    var out: [(layer: Overlay, node: YAMLNode)] = []
    for layer in layers {
      for (key, node) in layer.datasets where try key.text() == name { out.append((layer, node)) }
    }
    return out
  }

  /// Narrows the fields as the layers ask, and adds theirs.
  private func narrow(_ fields: inout [Field], _ name: String) throws(SchemaError) {
    for (layer, node) in try additions(to: name) {
      let narrowing = FieldNarrowing(layer: layer.name, codes: codes)
      for item in try node.optional("fields")?.list() ?? [] {
        let place = try index(try item.required("name"), in: fields.map(\.name))
        try narrowing.apply(item, to: &fields[place])
      }
      for item in try node.optional("add")?.list() ?? [] {
        fields.append(try FieldReader.field(item, setNames: setNames, layer: layer.name))
      }
    }
  }

  private func headings(_ fields: [Field]) -> [String: Int] {
    var index: [String: Int] = [:]
    for (place, field) in fields.enumerated() {
      for name in [field.name, field.title] + field.aliases {
        index[HeaderText.key(name)] = index[HeaderText.key(name)] ?? place
      }
    }
    return index
  }

  private func fields(of node: YAMLNode, seen: Set<String>) throws(SchemaError) -> [Field] {
    var out: [Field] = []
    if let base = try node.optional("extends") {
      let name = try base.text()
      guard let parent = nodes[name] else { throw base.error(zh: "没有数据集 \(name)", en: "there is no dataset \(name)") }
      guard !seen.contains(name) else { throw base.error(zh: "继承成环", en: "extends itself") }
      out = try fields(of: parent, seen: seen.union([name]))
    }
    for field in try node.optional("fields")?.list() ?? [] {
      out.append(try FieldReader.field(field, setNames: setNames, layer: "core"))
    }
    return out
  }

  private func index(_ node: YAMLNode, in names: [String]) throws(SchemaError) -> Int {
    let name = try node.text()
    if let index = names.firstIndex(of: name) { return index }
    let near = NearMiss.best(for: name, among: names) { [$0] }
    throw node.error(
      zh: "没有字段 \(name)" + (near.map { "，是否为 \($0)" } ?? ""),
      en: "there is no field \(name)" + (near.map { "; did you mean \($0)" } ?? ""))
  }

  private func references(_ node: YAMLNode, _ names: [String]) throws(SchemaError) -> [Reference] {
    var out: [Reference] = []
    for item in try node.optional("references")?.list() ?? [] {
      try item.allow(["fields", "to", "on", "names", "within"])
      let fields = try item.required("fields").list()
      let targets = try item.required("on").texts()
      guard fields.count == 1, targets.count == 1 else {
        throw item.error(zh: "引用只能用一个字段", en: "a reference takes one field")
      }
      let target = try item.required("to")
      guard nodes[try target.text()] != nil else {
        throw target.error(zh: "没有数据集 \(try target.text())", en: "there is no dataset \(try target.text())")
      }
      out.append(
        Reference(
          field: try index(fields[0], in: names), target: try target.text(), targetField: targets[0],
          nameFields: try item.optional("names")?.texts() ?? [], within: try item.optional("within")?.text()))
    }
    return out
  }

  private func groups(_ node: YAMLNode, _ names: [String], _ expressions: ExpressionReader) throws(SchemaError) -> [GroupRule] {
    var out: [GroupRule] = []
    for item in try node.optional("groups")?.list() ?? [] {
      try item.allow(["code", "by", "where", "most", "least"])
      var by: [Int] = []
      for field in try item.required("by").list() { by.append(try index(field, in: names)) }
      out.append(
        GroupRule(
          code: try RuleReader.code(try item.required("code")), by: by,
          condition: try expressions.expression(try item.required("where")),
          most: try item.optional("most")?.integer(), least: try item.optional("least")?.integer()))
    }
    return out
  }

  private func rules(
    _ node: YAMLNode, _ dataset: String, _ names: [String], _ expressions: ExpressionReader, layer: String
  ) throws(SchemaError) -> [RecordRule] {
    var out: [RecordRule] = []
    for item in try node.optional("rules")?.list() ?? [] {
      out.append(
        RecordRule(
          descriptor: try RuleReader.descriptor(item, dataset: dataset),
          field: try index(try item.required("field"), in: names),
          condition: try item.optional("when").map { (node) throws(SchemaError) in try expressions.expression(node) },
          assertion: try expressions.expression(try item.required("assert")),
          origin: SettingOrigin(layer: layer, file: item.file, line: item.line)))
    }
    return out
  }
}
