import ElementCore
import ElementSchema
import GRDB

/// Joins rows without a key to those that have theirs, when all rows of a load are in: so the order in which they came
/// makes no difference, and no row of the load is changed by two records.
struct InterimMerge {
  private struct Candidate {
    let id: Int64
    let origin: (batch: Int64, input: Int, row: Int)
    let must: [[UInt8]]
    let may: [[UInt8]]

    /// Whether what tells namesakes apart is the same, or unknown on one side.
    func fits(_ other: Candidate) -> Bool { zip(may, other.may).allSatisfy { $0.isEmpty || $1.isEmpty || $0 == $1 } }

    /// Whether it is known and the same.
    func isSure(_ other: Candidate) -> Bool { !may.contains { $0.isEmpty } && may == other.may }
  }

  private let db: Database
  private let dataset: Dataset
  private let shape: TableShape
  private let interim: InterimKey
  private let key: Int
  private let batch: Int64
  private let recordedAt: String
  private let path: String
  private let table: String
  private let history: String

  /// A merge of the rows of a dataset; nil where its rows all need their key.
  init?(_ db: Database, _ dataset: Dataset, _ shape: TableShape, batch: Int64, recordedAt: String, path: String) {
    guard let interim = dataset.interim, let key = dataset.key.first else { return nil }
    (self.db, self.dataset, self.shape, self.interim, self.key) = (db, dataset, shape, interim, key)
    (self.batch, self.recordedAt, self.path) = (batch, recordedAt, path)
    (table, history) = (shape.table, shape.history)
  }

  /// Joins the rows; `absent` are the fields that the files of the load have no column for: a row that it created takes them
  /// from the one it is joined to.
  func run(absent: Set<Int>) throws -> [JoinedRow] {
    let missing = "\(name(key)) IS NULL"
    let open = try candidates(where: missing)
    if open.isEmpty { return [] }
    // Rows that both stood there before were compared when the later one came.
    let isAnyNew = open.contains { $0.origin.batch == batch }
    let wanted = Set(open.map(\.must))
    let keyed = try candidates(where: isAnyNew ? "NOT \(missing)" : "NOT \(missing) AND _batch = \(batch)", wanted)
    let byMust = Dictionary(grouping: keyed, by: \.must)
    var partners: [Int64: [Candidate]] = [:]
    for row in open {
      let fitting = (byMust[row.must] ?? []).filter(row.fits)
      let sure = fitting.filter(row.isSure)
      if let partner = fitting.count == 1 ? fitting.first : sure.count == 1 ? sure.first : nil {
        partners[partner.id, default: []].append(row)
      }
    }
    var joined: [JoinedRow] = []
    for partner in keyed {
      guard let rows = partners[partner.id] else { continue }
      var isNew = try partner.origin.batch == batch && !hasHistory(partner.id)
      for row in Self.sound(rows, partner) {
        let result = try join(row, to: partner, isNew: isNew, absent)
        isNew = isNew && result.keyed == nil
        joined.append(result)
      }
    }
    return joined
  }

  /// Of several rows that fit one partner: those that surely are the same, or all where they fit each other.
  private static func sound(_ rows: [Candidate], _ partner: Candidate) -> [Candidate] {
    let sure = rows.filter(partner.isSure)
    if !sure.isEmpty { return sure }
    return rows.allSatisfy { row in rows.allSatisfy(row.fits) } ? rows : []
  }

  private func name(_ field: Int) -> String { TableShape.quoted(dataset.fields[field].name) }

  /// Rows that meet a condition, those with wanted values only.
  private func candidates(where condition: String, _ wanted: Set<[[UInt8]]>? = nil) throws -> [Candidate] {
    let columns = ([key] + interim.fields).map(name).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _id, _batch, _input, _row, \(columns) FROM \(table) WHERE \(condition)", path: path)
    var out: [Candidate] = []
    var values = [[UInt8]](repeating: [], count: interim.fields.count + 1)
    while try statement.step() {
      for place in values.indices {
        values[place].removeAll(keepingCapacity: true)
        statement.append(place + 4, to: &values[place])
      }
      complete(&values)
      let must = Array(values[1...interim.must.count])
      if let wanted, !wanted.contains(must) { continue }
      out.append(
        Candidate(
          id: statement.integer(0),
          origin: (statement.integer(1), Int(statement.integer(2)), Int(statement.integer(3))), must: must,
          may: Array(values[(1 + interim.must.count)...])))
    }
    return out
  }

