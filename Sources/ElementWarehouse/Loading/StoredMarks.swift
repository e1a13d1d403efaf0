import ElementCore
import ElementSchema
import GRDB

/// Which fields of stored rows follow from others: the names that stand in their `_derived`, one row at a time or all of them.
final class StoredMarks {
  private let find: BulkStatement
  private let db: Database
  private let table: String
  /// Whether any row has marks, as far as is known without reading them all: the index on them is there.
  private let isMarked: Bool
  private let firstNewID: Int64
  /// Of rows by their number which of `texts` is theirs, and `unkept` for one that is not kept; nil where rows are asked one by one.
  private var places: [UInt8]?
  private var texts: [[UInt8]] = [[]]
  private static let unkept = UInt8.max

  /// The marks of the rows of a table that have numbers below one; nil for a dataset of which no field follows from others.
  init?(_ db: Database, _ dataset: Dataset, _ shape: TableShape, below firstNewID: Int64, path: String) throws {
    if dataset.derivations.isEmpty { return nil }
    find = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _derived FROM \(shape.table) WHERE _id = ?1", path: path)
    isMarked = try DatasetTable.hasMarkIndex(db, dataset.name)
    (self.db, table, self.firstNewID) = (db, shape.table, firstNewID)
  }

  /// Reads all of them, a byte a row.
  func readAll() throws {
    if !isMarked { return }
    var places = [UInt8](repeating: 0, count: Int(firstNewID))
    var known: [[UInt8]: UInt8] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT _id, _derived FROM \(table) WHERE _derived IS NOT NULL AND _id < ?", arguments: [firstNewID])
    while let row = try rows.next() {
      let text = Array((row[1] as String).utf8)
      if known[text] == nil, texts.count < Int(Self.unkept) {
        known[text] = UInt8(texts.count)
        texts.append(text)
      }
      places[Int(row[0] as Int64)] = known[text] ?? Self.unkept
    }
    self.places = places
  }

  /// Whether a stored row has other marks than these.
  func differ(_ id: Int64, from names: ArraySlice<UInt8>) throws -> Bool {
    if !isMarked { return !names.isEmpty }
    if let place = places?[Int(id)], place != Self.unkept { return texts[Int(place)][...] != names }
    find.bind(id, at: 1)
    defer { find.reset() }
    var stored: [UInt8] = []
    if try find.step() { find.append(0, to: &stored) }
    return stored[...] != names
  }
}
