import ElementCore
import ElementSchema
import GRDB

/// Finds the stored rows of a dataset by key, or by what stood for the key before it was known.
final class RowLookup {
  /// What the table looks like; where nothing is written, it may lack fields of the dataset: they are empty in all its rows.
  let shape: TableShape
  /// The values of the rows.
  let values: StoredValues
  /// How many rows are stored.
  let storedCount: Int
  private let db: Database
  /// New rows of the load have this number and higher ones.
  private let firstNewID: Int64
  private let dataset: Dataset
  private let path: String
  private let find: BulkStatement
  private let interim: InterimRows?
  /// Which fields of the rows follow from others; nil for a dataset in which none does.
  let marks: StoredMarks?
  /// Finds rows whose number was given nobody knows where; nil for a dataset without such numbers.
  private let weak: WeakKeys?
  /// What records of the delivery took, where a row may be found under two forms of its key; nil where it is found under one.
  private var claims: RowClaims?
  private var way: Way

  /// How rows are found.
  private enum Way {
    /// There are none.
    case none
    /// One by one, by the key index.
    case single
    /// In memory.
    case all(StoredRows)

    /// Gets ready for many keys.
    mutating func warm(_ keys: [UInt64]) {
      guard case .all(var rows) = self else { return }
      self = .none
      rows.warm(keys)
      self = .all(rows)
    }
  }

  /// A look-up in the table of a dataset, of the warehouse at `path`, as it was before a batch.
  init(_ db: Database, _ dataset: Dataset, _ shape: TableShape, before batch: Int64, below firstNewID: Int64, path: String)
    throws
  {
    (self.db, self.dataset, self.shape, self.path, self.firstNewID) = (db, dataset, shape, path, firstNewID)
    find = try unsafe BulkStatement(
      db.sqliteConnection,
      "SELECT _id, _hash FROM \(shape.table) WHERE \(shape.keyMatch(dataset)) AND _id < ?\(dataset.key.count + 1)",
      path: path)
    find.bind(firstNewID, at: dataset.key.count + 1)
    weak = try WeakKeys(db, dataset, shape, below: firstNewID, path: path)
    claims = weak != nil || RowLookup.hasFormerKeys(dataset) ? RowClaims() : nil
    values = try StoredValues(db, dataset, shape, before: batch, path: path)
    interim = try InterimRows(db, dataset, shape, path: path)
    marks = try StoredMarks(db, dataset, shape, below: firstNewID, path: path)
    storedCount = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0
    way = storedCount == 0 ? .none : .single
  }

  /// Whether rows are looked up by the key index: dropping it would cost a pass over the table for each.
  var needsKeyIndex: Bool {
    if case .single = way { true } else { false }
  }

  /// Gets ready for so many records: where they are many beside the stored rows, all of these are kept in memory, which
  /// is cheaper than asking for each.
  func prepare(expected: Int) throws {
    guard storedCount > 0, expected >= storedCount / 8 else { return }
    try marks?.readAll()
    way = .all(try StoredRows(db, table: dataset.name, key: dataset.names(of: dataset.key), count: storedCount, path: path))
  }

  /// Gets ready for many keys, by their hashes.
  func warm(_ keys: [UInt64]) { way.warm(keys) }

  /// Lets go of what is in memory, when no row is looked for any more.
  func release() { way = .single }

  /// The stored row of a record, and its fingerprint; nil where there is none.
  func row(of checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: UInt64)? {
    if case .none = way { return nil }
    if let interim, interim.isInterim(checked, record) {
      return try interim.row(checked, record).flatMap { $0.id < firstNewID ? $0 : nil }
    }
    guard case .all(let rows) = way else { return try findSingle(checked, record) }
    guard let found = rows.find(checked.keyHash[record]) else { return nil }
    if found.hash == checked.contentHash[record] { return found }
    // Two keys may have one hash: before a row is changed its key is compared.
    let key = try values.values(of: dataset.key, found.id)
    return dataset.key.allSatisfy { key[$0].map { $0[...] } == checked.value(record, $0) } ? found : nil
  }

