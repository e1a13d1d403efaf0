import ElementCore
import ElementExpression

/// What the parts of a dataset may name: its fields, and other datasets.
struct Scope {
  let dataset: String
  /// The names of its fields, in order.
  let names: [String]
  /// Reads expressions over its fields.
  let expressions: ExpressionReader
  /// The names of all datasets.
  let datasets: Set<String>

  /// The place of the field that a node names, from 0.
  func index(_ node: YAMLNode) throws(SchemaError) -> Int { try Scope.index(node, in: names) }

  /// The places of the fields that a list names, from 0.
  func indices(_ node: YAMLNode) throws(SchemaError) -> [Int] {
    var out: [Int] = []
    for item in try node.list() { out.append(try index(item)) }
    return out
  }

  /// The datasets that a node names: one, or a list.
  func datasets(_ node: YAMLNode) throws(SchemaError) -> [String] {
    let names = try node.isScalar ? [node.text()] : node.texts()
    for name in names where !datasets.contains(name) {
      throw node.error(zh: "没有数据集 \(name)", en: "there is no dataset \(name)")
    }
    return names
  }

  /// The place of the name in a node among names, from 0; the nearest one is offered for a wrong one.
  static func index(_ node: YAMLNode, in names: [String]) throws(SchemaError) -> Int {
    let name = try node.text()
    if let index = names.firstIndex(of: name) { return index }
    let near = NearMiss.best(for: name, among: names) { [$0] }
    throw node.error(
      zh: "没有字段 \(name)" + (near.map { "，是否为 \($0)" } ?? ""),
      en: "there is no field \(name)" + (near.map { "; did you mean \($0)" } ?? ""))
  }
}

/// The references and rules of a dataset, gathered from the documents and layers that make it.
struct DatasetParts {
  /// References to other datasets.
  private(set) var references: [Reference] = []
  /// Rules over groups of rows.
  private(set) var groups: [GroupRule] = []
  /// Rules over neighbours.
  private(set) var sequences: [SequenceRule] = []
  /// Numbers that must agree with other rows.
  private(set) var totals: [TotalRule] = []
  /// Rules over one record.
  private(set) var rules: [RecordRule] = []
  /// Fields filled from others.
  private(set) var derivations: [Derivation] = []
  /// The field that holds the key of the row above, from 0.
  private(set) var parent: Int?
  /// What stands for a key that is not known yet.
  private(set) var interim: InterimKey?
  /// The number that is unique in a community only.
  private(set) var localNumber: LocalNumber?
  /// The codes and names of communities.
  private(set) var communities: CommunityFields?
  /// How records say that they have ended.
  private(set) var closing: ClosingStatement?
  /// What work lists leave to be filled in.
  private(set) var workList: WorkListFields?
  /// What its columns mean to linkage.
  private(set) var linkage: DatasetLinkage?

  /// Adds what a document says.
  mutating func add(_ node: YAMLNode, _ scope: Scope, layer: String) throws(SchemaError) {
    for item in try node.optional("references")?.list() ?? [] { references.append(try reference(item, scope)) }
    for item in try node.optional("groups")?.list() ?? [] { groups.append(try group(item, scope)) }
    for item in try node.optional("sequences")?.list() ?? [] { sequences.append(try sequence(item, scope)) }
    for item in try node.optional("totals")?.list() ?? [] { totals.append(try total(item, scope)) }
    for item in try node.optional("rules")?.list() ?? [] { rules.append(try rule(item, scope, layer)) }
    for item in try node.optional("derive")?.list() ?? [] { derivations.append(try derivation(item, scope)) }
    if let tree = try node.optional("tree") {
      try tree.allow(["parent"])
      parent = try scope.index(try tree.required("parent"))
    }
    if let node = try node.optional("localNumber") {
      try node.allow(["number", "scope", "grid", "community"])
      localNumber = LocalNumber(
        number: try scope.index(try node.required("number")), scope: try scope.index(try node.required("scope")),
        grid: try index(node, "grid", scope), community: try index(node, "community", scope))
    }
    if let node = try node.optional("communities") {
      try node.allow(["code", "name"])
      communities = CommunityFields(
        code: try scope.index(try node.required("code")), name: try scope.index(try node.required("name")))
    }
    if let node = try node.optional("workList") {
      try node.allow(["number", "answers"])
      workList = WorkListFields(
        number: try scope.index(try node.required("number")), answers: try scope.indices(try node.required("answers")))
    }
    if let node = try node.optional("linkage") { linkage = try DatasetLinkage(node, scope) }
    if let node = try node.optional("closing") { closing = try closing(node, scope) }
    if let node = try node.optional("interimKey") {
      try node.allow(["must", "may"])
      interim = InterimKey(
        must: try scope.indices(try node.required("must")), may: try scope.indices(try node.required("may")))
    }
  }