  /// A birth date that is not there is taken from the citizen number, where that is the key.
  private func complete(_ values: inout [[UInt8]]) {
    for (place, field) in interim.must.enumerated() where values[place + 1].isEmpty {
      if dataset.fields[field].birthDateOf.flatMap(dataset.index) != key { continue }
      let number = values[0]
      guard let born = CitizenID.birthDate(number.span) else { continue }
      values[place + 1] = Array(born.text.utf8)
    }
  }

  /// Ends a row and links it to its partner, which goes on for it; `isNew` where that was made by this load.
  private func join(_ row: Candidate, to partner: Candidate, isNew: Bool, _ absent: Set<Int>) throws -> JoinedRow {
    let wasThere = try hasHistory(row.id)
    let isOld = row.origin.batch != batch || wasThere
    let columns = shape.allColumns.joined(separator: ", ")
    if isNew { try fill(partner.id, from: row.id, absent) }
    // An old list that is brought again and again leaves one version.
    try db.execute(
      sql: """
        INSERT INTO \(history) (_id, \(columns), _superseded_at, _superseded_by, _reason, _end_seal)
        SELECT _id, \(columns), ?1, ?2, 'joined', \(TableShape.endSeal("'joined'", "?1", "?2")) FROM \(table) t WHERE _id = ?3
          AND NOT EXISTS (SELECT 1 FROM \(history) h WHERE h._hash = t._hash AND h._id IN (
            SELECT ?4 UNION SELECT from_id FROM link WHERE dataset = ?5 AND to_id = ?4))
        """, arguments: [recordedAt, batch, row.id, partner.id, dataset.name])
    if try hasHistory(row.id) {
      try db.execute(
        sql: "INSERT INTO link (batch, dataset, kind, from_id, to_id, recorded_at) VALUES (?, ?, 'interim', ?, ?, ?)",
        arguments: [batch, dataset.name, row.id, partner.id, recordedAt])
    }
    try db.execute(sql: "DELETE FROM \(table) WHERE _id = ?", arguments: [row.id])
    let interim: JoinedRow.Origin? =
      row.origin.batch == batch ? (row.origin.input, row.origin.row, wasThere ? .updated : .created) : nil
    let keyed: JoinedRow.Origin? = isNew && isOld ? (partner.origin.input, partner.origin.row, .created) : nil
    return JoinedRow(interim: interim, keyed: keyed, removed: (isOld ? 1 : 0) - (keyed == nil ? 0 : 1))
  }

  /// Notes of a row which of the fields that it takes from another one were derived there.
  private func keepDerived(_ id: Int64, from other: Int64, names: [String]) throws {
    func derived(_ row: Int64) throws -> [String] {
      let text = try String.fetchOne(db, sql: "SELECT _derived FROM \(table) WHERE _id = ?", arguments: [row])
      return (text ?? "").split(separator: ",").map(String.init)
    }
    let own = try derived(id)
    let taken = try derived(other).filter { names.contains(TableShape.quoted($0)) && !own.contains($0) }
    if taken.isEmpty { return }
    try db.execute(
      sql: "UPDATE \(table) SET _derived = ? WHERE _id = ?", arguments: [(own + taken).joined(separator: ","), id])
  }

  private func hasHistory(_ id: Int64) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(history) WHERE _id = ?)", arguments: [id]) ?? false
  }

  /// Gives a row what its file has no column for, and hashes and seals it again.
  private func fill(_ id: Int64, from other: Int64, _ absent: Set<Int>) throws {
    let fields =
      absent.subtracting([key]).sorted().map(name) + shape.kept(beside: dataset).map { TableShape.quoted($0.name) }
    if fields.isEmpty { return }
    try keepDerived(id, from: other, names: fields)
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
}
