package import ElementCore
import ElementFormats
import ElementLinkage
import ElementSchema
import ElementRules
import ElementWarehouse

/// What a search tells of beside pairs and groups: a rule, how often it holds, and what its message says.
package struct LinkageFinding: Sendable {
  /// The rule, of the family W.
  package let rule: RuleDescriptor
  /// How many pairs, or records, it is about.
  package let count: Int
  private let facts: [(name: String, value: LocalizedText)]

  private init(_ rule: RuleDescriptor, _ count: Int, _ facts: [(name: String, value: LocalizedText)] = []) {
    (self.rule, self.count, self.facts) = (rule, count, facts)
  }

  /// The message in both languages.
  package var message: LocalizedText {
    func filled(_ text: String, _ language: Language) -> String {
      facts.reduce(text.replacing("{count}", with: "\(count)")) { $0.replacing("{\($1.name)}", with: $1.value[language]) }
    }
    return LocalizedText(zh: filled(rule.message.zh, .zh), en: filled(rule.message.en, .en))
  }

  /// What pairs and rules say that were found by a model.
  static func of(_ outcome: LinkageOutcome, _ model: LinkageModel) -> [LinkageFinding] {
    func count(_ barrier: LinkageGuard) -> Int { outcome.pairs.count { $0.judgement.barrier == barrier } }
    let most = LocalizedText(zh: "\(model.entityCap)", en: "\(model.entityCap)")
    let found = [
      LinkageFinding(OneNumberTwoPeople.descriptor, count(.oneNumber)),
      LinkageFinding(TwoNumbersOnePerson.descriptor, model.kind == .person ? count(.twoNumbers) : 0),
      LinkageFinding(EntityAtCap.descriptor, count(.cap), [("most", most)]),
      LinkageFinding(RecordUnlinkable.descriptor, outcome.unlinkable),
    ]
    let blocks = outcome.rules.filter { $0.leftOutBlocks > 0 }.map { rule in
      LinkageFinding(
        BlockTooLarge.descriptor, rule.leftOutPairs,
        [
          ("rule", LocalizedText(zh: rule.name, en: rule.name)),
          ("blocks", LocalizedText(zh: "\(rule.leftOutBlocks)", en: "\(rule.leftOutBlocks)")),
        ])
    }
    return found.filter { $0.count > 0 } + blocks
  }

  /// An answer that cannot hold, and what forbids it.
  static func contradicted(_ decision: StoredDecision, _ barrier: LinkageGuard) -> LinkageFinding {
    func name(_ row: RowName) -> LocalizedText {
      LocalizedText(zh: "\(row.dataset) 第 \(row.row) 号", en: "\(row.dataset) row \(row.row)")
    }
    return LinkageFinding(
      DecisionContradicted.descriptor, 1,
      [("left", name(decision.left)), ("right", name(decision.right)), ("reason", barrier.name)])
  }

  /// Waiting rows about people who stand already.
  static func known(_ count: Int) -> LinkageFinding { LinkageFinding(ProbablyKnown.descriptor, count) }

  /// The same for programs.
  func object(_ language: Language) -> JSONValue {
    .object([
      ("code", .text(rule.code.description)), ("symbol", .text(rule.symbol)), ("severity", .text(rule.severity.rawValue)),
      ("count", .integer(count)), ("message", .text(message[language])),
    ])
  }
}
