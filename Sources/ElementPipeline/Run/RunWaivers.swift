import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

/// What findings are waived in a run, and how they are known again: what the site says, and what the warehouse keeps.
struct RunWaivers {
  /// The waivers, sorted by whether they hold on the day of the run.
  let waivers: Waivers
  private let keys: FindingKeys?

  private static let word = "waive="
  /// The last day of the calendar: those of a batch held when it was loaded, and that is all that counts.
  private static let lastDay = CalendarDate(year: 9_999, month: 12, day: 31)

  /// The waivers of a run beside a warehouse, nil for none: without its secret no finding is known again.
  init(_ options: DeliveryOptions, _ warehouse: Warehouse?) throws {
    let stored = try warehouse?.waivers().filter { !$0.isWithdrawn }.map(\.waiver) ?? []
    waivers = Waivers(options.provedWaivers ?? (options.configuration.waivers.map(\.waiver) + stored), on: options.today)
    let known = try warehouse?.findingSecret()
    keys = known.map { FindingKeys(secret: $0.secret, origins: $0.origins) }
  }

  /// What they come to for a dataset.
  func of(_ dataset: Dataset, _ book: RuleBook) -> Waiving { Waiving(waivers, dataset: dataset.name, keys: keys, book) }

  /// What a batch keeps of those that it used, so that its files can be planned again: each a word. What was waived one by one may have been
  /// known otherwise when it was: then it keeps all such waivers.
  func words(used result: RunResult) throws -> [String] {
    if inForce.isEmpty { return [] }
    var used: Set<String> = []
    for input in result.inputs where !input.waived.isEmpty {
      let codes = waivers.codes(of: input.map.dataset.name)
      used.formUnion(codes.filter { code in input.waived.keys.contains { $0.code == code } }.map(\.description))
      try input.findings.forEach(where: { !codes.contains($0.code) }) { finding in
        guard finding.isWaived, let own = finding.fingerprint else { return }
        used.formUnion(waivers.fingerprints.contains(own) ? [own.text] : waivers.fingerprints.map(\.text))
      }
    }
    return Set(inForce.filter { used.contains($0.name) }.map { Self.word + $0.name + ($0.dataset.map { "@\($0)" } ?? "") })
      .sorted()
  }

  private var inForce: [Waiver] { waivers.inForce }

  /// The waivers that words of a batch name.
  static func named(by words: [String]) -> [Waiver] {
    guard let lastDay else { bug("the calendar ends") }
    return words.filter { $0.utf8.starts(with: word.utf8) }.compactMap { text in
      let parts = text.dropFirst(word.count).split(separator: "@", maxSplits: 1).map(String.init)
      return parts.first.flatMap(Waiver.target).map {
        Waiver($0, dataset: parts.count > 1 ? parts[1] : nil, until: lastDay, reason: "")
      }
    }
  }
}
