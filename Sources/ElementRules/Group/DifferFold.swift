/// Which fields contradict each other between the rows of each key that stands with different contents, over facts in the order of key and
/// place: what `DifferingFields` finds with a table.
package enum DifferFold {
  /// The hashes of the values of a row, field by field, 0 where it says nothing, and the number of its key.
  package typealias Fact = (key: Int, hashes: [UInt64])

  /// The places (from 0) of the fields in which rows of a key say different things, for each of so many keys.
  package static func differing(_ facts: some Sequence<Fact>, keys: Int) -> [Set<Int>] {
    var found = Array(repeating: Set<Int>(), count: keys)
    var said: Fact?
    for fact in facts {
      guard var one = said, one.key == fact.key else {
        said = fact
        continue
      }
      for place in fact.hashes.indices where fact.hashes[place] != 0 {
        if one.hashes[place] == 0 { one.hashes[place] = fact.hashes[place] }
        if one.hashes[place] != fact.hashes[place] { found[fact.key].insert(place) }
      }
      said = one
    }
    return found
  }
}
