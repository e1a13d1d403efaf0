import ElementCore
import ElementSchema
import GRDB

/// What changed in a warehouse since a batch, as far as findings may have come or gone because of it.
final class ChangesSince {
  private let db: Database
  private let batch: Int
  private let path: String
  private let datasets: [String: Dataset]
  private var shapes: [String: TableShape?] = [:]
  private var touched: [Link: Set<[UInt8]>] = [:]
  private var links: [String: [Link]] = [:]

  /// By what records of a dataset depend on rows of another, or of their own: what their fields say stands in the fields of those.
  private struct Link: Hashable {
    let own: [String]
    let target: String
    let fields: [String]
  }

  /// What changed since a batch in the tables of some datasets.
  init(_ db: Database, since batch: Int, _ datasets: [Dataset], path: String) {
    (self.db, self.batch, self.path) = (db, batch, path)
    self.datasets = Dictionary(uniqueKeysWithValues: datasets.map { ($0.name, $0) })
  }

  /// Whether a finding of a kind about a record may have come or gone because of data: the record changed, or what it depends on did.
  func concerns(_ record: Int64, _ kind: FindingKind) throws -> Bool {
    if record < 0 { return try hasWaited(-record) }
    guard record > 0, let shape = try shape(kind.dataset) else { return false }
    if try hasChanged(record, shape) { return true }
    guard kind.code.phase == "G" || kind.code.phase == "W" else { return false }
    return try links(of: kind.dataset).contains { link in
      guard let values = try values(of: record, link.own, shape), !values.isEmpty else { return false }
      return try touched(link).contains(values)
    }
  }

  /// Whether a row that waits came since, or waits no more.
  private func hasWaited(_ row: Int64) throws -> Bool {
    try Bool.fetchOne(
      db,
      cached: """
        SELECT batch > ?2 OR EXISTS (SELECT 1 FROM quarantine_end e WHERE e.quarantine = q.id AND e.batch > ?2)
          OR EXISTS (SELECT 1 FROM quarantine n WHERE n.identity = q.identity AND n.batch > ?2)
          OR EXISTS (SELECT 1 FROM batch b WHERE b.id = q.batch AND b.undone_by > ?2)
          FROM quarantine q WHERE q.id = ?1
        """, [row, batch]) ?? true
  }

  /// Whether a stored row was written, superseded, closed or opened since; one that is gone was.
  private func hasChanged(_ row: Int64, _ shape: TableShape) throws -> Bool {
    try Bool.fetchOne(
      db,
      cached: """
        SELECT ifnull((SELECT _batch > ?2 FROM \(shape.table) WHERE _id = ?1), 1)
          OR EXISTS (SELECT 1 FROM \(shape.history) WHERE _id = ?1 AND _superseded_by > ?2)
          OR EXISTS (SELECT 1 FROM closing WHERE dataset = ?3 AND id = ?1 AND batch > ?2)
        """, [row, batch, shape.dataset]) ?? true
  }

  /// What some fields of a row say, now or last; nothing where one is empty.
  private func values(of row: Int64, _ fields: [String], _ shape: TableShape) throws -> [UInt8]? {
    let columns = fields.map(shape.selected).joined(separator: ", ")
    let statement = try BulkStatement(
      db,
      """
      SELECT \(columns) FROM \(shape.table) WHERE _id = ?1
      UNION ALL SELECT * FROM (SELECT \(columns) FROM \(shape.history) WHERE _id = ?1 ORDER BY _version DESC LIMIT 1)
      """, path: path)
    statement.bind(row, at: 1)
    return try statement.step() ? Self.joined(statement, fields.count) : nil
  }

  private static func joined(_ statement: borrowing BulkStatement, _ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    for column in 0..<count {
      let before = bytes.count
      statement.append(column, to: &bytes)
      if bytes.count == before { return nil }
      bytes.append(0x1F)
    }
    return bytes
  }

  private func shape(_ dataset: String) throws -> TableShape? {
    if let known = shapes[dataset] { return known }
    let shape = try DatasetTable.stored(db, dataset, path: path)
    shapes[dataset] = .some(shape)
    return shape
  }

  /// By what the records of a dataset depend on others.
  private func links(of name: String) -> [Link] {
    if let known = links[name] { return known }
    guard let dataset = datasets[name] else { return [] }
    func names(_ fields: [Int]) -> [String] { fields.map { dataset.fields[$0].name } }
    var found = dataset.references.flatMap { reference in
      reference.targets.map { Link(own: names([reference.field]), target: $0, fields: [reference.targetField]) }
    }
    found += dataset.groups.map { Link(own: names($0.by), target: name, fields: names($0.by)) }
    found += dataset.sequences.map { Link(own: names($0.by), target: name, fields: names($0.by)) }
    found += dataset.totals.flatMap { total in
      total.datasets.map { Link(own: names(Array(dataset.key.prefix(1))), target: $0, fields: [total.by]) }
    }
    if let parent = dataset.parent { found.append(Link(own: names([parent]), target: name, fields: names(dataset.key))) }
    links[name] = found
    return found
  }

  /// What the rows that changed since say, or said, in the fields of a link.
  private func touched(_ link: Link) throws -> Set<[UInt8]> {
    let key = Link(own: [], target: link.target, fields: link.fields)
    if let known = touched[key] { return known }
    var found: Set<[UInt8]> = []
    if let shape = try shape(link.target) {
      let columns = link.fields.map(shape.selected).joined(separator: ", ")
      let statement = try BulkStatement(
        db,
        """
        SELECT \(columns) FROM \(shape.table) WHERE _batch > ?1
        UNION ALL SELECT \(columns) FROM \(shape.history) WHERE _superseded_by > ?1
        UNION ALL SELECT \(columns) FROM \(shape.table) WHERE _id IN (
          SELECT id FROM closing WHERE dataset = ?2 AND batch > ?1)
        """, path: path)
      statement.bind(Int64(batch), at: 1)
      statement.bind(link.target, at: 2)
      while try statement.step() {
        if let values = Self.joined(statement, link.fields.count) { found.insert(values) }
      }
    }
    touched[key] = found
    return found
  }
}

extension Bool {
  /// A truth by a statement that is prepared once.
  fileprivate static func fetchOne(_ db: Database, cached sql: String, _ arguments: StatementArguments) throws -> Bool? {
    try fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
  }
}
