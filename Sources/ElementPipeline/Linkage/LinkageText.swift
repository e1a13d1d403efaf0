package import ElementCore
import ElementLinkage
import Foundation

/// What a search for the same people says: the plan, the balance, and JSON.
package struct LinkageText {
  private let result: FileLinkageResult
  private let language: Language

  /// The texts about what was found.
  package init(_ result: FileLinkageResult, _ language: Language) { (self.result, self.language) = (result, language) }

  /// The probability that a weight in bits stands for.
  package static func probability(_ bits: Double) -> Double { 1 / (1 + exp2(-bits)) }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The table of the rules.
  package var plan: String {
    var text = say(
      "规则\t键\t记录对\t新记录对\t最大的块\t未比对\n", "rule\tkeys\tpairs\tnew pairs\tlargest block\tleft out\n")
    for rule in result.outcome.rules {
      text += "\(rule.name)\t\(rule.keys)\t\(rule.pairs)\t\(rule.newPairs)\t\(rule.largest)\t\(rule.leftOutPairs)\n"
    }
    return text
  }

  /// What was found, in a few lines, and what to do next.
  package var summary: String {
    var text = ""
    let outcome = result.outcome
    for rule in outcome.rules where rule.leftOutBlocks > 0 {
      text += say(
        "规则 \(rule.name) 有 \(rule.leftOutBlocks) 组相同的值过于集中，其中 \(rule.leftOutPairs) 对记录没有比对；请检查是不是统一填写的代用值\n",
        "Rule \(rule.name): \(rule.leftOutBlocks) values are so frequent that \(rule.leftOutPairs) pairs were not compared; look whether they stand in for missing ones\n"
      )
    }
    if result.crowdedValues > 0 {
      text += say(
        "\(result.crowdedValues) 个电话或住处被 \(result.model.blocking.placeholder) 条以上的记录共用，不作为依据\n",
        "\(result.crowdedValues) telephones or homes are shared by more than \(result.model.blocking.placeholder) records and count for nothing\n")
    }
    if result.isPlan { return text }
    let groups = Set(outcome.groups).count
    text += say(
      "\(outcome.groups.count) 条记录，认为是 \(groups) 个人" + (result.isBestGuess ? "（最佳推测，只用于统计和评估）\n" : "（只合并有把握的）\n"),
      "\(outcome.groups.count) records of \(groups) people" + (result.isBestGuess ? " (a best guess, for counts and measures only)\n" : " (joined where it is sure)\n"))
    return text
  }

  /// The last line: what was compared and what became of it.
  package var balance: String {
    let outcome = result.outcome
    let counts = LinkTier.allCases.map { outcome.count($0) }
    let apart = outcome.compared - counts.reduce(0, +)
    return say(
      "比对 \(outcome.compared) 对 = 确定 \(counts[0]) + 自动 \(counts[1]) + 待核对 \(counts[2]) + 拦下 \(counts[3]) + 不同 \(apart)",
      "compared \(outcome.compared) pairs = certain \(counts[0]) + auto \(counts[1]) + asked \(counts[2]) + guarded \(counts[3]) + apart \(apart)")
  }
}
