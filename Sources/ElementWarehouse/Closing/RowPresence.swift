/// What a load says of stored rows of a dataset by listing them, or not.
package final class RowPresence {
  /// The stored rows that the delivery replaces; nil where it only adds and changes.
  let scope: ScopedRows?
  /// The rows that are closed because a list lacked them.
  private let closed: RowSet
  private var listed = RowSet()
  private var entered = RowSet()
  /// How many rows of the delivery wait of which nobody can say whom they list.
  private var unreadableCount = 0

  /// What a load does to rows by listing them, or not.
  package struct Outcome: Sendable, Hashable {
    /// The rows of the scope that the delivery lacks, by their numbers, ascending.
    package var closing: [Int64] = []
    /// The rows that it lists again after a list had lacked them, by their numbers, ascending.
    package var opening: [Int64] = []
    /// How many open rows the scope had; nil where the load replaces nothing.
    package var scopeCount: Int?
    /// How many rows of the dataset reach no area, and are in no scope but the whole.
    package var withoutArea = 0
    /// How many rows that it lacks belong to other offices, and are not closed.
    package var owned = 0
    /// How many rows wait of which nobody can say whom they list: nothing is closed then.
    package var unreadable = 0
  }

  /// Whether the rows that the delivery lists are closed, instead of those that it lacks.
  private let closesListed: Bool

  /// The presence of rows of which nothing is said yet.
  init(scope: ScopedRows?, closed: RowSet, closesListed: Bool = false) {
    (self.scope, self.closed, self.closesListed) = (scope, closed, closesListed)
  }

  /// Is told of a stored row that a row of the delivery names, which waits.
  package func list(_ row: Int64) {
    listed.insert(row)
    entered.remove(row)
  }

  /// Is told of a stored row that stands as the delivery says it.
  package func enter(_ row: Int64) {
    listed.insert(row)
    entered.insert(row)
  }

  /// Is told of rows that wait of which nobody can say whom they list.
  package func noteUnreadable(_ count: Int = 1) { unreadableCount += count }

  /// What it comes to, when all rows are decided; rows that belong to others by `isOwned` are not closed.
  package func outcome(isOwned: (Int64) -> Bool) -> Outcome {
    var outcome = Outcome(unreadable: scope == nil ? 0 : unreadableCount)
    if let scope {
      (outcome.scopeCount, outcome.withoutArea) = (scope.count, scope.withoutArea)
      scope.rows.forEach { row in
        if unreadableCount > 0 || listed.contains(row) { return }
        if isOwned(row) { outcome.owned += 1 } else { outcome.closing.append(row) }
      }
    }
    if closesListed {
      listed.forEach { row in
        if closed.contains(row) { return }
        if isOwned(row) { outcome.owned += 1 } else { outcome.closing.append(row) }
      }
    }
    closed.forEach { if entered.contains($0) { outcome.opening.append($0) } }
    return outcome
  }
}
