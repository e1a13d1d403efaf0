package import ElementCore
package import ElementSchema
import GRDB

extension Warehouse {
  /// The families that are looked after and were not visited since the beginning of the quarter, and all other objects of visits that were not
  /// since that of the half-year; those that were not visited for the longest time first in each grid.
  package func dueVisits(on day: CalendarDate, _ pack: SchemaPack, _ scheme: GridCodeScheme) throws -> [WorkObject] {
    try translatingErrors(path) {
      try queue.read { db in try VisitReader(db, day, pack, scheme, path: path).due() }
    }
  }

  /// The people and houses of every grid, those that nobody confirmed for the longest time first; what was verified since the beginning of the
  /// half-year is left out.
  package func dueVerifications(on day: CalendarDate, _ pack: SchemaPack) throws -> [WorkObject] {
    try translatingErrors(path) {
      try queue.read { db in try VerificationReader(db, day, pack, path: path).due() }
    }
  }

  /// What was found of stored rows on the last day that was recorded up to one, errors first, then the oldest first.
  package func openFindings(upTo today: CalendarDate, _ pack: SchemaPack) throws -> [WorkFinding] {
    try translatingErrors(path) {
      try queue.read { db in
        let days = try qualityDays(db)
        guard let day = days.last(where: { $0.day <= today }) else { return [] }
        let dates = Dictionary(uniqueKeysWithValues: days.map { ($0.number, $0.day) })
        return try pack.datasets.flatMap { dataset in
          dataset.restriction == nil ? try Self.findings(db, dataset, dates, day, path: path) : []
        }.sorted {
          ($0.grid, $1.kind.severity, $0.first, $0.place) < ($1.grid, $0.kind.severity, $1.first, $1.place)
        }
      }
    }
  }

  private static func findings(
    _ db: Database, _ dataset: Dataset, _ dates: [Int: CalendarDate], _ day: QualityDay, path: String
  ) throws -> [WorkFinding] {
    // What is only noted is nobody's work.
    let kinds = try FindingKind.known(db).filter {
      $0.value.dataset.utf8.elementsEqual(dataset.name.utf8) && $0.value.severity > .info
    }
    let join = try LifeJoin(db, dataset, path: path)
    guard !kinds.isEmpty, join.isStored else { return [] }
    let name = dataset.nameField.map { join.value(dataset.fields[$0].name) } ?? "NULL"
    let keys = dataset.key.map { join.value(dataset.fields[$0].name) }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT l.kind, l.first, \(join.grid), ifnull(\(name), '')
          \(keys.map { ", ifnull(\($0), '')" }.joined())
        FROM finding_life l \(join.clause) WHERE \(join.grid) IS NOT NULL AND l.first <= ?1 AND (l.last IS NULL OR l.last >= ?1) AND l.kind IN (\(kinds.keys.sorted().map(String.init).joined(separator: ",")))
        ORDER BY l.fingerprint
        """, arguments: [day.number])
    var found: [WorkFinding] = []
    while let row = try rows.next() {
      guard let kind = kinds[row[0]] else { continue }
      found.append(
        WorkFinding(
          kind: kind, key: (0..<keys.count).map { row[4 + $0] }, name: row[3], grid: row[2], first: dates[row[1]] ?? day.day))
    }
    return found
  }

  /// Who looks after each grid on a day: those that are assigned to it, else those who have it in their own row. Of several the first by number.
  package func members(on day: CalendarDate) throws -> [String: WorkMember] {
    try translatingErrors(path) {
      try queue.read { db in
        var members: [String: WorkMember] = [:]
        for (dataset, condition) in [
          ("gridMember", ""),
          ("gridMemberAssignment", "AND ifnull(until, '9999') >= '\(day.text)' AND ifnull(since, '') <= '\(day.text)'"),
        ] {
          guard let shape = try DatasetTable.stored(db, dataset, path: path), shape.column("gridCode") != nil,
            shape.column("personNum") != nil
          else { continue }
          let isDated = shape.column("until") != nil && shape.column("since") != nil
          let rows = try Row.fetchAll(
            db,
            sql: """
              SELECT gridCode, personNum, ifnull(\(shape.selected("gridPersonName")), '') FROM \(shape.table)
              WHERE gridCode IS NOT NULL AND personNum IS NOT NULL \(isDated ? condition : "")
                AND _id NOT IN (SELECT id FROM closed_row WHERE dataset = '\(dataset)') ORDER BY personNum DESC
              """)
          for row in rows { members[row[0]] = WorkMember(number: row[1], name: row[2]) }
        }
        return members
      }
    }
  }
}

extension WorkFinding {
  /// What findings of one day and severity are sorted by: rules and fields are ASCII, and of keys any order will do that is always the same.
  fileprivate var place: String { "\(kind.code) \(kind.dataset) \(kind.field) \(key.joined(separator: " "))" }
}
