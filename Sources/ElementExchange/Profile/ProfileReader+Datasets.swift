import ElementCore
import ElementExpression
import ElementSchema

extension ProfileReader {
  /// What a profile hands on of a dataset.
  func dataset(_ node: YAMLNode, _ deletions: ExportProfile.Deletions, isOwn: Bool) throws(SchemaError) -> ProfileDataset {
    try node.allow(["dataset", "table", "where", "columns", "except", "rules", "aggregate", "entity", "from"])
    let named = try node.required("dataset")
    let name = try named.text()
    guard let dataset = pack.dataset(name) else {
      let near = NearMiss.best(for: name, among: pack.datasets) { [$0.name, $0.title.zh] }?.name
      throw named.error(
        zh: "没有数据集 \(name)" + (near.map { "，是否为 \($0)" } ?? ""),
        en: "there is no dataset \(name)" + (near.map { "; did you mean \($0)" } ?? ""))
    }
    var columns: [ProfileColumn] = []
    let list = try node.required("columns")
    if list.isScalar {
      let word = try list.text()
      guard ["all", "titles"].contains(word) else {
        throw list.error(zh: "columns 应为列表、all 或 titles", en: "columns is a list, all, or titles")
      }
      columns = try allColumns(node, dataset, isTitled: word == "titles", isOwn: isOwn)
    } else {
      for column in try list.list() { columns.append(try self.column(column, dataset)) }
    }
    try refuseRepeated(columns, list)
    var rules: [ProfileDataset.Rule] = []
    for rule in try node.optional("rules")?.list() ?? [] { rules.append(try self.rule(rule, dataset)) }
    let part = ProfileDataset(
      dataset: dataset, table: try node.optional("table")?.text() ?? name,
      filter: try node.optional("where").map { (node) throws(SchemaError) in try condition(node, dataset) },
      columns: columns, rules: rules,
      aggregate: try node.optional("aggregate").map { (node) throws(SchemaError) in try aggregate(node, columns) },
      entity: try node.choice("entity", EntityForm.allCases) ?? .none, sources: try sources(node, dataset))
    try confirmEntity(part, node)
    try confirmKey(part, deletions, list)
    return part
  }

  /// A column for each field by its own name, or by its title with codes as their labels; but for those that the profile leaves out, and sensitive
  /// ones: they leave the office only where a profile names them.
  private func allColumns(
    _ node: YAMLNode, _ dataset: Dataset, isTitled: Bool, isOwn: Bool
  ) throws(SchemaError) -> [ProfileColumn] {
    var left: Set<Int> = []
    for field in try node.optional("except")?.list() ?? [] { left.insert(try place(field, dataset)) }
    let places = dataset.fields.indices.filter { !left.contains($0) && (isOwn || dataset.fields[$0].sensitivity != .sensitive) }
    return places.map { place in
      let field = dataset.fields[place]
      return ProfileColumn(
        name: isTitled ? field.title : field.name, source: .field(place), form: isTitled ? titledForm(field) : .stored,
        steps: [],
        isRequired: false, length: nil, pattern: nil, values: [], isNumber: field.type == .integer, operationWords: ([], []))
    }
  }

  /// Codes as their labels, and yes and no in words, as people read them.
  private func titledForm(_ field: Field) -> ProfileColumn.Form {
    switch field.type {
    // Lists that are open hold values that have no label.
    case .code(let set): .codes(CodeMapping(pack.table(set).entries.map { ($0.code, $0.label) }, isOpen: true))
    case .boolean: .flag(yes: Array("是".utf8), no: Array("否".utf8))
    default: .stored
    }
  }

  /// An expression over the fields of a dataset that is the same on every day: what moved through it is found by what changed.
  private func condition(_ node: YAMLNode, _ dataset: Dataset) throws(SchemaError) -> Expression {
    let expression = try pack.expression(node, of: dataset)
    if expression.usesToday {
      throw node.error(
        zh: "导出条件不能用 today：记录没有改动也会进出范围", en: "a condition of an export cannot use today: records would move without a change")
    }
    return expression
  }

  private func rule(_ node: YAMLNode, _ dataset: Dataset) throws(SchemaError) -> ProfileDataset.Rule {
    try node.allow(["when", "assert", "message"])
    return ProfileDataset.Rule(
      condition: try node.optional("when").map { (node) throws(SchemaError) in try condition(node, dataset) },
      assertion: try condition(try node.required("assert"), dataset), message: try node.required("message").localized())
  }

  private func refuseRepeated(_ columns: [ProfileColumn], _ list: YAMLNode) throws(SchemaError) {
    var seen: Set<[UInt8]> = []
    for column in columns where !seen.insert(Array(column.name.utf8)).inserted {
      throw list.error(zh: "列名 \(column.name) 重复", en: "two columns are called \(column.name)")
    }
    if columns.isEmpty { throw list.error(zh: "至少一列", en: "at least one column is needed") }
  }

  /// A target that is told of changes must know records: its columns show the whole key, as it is.
  private func confirmKey(
    _ part: ProfileDataset, _ deletions: ExportProfile.Deletions, _ list: YAMLNode
  ) throws(SchemaError) {
    if deletions == .never || part.aggregate != nil { return }
    for field in part.dataset.key
    where part.entity != .golden && !part.columns.contains(where: { $0.source == .field(field) }) {
      let name = part.dataset.fields[field].name
      throw list.error(
        zh: "增量须认得记录：缺少主键字段 \(name) 的列；不发增量请写 deletions: never",
        en: "a delta needs the key: no column shows \(name); say deletions: never for full packages only")
    }
    for column in part.columns where part.entity != .golden && column.fields.contains(where: part.dataset.key.contains) {
      let keeps = column.steps.allSatisfy { step in
        switch step {
        case .trim, .upper, .pad, .pseudonym: true
        case .part, .split, .mask: false
        }
      }
      if !keeps {
        throw list.error(
          zh: "主键列 \(column.name) 不能截取、拆分或脱敏：两条记录会变成一条",
          en: "the key column \(column.name) is not cut, split or masked: two records would be one")
      }
    }
    if deletions == .marked, !part.columns.contains(where: { $0.source == .stamp(.operation) }) {
      throw list.error(
        zh: "deletions: marked 须有一列 value: operation", en: "deletions: marked needs a column with value: operation")
    }
  }

  private func aggregate(
    _ node: YAMLNode, _ columns: [ProfileColumn]
  ) throws(SchemaError) -> ProfileDataset.Aggregate {
    try node.allow(["by", "count", "least"])
    let list = try node.required("by")
    var by: [Int] = []
    for item in try list.list() {
      let name = try item.text()
      guard let place = columns.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw item.error(zh: "没有列 \(name)", en: "there is no column \(name)")
      }
      by.append(place)
    }
    guard Set(by).count == by.count, by.count == columns.count, (1...2).contains(by.count) else {
      throw list.error(zh: "汇总按一列或两列，且列出全部列", en: "numbers are by one column or two, and no other columns are there")
    }
    let least = try node.required("least")
    let number = try least.integer()
    if number < 3 { throw least.error(zh: "least 至少为 3", en: "least is 3 or more") }
    return ProfileDataset.Aggregate(by: by, heading: try node.required("count").text(), least: number)
  }
}
