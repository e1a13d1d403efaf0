import ElementCore
import ElementSchema
import GRDB

/// What the rows of a delivery say of who they are, for joining rows without a key to those that have it: 24 bytes a new or changed
/// row and 8 for each field that must not differ, kept beside the warehouse where they are many.
struct InterimFacts {
  private let hash: InterimHash
  private var facts: Spool
  /// How many rows have no key.
  private var openCount = 0
  private let mayCount: Int
  private static let (openBit, newBit): (UInt64, UInt64) = (1, 2)

  /// The facts of a dataset; nil where its rows all need their key.
  init?(_ dataset: Dataset, beside paths: [String]) {
    guard let hash = InterimHash(dataset), let interim = dataset.interim else { return nil }
    self.hash = hash
    mayCount = interim.fields.count - interim.must.count
    facts = Spool(beside: paths)
  }

  /// Notes a row that is new or takes the place of a stored one: its number in the table, and its place in the delivery.
  mutating func add(_ checked: CheckedBatch, _ record: Int, id: Int64, place: UInt64, isNew: Bool) throws {
    let isOpen = checked.values[record * checked.fieldCount + hash.key].isEmpty
    if isOpen { openCount += 1 }
    facts.append(word: UInt64(id) << 2 | (isOpen ? Self.openBit : 0) | (isNew ? Self.newBit : 0))
    facts.append(word: place)
    for place in 0...mayCount { facts.append(word: hash.hash(place, of: checked, record)) }
    try facts.settle()
  }

  /// The rows without their key and those that may be the same, as the table of `stored` (nil for none) holds them, or would hold them,
  /// when the rows of the delivery are in it; `isTakenBack` says of which places rows do not stay.
  func candidates(
    _ db: Database, _ stored: TableShape?, batch: Int64, path: String, isTakenBack: (UInt64) -> Bool
  ) throws -> (open: [InterimCandidate], keyed: [InterimCandidate]) {
    var open: [InterimCandidate] = []
    if openCount > 0 { try forEach(isTakenBack) { if $1 { open.append($0) } } }
    // Rows that both stood there before were compared when the later one came.
    let isAnyNew = !open.isEmpty
    var before = try scan(db, stored, isOpen: true, batch: batch, path: path) { _ in true }
    if open.isEmpty, before.isEmpty { return ([], []) }
    let wanted = Set((open + before).map(\.must))
    let keyedBefore = isAnyNew ? try scan(db, stored, isOpen: false, batch: batch, path: path, wanted.contains) : []
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
    var reader = facts.reader()
    while !reader.isAtEnd {
      let (word, place) = try (reader.nextWord(), reader.nextWord())
      let must = try reader.nextWord()
      let may = try (0..<mayCount).map { _ in try reader.nextWord() }
      if isTakenBack(place) { continue }
      let row = InterimCandidate(
        id: Int64(word >> 2), must: must, may: may, place: place, isNew: word & Self.newBit != 0)
      body(row, word & Self.openBit != 0)
    }
  }

  /// Rows that stood there before this load, with or without their key, of those that `isWanted` says.
  private func scan(
    _ db: Database, _ stored: TableShape?, isOpen: Bool, batch: Int64, path: String, _ isWanted: (UInt64) -> Bool
  ) throws -> [InterimCandidate] {
    guard let stored else { return [] }
    let columns = hash.names.map(stored.selected)
    let statement = try unsafe BulkStatement(
      db.sqliteConnection,
      "SELECT _id, \(columns.joined(separator: ", ")) FROM \(stored.table) WHERE \(columns[0]) IS \(isOpen ? "" : "NOT ")NULL AND _batch <> \(batch)",
      path: path)
    var out: [InterimCandidate] = []
    var values = [[UInt8]](repeating: [], count: columns.count)
    while try statement.step() {
      for place in values.indices {
        values[place].removeAll(keepingCapacity: true)
        statement.append(place + 1, to: &values[place])
      }
      let must = hash.hash(0, of: values)
      if !isWanted(must) { continue }
      var may: [UInt64] = []
      for place in 0..<mayCount { may.append(hash.hash(place + 1, of: values)) }
      out.append(InterimCandidate(id: statement.integer(0), must: must, may: may, place: nil, isNew: false))
    }
    return out
  }
}
