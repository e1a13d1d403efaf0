import ElementCore
import ElementSchema
import GRDB

/// Carries out joins: a row without its key ends and is linked to the row that has it and goes on for it.
struct InterimJoiner {
  private let db: Database
  private let dataset: Dataset
  private let shape: TableShape
  private let batch: Int64
  private let recordedAt: String
  private let path: String

  /// A joiner for the table of a dataset within a load.
  init(_ db: Database, _ dataset: Dataset, _ shape: TableShape, batch: Int64, recordedAt: String, path: String) {
    (self.db, self.dataset, self.shape) = (db, dataset, shape)
    (self.batch, self.recordedAt, self.path) = (batch, recordedAt, path)
  }

  /// Ends a row and links it to its partner, which takes from it what it says nothing of itself where this load made it: all of that, or, of
  /// one that is complete, what the dataset has no field for.
  func join(_ row: InterimCandidate, to partner: InterimCandidate, isComplete: Bool = false) throws {
    let (table, history) = (shape.table, shape.history)
    let columns = shape.allColumns.joined(separator: ", ")
    if partner.isNew { try fill(partner.id, from: row.id, isComplete) }
    // An old list that is brought again and again leaves one version; what stood there before can be brought back.
    try db.execute(
      sql: """
        INSERT INTO \(history) (_id, \(columns), _superseded_at, _superseded_by, _reason, _end_seal)
        SELECT _id, \(columns), ?1, ?2, 'joined', \(TableShape.endSeal("'joined'", "?1", "?2")) FROM \(table) t WHERE _id = ?3
          AND (_batch <> ?2 OR NOT EXISTS (SELECT 1 FROM \(history) h WHERE h._hash = t._hash AND h._id IN (
            SELECT ?4 UNION SELECT from_id FROM link WHERE dataset = ?5 AND to_id = ?4)))
        """, arguments: [recordedAt, batch, row.id, partner.id, dataset.name])
    if try hasHistory(row.id) {
      try db.execute(
        sql: "INSERT INTO link (batch, dataset, kind, from_id, to_id, recorded_at) VALUES (?, ?, 'interim', ?, ?, ?)",
        arguments: [batch, dataset.name, row.id, partner.id, recordedAt])
    }
    try LinkageRows.leave(db, dataset.name, "SELECT \(row.id)")
    try db.execute(sql: "DELETE FROM \(table) WHERE _id = ?", arguments: [row.id])
  }

  private func hasHistory(_ id: Int64) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(shape.history) WHERE _id = ?)", arguments: [id]) ?? false
  }

  /// Gives a row what it says nothing of, and hashes and seals it again.
  private func fill(_ id: Int64, from other: Int64, _ isComplete: Bool) throws {
    let stale = isComplete ? [] : try staleFields(id, from: other)
    let own =
      isComplete ? [] : dataset.fields.indices.filter { !dataset.key.contains($0) && !stale.contains(dataset.fields[$0].name) }
    let fields = (dataset.names(of: own) + shape.kept(beside: dataset).map(\.name)).map(TableShape.quoted)
    if fields.isEmpty { return }
    try keepDerived(id, from: other, names: fields)
    let table = shape.table
    let filled = fields.map { "\($0) = COALESCE(\($0), (SELECT \($0) FROM \(table) WHERE _id = ?2))" }
    try db.execute(sql: "UPDATE \(table) SET \(filled.joined(separator: ", ")) WHERE _id = ?1", arguments: [id, other])
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _batch, _input, _row, _derived, \(shape.fieldList) FROM \(table) WHERE _id = ?1", path: path)
    statement.bind(id, at: 1)
    guard try statement.step() else { bug("a row that was filled is not there") }
    var (content, ranges): ([UInt8], [FieldRange]) = ([], [])
    for column in shape.columns.indices { statement.append(column + 4, to: &content, &ranges) }
    var derived: [UInt8] = []
    statement.append(3, to: &derived)
    let hash = RowHash(names: shape.names).hash(content.span, ranges.span, from: 0)
    let seal = RowHash.seal(
      content: hash, batch: statement.integer(0), input: statement.integer(1), row: statement.integer(2),
      derived: derived.span)
    statement.reset()
    try db.execute(
      sql: "UPDATE \(table) SET _hash = ?, _seal = ? WHERE _id = ?",
      arguments: [Int64(bitPattern: hash), Int64(bitPattern: seal), id])
  }

  /// The fields that followed in another row from what a row says otherwise itself: they do not follow in it.
  private func staleFields(_ id: Int64, from other: Int64) throws -> Set<String> {
    let derived = Set(try derivedNames(other))
    if derived.isEmpty { return [] }
    var stale: Set<String> = []
    for derivation in dataset.derivations where derived.contains(dataset.fields[derivation.field].name) {
      let said = try dataset.names(of: derivation.conditionFields).contains { source in
        guard shape.column(source) != nil, !stale.contains(source) else { return stale.contains(source) }
        let sql = "SELECT \(TableShape.quoted(source)) IS NOT NULL FROM \(shape.table) WHERE _id = ?"
        return try Bool.fetchOne(db, sql: sql, arguments: [id]) ?? false
      }
      if said { stale.insert(dataset.fields[derivation.field].name) }
    }
    return stale
  }

  /// The names of the fields of a row that follow from others.
  private func derivedNames(_ row: Int64) throws -> [String] {
    let text = try String.fetchOne(db, sql: "SELECT _derived FROM \(shape.table) WHERE _id = ?", arguments: [row])
    return (text ?? "").split(separator: ",").map(String.init)
  }

  /// Notes of a row which of the fields that it takes from another one were derived there.
  private func keepDerived(_ id: Int64, from other: Int64, names: [String]) throws {
    let own = try derivedNames(id)
    let taken = try derivedNames(other).filter { name in
      let column = TableShape.quoted(name)
      guard names.contains(column), !own.contains(name) else { return false }
      return try Bool.fetchOne(db, sql: "SELECT \(column) IS NULL FROM \(shape.table) WHERE _id = ?", arguments: [id]) ?? false
    }
    if taken.isEmpty { return }
    try db.execute(
      sql: "UPDATE \(shape.table) SET _derived = ? WHERE _id = ?", arguments: [(own + taken).joined(separator: ","), id])
  }
}
