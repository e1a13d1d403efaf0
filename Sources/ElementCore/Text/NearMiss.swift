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

  /// The candidate that the text means beyond doubt: the one a name of which has the same characters in another order, one that looks or
  /// sounds like the other, or, in a word of five and more, one edit; nil where none has, or several have.
  package static func sure<Candidate>(
    for text: String, among candidates: [Candidate], names: (Candidate) -> [String]
  ) -> Candidate? {
    let wanted = Array(text.unicodeScalars)
    guard wanted.count > 1, wanted.count <= 64 else { return nil }
    var found: Candidate?
    for candidate in candidates where names(candidate).contains(where: { isSure(wanted, Array($0.unicodeScalars)) }) {
      if found != nil { return nil }
      found = candidate
    }
    return found
  }

  private static func isSure(_ wanted: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Bool {
    if wanted == name { return true }
    if wanted.count == name.count {
      if wanted.sorted() == name.sorted() { return true }
      let other = wanted.indices.filter { wanted[$0] != name[$0] }
      if other.count == 1, let place = other.first {
        let (left, right) = (wanted[place].value, name[place].value)
        let table = HanTable.shared
        if table.simplified(left) == right || table.soundAlike(left, right) || table.lookAlike(left, right) { return true }
      }
    }
    return wanted.count > 4 && name.count > 4 && distance(wanted, name) <= 1
  }

  /// The three candidates nearest to a text, in the order of the list and without a preference: those that share a character with it.
  package static func nearest<Candidate>(
    to text: String, among candidates: [Candidate], names: (Candidate) -> [String]
  ) -> [Candidate] {
    let wanted = Array(text.unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return [] }
    let rated = candidates.enumerated().compactMap { place, candidate -> (place: Int, distance: Int)? in
      let distances = names(candidate).map { Array($0.unicodeScalars) }.filter { !Set($0).isDisjoint(with: wanted) }.map {
        distance(wanted, $0)
      }
      return distances.min().map { (place, $0) }
    }
    let nearest = rated.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.prefix(3)
    return nearest.map(\.place).sorted().map { candidates[$0] }
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
