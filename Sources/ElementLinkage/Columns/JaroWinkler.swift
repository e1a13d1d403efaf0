/// How alike two short texts are, 0 to 1, by common characters that stand near each other, and more for those that begin alike.
///
/// After M. A. Jaro (1989) and W. E. Winkler (1990): a prefix of up to four characters counts a tenth of what is missing, each.
package enum JaroWinkler {
  private static let (prefixLength, prefixScale) = (4, 0.1)

  /// The similarity of two texts as code points.
  package static func similarity(_ left: [UInt32], _ right: [UInt32]) -> Double {
    if left.isEmpty || right.isEmpty { return left.isEmpty && right.isEmpty ? 1 : 0 }
    let jaro = jaro(left, right)
    var prefix = 0
    while prefix < min(prefixLength, left.count, right.count), left[prefix] == right[prefix] { prefix += 1 }
    return jaro + Double(prefix) * prefixScale * (1 - jaro)
  }

  private static func jaro(_ left: [UInt32], _ right: [UInt32]) -> Double {
    let reach = max(0, max(left.count, right.count) / 2 - 1)
    var taken = [Bool](repeating: false, count: right.count)
    var found: [UInt32] = []
    for (place, character) in left.enumerated() {
      let near = max(0, place - reach)..<max(max(0, place - reach), min(right.count, place + reach + 1))
      if let match = near.first(where: { !taken[$0] && right[$0] == character }) {
        taken[match] = true
        found.append(character)
      }
    }
    if found.isEmpty { return 0 }
    let others = right.indices.filter { taken[$0] }.map { right[$0] }
    let moved = zip(found, others).count { $0 != $1 }
    let common = Double(found.count)
    return (common / Double(left.count) + common / Double(right.count) + (common - Double(moved / 2)) / common) / 3
  }
}
