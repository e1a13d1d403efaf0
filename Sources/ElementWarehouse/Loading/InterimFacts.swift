import ElementCore
import ElementSchema

/// What the rows of a delivery that is not written say of who they are, for joining rows without a key to those that have it: 24 bytes a
/// new or changed row and 8 for each field that must not differ, on disk where they are many.
struct InterimFacts {
  private let hash: InterimHash
  private var facts: Spool
  /// How many rows have no key.
  private var openCount = 0
  private var dropped: Set<UInt64> = []
  private static let (openBit, newBit): (UInt64, UInt64) = (1, 2)

  /// The facts of a dataset, kept beside one of `paths`; nil where its rows all need their key.
  init?(_ dataset: Dataset, beside paths: [String]) {
    guard let hash = InterimHash(dataset) else { return nil }
    self.hash = hash
    facts = Spool(beside: paths)
  }

  /// Notes a row that is new or would take the place of a stored one: its number in the table, and its place in the delivery.
  mutating func add(_ checked: CheckedBatch, _ record: Int, id: Int64, place: UInt64, isNew: Bool) throws {
    let isOpen = checked.values[record * checked.fieldCount + hash.key].isEmpty
    if isOpen { openCount += 1 }
    facts.append(word: UInt64(id) << 2 | (isOpen ? Self.openBit : 0) | (isNew ? Self.newBit : 0))
    facts.append(word: place)
    for place in 0...hash.mayCount { facts.append(word: hash.hash(place, of: checked, record)) }
    try facts.settle()
  }

  /// Leaves out what was noted first of the row at a place: it became another.
  mutating func dropFirst(at place: UInt64) { dropped.insert(place) }

  /// The rows without their key and those that may be the same, as the table that `stored` scans (nil for none) would hold them with the
  /// rows of the delivery; `isTakenBack` says of which places rows do not stay.
  func candidates(
    beside stored: InterimScan?, isTakenBack: (UInt64) -> Bool
  ) throws -> (open: [InterimCandidate], keyed: [InterimCandidate]) {
    var open: [InterimCandidate] = []
    if openCount > 0 { try forEach(isTakenBack) { if $1 { open.append($0) } } }
    var before = try stored?.rows(.open) ?? []
    if open.isEmpty, before.isEmpty { return ([], []) }
    let wanted = Set((open + before).map(\.must))
    // Rows that both stood there before were compared when the later one came.
    let keyedBefore = open.isEmpty ? [] : try stored?.rows(.keyed, wanted.contains) ?? []
    let known = Set((before + keyedBefore).map(\.id))
    var changed: Set<Int64> = []
    var keyed: [InterimCandidate] = []
    try forEach(isTakenBack) { row, isOpen in
      if known.contains(row.id) { changed.insert(row.id) }
      if !isOpen, wanted.contains(row.must) { keyed.append(row) }
    }
    before.removeAll { changed.contains($0.id) }
    return (open + before, keyed + keyedBefore.filter { !changed.contains($0.id) })
  }

  private func forEach(_ isTakenBack: (UInt64) -> Bool, _ body: (InterimCandidate, _ isOpen: Bool) -> Void) throws {
    var (reader, dropped) = (facts.reader(), dropped)
    while !reader.isAtEnd {
      let (word, place, must) = try (reader.nextWord(), reader.nextWord(), reader.nextWord())
      var may: [UInt64] = []
      for _ in 0..<hash.mayCount { may.append(try reader.nextWord()) }
      if dropped.remove(place) != nil || isTakenBack(place) { continue }
      let row = InterimCandidate(
        id: Int64(word >> 2), must: must, may: may, place: place, isNew: word & Self.newBit != 0)
      body(row, word & Self.openBit != 0)
    }
  }
}
