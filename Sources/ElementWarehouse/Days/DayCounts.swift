import ElementSchema
import Foundation
import GRDB

/// Keeps how much each dataset holds on a day, by grid: rows, filled fields, and codes. What is as it was is not written again.
struct DayCounts {
  private let db: Database
  private let path: String

  /// What is counted where.
  private struct Place: Hashable, Comparable {
    let subject: Int
    let grid: String

    /// By subject, then by grid, whose code is ASCII.
    static func < (left: Place, right: Place) -> Bool { (left.subject, left.grid) < (right.subject, right.grid) }
  }

  /// The counts of a warehouse.
  init(_ db: Database, path: String) { (self.db, self.path) = (db, path) }

  /// Keeps what the checked datasets of a record hold, on the day of a number; what was kept of that day before is replaced.
  func keep(_ record: DayRecord, on number: Int) throws {
    try db.execute(sql: "DELETE FROM day_count WHERE day = ?", arguments: [number])
    var subjects = try subjects()
    var now: [Place: Int] = [:]
    for dataset in record.datasets {
      for (grid, filled) in record.filled[dataset.name] ?? [:] {
        try add(dataset, filled, grid, to: &now, &subjects)
      }
    }
    let checked = Set(subjects.filter { record.found.datasets.contains($0.key.dataset) }.values)
    let known = try latest().filter { checked.contains($0.key.subject) }
    var changed = now.filter { known[$0.key] != $0.value }
    for (place, count) in known where count != 0 && now[place] == nil { changed[place] = 0 }
    let insert = try BulkStatement(
      db, "INSERT INTO day_count (subject, grid, day, count) VALUES (?, ?, ?, ?)", path: path)
    for (place, count) in changed.sorted(by: { $0.key < $1.key }) {
      insert.bind(Int64(place.subject), at: 1)
      insert.bind(place.grid, at: 2)
      insert.bind(Int64(number), at: 3)
      insert.bind(Int64(count), at: 4)
      try insert.run()
    }
  }

  private func add(
    _ dataset: Dataset, _ filled: FilledCount, _ grid: String, to counts: inout [Place: Int],
    _ subjects: inout [CountSubject: Int]
  ) throws {
    func count(_ subject: CountSubject, _ number: Int) throws {
      if number > 0 { counts[Place(subject: try id(of: subject, &subjects), grid: grid)] = number }
    }
    try count(CountSubject(dataset: dataset.name), filled.rows)
    for (place, field) in dataset.fields.enumerated() {
      try count(CountSubject(dataset: dataset.name, field: field.name), filled.fields[place])
      for (code, number) in filled.codes(of: place).sorted(by: { $0.code < $1.code }) {
        try count(CountSubject(dataset: dataset.name, field: field.name, code: code), number)
      }
    }
  }

  private func id(of subject: CountSubject, _ known: inout [CountSubject: Int]) throws -> Int {
    if let id = known[subject] { return id }
    try db.execute(
      sql: "INSERT INTO count_subject (dataset, field, code) VALUES (?, ?, ?)",
      arguments: [subject.dataset, subject.field, subject.code])
    let id = Int(db.lastInsertedRowID)
    known[subject] = id
    return id
  }

  private func subjects() throws -> [CountSubject: Int] {
    let rows = try Row.fetchAll(db, sql: "SELECT id, dataset, field, code FROM count_subject")
    return Dictionary(
      uniqueKeysWithValues: rows.map { (CountSubject(dataset: $0[1], field: $0[2], code: $0[3]), $0[0] as Int) })
  }

  /// What each place was said to hold last.
  private func latest() throws -> [Place: Int] {
    var found: [Place: Int] = [:]
    let rows = try BulkStatement(db, "SELECT subject, grid, count FROM day_count ORDER BY subject, grid, day", path: path)
    var grid: [UInt8] = []
    while try rows.step() {
      grid.removeAll(keepingCapacity: true)
      rows.append(1, to: &grid)
      found[Place(subject: Int(rows.integer(0)), grid: String(validating: grid, as: UTF8.self) ?? "")] = Int(rows.integer(2))
    }
    return found
  }
}

/// What is counted of a dataset: its rows, those that fill a field, or those that hold a code in it.
package struct CountSubject: Sendable, Hashable {
  /// The identifier of the dataset.
  package let dataset: String
  /// The name of the field; empty for rows.
  package let field: String
  /// The code; empty for whatever fills the field.
  package let code: String

  /// A subject: rows, where nothing else is said.
  package init(dataset: String, field: String = "", code: String = "") {
    (self.dataset, self.field, self.code) = (dataset, field, code)
  }
}
