package import ElementCore
package import ElementFormats
import ElementLinkage
import ElementSchema
import ElementWarehouse

/// What a search for the same people says: the plan, what was found, the balance, and JSON.
package struct LinkageText {
  private let outcome: LinkageOutcome
  private let model: LinkageModel
  private let rowCount: Int
  private let crowdedValues: Int
  private let unreadableCount: Int
  private let isPlan: Bool
  private let isBestGuess: Bool
  /// What was found in one share of the keys; nil for all of them.
  private let shard: LinkageShard?
  /// What is told beside pairs and groups: those at or above a severity may end a command with 1.
  package let findings: [LinkageFinding]
  /// What only a search in a warehouse has.
  private let stored: WarehouseLinkageResult?
  private let language: Language

  /// The texts about what was found in files.
  package init(_ result: FileLinkageResult, _ language: Language) {
    (outcome, model, rowCount, crowdedValues) = (
      result.outcome, result.model, result.outcome.groups.count, result.crowdedValues
    )
    (isPlan, isBestGuess, stored, self.language) = (result.isPlan, result.isBestGuess, nil, language)
    (unreadableCount, shard, findings) = (result.rows.unreadableCount, result.shard, result.findings)
  }

  /// The texts about what was found in a warehouse.
  package init(_ result: WarehouseLinkageResult, _ language: Language) {
    (outcome, model, rowCount, crowdedValues) = (result.outcome, result.model, result.rows, result.crowdedValues)
    (isPlan, isBestGuess, stored, self.language) = (result.outcome.ways.isEmpty, false, result, language)
    (unreadableCount, shard, findings) = (0, nil, result.findings)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The table of the rules.
  package var plan: String {
    var text = say("规则\t键\t记录对\t新记录对\t最大的块\t未比对\n", "rule\tkeys\tpairs\tnew pairs\tlargest block\tleft out\n")
    for rule in outcome.rules {
      text += "\(rule.name)\t\(rule.keys)\t\(rule.pairs)\t\(rule.newPairs)\t\(rule.largest)\t\(rule.leftOutPairs)\n"
    }
    return text
  }

  /// What was found, in a few lines, and what to do next.
  package var summary: String {
    var text = ""
    if unreadableCount > 0 {
      text += say(
        "\(unreadableCount) 条记录无法读出，没有比对；用 yaosu check 查看原因\n",
        "\(unreadableCount) records cannot be read and were not compared; yaosu check says why\n")
    }
    if crowdedValues > 0 {
      text += say(
        "\(crowdedValues) 个电话或住处被 \(model.blocking.placeholder) 条以上的记录共用，不作为依据\n",
        "\(crowdedValues) telephones or homes are shared by more than \(model.blocking.placeholder) records and count for nothing\n"
      )
    }
    for finding in findings {
      let severity = finding.rule.severity.name[language]
      text += "\(finding.rule.code) \(severity)  \(finding.message[language])\n"
    }
    if isPlan { return text }
    if let shard { return text + part(shard) }
    guard let stored else { return text + groups }
    return text + people(stored)
  }

  private var things: String { model.kind.things[language] }

  private func part(_ shard: LinkageShard) -> String {
    let (number, count) = (shard.share.number, shard.share.count)
    return say(
      "第 \(number) 份（共 \(count) 份）：记下 \(shard.pairs.count) 对；各份都做完后，用 yaosu dedupe find --from-shards 合并\n",
      "Share \(number) of \(count): \(shard.pairs.count) pairs are kept; when all shares are done, yaosu dedupe find --from-shards joins them\n"
    )
  }

  private var groups: String {
    let groups = Set(outcome.groups).count
    return say(
      "\(rowCount) 条记录，认为是 \(groups) \(things)" + (isBestGuess ? "（最佳推测，只用于统计和评估）\n" : "（只合并有把握的）\n"),
      "\(rowCount) records of \(groups) \(things)"
        + (isBestGuess ? " (a best guess, for counts and measures only)\n" : " (joined where it is sure)\n"))
  }

  private func people(_ stored: WarehouseLinkageResult) -> String {
    var text = ""
    if let entities = stored.entities {
      text += say(
        "\(rowCount) 条记录，\(stored.entityCount) \(things)：新增编号 \(entities.created.count)，合并 \(entities.merged)，拆分 \(entities.split)，停用编号 \(entities.retired.count)\n",
        "\(rowCount) rows of \(stored.entityCount) \(things): \(entities.created.count) new numbers, \(entities.merged) merged, \(entities.split) split, \(entities.retired.count) numbers ended\n"
      )
    } else {
      text += say(
        "\(rowCount) 条记录已比对；用 yaosu dedupe find --apply 合并有把握的\n",
        "\(rowCount) rows were compared; yaosu dedupe find --apply joins those that are sure\n")
    }
    if stored.questions.open > 0 {
      text += say(
        "待核对 \(stored.questions.open) 题，其中新增 \(stored.questions.new) 题；用 yaosu dedupe review 核对\n",
        "\(stored.questions.open) questions wait, \(stored.questions.new) of them new; yaosu dedupe review asks them\n")
    }
    return text
  }

  /// The last line: what was compared and what became of it.
  package var balance: String {
    if shard != nil { return say("比对 \(outcome.compared) 对", "compared \(outcome.compared) pairs") }
    let counts = LinkTier.allCases.map { outcome.count($0) }
    let apart = outcome.compared - counts.reduce(0, +)
    return say(
      "比对 \(outcome.compared) 对 = 确定 \(counts[0]) + 自动 \(counts[1]) + 待核对 \(counts[2]) + 拦下 \(counts[3]) + 不同 \(apart)",
      "compared \(outcome.compared) pairs = certain \(counts[0]) + auto \(counts[1]) + asked \(counts[2]) + guarded \(counts[3]) + apart \(apart)"
    )
  }

  /// The same for programs; `applied` where answers were taken.
  package func object(_ version: String, applied: Bool = false) -> JSONValue {
    let counts = LinkTier.allCases.map { ($0.rawValue, JSONValue.integer(outcome.count($0))) }
    let barriers = LinkageGuard.allCases.compactMap { barrier -> (String, JSONValue)? in
      let count = outcome.pairs.count { $0.judgement.barrier == barrier }
      return count == 0 ? nil : (barrier.rawValue, .integer(count))
    }
    var members: [(String, JSONValue)] = [
      ("format", .integer(1)), ("command", .text(applied ? "dedupe apply" : "dedupe find")), ("version", .text(version)),
      ("outcome", .text(applied ? "applied" : shard == nil ? "found" : "shard")),
      ("kind", .text(model.kind.rawValue)), ("run", stored?.run.map { .integer($0) } ?? .null),
      ("model", .object([("name", .text(model.name)), ("version", .integer(model.version)), ("digest", .text(model.digest))])),
      ("rows", .object([("member", .integer(rowCount)), ("unreadable", .integer(unreadableCount))])),
      (
        "blocking",
        .object([
          ("keys", .integer(outcome.rules.reduce(0) { $0 + $1.keys })), ("pairs", .integer(outcome.compared)),
          ("leftOut", .integer(outcome.rules.reduce(0) { $0 + $1.leftOutPairs })), ("crowdedValues", .integer(crowdedValues)),
          (
            "rules",
            .list(
              outcome.rules.map {
                .object([
                  ("name", .text($0.name)), ("keys", .integer($0.keys)), ("pairs", .integer($0.pairs)),
                  ("newPairs", .integer($0.newPairs)),
                  ("largest", .integer($0.largest)), ("leftOut", .integer($0.leftOutPairs)), ("cap", .integer($0.cap)),
                ])
              })
          ),
        ])
      ),
      ("pairs", .object([("compared", .integer(outcome.compared))] + counts + [("guards", .object(barriers))])),
    ]
    if let stored {
      members.append(
        ("questions", .object([("open", .integer(stored.questions.open)), ("new", .integer(stored.questions.new))])))
      let entities = stored.entities
      members.append(
        (
          "entities",
          .object([
            ("count", .integer(stored.entityCount)), ("created", .integer(entities?.created.count ?? 0)),
            ("restored", .integer(entities?.restored.count ?? 0)), ("merged", .integer(entities?.merged ?? 0)),
            ("split", .integer(entities?.split ?? 0)), ("retired", .integer(entities?.retired.count ?? 0)),
          ])
        ))
    } else if !isPlan, shard == nil {
      members.append(("entities", .object([("count", .integer(Set(outcome.groups).count))])))
    }
    members.append(("findings", .list(findings.map { $0.object(language) })))
    return .object(members + [("error", .null)])
  }
}