  private func reference(_ item: YAMLNode, _ scope: Scope) throws(SchemaError) -> Reference {
    try item.allow(["fields", "to", "on", "names", "within", "grid", "when"])
    let fields = try scope.indices(try item.required("fields"))
    let targets = try item.required("on").texts()
    guard fields.count == 1, targets.count == 1 else {
      throw item.error(zh: "引用只能用一个字段", en: "a reference takes one field")
    }
    return Reference(
      field: fields[0], targets: try scope.datasets(try item.required("to")), targetField: targets[0],
      nameFields: try item.optional("names")?.texts() ?? [], within: try item.optional("within")?.text(),
      grid: try index(item, "grid", scope), condition: try condition(item, scope))
  }

  private func closing(_ node: YAMLNode, _ scope: Scope) throws(SchemaError) -> ClosingStatement {
    try node.allow(["field", "codes", "since", "takenBackBy", "successor", "succeeded"])
    let codes = try node.required("codes").texts().map { Array($0.utf8) }
    if codes.isEmpty { throw try node.required("codes").error(zh: "至少写一个代码", en: "name at least one code") }
    var takenBackBy: [(field: Int, codes: [[UInt8]])] = []
    for pair in try node.optional("takenBackBy")?.pairs() ?? [] {
      takenBackBy.append((try scope.index(pair.key), try pair.value.texts().map { Array($0.utf8) }))
    }
    var succession: (field: Int, code: [UInt8])?
    if let successor = try node.optional("successor") {
      let code = try node.required("succeeded")
      succession = (try scope.index(successor), Array(try code.text().utf8))
      guard codes.contains(Array(try code.text().utf8)) else {
        throw code.error(zh: "succeeded 应是 codes 中的一个", en: "succeeded is one of codes")
      }
    }
    return ClosingStatement(
      field: try scope.index(try node.required("field")), codes: codes, since: try index(node, "since", scope),
      takenBackBy: takenBackBy,
      succession: succession)
  }

  private func index(_ item: YAMLNode, _ key: String, _ scope: Scope) throws(SchemaError) -> Int? {
    try item.optional(key).map { (node) throws(SchemaError) in try scope.index(node) }
  }

  private func condition(_ item: YAMLNode, _ scope: Scope, _ key: String = "when") throws(SchemaError) -> Expression? {
    try item.optional(key).map { (node) throws(SchemaError) in try scope.expressions.expression(node) }
  }

  /// A bound of a group, which no rule has below one.
  private func atLeastOne(_ node: YAMLNode, _ key: String) throws(SchemaError) -> Int? {
    guard let bound = try node.optional(key) else { return nil }
    guard try bound.integer() >= 1 else { throw bound.error(zh: "\(key) 至少为 1", en: "\(key) is one at least") }
    return try bound.integer()
  }

  private func group(_ item: YAMLNode, _ scope: Scope) throws(SchemaError) -> GroupRule {
    let isWritten = try item.optional("title") != nil
    let own = ["by", "where", "unless", "most", "least"]
    if !isWritten { try item.allow(["code"] + own) }
    let descriptor = isWritten ? try RuleReader.descriptor(item, dataset: scope.dataset, beside: own) : nil
    return GroupRule(
      code: try RuleReader.code(try item.required("code")), descriptor: descriptor, severity: descriptor?.severity ?? .error,
      by: try scope.indices(try item.required("by")), condition: try scope.expressions.expression(try item.required("where")),
      exception: try condition(item, scope, "unless"), most: try atLeastOne(item, "most"), least: try atLeastOne(item, "least"))
  }

