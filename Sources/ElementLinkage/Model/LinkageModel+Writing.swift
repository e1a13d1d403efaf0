import ElementSchema

extension LinkageModel {
  /// The text of a model as another, with other shares: its version is one more.
  static func text(
    of model: LinkageModel, shares: [PersonComparison: [Int: LevelWeights.Shares]], prior: Double
  ) -> String {
    let blocking = model.blocking
    var text = """
      # Fitted by yaosu dedupe train: shares in thousandths, of a level among true pairs, among candidates of one home that are two people, and
      # among other candidates.
      model: \(model.name)
      version: \(model.version + 1)
      kind: \(model.kind.rawValue)
      prior: \(decimal(prior))
      auto: \(decimal(Double(model.auto) / Double(LevelWeights.bit)))
      ask: \(decimal(Double(model.ask) / Double(LevelWeights.bit)))
      groupTest: \(model.test.rawValue)
      entityCap: \(model.entityCap)
      blocking: {cap: \(blocking.cap), placeholder: \(blocking.placeholder), budget: \(blocking.budget)}
      lifted: [\(model.lifted.map(\.rawValue).sorted().joined(separator: ", "))]
      comparisons:

      """
    for comparison in PersonComparison.allCases {
      guard let levels = shares[comparison] else { continue }
      text += "  \(comparison.name):\n"
      for level in levels.keys.sorted() {
        guard let share = levels[level] else { continue }
        text += "    \(comparison.levels[level]): [\(decimal(share.match)), \(decimal(share.home)), \(decimal(share.away))]\n"
      }
    }
    return text
  }

  /// A number with at most three decimals, as all platforms write it.
  private static func decimal(_ number: Double) -> String {
    let thousandths = Int((number * 1_000).rounded())
    let (whole, rest) = (thousandths.magnitude / 1_000, thousandths.magnitude % 1_000)
    let digits = String(rest)
    let sign = thousandths < 0 ? "-" : ""
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole)." + String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }
}
