package import ElementCore

/// Decides about keys over facts in the order of key and place: what `KeyIndex` decides with a table, with the memory of one key.
package struct KeyFold {
  /// What became of each row, in the order of the facts.
  package private(set) var outcomes: [(row: RowReference, outcome: KeyOutcome)] = []
  /// All rows of each key that stands with different contents, in the order of the delivery; first key first by its first row.
  package private(set) var conflicts: [[RowReference]] = []
  private var first: KeyFact?
  /// The rows of the key behind the first, as they stand.
  private var others: [RowReference] = []
  private var isConflict = false

  /// Folds facts that are sorted by key, then by place.
  package init(_ facts: some Sequence<KeyFact>) {
    for fact in facts { add(fact) }
    endKey()
    conflicts.sort { $0[0] < $1[0] }
  }

  private mutating func add(_ fact: KeyFact) {
    guard let first, first.key == fact.key else {
      endKey()
      first = fact
      outcomes.append((fact.row, .first))
      return
    }
    isConflict = isConflict || fact.mark != first.mark
    outcomes.append((fact.row, isConflict ? .conflict : .duplicate(of: first.row)))
    let isSound = fact.row.standing == .written
    others.append(isSound ? fact.row.standing(isConflict ? .conflicting : .duplicate) : fact.row)
  }

  private mutating func endKey() {
    if isConflict, let first { conflicts.append([first.row] + others) }
    (others, isConflict) = ([], false)
  }
}
