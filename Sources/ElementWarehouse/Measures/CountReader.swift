import ElementCore
import GRDB

/// Reads what was counted on two days.
struct CountReader {
  private let db: Database
  private let path: String

  /// A reader of the counts of a warehouse.
  init(_ db: Database, path: String) { (self.db, self.path) = (db, path) }

  /// The counts of a day beside those of an earlier one.
  func counts(on day: QualityDay, against baseline: QualityDay?) throws -> DayCountsByGrid {
    let subjects = try Row.fetchAll(db, sql: "SELECT id, dataset, field, code FROM count_subject ORDER BY dataset, field, code")
    let places = Dictionary(uniqueKeysWithValues: subjects.enumerated().map { ($1[0] as Int, $0) })
    let rows = try BulkStatement(
      db, "SELECT subject, grid, day, count FROM day_count WHERE day <= ? ORDER BY subject, grid, day", path: path)
    rows.bind(Int64(day.number), at: 1)
    var lines: [[UInt8]: [DayCountsByGrid.Line]] = [:]
    var grid: [UInt8] = []
    while try rows.step() {
      grid.removeAll(keepingCapacity: true)
      rows.append(1, to: &grid)
      guard let place = places[Int(rows.integer(0))] else { continue }
      let (count, isBefore) = (Int(rows.integer(3)), rows.integer(2) <= Int64(baseline?.number ?? 0))
      var own = lines[grid].take() ?? []
      if own.last?.subject != place { own.append(DayCountsByGrid.Line(subject: place, before: 0, now: 0)) }
      own[own.count - 1].now = count
      if isBefore { own[own.count - 1].before = count }
      lines[grid] = own
    }
    let named = lines.map { grid, lines in
      (String(validating: grid, as: UTF8.self) ?? QualityReading.noGrid, lines.sorted { $0.subject < $1.subject })
    }
    return DayCountsByGrid(
      subjects: subjects.map { CountSubject(dataset: $0[1], field: $0[2], code: $0[3]) },
      lines: Dictionary(named) { $0 + $1 }, baseline: baseline?.day)
  }
}
