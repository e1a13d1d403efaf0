import ElementCore
package import ElementSchema
import GRDB

/// What linkage reads and writes in one transaction.
package final class LinkageSession {
  let db: Database
  let path: String
  /// The kind of what is linked: person, house or organization.
  package let kind: String

  init(_ db: Database, kind: String, path: String) { (self.db, self.kind, self.path) = (db, kind, path) }

  /// A membership: the row, the batch that wrote it when it came in, the entity, and how it came in.
  package struct Member: Sendable, Hashable {
    /// Which row it is.
    package let name: RowName
    /// The number of the entity.
    package let entity: UInt32
    /// How it came in: single, certain, auto, person.
    package let how: String
  }

  /// The last batch whose rows are there; 0 for none.
  package func lastBatch() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT max(id) FROM batch WHERE digest IS NOT NULL") ?? 0
  }

  /// The rows of a dataset with some of its fields, from 0; nil where it has no table. The scan ends before another begins.
  package func scan(_ dataset: Dataset, _ fields: [Int]) throws -> LinkageScan? {
    guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return nil }
    let columns = fields.map { ", " + shape.selected(dataset.fields[$0].name) }.joined()
    let statement = try BulkStatement(db, "SELECT _id, _batch\(columns) FROM \(shape.table) ORDER BY _id", path: path)
    var places = [Int?](repeating: nil, count: dataset.fields.count)
    for (place, field) in fields.enumerated() { places[field] = place }
    return LinkageScan(StoredRowScan(statement, columns: fields.count), places: places, width: fields.count)
  }

  /// Whether people were joined, and rows came since the last run that did.
  package func isBehind() throws -> Bool {
    let last = try Int.fetchOne(
      db, sql: "SELECT max(last_batch) FROM linkage_run WHERE kind = ? AND is_applied AND taken_back_by IS NULL",
      arguments: [kind])
    return try last.map { try lastBatch() > $0 } ?? false
  }

  /// How many rows a dataset has; 0 where it has no table.
  package func count(of dataset: String) throws -> Int {
    guard let shape = try DatasetTable.stored(db, dataset, path: path) else { return 0 }
    return try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0
  }

  /// Visits the memberships of the rows of a dataset, in the order of their numbers.
  package func forEachMember(of dataset: String, _ body: (_ row: Int64, _ entity: UInt32) -> Void) throws {
    let rows = try BulkStatement(db, "SELECT row, entity FROM entity_member WHERE dataset = ? ORDER BY row", path: path)
    rows.bind(dataset, at: 1)
    while try rows.step() { body(rows.integer(0), UInt32(truncatingIfNeeded: rows.integer(1))) }
  }

  /// The numbers that stand without a row, the earlier ones by the digest of the rows they had, and the highest ever given.
  package func numbers() throws -> (empty: [UInt32], ended: [UInt64: UInt32], last: UInt32) {
    let empty = try UInt32.fetchAll(
      db,
      sql: """
        SELECT id FROM entity WHERE kind = ? AND state = 'current'
          AND NOT EXISTS (SELECT 1 FROM entity_member m WHERE m.entity = entity.id) ORDER BY id
        """, arguments: [kind])
    var ended: [UInt64: UInt32] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, members FROM entity WHERE kind = ? AND state = 'retired' AND members <> 0 ORDER BY id",
      arguments: [kind])
    while let row = try rows.next() {
      let members: Int64 = row[1]
      ended[UInt64(bitPattern: members)] = row[0]
    }
    return (empty, ended, UInt32(try last("entity")))
  }

  /// The last number of a kind that was given; 0 for none.
  func last(_ name: String) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT last FROM linkage_sequence WHERE name = ?", arguments: [name]) ?? 0
  }

  /// What people said of rows, the latest word on each pair, in the order in which it was said.
  package func decisions() throws -> [StoredDecision] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM linkage_decision WHERE kind = ? AND superseded_by IS NULL ORDER BY id", arguments: [kind]
    ).map(StoredDecision.init)
  }

  /// Visits the rows that wait, those that came first before the others.
  package func forEachWaiting(_ filter: WaitingRow.Filter, _ body: (WaitingRow) throws -> Void) throws {
    try WaitingRow.forEach(db, filter, tells: false, body)
  }

  /// All questions, by grid, and within a grid the most uncertain first.
  package func questions() throws -> [StoredQuestion] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM linkage_question WHERE kind = ? ORDER BY grid, abs(weight), id", arguments: [kind]
    ).map(StoredQuestion.init)
  }

  /// The pairs that a guard keeps apart though much agrees, the likeliest first: for the office that keeps the register. They are no questions, and have
  /// no number.
  package func keptApart(by barrier: String) throws -> [StoredQuestion] {
    try Row.fetchAll(
      db,
      sql:
        "SELECT *, 0 AS id, 1 AS pairs, '' AS grid, 'open' AS state FROM linkage_pair WHERE kind = ? AND barrier = ? ORDER BY weight DESC",
      arguments: [kind, barrier]
    ).map(StoredQuestion.init)
  }

  /// The members of an entity, in order.
  package func members(of entity: UInt32) throws -> [Member] {
    try Row.fetchAll(
      db, sql: "SELECT dataset, row, entity, how FROM entity_member WHERE entity = ? ORDER BY dataset, row", arguments: [entity]
    ).map { Member(name: RowName($0[0], $0[1]), entity: $0[2], how: $0[3]) }
  }

  /// The entity of a row; nil where it has none.
  package func entity(of name: RowName) throws -> UInt32? {
    try UInt32.fetchOne(
      db, sql: "SELECT entity FROM entity_member WHERE dataset = ? AND row = ?", arguments: [name.dataset, name.row])
  }

  /// Who answers for a number: itself while it stands, else its successors; nil where none was ever given, or all its rows are gone.
  package func current(_ number: UInt32) throws -> UInt32? { try Self.current(number, kind, db) }

  /// The same of a kind, or, for nil, of any.
  static func current(_ number: UInt32, _ kind: String?, _ db: Database) throws -> UInt32? {
    var number = number
    while let row = try Row.fetchOne(
      db, sql: "SELECT state, successor FROM entity WHERE id = ?1 AND (?2 IS NULL OR kind = ?2)", arguments: [number, kind])
    {
      let (state, successor): (String, UInt32?) = (row[0], row[1])
      if state.utf8.elementsEqual("current".utf8) { return number }
      guard let successor else { return nil }
      number = successor
    }
    return nil
  }

  /// The rows of a dataset that hold a value in one of some fields, from 0, each with the first such field, by the numbers of rows ascending.
  package func rows(_ dataset: Dataset, holding value: String, in fields: [Int]) throws -> [(row: Int64, field: Int)] {
    guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return [] }
    var found: [Int64: Int] = [:]
    for field in fields {
      let column = shape.selected(dataset.fields[field].name)
      for row in try Int64.fetchAll(db, sql: "SELECT _id FROM \(shape.table) WHERE \(column) = ?", arguments: [value]) {
        found[row] = min(found[row] ?? field, field)
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The values of some rows of a dataset in some fields, from 0, by their numbers; integers as their digits.
  package func values(_ dataset: Dataset, _ fields: [Int], of ids: [Int64]) throws -> [Int64: [String]] {
    guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return [:] }
    let columns = fields.map { ", " + shape.selected(dataset.fields[$0].name) }.joined()
    var values: [Int64: [String]] = [:]
    let statement = try BulkStatement(db, "SELECT _id\(columns) FROM \(shape.table) WHERE _id = ?", path: path)
    for id in ids {
      statement.bind(id, at: 1)
      if try statement.step() {
        values[id] = fields.indices.map { place in
          var bytes: [UInt8] = []
          statement.append(place + 1, to: &bytes)
          return String(validUTF8: bytes.span) ?? ""
        }
      }
      statement.reset()
    }
    return values
  }
}

extension Warehouse {
  /// Runs `body` with what linkage reads; nothing is written meanwhile.
  package func readingLinkage<Result>(kind: String, _ body: (LinkageSession) throws -> Result) throws -> Result {
    try translatingErrors(path) { try queue.read { try body(LinkageSession($0, kind: kind, path: queue.path)) } }
  }

  /// Runs `body` with what linkage reads and writes, in one transaction of which the audit chain tells; nothing of it is left where it says so, or fails.
  package func linking<Result>(
    kind: String, _ head: BatchHead, _ body: (LinkageSession) throws -> (result: Result, isKept: Bool)
  ) throws -> Result {
    try carryOut(head.origin) { try body(LinkageSession($0, kind: kind, path: queue.path)) }
  }
}
