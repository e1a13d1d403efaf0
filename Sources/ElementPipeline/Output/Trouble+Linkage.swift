import ElementCore
import ElementLinkage

extension Trouble {
  /// What the program's object says of a run that ended so.
  package var outcome: Outcome { kind == Self.holdKind ? .held : exitCode == 5 ? .failed : .refused }

  private static let holdKind = "hold"

  /// Why records are not compared.
  init(_ error: TooManyPairs) {
    self.init(
      kind: Self.holdKind,
      message: LocalizedText(
        zh: "要比对 \(error.pairs) 对，超过上限 \(error.most)，没有比对",
        en: "\(error.pairs) pairs would be compared, more than \(error.most): nothing was"),
      hint: LocalizedText(
        zh: "用 --plan 看各条规则要比对多少对；确认无误后放宽 --max-pairs",
        en: "--plan shows the pairs of each rule; allow more with --max-pairs when that is right"),
      file: nil, line: 0, column: 0, exitCode: 4)
  }

  /// Why people are not joined.
  init(_ error: TooManyMerges) {
    self.init(
      kind: Self.holdKind,
      message: LocalizedText(
        zh: "有 \(error.rows) 条记录会换人，超过上限 \(error.most) 条，什么都没有改",
        en: "\(error.rows) rows would change their person, more than \(error.most): nothing was changed"),
      hint: LocalizedText(
        zh: "先用 --dry-run 查看；确认无误后用 --max-merges 放宽",
        en: "Look with --dry-run; allow more with --max-merges when that is right"),
      file: nil, line: 0, column: 0, exitCode: 4)
  }

  /// Why nothing is learned, and the model stays.
  init(_ refusal: PersonTraining.Refusal) {
    let message: LocalizedText
    switch refusal {
    case .fewLabels(let same, let different, let least):
      message = LocalizedText(
        zh: "号码相同的 \(same) 对、两个有效号码不同的 \(different) 对，各至少要 \(least) 对",
        en: "\(same) pairs have one number and \(different) two valid ones; it takes \(least) of each")
    case .lopsided(let prior):
      message = LocalizedText(
        zh: "学到的结果不可信（同一人的比例 \(prior)）", en: "what was learned cannot be (a share of \(prior) would be one person)")
    case .harmful(let expected, let linked):
      let strangers = Int(expected.rounded(.up))
      message = LocalizedText(
        zh: "学到的模型估计会误并 \(strangers) 对（自动合并 \(linked) 对），超过千分之五",
        en: "what was learned would join some \(strangers) pairs of two people, of \(linked)")
    case .inverted:
      message = LocalizedText(
        zh: "学到的结果不可信（姓名不同反而像同一人）", en: "what was learned cannot be (other names would say more)")
    }
    self.init(
      kind: "training", message: message,
      hint: LocalizedText(
        zh: "保留原模型；可换用记录更多、号码更全的名册再试", en: "The model stays; try rosters of more records, with more numbers"),
      file: nil, line: 0, column: 0, exitCode: 1)
  }
}
