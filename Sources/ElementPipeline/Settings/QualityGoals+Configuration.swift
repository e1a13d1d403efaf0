import ElementReports
import ElementSchema
import ElementWarehouse

extension QualityGoals {
  /// Takes what `quality:` of a configuration says: `targets:` in per cent and `weights:`, by the names of the dimensions.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  mutating func read(_ node: YAMLNode) throws(SchemaError) {
    try node.allow(["targets", "weights"])
    for pair in try node.optional("targets")?.pairs() ?? [] {
      let target = try pair.value.integer()
      guard (0...100).contains(target) else {
        throw pair.value.error(zh: "目标应为 0 至 100", en: "a target is a number of 0 to 100")
      }
      targets[try Self.dimension(pair.key)] = Double(target)
    }
    for pair in try node.optional("weights")?.pairs() ?? [] {
      let weight = try pair.value.integer()
      guard (0...1_000).contains(weight) else {
        throw pair.value.error(zh: "权重应为 0 至 1000 的整数", en: "a weight is a whole number of 0 to 1000")
      }
      weights[try Self.dimension(pair.key)] = weight
    }
    if weights.values.allSatisfy({ $0 == 0 }) {
      throw node.error(zh: "至少一个维度的权重要大于 0", en: "at least one weight is above 0")
    }
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
