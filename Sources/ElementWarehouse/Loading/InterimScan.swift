import ElementCore
import ElementSchema
import GRDB

/// Finds rows in a table that may be joined, because one of them has no key yet.
struct InterimScan {
  private let db: Database
  private let shape: TableShape
  private let hash: InterimHash
  /// The running load, whose rows are told apart; 0 for none.
  private let batch: Int64
  private let path: String

  /// A scan of the table of a dataset; nil where its rows all need their key.
  init?(_ db: Database, _ dataset: Dataset, _ shape: TableShape, batch: Int64, path: String) {
    guard let hash = InterimHash(dataset) else { return nil }
    (self.db, self.shape, self.hash, self.batch, self.path) = (db, shape, hash, batch, path)
  }

  /// Which rows.
  enum Kind {
    /// Those without a key.
    case open
    /// Those that have theirs.
    case keyed
    /// Those of the running load that have theirs.
    case ownKeyed

    fileprivate func condition(_ key: String, _ batch: Int64) -> String {
      switch self {
      case .open: "\(key) IS NULL"
      case .keyed: "\(key) IS NOT NULL"
      case .ownKeyed: "\(key) IS NOT NULL AND _batch = \(batch)"
      }
    }
  }

  /// The rows of a kind, of those that `isWanted` says by what must be equal.
  func rows(_ kind: Kind, _ isWanted: (UInt64) -> Bool = { _ in true }) throws -> [InterimCandidate] {
    let columns = hash.names.map(shape.selected)
    let list = columns.joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection,
      "SELECT _id, _batch, _input, _row, \(list) FROM \(shape.table) WHERE \(kind.condition(columns[0], batch))", path: path)
    var out: [InterimCandidate] = []
    var values = [[UInt8]](repeating: [], count: columns.count)
    while try statement.step() {
      for place in values.indices {
        values[place].removeAll(keepingCapacity: true)
        statement.append(place + 4, to: &values[place])
      }
      let must = hash.hash(0, of: values)
      if isWanted(must) { out.append(try candidate(statement, must, values)) }
    }
    return out
  }

  private func candidate(
    _ statement: borrowing BulkStatement, _ must: UInt64, _ values: [[UInt8]]
  ) throws -> InterimCandidate {
    let (id, isOwn) = (statement.integer(0), batch != 0 && statement.integer(1) == batch)
    return InterimCandidate(
      id: id, must: must, may: (0..<hash.mayCount).map { hash.hash($0 + 1, of: values) },
      place: isOwn ? UInt64(statement.integer(2)) << 32 | UInt64(statement.integer(3)) : nil,
      isNew: isOwn ? try !hasHistory(id) : false)
  }

  private func hasHistory(_ id: Int64) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(shape.history) WHERE _id = ?)", arguments: [id]) ?? false
  }
}
