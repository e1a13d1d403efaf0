import ElementCore

/// Compares the numbers that rows state with what other rows come to, over facts in the order of `TotalFact.isBefore`: what `TotalTally`
/// compares with tables, with the memory of one key.
package struct TotalFold {
  /// The rows whose number differs, in the order of the delivery, and what was counted.
  package private(set) var differing: [TotalTally.Difference] = []
  private let isComplete: Bool
  private var key: UInt64?
  private var stated: [TotalFact.Stated] = []
  private var count: TotalCount?
  private var lastPair: UInt64 = 0

  /// Folds facts that are sorted; where nothing was counted a row is judged if the delivery is complete.
  package init(_ facts: some Sequence<TotalFact>, isComplete: Bool) {
    self.isComplete = isComplete
    for fact in facts {
      if key != fact.key {
        endKey()
        (key, stated, count, lastPair) = (fact.key, [], nil, 0)
      }
      add(fact)
    }
    endKey()
    differing.sort { $0.stated.row < $1.stated.row }
  }

  private mutating func add(_ fact: TotalFact) {
    if case .stated(let number) = fact.content { return stated.append(number) }
    let counts = fact.pair == 0 || fact.pair != lastPair
    lastPair = fact.pair
    count = count ?? TotalCount()
    count?.add(counts ? fact.content : .present)
  }

  private mutating func endKey() {
    guard let total = (count ?? (isComplete ? TotalCount() : nil))?.total else { return }
    differing += stated.filter { $0.number != total }.map { ($0, total) }
  }
}
