import Foundation
import GRDB

/// What a receiver may hold when a package is made: what it acknowledged last, and what was sent since, which it may have taken.
package struct PackageBase: Sendable {
  /// The package that it acknowledged last, or that was named; nil where it acknowledged none.
  package let package: StoredPackage?
  /// The rows of each dataset that it may hold.
  private let held: [String: RowSet]
  /// The highest row number of each dataset that the package knew.
  private let lastIDs: [String: Int64]
  /// The rows of each dataset that stayed behind in it, or that the target refused: it has them as they were at some time before.
  private let behind: [String: RowSet]
  /// What the package said of each row or person, where its records say whose they are.
  private let sent: [String: [Int64: UInt64]]
  /// The rows of each dataset that packages since hold, or say that they are gone: whether the receiver took them nobody knows.
  private let pending: [String: RowSet]

  /// What the next package of a series builds on: a package by its number, or the one that was acknowledged last.
  init(_ db: Database, _ series: PackageSeries, number: Int? = nil) throws {
    // Of one whose run was broken off when it was in its place nobody knows whether it was taken from there.
    let sent = try StoredPackage.all(db, of: series).filter { $0.manifestSha256 != nil }
    let wanted = sent.last { package in
      guard package.kind != .resend, package.state == .sent else { return false }
      if let number { return package.number == number }
      return package.answer == .acknowledged
    }
    package = wanted
    var (held, lastIDs, behind): ([String: RowSet], [String: Int64], [String: RowSet]) = ([:], [:], [:])
    var pending: [String: RowSet] = [:]
    var sentAs: [String: [Int64: UInt64]] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT * FROM package_dataset WHERE package = ?", arguments: [wanted?.number]) {
      let (name, set): (String, Data) = (row["dataset"], row["held"])
      held[name] = RowSet(bytes: [UInt8](set))
      lastIDs[name] = row["last_id"]
      let (rows, values): (Data, Data) = (row["sent"] ?? Data(), row["sent_as"] ?? Data())
      let said = zip(RowNumbers(bytes: [UInt8](rows)).all, RowNumbers(bytes: [UInt8](values)).all)
      sentAs[name] = Dictionary(said.map { ($0, UInt64(bitPattern: $1)) }, uniquingKeysWith: { $1 })
    }
    for later in sent where later.number > wanted?.number ?? 0 {
      for row in try Row.fetchAll(db, sql: "SELECT * FROM package_file WHERE package = ?", arguments: [later.number]) {
        let (name, rows, gone): (String, Data, Data) = (row["dataset"], row["rows"], row["gone"])
        let left = RowSet(bytes: [UInt8](gone))
        for id in RowNumbers(bytes: [UInt8](rows)).all {
          pending[name, default: RowSet()].insert(id)
          if !left.contains(id) { held[name, default: RowSet()].insert(id) }
        }
      }
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT dataset, id FROM package_row WHERE package = ? AND state IN ('behind', 'refused')",
      arguments: [wanted?.number])
    {
      behind[row["dataset"], default: RowSet()].insert(row["id"])
    }
    (self.held, self.lastIDs, self.behind, self.pending) = (held, lastIDs, behind, pending)
    self.sent = sentAs
  }

  /// The last batch that the receiver knows; 0 where it acknowledged nothing.
  package var batch: Int { package?.batch ?? 0 }

  /// The rows of a dataset that the receiver may hold.
  func held(_ dataset: String) -> RowSet { held[dataset] ?? RowSet() }

  /// What the receiver has of a row or person for sure, as the package said it; nil where nobody knows.
  package func said(_ id: Int64, of name: String) -> UInt64? { isSure(id, of: name) ? sent[name]?[id] : nil }

  /// The rows or people that the receiver may hold, ascending.
  package func heldNumbers(_ name: String) -> [Int64] {
    var numbers: [Int64] = []
    held(name).forEach { numbers.append($0) }
    return numbers
  }

  /// The rows whose person is now another than the package said; of those of which it said nothing, all that have one.
  package func moved(_ entities: [Int64: UInt32], of name: String) -> [Int64] {
    let before = sent[name] ?? [:]
    return Set(before.keys).union(entities.keys).filter { before[$0] ?? 0 != UInt64(entities[$0] ?? 0) }.sorted()
  }

  /// Whether the receiver may hold any row of a dataset.
  package func holdsAny(_ dataset: String) -> Bool { held[dataset].map { !$0.isEmpty } ?? false }

  /// The rows of a dataset that may be other than the receiver has them; but for those that only came to be where not `withNew`.
  func touched(_ db: Database, _ shape: TableShape, withNew: Bool) throws -> RowSet {
    var rows = behind[shape.dataset] ?? RowSet()
    if let sent = pending[shape.dataset] { rows.formUnion(sent) }
    let last = withNew ? lastIDs[shape.dataset] ?? 0 : .max
    let ids = try Int64.fetchCursor(
      db,
      sql: """
        SELECT _id FROM \(shape.table) WHERE _id > ?1
        UNION ALL SELECT _id FROM \(shape.history) WHERE _superseded_by > ?2
        UNION ALL SELECT id FROM revival WHERE dataset = ?3 AND batch > ?2
        """, arguments: [last, batch, shape.dataset])
    while let id = try ids.next() { rows.insert(id) }
    let (before, now) = (try Closings.closed(db, shape.dataset, behind: batch), try Closings.closed(db, shape.dataset))
    before.forEach { if !now.contains($0) { rows.insert($0) } }
    now.forEach { if !before.contains($0) { rows.insert($0) } }
    return rows
  }

  /// Whether the receiver has a row as it stood in the package, for sure.
  func isSure(_ row: Int64, of dataset: String) -> Bool {
    package != nil && held[dataset]?.contains(row) == true && pending[dataset]?.contains(row) != true
      && behind[dataset]?.contains(row) != true
  }

  /// The batch behind which former versions of a row tell what the receiver may have of it.
  func known(_ row: Int64, of dataset: String) -> Int { behind[dataset]?.contains(row) == true ? 0 : batch }
}
