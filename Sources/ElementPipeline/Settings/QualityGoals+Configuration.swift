import ElementReports
import ElementSchema
import ElementWarehouse

extension QualityGoals {
  /// Takes what `quality:` of a configuration says: `targets:` in per cent and `weights:`, by the names of the dimensions, the limits of
  /// `drift:`, the standard of `indicators:`, and the site's own `grades:`.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  mutating func read(_ node: YAMLNode) throws(SchemaError) {
    try node.allow(["targets", "weights", "drift", "indicators", "grades"])
    for pair in try node.optional("targets")?.pairs() ?? [] {
      targets[try Self.dimension(pair.key)] = try Self.number(pair.value, 0...100)
    }
    for pair in try node.optional("weights")?.pairs() ?? [] {
      weights[try Self.dimension(pair.key)] = Int(try Self.number(pair.value, 0...1_000))
    }
    if weights.values.allSatisfy({ $0 == 0 }) {
      throw node.error(zh: "至少一个维度的权重要大于 0", en: "at least one weight is above 0")
    }
    if let standard = try node.choice("indicators", QualityStandard.allCases) { self.standard = standard }
    if let limits = try node.optional("drift") { try drift.read(limits) }
    for grade in try node.optional("grades")?.list() ?? [] {
      grades.append(try Self.number(grade, 0...100))
      if grades.count > 1, grades[grades.count - 1] >= grades[grades.count - 2] {
        throw grade.error(zh: "等级应从高到低", en: "grades go from the highest down")
      }
    }
  }

  /// A whole number of a range.
  fileprivate static func number(_ node: YAMLNode, _ range: ClosedRange<Int>) throws(SchemaError) -> Double {
    let number = try node.integer()
    guard range.contains(number) else {
      throw node.error(
        zh: "应为 \(range.lowerBound) 至 \(range.upperBound) 的整数",
        en: "is not a whole number of \(range.lowerBound) to \(range.upperBound)")
    }
    return Double(number)
  }

  private static func dimension(_ node: YAMLNode) throws(SchemaError) -> QualityDimension {
    let name = try node.text()
    guard let found = QualityDimension.allCases.first(where: { "\($0)".utf8.elementsEqual(name.utf8) }) else {
      let names = QualityDimension.allCases.map { "\($0)" }.joined(separator: ", ")
      throw node.error(zh: "没有维度 \(name)；可用：\(names)", en: "there is no dimension \(name); use one of \(names)")
    }
    return found
  }
}

extension DriftLimits {
  /// Takes what `drift:` says: `rows` in per cent, `filled` in points, `mix` in hundredths of the stability index, and the `least` rows.
  fileprivate mutating func read(_ node: YAMLNode) throws(SchemaError) {
    try node.allow(["rows", "filled", "mix", "least"])
    if let limit = try node.optional("rows") { rows = try QualityGoals.number(limit, 1...1_000) }
    if let limit = try node.optional("filled") { filled = try QualityGoals.number(limit, 1...100) }
    if let limit = try node.optional("mix") { mix = try QualityGoals.number(limit, 1...1_000) / 100 }
    if let limit = try node.optional("least") { least = Int(try QualityGoals.number(limit, 1...1_000_000)) }
  }
}
