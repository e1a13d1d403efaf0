/// How many edits lead from one text to another, by the optimal string alignment distance: insertions, deletions, substitutions and
/// adjacent transpositions.
package struct EditDistance {
  /// A table that has compared nothing yet.
  package init() {}

  /// The rows of the table, kept for the next pair of texts.
  private var (before, previous, current): ([Int], [Int], [Int]) = ([], [], [])

  /// The distance of two texts, as code points.
  package mutating func between(_ left: [UInt32], _ right: [UInt32]) -> Int {
    previous.removeAll(keepingCapacity: true)
    previous.append(contentsOf: 0...right.count)
    for row in left.indices {
      current.removeAll(keepingCapacity: true)
      current.append(row + 1)
      for column in right.indices {
        let cost = left[row] == right[column] ? 0 : 1
        var value = min(previous[column] + cost, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          value = min(value, before[column - 1] + 1)
        }
        current.append(value)
      }
      (before, previous, current) = (previous, current, before)
    }
    return previous[right.count]
  }
}
