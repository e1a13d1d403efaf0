import Crypto
import ElementCore
import ElementFormats
package import ElementSchema

extension LinkageModel {
  private static let keys = [
    "model", "version", "kind", "title", "source", "prior", "auto", "ask", "groupTest", "entityCap", "blocking", "lifted",
    "comparisons", "columns", "rules",
  ]
  /// The shares of a column may be rounded, and no more.
  private static let mostShares = 1_010.0

  /// The model in a file's text; `file` is what errors call it.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  package init(text: String, file: String) throws(SchemaError) {
    let node = try YAMLNode(text: text, file: file)
    try node.allow(Self.keys)
    name = try node.required("model").text()
    version = try node.required("version").integer(1...1_000_000)
    guard let kind = try node.choice("kind", LinkageKind.allCases) else {
      throw node.error(zh: "缺少 kind", en: "kind is missing")
    }
    self.kind = kind
    prior = try node.required("prior").decimal(0.001...0.999)
    let (auto, ask) = (try node.required("auto").decimal(-60...60), try node.required("ask").decimal(-60...60))
    guard auto >= ask else {
      throw try node.required("auto").error(zh: "auto 不能低于 ask", en: "auto is not less than ask")
    }
    (self.auto, self.ask) = (Self.weight(ofBits: auto), Self.weight(ofBits: ask))
    test = try node.choice("groupTest", GroupTest.allCases) ?? .average
    entityCap = try node.optional("entityCap")?.integer(2...200) ?? 20
    blocking = try BlockingLimits(try node.optional("blocking"))
    lifted = try Self.lifted(try node.optional("lifted"))
    if let columns = try node.optional("columns") {
      plan = try ColumnPlan(columns: columns, rules: try node.required("rules"), kind)
      shares = [:]
    } else {
      guard kind == .person else {
        throw try node.required("kind").error(
          zh: "\(kind.rawValue) 的模型写 columns", en: "a model of \(kind.rawValue) has columns")
      }
      plan = nil
      shares = try Self.shares(try node.required("comparisons"))
    }
    self.text = text
    digest = Hexadecimal.text(Array(SHA256.hash(data: Array(text.utf8))))
  }

  /// A number of bits in 1/1024 bit.
  package static func weight(ofBits bits: Double) -> Int32 { Int32((bits * Double(LevelWeights.bit)).rounded()) }

  private static func lifted(_ node: YAMLNode?) throws(SchemaError) -> Set<LinkageGuard> {
    var lifted: Set<LinkageGuard> = []
    for item in try node?.list() ?? [] {
      guard let barrier = LinkageGuard(rawValue: try item.text()), LinkageGuard.liftable.contains(barrier) else {
        let names = LinkageGuard.liftable.map(\.rawValue).sorted().joined(separator: ", ")
        throw item.error(
          zh: "护栏 \(try item.text()) 不能解除，可解除的有：\(names)",
          en: "the guard \(try item.text()) cannot be lifted; those that can be are \(names)")
      }
      lifted.insert(barrier)
    }
    return lifted
  }

  private static func shares(_ node: YAMLNode) throws(SchemaError) -> [PersonComparison: [Int: LevelWeights.Shares]] {
    var shares: [PersonComparison: [Int: LevelWeights.Shares]] = [:]
    for (key, value) in try node.pairs() {
      let name = try key.text()
      guard let comparison = PersonComparison.allCases.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        let names = PersonComparison.allCases.map(\.name).joined(separator: ", ")
        throw key.error(zh: "没有比较项 \(name)，可用：\(names)", en: "there is no comparison \(name); use one of \(names)")
      }
      shares[comparison] = try levels(value, comparison)
    }
    for comparison in PersonComparison.allCases where comparison != .certificate && shares[comparison] == nil {
      throw node.error(zh: "缺少比较项 \(comparison.name)", en: "the comparison \(comparison.name) is missing")
    }
    return shares
  }

  private static func levels(_ node: YAMLNode, _ comparison: PersonComparison) throws(SchemaError) -> [Int: LevelWeights.Shares]
  {
    let named = try shares(node, comparison.name, comparison.levels.filter { !comparison.decisive.contains($0) }[...])
    let wanted = comparison.levels.filter { !comparison.decisive.contains($0) }
    return Dictionary(
      uniqueKeysWithValues: named.map { place, share in (comparison.levels.firstIndex(of: wanted[place]) ?? 0, share) })
  }

  /// The shares of levels by their places among the wanted ones: two or three thousandths each, of each level.
  static func shares(
    _ node: YAMLNode, _ comparison: String, _ wanted: ArraySlice<String>
  ) throws(SchemaError) -> [Int: LevelWeights.Shares] {
    var shares: [Int: LevelWeights.Shares] = [:]
    for (key, value) in try node.pairs() {
      let name = try key.text()
      guard let level = wanted.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
        throw key.error(
          zh: "\(comparison) 没有等级 \(name)，可用：\(wanted.joined(separator: ", "))",
          en: "\(comparison) has no level \(name); use one of \(wanted.joined(separator: ", "))")
      }
      let numbers = try value.list()
      guard (2...3).contains(numbers.count) else {
        throw value.error(zh: "这里应为两个或三个千分数", en: "two or three thousandths should stand here")
      }
      let match = try numbers[0].decimal(0.000_1...1_000)
      let home = try numbers[1].decimal(0.000_1...1_000)
      shares[level] = LevelWeights.Shares(match: match, home: home, away: try numbers.last?.decimal(0.000_1...1_000) ?? home)
    }
    for (place, name) in wanted.enumerated() where shares[place] == nil {
      throw node.error(zh: "\(comparison) 缺少等级 \(name)", en: "\(comparison) has no level \(name)")
    }
    let all = shares.values
    let sums = [all.reduce(0) { $0 + $1.match }, all.reduce(0) { $0 + $1.home }, all.reduce(0) { $0 + $1.away }]
    guard sums.allSatisfy({ $0 <= mostShares }) else {
      throw node.error(zh: "\(comparison) 某一列的千分数之和超过 1000", en: "a column of \(comparison) adds up to more than 1000")
    }
    return shares
  }
}

extension BlockingLimits {
  /// The bounds that a model gives; the shipped ones where it gives none.
  init(_ node: YAMLNode?) throws(SchemaError) {
    self.init()
    try node?.allow(["cap", "placeholder", "budget"])
    cap = try node?.optional("cap")?.integer(2...5_000) ?? cap
    placeholder = try node?.optional("placeholder")?.integer(2...5_000) ?? placeholder
    budget = try node?.optional("budget")?.integer(1...1_000) ?? budget
  }
}

extension YAMLNode {
  /// The number of a scalar, within bounds.
  func decimal(_ range: ClosedRange<Double>) throws(SchemaError) -> Double {
    guard let number = Double(try text()), range.contains(number) else {
      throw error(
        zh: "这里应为 \(range.lowerBound) 到 \(range.upperBound) 的数",
        en: "a number from \(range.lowerBound) to \(range.upperBound) should stand here")
    }
    return number
  }

  /// The whole number of a scalar, within bounds.
  func integer(_ range: ClosedRange<Int>) throws(SchemaError) -> Int {
    guard range.contains(try integer()) else {
      throw error(
        zh: "这里应为 \(range.lowerBound) 到 \(range.upperBound) 的整数",
        en: "a whole number from \(range.lowerBound) to \(range.upperBound) should stand here")
    }
    return try integer()
  }
}
