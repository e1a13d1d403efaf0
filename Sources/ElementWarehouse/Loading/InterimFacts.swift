import ElementCore
import ElementSchema
import GRDB

/// What the rows of a delivery say of who they are, for joining rows without a key to those that have it: 24 bytes a new or changed
/// row and 8 for each field that must not differ, kept beside the warehouse where they are many.
struct InterimFacts {
  private var hash: InterimHash
  private var facts: Spool
  private let mayCount: Int
  private static let (openBit, newBit): (UInt8, UInt8) = (1, 2)

  /// The facts of a dataset; nil where its rows all need their key.
  init?(_ dataset: Dataset, beside paths: [String]) {
    guard let hash = InterimHash(dataset), let interim = dataset.interim else { return nil }
    self.hash = hash
    mayCount = interim.fields.count - interim.must.count
    facts = Spool(beside: paths)
  }

  /// Notes a row that is new or takes the place of a stored one: its number in the table, and its place in the delivery.
  mutating func add(_ checked: CheckedBatch, _ record: Int, id: Int64, place: UInt64, isNew: Bool) throws {
    let key = checked.value(record, hash.key)
    let (must, may) = hash.hashes(key: key) { checked.value(record, $0) }
    facts.append((key.isEmpty ? Self.openBit : 0) | (isNew ? Self.newBit : 0))
    facts.append(id)
    facts.append(place)
    facts.append(must)
    for hash in may { facts.append(hash) }
    try facts.settle()
  }

  /// The rows without their key and those that may be the same, as the table of `stored` (nil for none) holds them, or would hold them,
  /// when the rows of the delivery are in it; `isTakenBack` says of which places rows do not stay.
  mutating func candidates(
    _ db: Database, _ stored: TableShape?, batch: Int64, path: String, isTakenBack: (UInt64) -> Bool
  ) throws -> (open: [InterimCandidate], keyed: [InterimCandidate]) {
    var open: [InterimCandidate] = []
    try forEach(isTakenBack) { if $1 { open.append($0) } }
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
      let bits = try reader.next(UInt8.self)
      let (id, place) = try (reader.next(Int64.self), reader.next(UInt64.self))
      let must = try reader.next(UInt64.self)
      let may = try (0..<mayCount).map { _ in try reader.next(UInt64.self) }
      if isTakenBack(place) { continue }
      let row = InterimCandidate(id: id, must: must, may: may, place: place, isNew: bits & Self.newBit != 0)
      body(row, bits & Self.openBit != 0)
    }
  }

  /// Rows that stood there before this load, with or without their key, of those that `isWanted` says.
  private mutating func scan(
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
      let (must, may) = hash.hashes(key: values[0][...]) { [fields = hash.fields] field in
        fields.firstIndex(of: field).map { values[$0 + 1][...] } ?? []
      }
      if isWanted(must) {
        out.append(InterimCandidate(id: statement.integer(0), must: must, may: may, place: nil, isNew: false))
      }
    }
    return out
  }
}
