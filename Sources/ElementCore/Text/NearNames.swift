/// Names that somebody may have meant, made ready once to be compared with many texts.
package struct NearNames: Sendable {
  /// The names, those of each candidate (from 0) one behind the other, as code points.
  private let names: [(candidate: Int, name: [UInt32])]
  /// Longer texts mean none of them.
  private static let longest = 64
  /// So many are listed where none is sure.
  private static let listed = 3

  /// The names of the candidates, in their order.
  package init(_ candidates: [[String]]) {
    names = candidates.enumerated().flatMap { place, names in names.map { (place, NearNames.points($0)) } }
  }

  private static func points(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// The candidate (from 0) that the text means beyond doubt: the one a name of which has the same characters in another order, one that
  /// looks or sounds like the other, or, in a word of five and more, one edit; nil where none has, or several have.
  package func sure(_ text: String) -> Int? {
    let wanted = NearNames.points(text)
    guard wanted.count > 1, wanted.count <= NearNames.longest else { return nil }
    var found: Int?
    for (candidate, name) in names where candidate != found && NearNames.isSure(wanted, name) {
      if found != nil { return nil }
      found = candidate
    }
    return found
  }

  /// The three candidates (from 0) nearest to a text, ascending and without a preference: those that share a character with it.
  package func nearest(_ text: String) -> [Int] {
    let wanted = NearNames.points(text)
    guard !wanted.isEmpty, wanted.count <= NearNames.longest else { return [] }
    // Ascending by distance, then by place: of equals the first in the list stay.
    var best: [(distance: Int, candidate: Int)] = []
    var edits = EditDistance()
    for (candidate, name) in names where name.contains(where: wanted.contains) {
      let known = best.firstIndex { $0.candidate == candidate }
      let bound =
        known.map { best[$0].distance } ?? (best.count < NearNames.listed ? .max : best[NearNames.listed - 1].distance)
      guard abs(name.count - wanted.count) < bound else { continue }
      let distance = edits.between(wanted, name)
      guard distance < bound else { continue }
      if let known { best.remove(at: known) }
      let place = best.firstIndex { ($0.distance, $0.candidate) > (distance, candidate) } ?? best.count
      best.insert((distance, candidate), at: place)
      if best.count > NearNames.listed { best.removeLast() }
    }
    return best.map(\.candidate).sorted()
  }

  private static func isSure(_ wanted: [UInt32], _ name: [UInt32]) -> Bool {
    if wanted.count == name.count {
      let other = wanted.indices.filter { wanted[$0] != name[$0] }
      if other.isEmpty { return true }
      if other.count == 1 {
        let (left, right) = (wanted[other[0]], name[other[0]])
        let table = HanTable.shared
        if table.simplified(left) == right || table.soundAlike(left, right) || table.lookAlike(left, right) { return true }
      } else if other.allSatisfy({ place in name.contains(wanted[place]) }), wanted.sorted() == name.sorted() {
        return true
      }
    }
    guard wanted.count > 4, name.count > 4, abs(wanted.count - name.count) <= 1 else { return false }
    var edits = EditDistance()
    return edits.between(wanted, name) <= 1
  }
}
