import ElementCore
import ElementSchema
import GRDB

/// The rows whose key is not known yet, such as newborn children without a number: found by what stands for the key.
final class InterimRows {
  /// A row that was found.
  typealias Row = (id: Int64, hash: UInt64, batch: Int64)

  private let db: Database
  private let path: String
  private let dataset: Dataset
  private let interim: InterimKey
  private let key: Int
  private let batch: Int64
  private let exact: BulkStatement
  private let compatible: BulkStatement
  private let byNumber: BulkStatement
  /// Rows of earlier loads that have their key, by what must be known of a row without: hash (two words), twice the
  /// identifier and one (two words), of the first of namesakes. Made when the first record without a key asks.
  private var keyed: SlotTable?
  /// Hashes that several of them share.
  private var shared: Set<UInt64> = []
  /// Whether rows without a key stood in the table before this load.
  let hasEarlier: Bool

  /// The rows of a table; nil for a dataset whose rows all need their key.
  init?(_ db: Database, _ dataset: Dataset, batch: Int64, path: String) throws {
    guard let interim = dataset.interim, let key = dataset.key.first else { return nil }
    (self.db, self.dataset, self.interim, self.key, self.batch, self.path) = (db, dataset, interim, key, batch, path)
    let table = DatasetTable.quoted(dataset.name)
    let columns = interim.fields.map { DatasetTable.quoted(dataset.fields[$0].name) }
    let select = "SELECT _id, _hash, _batch FROM \(table) WHERE"
    let isMissing = "\(DatasetTable.quoted(dataset.fields[key].name)) IS NULL"
    let equal = columns.enumerated().map { "\($1) IS ?\($0 + 1)" }
    // What tells namesakes apart may be unknown on either side.
    let fitting = columns.enumerated().map { place, column in
      place < interim.must.count ? equal[place] : "(\(equal[place]) OR \(column) IS NULL OR ?\(place + 1) IS NULL)"
    }
    let own = fitting.joined(separator: " AND ")
    exact = try unsafe BulkStatement(
      db.sqliteConnection, "\(select) \(isMissing) AND \(equal.joined(separator: " AND "))", path: path)
    compatible = try unsafe BulkStatement(db.sqliteConnection, "\(select) \(isMissing) AND \(own)", path: path)
    byNumber = try unsafe BulkStatement(
      db.sqliteConnection, "\(select) _id = ?\(columns.count + 1) AND \(own)", path: path)
    hasEarlier = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(isMissing))") ?? false
  }

  /// Whether a record has no key.
  func isInterim(_ checked: CheckedBatch, _ record: Int) -> Bool { checked.value(record, key).isEmpty }

  /// The row that stands for the same person or thing without its key; nil where there is none.
  func row(_ checked: CheckedBatch, _ record: Int) throws -> Row? { try only(exact, checked, record) }

  /// The row without a key that a record with its key takes over: the only one that fits; nil where there is none.
  func earlier(_ checked: CheckedBatch, _ record: Int) throws -> Row? {
    guard hasEarlier, let found = try only(compatible, checked, record), found.batch != batch else { return nil }
    return found
  }

  /// The row of an earlier load that has its key and fits a record without: an old list brought once more.
  func successor(_ checked: CheckedBatch, _ record: Int) throws -> Row? {
    let table = try keyed ?? makeKeyed()
    keyed = table
    let hash = Self.hash(interim.must.map { Array(checked.value(record, $0)) })
    let slot = table.find(hash)
    guard table[slot, 2] != 0, !shared.contains(hash) else { return nil }
    let id = UInt64(table[slot, 2]) | UInt64(table[slot, 3]) << 32
    byNumber.bind(Int64(id >> 1), at: interim.fields.count + 1)
    return try only(byNumber, checked, record)
  }

  private func makeKeyed() throws -> SlotTable {
    let table = DatasetTable.quoted(dataset.name)
    let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
    var out = SlotTable(stride: 4, expected: count)
    let names = (interim.must + [key]).map { DatasetTable.quoted(dataset.fields[$0].name) }
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _id, _batch, \(names.joined(separator: ", ")) FROM \(table)", path: path)
    var values = [[UInt8]](repeating: [], count: names.count)
    while try statement.step() {
      for place in values.indices {
        values[place].removeAll(keepingCapacity: true)
        statement.append(place + 2, to: &values[place])
      }
      if statement.integer(1) == batch || values.contains(where: \.isEmpty) { continue }
      let hash = Self.hash(values.dropLast())
      let (slot, isNew) = out.slot(hash)
      if !isNew {
        shared.insert(hash)
        continue
      }
      let id = UInt64(bitPattern: statement.integer(0)) << 1 | 1
      out[slot, 2] = UInt32(truncatingIfNeeded: id)
      out[slot, 3] = UInt32(truncatingIfNeeded: id >> 32)
    }
    return out
  }

  private static func hash(_ values: some Collection<[UInt8]>) -> UInt64 {
    var row: [UInt8] = []
    for value in values { RowHash.append(value.span, to: &row) }
    return XXH64.hash(row.span)
  }

  /// The only row that a statement finds for what stands for the key of a record.
  private func only(_ find: borrowing BulkStatement, _ checked: CheckedBatch, _ record: Int) throws -> Row? {
    for (place, field) in interim.fields.enumerated() {
      let value = checked.value(record, field)
      if value.isEmpty {
        find.bindNull(at: place + 1)
      } else {
        find.bind(String(validUTF8: value.span) ?? "", at: place + 1)
      }
    }
    defer { find.reset() }
    guard try find.step() else { return nil }
    let found = (find.integer(0), UInt64(bitPattern: find.integer(1)), find.integer(2))
    return try find.step() ? nil : found
  }
}
