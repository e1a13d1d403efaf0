package import ElementCore
import ElementSchema
import GRDB

/// Says of rows of one dataset what becomes of them beside the rows that are stored: the only place where that is decided, whether a
/// warehouse is written or only looked at.
package final class RowComparer {
  let db: Database
  let dataset: Dataset
  let path: String
  let batch: Int64
  /// Finds stored rows; nil where the dataset has no table yet.
  let lookup: RowLookup?
  /// Columns of the table that the dataset has no field for: their values stay.
  let kept: [TableShape.Column]
  /// How the contents of rows are hashed, with what the dataset has no field for.
  let content: RowHash
  /// The names of the dataset's fields.
  let names: [String]
  /// What rows say that are not written; nil where they are, and found in their table.
  private var facts: InterimFacts?
  /// The number that the next new row gets.
  private var nextID: Int64
  /// The number that the first new row got.
  let firstNewID: Int64
  /// What rows may do.
  package internal(set) var mode = LoadMode.upsert
  /// Which stored rows the delivery lists; nil where that changes nothing: none is closed, and none is replaced.
  package internal(set) var presence: RowPresence?
  /// The stored rows that other offices confirmed lately; nil where the delivery may take over all.
  var owners: RowOwners?
  /// Whether the delivery claims the rows that it lists.
  var claimsRows = false
  /// How the senders of the site rank.
  package var ranks = SenderRanks(own: nil, [:])
  /// Chooses between what records say and what is stored.
  let survivorship: Survivorship
  /// How many empty values of each input kept what is stored, by its place in the delivery and the field.
  package private(set) var keptEmpty: [Int: [Int: Int]] = [:]

  /// A row that takes the place of a stored one.
  package struct Change {
    /// The number of the stored row.
    package let id: Int64
    /// A batch with the row as it will stand.
    package let row: CheckedBatch
    /// Its place in the batch, from 0.
    package let place: Int
    /// Whether the stored row is known by a former form of the key.
    package var correctsKey = false
  }

  /// What becomes of some records.
  package struct Comparison {
    /// An action for each.
    package var actions: [RowAction] = []
    /// The number of the stored row that each goes on for; 0 for none.
    package var ids: [Int64] = []
    /// The fingerprints of these rows; 0 for none.
    package var hashes: [UInt64] = []
    /// The records whose number several stored rows have.
    package var ambiguous: [Int] = []
    /// The records whose stored row another record of the delivery takes, under another form of its key.
    package var taken: [Int] = []
    /// The records that wait because of what rows may do: their key is stored, or is not.
    package var unwanted: [Int] = []
    /// The records of which another office confirmed the stored row lately, and the numbers of these rows.
    package var foreign: [(record: Int, row: Int64)] = []
    /// The records of which stored values stand against what they say, and these fields, from 0.
    package var lost: [(record: Int, fields: [Int])] = []
    /// New rows are numbered one behind another from here on.
    package let firstID: Int64

    /// Nothing said yet.
    fileprivate init(firstID: Int64) { self.firstID = firstID }
  }

  /// A comparer with the rows of a table of this shape (nil for none) of the warehouse at `path`; `batch` is the load that writes what it
  /// says, 0 where nothing does.
  init(_ db: Database, _ dataset: Dataset, _ shape: TableShape?, batch: Int, path: String) throws {
    (self.db, self.dataset, self.path, self.batch) = (db, dataset, path, Int64(batch))
    kept = shape?.kept(beside: dataset) ?? []
    names = dataset.fields.map(\.name)
    survivorship = Survivorship(dataset)
    content = RowHash(names: names + kept.map(\.name))
    if batch == 0 { facts = InterimFacts(dataset, beside: Warehouse.spillPlaces(path)) }
    firstNewID = try shape.map { try DatasetTable.lastID(db, $0) + 1 } ?? 1
    nextID = firstNewID
    let first = firstNewID
    lookup = try shape.map { try RowLookup(db, dataset, $0, before: Int64(batch), below: first, path: path) }
  }

  /// How many rows are stored.
  package var storedCount: Int { lookup?.storedCount ?? 0 }

  /// Whether stored rows are looked up by the key index.
  package var needsKeyIndex: Bool { lookup?.needsKeyIndex ?? false }

  /// What people call the columns that the table has and the dataset has no field for, in Chinese and English.
  package var keptTitles: [(zh: String, en: String)] { kept.map { ($0.title, $0.english) } }

  /// Is told, before the first row, that what it says of rows is not written.
  package func stopWriting() { facts = facts ?? InterimFacts(dataset, beside: Warehouse.spillPlaces(path)) }

  /// Forgets what was said of the row at a place in the delivery, which is compared anew.
  package func forget(at place: UInt64) { facts?.dropFirst(at: place) }

  /// Gives back the stored row that the row at a place in the delivery took: it waits after all.
  package func release(at place: UInt64) { lookup?.release(place) }

  /// Gets ready for about so many records.
  package func prepare(expected: Int) throws { try lookup?.prepare(expected: expected) }

  /// Judges rows that were completed by what is stored: where each value comes from, and the records (from 0) that the rows come from;
  /// returns them with their hashes, and whether they have errors.
  package typealias Judgement = (_ rows: CheckedBatch, _ origins: [ValueOrigin], _ records: [Int]) throws -> CheckedBatch

  /// What becomes of records of a checked batch, ascending, whose places in the delivery `place` says. `admit` says of each that would take
  /// the place of a stored row whether it may, else it waits, and `change` is given each that does; `remark` is given each that stands as
  /// it is, but for what of it follows from other fields, with the hash of its key.
  package func compare(
    _ checked: CheckedBatch, _ records: [Int32], place: (Int) -> UInt64, judge: Judgement,
    admit: (Change, Int) throws -> Bool = { _, _ in true }, change: (Change, Int) throws -> Void,
    remark: (Change, UInt64) throws -> Void = { _, _ in }
  ) throws -> Comparison {
    lookup?.warm(checked.keyHash)
    var found = Comparison(firstID: nextID)
    var partners: [(id: Int64, hash: UInt64)?] = []
    partners.reserveCapacity(records.count)
    var corrected: Set<Int> = []
    var emptied: [Int: [Int]] = [:]
    var completion = RowCompletion(checked, kept.count)
    for record in records.lazy.map(Int.init) {
      var stored = try lookup?.row(of: checked, record)
      let isWeak = stored == nil
      if stored == nil, let former = try lookup?.formerRow(of: checked, record) {
        stored = former
        corrected.insert(record)
      } else if stored == nil, let match = try lookup?.weakRow(of: checked, record) {
        if case .row(let id, let hash) = match { stored = (id, hash) }
        if case .several = match { found.ambiguous.append(record) }
      }
      if let lookup, try !lookup.claim(stored?.id, by: place(record), key: checked.keyHash[record], isWeak: isWeak) {
        stored = nil
        found.taken.append(record)
      }
      partners.append(stored)
      // Equal as it stands: what the record says nothing of is empty in the stored row too.
      if let stored, stored.hash != checked.contentHash[record] {
        let kept = try complete(&completion, checked, record, stored.id)
        emptied[record] = kept.empty
        if !kept.lost.isEmpty { found.lost.append((record, kept.lost)) }
      }
    }
    let rows = try judged(completion, judge)
    found.actions.reserveCapacity(records.count)
    let ambiguous = Set(found.ambiguous + found.taken)
    for (record, stored) in zip(records.lazy.map(Int.init), partners) {
      found.ids.append(stored?.id ?? 0)
      found.hashes.append(stored?.hash ?? 0)
      if ambiguous.contains(record) {
        found.actions.append(.wait)
        continue
      }
      // Nobody has what is to be closed: so it is.
      if mode == .close {
        found.actions.append(.unchanged)
        continue
      }
      if mode == .insert && stored != nil || mode == .patch && stored == nil {
        found.unwanted.append(record)
        found.actions.append(.wait)
        continue
      }
      if claimsRows, let stored, owners?.other(of: stored.id) != nil {
        found.foreign.append((record, stored.id))
        found.actions.append(.wait)
        continue
      }
      guard let stored else {
        if checked.hasError[record] {
          found.actions.append(.wait)
          continue
        }
        try facts?.add(checked, record, id: nextID, place: place(record), isNew: true)
        nextID += 1
        found.actions.append(.create)
        continue
      }
      let row = rows == nil ? nil : completion.row(of: record)
      // Most rows are as they stand: of these nothing more is made up.
      let hasError = row.flatMap { rows?.hasError[$0] } ?? checked.hasError[record]
      if !hasError, row.flatMap({ rows?.contentHash[$0] }) ?? checked.contentHash[record] == stored.hash {
        found.actions.append(.unchanged)
        guard let marks = lookup?.marks else { continue }
        // A change holds its batch: of rows that stand none is made up.
        if let row, let rows {
          if try marks.differ(stored.id, from: rows.derivedNames(row)) {
            try remark(Change(id: stored.id, row: rows, place: row), checked.keyHash[record])
          }
        } else if try marks.differ(stored.id, from: checked.derivedNames(record)) {
          try remark(Change(id: stored.id, row: checked, place: record), checked.keyHash[record])
        }
        continue
      }
      let completed = row.flatMap { row in rows.map { Change(id: stored.id, row: $0, place: row) } }
      var wanted = completed ?? Change(id: stored.id, row: checked, place: record)
      wanted.correctsKey = corrected.contains(record)
      if try wanted.row.hasError[wanted.place] || !admit(wanted, record) {
        found.actions.append(.wait)
      } else {
        try facts?.add(wanted.row, wanted.place, id: stored.id, place: place(record), isNew: false)
        found.actions.append(.update)
        try change(wanted, record)
      }
    }
    try notePresence(found, checked, records)
    countEmptied(emptied, records, found.actions, place)
    return found
  }

  /// Counts the empty values of records that kept what is stored: of those that go in.
  private func countEmptied(
    _ emptied: [Int: [Int]], _ records: [Int32], _ actions: [RowAction], _ place: (Int) -> UInt64
  ) {
    if emptied.isEmpty { return }
    for (record, action) in zip(records.lazy.map(Int.init), actions) where action != .wait {
      for field in emptied[record] ?? [] { keptEmpty[Int(place(record) >> 32), default: [:]][field, default: 0] += 1 }
    }
  }

  /// The rows without their key and those that may be the same, when all rows are known; `isTakenBack` says of which places in the
  /// delivery rows do not stay. What they say is read from the table where it was written, else from what was kept of the rows.
  package func interimCandidates(isTakenBack: (UInt64) -> Bool) throws -> (open: [InterimCandidate], keyed: [InterimCandidate])
  {
    lookup?.release()
    let scan = lookup.flatMap { InterimScan(db, dataset, $0.shape, batch: batch, path: path) }
    if let facts { return try facts.candidates(beside: scan, isTakenBack: isTakenBack) }
    guard let scan else { return ([], []) }
    let open = try scan.rows(.open)
    if open.isEmpty { return ([], []) }
    let wanted = Set(open.map(\.must))
    return (open, try scan.rows(open.contains { $0.place != nil } ? .keyed : .ownKeyed, wanted.contains))
  }
}
