import ElementCore
import ElementLinkage
import ElementSchema
import ElementWarehouse

extension WarehouseLinkage {
  /// A decision that they are two holds until the weight has risen by so much.
  private static var rise: Int32 { 6 * LevelWeights.bit }

  /// What people said of rows that are there, by the places of these.
  struct Said {
    var same: [(pair: (UInt32, UInt32), decision: StoredDecision)] = []
    var apart: [(pair: (UInt32, UInt32), decision: StoredDecision)] = []
    var unsure: [(pair: (UInt32, UInt32), decision: StoredDecision)] = []

    init(_ decisions: [StoredDecision], _ rows: StoredRowsToLink) {
      for decision in decisions {
        guard let left = rows.place(decision.left), let right = rows.place(decision.right) else { continue }
        let pair = (min(left, right), max(left, right))
        switch decision.answer {
        case .same: same.append((pair, decision))
        case .notSame: apart.append((pair, decision))
        case .unsure: unsure.append((pair, decision))
        }
      }
    }
  }

  /// A question for each two groups of which some pair is to be asked about, unless somebody has answered it.
  func questions(
    _ outcome: LinkageOutcome, _ rows: StoredRowsToLink, _ said: Said, _ session: LinkageSession
  ) throws -> [StoredQuestion] {
    var best: [UInt64: (pair: LinkedPair, count: Int)] = [:]
    var order: [UInt64] = []
    for pair in outcome.pairs
    where pair.tier == .ask || pair.judgement.barrier == .oneNumber || pair.judgement.barrier == .decided {
      let (one, other) = (outcome.groups[Int(pair.left)], outcome.groups[Int(pair.right)])
      if one == other { continue }
      let key = UInt64(min(one, other)) << 32 | UInt64(max(one, other))
      if best[key] == nil { order.append(key) }
      best[key] = (best[key]?.pair ?? pair, (best[key]?.count ?? 0) + 1)
    }
    let answers = Answers(said.apart + said.unsure, outcome.groups)
    var questions: [StoredQuestion] = []
    for key in order {
      guard let (pair, count) = best[key] else { continue }
      guard let state = answers.state(pair, key, rise: Self.rise) else { continue }
      questions.append(
        StoredQuestion(link: link(pair, rows), pairs: count, grid: "", state: state))
    }
    for place in outcome.contradictions.keys.sorted() {
      let decision = said.same[place].decision
      let link = StoredLink(
        left: decision.left, right: decision.right, pattern: decision.pattern, weight: decision.weight,
        tier: LinkTier.ask.rawValue,
        barrier: outcome.contradictions[place]?.rawValue)
      if questions.contains(where: { Set([$0.link.left, $0.link.right]) == [link.left, link.right] }) { continue }
      questions.append(StoredQuestion(link: link, pairs: 1, grid: "", state: .contradicted))
    }
    return try located(questions, session)
  }

  /// What was answered between two groups.
  private struct Answers {
    private var decisions: [UInt64: [StoredDecision]] = [:]

    init(_ said: [(pair: (UInt32, UInt32), decision: StoredDecision)], _ groups: [UInt32]) {
      for (pair, decision) in said {
        let (one, other) = (groups[Int(pair.0)], groups[Int(pair.1)])
        decisions[UInt64(min(one, other)) << 32 | UInt64(max(one, other)), default: []].append(decision)
      }
    }

    /// What a question about two groups waits for; nil where an answer still holds.
    func state(_ pair: LinkedPair, _ key: UInt64, rise: Int32) -> StoredQuestion.State? {
      guard let decisions = decisions[key] else { return .open }
      let isAnswered = decisions.contains { decision in
        switch decision.answer {
        // What was parted by hand stays so, whatever agrees.
        case .notSame: decision.weight == .max || pair.judgement.weight - decision.weight < rise
        case .unsure: decision.pattern == Int64(pair.judgement.pattern)
        case .same: false
        }
      }
      return isAnswered ? nil : .stale
    }
  }

  /// The questions with the grids of their first rows.
  private func located(_ questions: [StoredQuestion], _ session: LinkageSession) throws -> [StoredQuestion] {
    var grids: [RowName: String] = [:]
    for (name, some) in Dictionary(grouping: questions.map(\.link.left), by: \.dataset) {
      guard let dataset = pack.dataset(name), let field = dataset.linkage?.field(.grid) else { continue }
      for (id, values) in try session.values(dataset, [field], of: some.map(\.row)) { grids[RowName(name, id)] = values.first }
    }
    return questions.map { question in
      StoredQuestion(link: question.link, pairs: question.pairs, grid: grids[question.link.left] ?? "", state: question.state)
    }
  }
}
