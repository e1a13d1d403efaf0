import ElementCore
import ElementSchema
import Foundation
import GRDB

/// Reads what is to be verified.
struct VerificationReader {
  private let db: Database
  private let day: CalendarDate
  private let pack: SchemaPack
  private let path: String

  /// The datasets whose records are verified, with their keys and names.
  private static let datasets: [(name: String, key: String, title: String?)] = [
    ("registeredResident", "identityNum", "personName"), ("floatingResident", "identityNum", "personName"),
    ("unregisteredResident", "identityNum", "personName"), ("house", "houseCode", "ownerName"),
  ]

  /// A reader of a warehouse on a day.
  init(_ db: Database, _ day: CalendarDate, _ pack: SchemaPack, path: String) {
    (self.db, self.day, self.pack, self.path) = (db, day, pack, path)
  }

  /// All records by grid, those confirmed longest ago first; what was verified in this half-year is left out.
  func due() throws -> [WorkObject] {
    let days = try batchDays()
    let verified = try verified()
    let start = WorkPeriod.halfYear.start(of: day)
    let marks = try WorkMark(db, path: path)
    var found: [WorkObject] = []
    for (name, key, title) in Self.datasets {
      guard let dataset = pack.dataset(name), let rows = try ObjectRows(db, dataset, day, path: path) else { continue }
      let confirmed = try confirmed(name, days)
      try rows.visit(key: key, name: title) { object in
        let last = verified[[name, object.key]]
        if let last, last >= start { return }
        let known = [last, confirmed[object.id], days[object.batch]].compactMap { $0 }.max()
        found.append(
          WorkObject(
            dataset: name, key: object.key, name: object.name, address: object.address, grid: object.grid, target: "",
            mark: marks.text(name, object.key, object.grid), last: known))
      }
    }
    return found.sorted {
      ($0.grid, $0.last?.dayNumber ?? .min, $0.dataset, $0.key) < ($1.grid, $1.last?.dayNumber ?? .min, $1.dataset, $1.key)
    }
  }

  /// The days of the batches that stand.
  private func batchDays() throws -> [Int: CalendarDate] {
    let rows = try Row.fetchAll(db, sql: "SELECT id, as_of FROM batch WHERE state = 'loaded'")
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        let text: String = row[1]
        return CalendarDate(iso: Array(text.utf8).span).map { (row[0] as Int, $0) }
      })
  }

  /// When rows of a dataset were found as they stand, by their numbers.
  private func confirmed(_ dataset: String, _ days: [Int: CalendarDate]) throws -> [Int64: CalendarDate] {
    var found: [Int64: CalendarDate] = [:]
    let sets = try Row.fetchCursor(
      db, sql: "SELECT batch, ids FROM confirmation WHERE dataset = ? ORDER BY batch", arguments: [dataset])
    while let row = try sets.next() {
      guard let day = days[row[0]] else { continue }
      RowSet(bytes: [UInt8](row[1] as Data)).forEach { found[$0] = max(found[$0] ?? day, day) }
    }
    return found
  }

  /// When each record was verified last, by its dataset and key.
  private func verified() throws -> [[String]: CalendarDate] {
    guard let shape = try DatasetTable.stored(db, "verification", path: path), shape.column("recordDataset") != nil,
      shape.column("checkedTime") != nil, shape.column("resultCode") != nil
    else { return [:] }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT recordDataset, recordKey, max(substr(checkedTime, 1, 10)) FROM \(shape.table)
        WHERE checkedTime IS NOT NULL AND resultCode IS NOT NULL AND recordDataset IS NOT NULL
          AND _id NOT IN (SELECT id FROM closed_row WHERE dataset = 'verification') GROUP BY 1, 2
        """)
    var found: [[String]: CalendarDate] = [:]
    for row in rows {
      let text: String = row[2]
      guard let key = row[1] as String?, let day = CalendarDate(iso: Array(text.utf8).span) else { continue }
      found[[row[0], key]] = day
    }
    return found
  }
}