  private func sequence(_ item: YAMLNode, _ scope: Scope) throws(SchemaError) -> SequenceRule {
    guard let relation = try item.choice("must", SequenceRule.Relation.allCases) else {
      throw item.error(zh: "缺少 must（notAfter、equal 或 nothing）", en: "must is missing: notAfter, equal or nothing")
    }
    let order = try scope.index(try item.required("order"))
    // Where nothing may follow, no values are compared.
    let isCompared = relation != .nothing
    return SequenceRule(
      descriptor: try RuleReader.descriptor(
        item, dataset: scope.dataset, beside: ["by", "order", "last", "must", "next", "plus", "when", "adjacent"]),
      by: try scope.indices(try item.required("by")), order: order,
      last: isCompared ? try scope.index(try item.required("last")) : order,
      next: isCompared ? try scope.index(try item.required("next")) : order, relation: relation,
      plus: try item.optional("plus")?.integer(), condition: try condition(item, scope),
      isAdjacent: try item.optional("adjacent")?.flag() ?? false)
  }

  private func total(_ item: YAMLNode, _ scope: Scope) throws(SchemaError) -> TotalRule {
    return TotalRule(
      descriptor: try RuleReader.descriptor(
        item, dataset: scope.dataset,
        beside: ["field", "of", "by", "distinct", "only", "without", "days", "latest", "emptyIsNone"],
        needsExamples: false),
      field: try scope.index(try item.required("field")), datasets: try scope.datasets(try item.required("of")),
      by: try item.required("by").text(), distinct: try item.optional("distinct")?.texts() ?? [],
      only: try codes(item.optional("only")), without: try item.optional("without")?.texts() ?? [],
      measure: try measure(item, scope),
      emptyIsNone: try item.optional("emptyIsNone")?.flag() ?? false)
  }

  /// Fields and the codes that they must hold.
  private func codes(_ node: YAMLNode?) throws(SchemaError) -> [(field: String, codes: [String])] {
    var out: [(field: String, codes: [String])] = []
    for pair in try node?.pairs() ?? [] { out.append((try pair.key.text(), try pair.value.texts())) }
    return out
  }

  private func measure(_ item: YAMLNode, _ scope: Scope) throws(SchemaError) -> TotalRule.Measure {
    if let latest = try item.optional("latest") { return .latest(try latest.text()) }
    guard let days = try item.optional("days") else { return .rows }
    try days.allow(["from", "to", "until", "working"])
    return .days(
      from: try days.required("from").text(), to: try days.required("to").text(), until: try codes(days.optional("until")),
      isWorking: try days.optional("working").map { (node) throws(SchemaError) in try scope.expressions.setting(node) != 0 }
        ?? false)
  }

  private func derivation(_ item: YAMLNode, _ scope: Scope) throws(SchemaError) -> Derivation {
    try item.allow(["field", "when", "value", "from"])
    let source: Derivation.Source
    if let from = try item.optional("from") {
      source = .field(try scope.index(from))
    } else {
      source = .value(Array(try item.required("value").text().utf8))
    }
    return Derivation(
      field: try scope.index(try item.required("field")),
      condition: try scope.expressions.expression(try item.required("when")), source: source)
  }

  private func rule(_ item: YAMLNode, _ scope: Scope, _ layer: String) throws(SchemaError) -> RecordRule {
    RecordRule(
      descriptor: try RuleReader.descriptor(item, dataset: scope.dataset, beside: ["field", "when", "assert"]),
      field: try scope.index(try item.required("field")),
      condition: try condition(item, scope), assertion: try scope.expressions.expression(try item.required("assert")),
      origin: SettingOrigin(layer: layer, file: item.file, line: item.line))
  }
}