  /// The stored row whose key is the former form of a record's, and its fingerprint: of a citizen number of 18 digits that of 15, without the
  /// century and the check character (GB 11643-1989). Nil where there is none.
  func formerRow(of checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: UInt64)? {
    guard RowLookup.hasFormerKeys(dataset) else { return nil }
    switch way {
    case .none: return nil
    case .all(let rows) where !rows.hasFormerNumbers: return nil
    case .all, .single: break
    }
    let number = Array(checked.value(record, dataset.key[0]))
    // Numbers of 15 digits were given to who was born in the century of 19.
    guard number.count == 18, number[6] == 0x31, number[7] == 0x39 else { return nil }
    return try self.row(of: checked, record, with: Array(number[0..<6] + number[8..<17]), in: dataset.key[0])
  }

  /// The stored rows that may be a record's whose citizen number has 15 digits: those of 18 that hold them (GB 11643-1989).
  func laterRows(of checked: CheckedBatch, _ record: Int) throws -> [Int64] {
    guard RowLookup.hasFormerKeys(dataset) else { return [] }
    let number = Array(checked.value(record, dataset.key[0]))
    guard number.count == 15, let text = String(validUTF8: number.span) else { return [] }
    let begin = text.prefix(6) + "19" + text.dropFirst(6)
    let key = TableShape.quoted(dataset.fields[dataset.key[0]].name)
    return try Int64.fetchAll(
      db, sql: "SELECT _id FROM \(shape.table) WHERE \(key) >= ?1 AND \(key) < ?1 || ':' AND _id < ?2",
      arguments: [String(begin), firstNewID])
  }

  /// Whether the key of a dataset is a citizen number, which had 15 digits before it had 18.
  private static func hasFormerKeys(_ dataset: Dataset) -> Bool {
    dataset.key.count == 1 && dataset.fields[dataset.key[0]].type == .citizenId
  }

  /// The row that a record would have with another value in a field of its key.
  private func row(of checked: CheckedBatch, _ record: Int, with value: [UInt8], in field: Int) throws -> (
    id: Int64, hash: UInt64
  )? {
    var row = checked.replacing([record]) { $1 == field ? value[...] : checked.value(record, $1) }
    row.keyHash = dataset.rowHash(of: dataset.key).hashes(
      row.source.bytes.span, row.values.span, width: row.fieldCount, count: 1)
    return try self.row(of: row, 0)
  }

  /// What there is of a record's number where it was not given where the record says: a row that may be of the same place, of which less or
  /// more is known, by the places that both begin with.
  func weakRow(of checked: CheckedBatch, _ record: Int) throws -> WeakKeys.Match {
    guard let weak, storedCount > 0 else { return .none }
    for scope in weak.weakerScopes(of: checked, record) {
      if let row = try row(of: checked, record, with: scope, in: weak.scope), claims?.has(row.id) != true {
        return .row(row.id, row.hash)
      }
    }
    return try weak.rowOfLongerScope(checked, record)
  }

  /// Takes a row, or none, for the record at a place in the delivery; false where another record has it, under another form of the key.
  ///
  /// - Parameter key: the hash of the record's key.
  func claim(_ id: Int64?, by place: UInt64, key: UInt64, isWeak: Bool) throws -> Bool {
    guard let id else { return claims?.isFormer(key) != true }
    guard claims != nil else { return true }
    let former = isWeak ? try keyHash(of: id) : nil
    return claims?.take(id, by: place, former: former) ?? true
  }

  /// Gives back what the record at a place took: it waits after all.
  func release(_ place: UInt64) { claims?.release(place) }

  /// The hash of the key that the row of a number had before the load.
  private func keyHash(of id: Int64) throws -> UInt64 {
    let stored = try values.values(of: dataset.key, id)
    var (bytes, ranges): ([UInt8], [FieldRange]) = ([], [])
    for field in dataset.fields.indices {
      let value = stored[field] ?? []
      ranges.append(FieldRange(bytes.count, bytes.count + value.count))
      bytes += value
    }
    return dataset.rowHash(of: dataset.key).hash(bytes.span, ranges.span, from: 0)
  }

  private func findSingle(_ checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: UInt64)? {
    try unsafe checked.source.bytes.withUnsafeBufferPointer { bytes in
      for (place, field) in dataset.key.enumerated() {
        let range = checked.values[record * checked.fieldCount + field].indices
        // SAFETY: ranges of a checked batch lie within its bytes, which stay put in this closure; `reset` comes before its end.
        unsafe find.bindStatic(UnsafeBufferPointer(rebasing: bytes[range]), at: place + 1)
      }
      defer { find.reset() }
      return try find.step() ? (find.integer(0), UInt64(bitPattern: find.integer(1))) : nil
    }
  }
}
