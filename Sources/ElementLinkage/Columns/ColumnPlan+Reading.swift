import ElementSchema

extension ColumnPlan {
  /// A level stands in four bits: equal, different and missing are three of the sixteen.
  private static let (most, mostLevels) = (16, 13)

  /// Reads the keys `columns` and `rules` of a model.
  ///
  /// Of people, columns are the headings of files; of houses and organisations they are roles of their datasets, and all of them have shares.
  init(columns node: YAMLNode, rules rulesNode: YAMLNode, _ kind: LinkageKind) throws(SchemaError) {
    var columns: [Column] = []
    for item in try node.list() {
      let column = try ColumnPlan.column(item)
      if kind != .person { try ColumnPlan.confirmRole(column.name, item, needsShares: column.shares.isEmpty) }
      columns.append(column)
    }
    guard !columns.isEmpty, columns.count <= Self.most else {
      throw node.error(zh: "columns 应有 1 到 \(Self.most) 列", en: "columns are 1 to \(Self.most)")
    }
    var headings = columns.map(\.name)
    var rules: [[KeyPart]] = []
    for item in try rulesNode.list() {
      var parts: [KeyPart] = []
      for part in try item.list() {
        parts.append(try ColumnPlan.part(part, &headings))
        if kind != .person, let last = parts.last {
          try ColumnPlan.confirmRole(headings[last.column], part, needsShares: false)
        }
      }
      guard !parts.isEmpty else { throw item.error(zh: "规则是空的", en: "a rule is empty") }
      rules.append(parts)
    }
    guard !rules.isEmpty else { throw rulesNode.error(zh: "至少要有一条规则", en: "there is no rule") }
    (self.columns, self.rules, self.headings) = (columns, rules, headings)
  }

  private static func confirmRole(_ name: String, _ node: YAMLNode, needsShares: Bool) throws(SchemaError) {
    guard LinkageRole(rawValue: name) != nil else {
      let names = LinkageRole.allCases.map(\.rawValue).joined(separator: ", ")
      throw node.error(zh: "没有角色 \(name)，可用：\(names)", en: "there is no role \(name); use one of \(names)")
    }
    if needsShares { throw node.error(zh: "\(name) 缺少 shares", en: "\(name) has no shares") }
  }

  private static func column(_ node: YAMLNode) throws(SchemaError) -> Column {
    try node.allow(["name", "comparator", "levels", "termFrequency", "shares"])
    let name = try node.required("name").text()
    let word = try node.required("comparator")
    let levels = try ColumnPlan.levels(node.optional("levels"), fall: try word.text() == "jaroWinkler")
    let comparator: Comparator
    switch try word.text() {
    case "exact": comparator = .exact
    case "jaroWinkler": comparator = .jaroWinkler(levels.isEmpty ? [0.92, 0.8] : levels)
    case "damerau", "levenshtein": comparator = .damerau(levels.isEmpty ? [1, 2] : levels.map { Int($0) })
    case "date": comparator = .date
    case "number": comparator = .number(levels.isEmpty ? [1] : levels)
    case "words": comparator = .words
    case "code": comparator = .code
    case "creditCode": comparator = .creditCode
    case "address": comparator = .address
    case "personName": comparator = .personName
    case "organizationName": comparator = .organizationName
    default:
      let names =
        "exact, jaroWinkler, damerau, levenshtein, date, number, words, code, creditCode, address, personName, organizationName"
      throw word.error(
        zh: "没有比较方法 \(try word.text())，可用：\(names)", en: "there is no comparator \(try word.text()); use one of \(names)")
    }
    let plain = Column(
      name: name, comparator: comparator, countsFrequency: try node.optional("termFrequency")?.flag() ?? false, shares: [:])
    guard let shares = try node.optional("shares") else { return plain }
    return Column(
      name: name, comparator: comparator, countsFrequency: plain.countsFrequency,
      shares: try plain.shares(shares))
  }

  /// The bounds of levels, the most alike first: similarities fall, distances rise.
  private static func levels(_ node: YAMLNode?, fall: Bool) throws(SchemaError) -> [Double] {
    guard let node else { return [] }
    var levels: [Double] = []
    for level in try node.list() { levels.append(try level.decimal(fall ? 0...1 : 0...100_000)) }
    guard levels.count <= mostLevels, zip(levels, levels.dropFirst()).allSatisfy({ fall ? $0 > $1 : $0 < $1 }) else {
      throw node.error(
        zh: "levels 最多 \(mostLevels) 级，相似度从大到小，距离从小到大",
        en: "levels are at most \(mostLevels): similarities fall, distances rise")
    }
    return levels
  }

  /// A part such as `surname`, `surname:3`, `surname:sound`, `born:year` or `born:day`.
  private static func part(_ node: YAMLNode, _ headings: inout [String]) throws(SchemaError) -> KeyPart {
    let pieces = try node.text().split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = pieces.first else { throw node.error(zh: "缺少列名", en: "a column is missing") }
    let column = headings.firstIndex { $0.utf8.elementsEqual(name.utf8) } ?? headings.count
    if column == headings.count { headings.append(name) }
    guard pieces.count == 2 else { return KeyPart(column: column, part: .whole) }
    switch pieces[1] {
    case "sound": return KeyPart(column: column, part: .sound)
    case "year": return KeyPart(column: column, part: .year)
    case "day": return KeyPart(column: column, part: .day)
    case "home": return KeyPart(column: column, part: .home)
    case "core": return KeyPart(column: column, part: .core)
    case "coreSound": return KeyPart(column: column, part: .coreSound)
    default:
      guard let count = Int(pieces[1]), (1...40).contains(count) else {
        throw node.error(
          zh: "\(pieces[1]) 应为 sound、year、day、home、core、coreSound 或字数",
          en: "\(pieces[1]) is sound, year, day, home, core, coreSound or a number of characters")
      }
      return KeyPart(column: column, part: .prefix(count))
    }
  }
}

extension ColumnPlan.Column {
  /// The shares of its levels, by their places: those that decide, and the last, have none.
  fileprivate func shares(_ node: YAMLNode) throws(SchemaError) -> [Int: LevelWeights.Shares] {
    let places = levels.indices.dropLast().filter { !decisive.contains($0) }
    let named = try LinkageModel.shares(node, name, places.map { levels[$0] }[...])
    return Dictionary(uniqueKeysWithValues: named.map { (places[$0.key], $0.value) })
  }
}
