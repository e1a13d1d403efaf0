import ElementCore
import ElementExpression

/// Reads datasets from their YAML files.
struct DatasetReader {
  private let nodes: [String: YAMLNode]
  private let known: Set<String>
  private let setNames: Set<String>
  private let codes: [String: CodeTable]
  private let layers: [Overlay]
  private let settings: [LayerSetting]
  private static let keys = [
    "dataset", "abstract", "element", "title", "extends", "key", "marks", "subjects", "interimKey", "localNumber", "workList",
    "sensitiveGroup",
    "communities", "closing", "linkage", "source", "restricted",
    "fields",
    "change",
    "references", "tree", "derive", "groups", "sequences", "totals", "rules", "examples",
  ]

  /// A reader over the datasets' documents; `known` are the names of all datasets, of which not all may be read.
  init(documents: [YAMLNode], known: Set<String>, codes: [String: CodeTable], layers: [Overlay]) throws(SchemaError) {
    var nodes: [String: YAMLNode] = [:]
    for document in documents {
      try document.allow(DatasetReader.keys)
      let name = try document.required("dataset")
      guard nodes.updateValue(document, forKey: try name.text()) == nil else {
        throw name.error(zh: "数据集重名", en: "two datasets have this name")
      }
    }
    self.nodes = nodes
    self.known = known
    self.codes = codes
    setNames = Set(codes.keys)
    self.layers = layers
    settings = try Overlay.settings(layers)
    let all = known.union(nodes.keys)
    for (name, _) in layers.flatMap(\.datasets) where try !all.contains(name.text()) {
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
    var fields = try fields(of: node)
    try narrow(&fields, name)
    let names = fields.map(\.name)
    if let twice = Dictionary(grouping: names, by: { $0 }).first(where: { $0.value.count > 1 }) {
      throw node.error(zh: "字段 \(twice.key) 重复", en: "field \(twice.key) stands twice")
    }
    var key: [Int] = []
    for item in try node.required("key").list() { key.append(try Scope.index(item, in: names)) }
    for field in fields where field.survivor != .incoming { try confirm(field, key.map { names[$0] }, fields, node) }
    guard !key.isEmpty else { throw try node.required("key").error(zh: "主键不能为空", en: "the key is empty") }
    let scope = Scope(
      dataset: name, names: names, expressions: ExpressionReader(fields: fields, settings: settings),
      datasets: known.union(nodes.keys))
    var parts = DatasetParts()
    for part in try lineage(of: node, seen: []) { try parts.add(part, scope, layer: "core") }
    for (layer, added) in try additions(to: name) { try parts.add(added, scope, layer: layer.name) }
    let isRestricted = try node.optional("restricted") != nil
    let isSensitive = try node.optional("sensitiveGroup")?.flag() ?? isRestricted
    return Dataset(
      name: name, element: try node.required("element").text(), title: try node.required("title").localized(),
      subjects: try subjects(node),
      source: try node.optional("source")?.text() ?? "", fields: fields, key: key, references: parts.references,
      groups: parts.groups, rules: parts.rules, sequences: parts.sequences, totals: parts.totals, parent: parts.parent,
      derivations: parts.derivations, interim: parts.interim, localNumber: parts.localNumber,
      communities: parts.communities, closing: parts.closing, workList: parts.workList, linkage: parts.linkage,
      marks: try marks(node, names),
      restriction: try node.optional("restricted")?.localized(),
      isSensitive: isSensitive, examples: try node.optional("examples")?.texts() ?? [],
      fieldByHeading: headings(fields))
  }

  /// Refuses a choice between values that nothing could make.
  private func confirm(_ field: Field, _ key: [String], _ fields: [Field], _ node: YAMLNode) throws(SchemaError) {
    let place = field.origins["survivor"] ?? field.origin
    // Another name under the same number is another person, or a renaming: neither is chosen.
    if key.contains(field.name) || field.type == .text(.personName) {
      throw SchemaError(
        file: place.file, line: place.line, zh: "主键和姓名不能写 survivor：\(field.name)",
        en: "keys and names of people take no survivor: \(field.name)")
    }
    guard case .latest(let name) = field.survivor else { return }
    if fields.contains(where: { $0.name == name && [.date, .dateTime].contains($0.type) }) { return }
    throw SchemaError(
      file: place.file, line: place.line, zh: "survivor 应为 incoming、sender 或一个日期字段，没有日期字段 \(name)",
      en: "survivor is incoming, sender or a date field, and there is no date field \(name)")
  }

  /// What a heading over others may call the record itself.
  private func subjects(_ node: YAMLNode) throws(SchemaError) -> Set<String> {
    let title = try node.required("title").localized()
    let words = [title.zh, title.en, try node.required("dataset").text()] + (try node.optional("subjects")?.texts() ?? [])
    return Set(words.map { HeadingGroup($0).key })
  }

  private func marks(_ node: YAMLNode, _ names: [String]) throws(SchemaError) -> [Int] {
    var out: [Int] = []
    for item in try node.optional("marks")?.list() ?? [] { out.append(try Scope.index(item, in: names)) }
    return out
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
        let place = try Scope.index(try item.required("name"), in: fields.map(\.name))
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

  /// The documents that make a dataset: the one it extends first, itself last.
  private func lineage(of node: YAMLNode, seen: Set<String>) throws(SchemaError) -> [YAMLNode] {
    guard let base = try node.optional("extends") else { return [node] }
    let name = try base.text()
    guard let parent = nodes[name] else { throw base.error(zh: "没有数据集 \(name)", en: "there is no dataset \(name)") }
    guard !seen.contains(name) else { throw base.error(zh: "继承成环", en: "extends itself") }
    return try lineage(of: parent, seen: seen.union([name])) + [node]
  }

  private func fields(of node: YAMLNode) throws(SchemaError) -> [Field] {
    var out: [Field] = []
    for part in try lineage(of: node, seen: []) {
      for change in try part.optional("change")?.list() ?? [] {
        try change.allow(["name", "duty"])
        let place = try Scope.index(try change.required("name"), in: out.map(\.name))
        out[place].duty = try change.choice("duty", Duty.allCases) ?? out[place].duty
      }
      for field in try part.optional("fields")?.list() ?? [] {
        out.append(try FieldReader.field(field, setNames: setNames, layer: "core"))
      }
    }
    return out
  }
}
