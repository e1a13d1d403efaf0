/// Finds what somebody may have meant.
package enum NearMiss {
  /// The candidate whose nearest name differs from the text by at most a third of its characters; the first of equals.
  package static func best<Candidate>(
    for text: String, among candidates: [Candidate], names: (Candidate) -> [String]
  ) -> Candidate? {
    let wanted = Array(text.unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let allowed = max(1, wanted.count / 3)
    var best: (distance: Int, candidate: Candidate)?
    for candidate in candidates {
      for name in names(candidate) {
        let scalars = Array(name.unicodeScalars)
        guard abs(scalars.count - wanted.count) <= allowed, scalars.count > 1 || wanted.count == 1 else { continue }
        let distance = distance(wanted, scalars)
        if distance <= allowed, distance < wanted.count, distance < best?.distance ?? Int.max { best = (distance, candidate) }
      }
    }
    return best?.candidate
  }

  /// The optimal string alignment distance: insertions, deletions, substitutions and adjacent transpositions.
  package static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let cost = left[row] == right[column] ? 0 : 1
        var value = min(previous[column] + cost, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          value = min(value, before[column - 1] + 1)
        }
        current.append(value)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
