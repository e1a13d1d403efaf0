/// Finds what somebody may have meant.
package enum NearMiss {
  /// The candidate whose nearest name differs from the text by at most a third of its characters; the first of equals.
  package static func best<Candidate>(
    for text: String, among candidates: [Candidate], names: (Candidate) -> [String]
  ) -> Candidate? {
    let wanted = text.unicodeScalars.map(\.value)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let allowed = max(1, wanted.count / 3)
    var edits = EditDistance()
    var best: (distance: Int, candidate: Candidate)?
    for candidate in candidates {
      for name in names(candidate) {
        let scalars = name.unicodeScalars.map(\.value)
        guard abs(scalars.count - wanted.count) <= allowed, scalars.count > 1 || wanted.count == 1 else { continue }
        let distance = edits.between(wanted, scalars)
        if distance <= allowed, distance < wanted.count, distance < best?.distance ?? Int.max { best = (distance, candidate) }
      }
    }
    return best?.candidate
  }
}
