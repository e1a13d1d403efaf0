import ElementCore
package import ElementSchema
import GRDB

extension PackageReader {
  /// A dataset of whose rows golden records are made.
  package struct Source: Sendable {
    /// Whose rows they are.
    package let dataset: Dataset
    /// Its fields, from 0, in the order of the values that are wanted; nil for one that it does not have.
    package let fields: [Int?]
    /// Those that tell on which day a row was known to be true.
    package let activity: [Int]

    /// What is wanted of a dataset.
    package init(_ dataset: Dataset, fields: [Int?], activity: [Int]) {
      (self.dataset, self.fields, self.activity) = (dataset, fields, activity)
    }
  }

  /// A row of a person, house or organisation.
  package struct Member: Sendable {
    /// The place of its dataset among the sources, from 0.
    package let source: Int
    /// Its number.
    package let row: Int64
    /// Its values, in the order of the source's fields.
    package let values: [[UInt8]]
    /// The latest day on which it is known to be true, `YYYY-MM-DD`.
    package let day: [UInt8]
  }

  /// Whose the rows of a dataset are: the number of the person, house or organisation by the row's number.
  package func entities(of dataset: Dataset) throws -> [Int64: UInt32] {
    var entities: [Int64: UInt32] = [:]
    let rows = try BulkStatement(db, "SELECT row, entity FROM entity_member WHERE dataset = ?", path: path)
    rows.bind(dataset.name, at: 1)
    while try rows.step() { entities[rows.integer(0)] = UInt32(truncatingIfNeeded: rows.integer(1)) }
    return entities
  }

  /// How many rows some datasets have, and how many of them are of nobody yet: what linkage has not looked at.
  package func unlinked(_ datasets: [Dataset]) throws -> (rows: Int, unlinked: Int) {
    var (rows, unlinked) = (0, 0)
    for dataset in datasets {
      guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { continue }
      rows += try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0
      unlinked +=
        try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM \(shape.table) r
            WHERE NOT EXISTS (SELECT 1 FROM entity_member m WHERE m.dataset = ? AND m.row = r._id)
            """, arguments: [dataset.name]) ?? 0
    }
    return (rows, unlinked)
  }

  /// Who answers for a number that ended; nil where none does.
  package func successor(of entity: UInt32) throws -> UInt32? { try LinkageSession.current(entity, nil, db) }

  /// Visits people, houses or organisations by their numbers ascending, each with its open rows in the sources, by their order and number. Those that have
  /// none there are passed over.
  package func forEachEntity(_ sources: [Source], _ body: (UInt32, [Member]) throws -> Void) throws {
    let names = sources.map { "'\($0.dataset.name)'" }.joined(separator: ", ")
    let members = try BulkStatement(
      db, "SELECT entity, dataset, row FROM entity_member WHERE dataset IN (\(names)) ORDER BY entity, dataset, row", path: path
    )
    let scans = try sources.map { try SourceRows($0, db, path: path, closed: closed($0.dataset)) }
    var (entity, rows): (UInt32, [Member]) = (0, [])
    func settle() throws {
      if !rows.isEmpty { try body(entity, rows.sorted { ($0.source, $0.row) < ($1.source, $1.row) }) }
      rows.removeAll(keepingCapacity: true)
    }
    while try members.step() {
      let next = UInt32(truncatingIfNeeded: members.integer(0))
      if next != entity { try settle() }
      entity = next
      var name: [UInt8] = []
      members.append(1, to: &name)
      guard let place = sources.firstIndex(where: { $0.dataset.name.utf8.elementsEqual(name) }) else { continue }
      if let member = try scans[place]?.member(members.integer(2), source: place) { rows.append(member) }
    }
    try settle()
  }

  /// Reads rows of one source by their numbers.
  private final class SourceRows {
    private let statement: BulkStatement
    private let closed: RowSet
    private let (width, days): (Int, Int)

    /// Nil where the dataset has no table.
    init?(_ source: Source, _ db: Database, path: String, closed: RowSet) throws {
      guard let shape = try DatasetTable.stored(db, source.dataset.name, path: path) else { return nil }
      let wanted = source.fields.map { $0.map { shape.selected(source.dataset.fields[$0].name) } ?? "NULL" }
      let days = source.activity.map { "substr(" + shape.selected(source.dataset.fields[$0].name) + ", 1, 10)" }
      let columns = (wanted + days + ["substr(_recorded_at, 1, 10)"]).joined(separator: ", ")
      statement = try BulkStatement(db, "SELECT \(columns) FROM \(shape.table) WHERE _id = ?", path: path)
      (width, self.days, self.closed) = (wanted.count, days.count, closed)
    }

    /// A row; nil where it does not stand, or is closed.
    func member(_ row: Int64, source: Int) throws(WarehouseError) -> Member? {
      if closed.contains(row) { return nil }
      statement.bind(row, at: 1)
      defer { statement.reset() }
      guard try statement.step() else { return nil }
      func value(_ place: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        statement.append(place, to: &bytes)
        return bytes
      }
      // Days of one form are ordered as their bytes are.
      let day = (0...days).map { value(width + $0) }.max { $0.lexicographicallyPrecedes($1) } ?? []
      return Member(source: source, row: row, values: (0..<width).map(value), day: day)
    }
  }
}
