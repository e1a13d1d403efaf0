/// Which fields differ between the rows of each key that stands with different contents, over facts in the order of key and place: what
/// `DifferingFields` finds with a table.
package enum DifferFold {
  /// The hashes of the values of a row, field by field, and the number of its key.
  package typealias Fact = (key: Int, hashes: [UInt64])

  /// The places (from 0) of the fields in which a row differs from the first of its key, for each of so many keys.
  package static func differing(_ facts: some Sequence<Fact>, keys: Int) -> [Set<Int>] {
    var found = Array(repeating: Set<Int>(), count: keys)
    var first: Fact?
    for fact in facts {
      guard let one = first, one.key == fact.key else {
        first = fact
        continue
      }
      for place in fact.hashes.indices where fact.hashes[place] != one.hashes[place] { found[fact.key].insert(place) }
    }
    return found
  }
}
