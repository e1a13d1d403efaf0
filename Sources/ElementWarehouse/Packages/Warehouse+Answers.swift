import ElementCore
import ElementSchema
import Foundation
import GRDB

extension Warehouse {
  /// The rows of each dataset that a target refused for a cause and that were not sent again since, by their numbers ascending.
  package func refusedRows(of series: PackageSeries, cause: String) throws -> [String: [Int64]] {
    try translatingErrors(path) {
      try queue.read { db in
        var rows: [String: RowSet] = [:]
        for package in try StoredPackage.all(db, of: series, state: .sent) {
          // What was sent again is settled when that is answered: it may have been lost.
          if package.answer == .acknowledged {
            for (dataset, ids) in try PackageContent.rows(db, of: package.number) {
              for id in ids { rows[dataset]?.remove(id) }
            }
          }
          let refused = try Row.fetchCursor(
            db, sql: "SELECT dataset, id FROM package_row WHERE package = ? AND state = 'refused' AND cause = ?",
            arguments: [package.number, cause])
          while let row = try refused.next() { rows[row[0], default: RowSet()].insert(row[1]) }
        }
        return rows.compactMapValues { set in
          var ids: [Int64] = []
          set.forEach { ids.append($0) }
          return ids.isEmpty ? nil : ids
        }
      }
    }
  }
}

/// What the files of a package hold, as the warehouse kept it.
enum PackageContent {
  /// The rows of each dataset in the files of a package, in their order.
  static func rows(_ db: Database, of package: Int) throws -> [String: [Int64]] {
    var out: [String: [Int64]] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT dataset, rows FROM package_file WHERE package = ? ORDER BY ordinal", arguments: [package])
    {
      let (dataset, rows): (String, Data) = (row[0], row[1])
      out[dataset, default: []] += RowNumbers(bytes: [UInt8](rows)).all
    }
    return out
  }
}

/// What a target said of the records of a package.
package struct PackageAnswer: Sendable {
  /// A record that the target did not take.
  package struct Refusal: Sendable {
    /// The dataset, and the row by its number.
    package let dataset: String
    /// As the warehouse counts rows.
    package let id: Int64
    /// `ours` or `theirs`; `present` where the target has it already.
    package let cause: String
    /// The target's words.
    package let words: String

    /// A refusal of a row.
    package init(dataset: String, id: Int64, cause: String, words: String) {
      (self.dataset, self.id, self.cause, self.words) = (dataset, id, cause, words)
    }
  }

  /// What was not taken.
  package var refusals: [Refusal] = []
  /// The rows of each dataset that the answer names as taken.
  package var accepted: [String: [Int64]] = [:]
  /// Whether the target has taken what the answer does not name.
  package var takesRest: Bool
  /// Whether the package is named, by the answer or by who reads it: else the same bytes are no answer to another one.
  package var namesPackage: Bool
  /// The file of the answer, and the SHA-256 of its bytes.
  package var path, sha256: String

  /// An answer that names no record yet.
  package init(takesRest: Bool, namesPackage: Bool, path: String, sha256: String) {
    (self.takesRest, self.namesPackage, self.path, self.sha256) = (takesRest, namesPackage, path, sha256)
  }
}

/// An answer that is not taken: the reason, for whoever reads it.
package enum AnswerRefusal: Error, Sendable {
  /// The same bytes were read before, as the answer to a package.
  case doubled(package: String)
  /// It says of a row otherwise than an answer before it.
  case contradiction(dataset: String, count: Int)
}

extension Warehouse {
  /// The rows of each data file of a package, by the file's name: its dataset, and its rows in their order.
  package func rows(of package: StoredPackage) throws -> [(file: String, dataset: String, rows: [Int64])] {
    try translatingErrors(path) {
      try queue.read { db in
        try Row.fetchAll(
          db, sql: "SELECT name, dataset, rows FROM package_file WHERE package = ? ORDER BY ordinal",
          arguments: [package.number]
        ).map { row in
          let rows: Data = row[2]
          return (row[0], row[1], RowNumbers(bytes: [UInt8](rows)).all)
        }
      }
    }
  }

  /// Keeps what a target said of a package; the audit chain tells of it. Returns the package as it stands then.
  ///
  /// - Throws: `AnswerRefusal`, with nothing kept.
  package func receive(_ answer: PackageAnswer, for package: StoredPackage, _ head: BatchHead) throws -> StoredPackage {
    try carryOut(head.origin) { db in
      let before = try String.fetchOne(
        db,
        sql:
          "SELECT p.identity FROM receipt r JOIN package p ON p.number = r.package WHERE r.sha256 = ?1 AND (NOT ?2 OR r.package = ?3)",
        arguments: [answer.sha256, answer.namesPackage, package.number])
      if let before { throw AnswerRefusal.doubled(package: before) }
      try confirm(answer, of: package, db)
      let now = Date.now.ISO8601Format()
      let number = (try Int.fetchOne(db, sql: "SELECT max(number) FROM receipt") ?? 0) + 1
      let present = answer.refusals.count { $0.cause.utf8.elementsEqual("present".utf8) }
      let refused = answer.refusals.count - present
      try db.execute(
        sql: """
          INSERT INTO receipt (number, package, sha256, path, read_at, accepted, refused, present) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          number, package.number, answer.sha256, answer.path, now, answer.accepted.values.reduce(0) { $0 + $1.count }, refused,
          present,
        ])
      for refusal in answer.refusals {
        let state = refusal.cause.utf8.elementsEqual("present".utf8) ? "present" : "refused"
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO package_row (package, dataset, id, state, cause, code, field, words, receipt)
            VALUES (?, ?, ?, ?, ?, 'X0201', '', ?, ?)
            """,
          arguments: [package.number, refusal.dataset, refusal.id, state, refusal.cause, refusal.words, number])
      }
      try settle(answer, of: package, db)
      try AuditTrail.append(
        db, head, batch: nil, at: now, inputs: [answer.sha256],
        counts: "receipt=\(number),package=\(package.identity),refused=\(refused),present=\(present)")
      guard let settled = try StoredPackage.all(db).first(where: { $0.number == package.number }) else {
        bug("a package that was answered is gone")
      }
      return (settled, true)
    }
  }

  /// Refuses an answer that takes what another refused, or the other way round.
  private func confirm(_ answer: PackageAnswer, of package: StoredPackage, _ db: Database) throws {
    var refused: [String: RowSet] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT dataset, id FROM package_row WHERE package = ? AND state = 'refused'", arguments: [package.number])
    {
      refused[row[0], default: RowSet()].insert(row[1])
    }
    // Who says by other means that all was taken says it of those too.
    if answer.path.isEmpty, let (dataset, rows) = refused.min(by: { $0.key < $1.key }) {
      var count = 0
      rows.forEach { _ in count += 1 }
      throw AnswerRefusal.contradiction(dataset: dataset, count: count)
    }
    for (dataset, ids) in answer.accepted {
      let count = ids.count { refused[dataset]?.contains($0) == true }
      if count > 0 { throw AnswerRefusal.contradiction(dataset: dataset, count: count) }
    }
    var accepted: [String: RowSet] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT dataset, accepted FROM package_file WHERE package = ?", arguments: [package.number])
    {
      let (dataset, bytes): (String, Data) = (row[0], row[1])
      accepted[dataset, default: RowSet()].formUnion(RowSet(bytes: [UInt8](bytes)))
    }
    for (dataset, refusals) in Dictionary(grouping: answer.refusals, by: \.dataset) {
      let count = refusals.count { accepted[dataset]?.contains($0.id) == true }
      if count > 0 { throw AnswerRefusal.contradiction(dataset: dataset, count: count) }
    }
  }

  /// Notes which rows were taken, and how far the package is answered.
  private func settle(_ answer: PackageAnswer, of package: StoredPackage, _ db: Database) throws {
    var settled: [String: RowSet] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT dataset, id FROM package_row WHERE package = ? AND state <> 'behind'", arguments: [package.number])
    {
      settled[row[0], default: RowSet()].insert(row[1])
    }
    var isWhole = true
    for row in try Row.fetchAll(db, sql: "SELECT * FROM package_file WHERE package = ?", arguments: [package.number]) {
      let (dataset, rows, known): (String, Data, Data) = (row["dataset"], row["rows"], row["accepted"])
      let ids = RowNumbers(bytes: [UInt8](rows)).all
      var accepted = RowSet(bytes: [UInt8](known))
      let (own, refused) = (Set(ids), settled[dataset] ?? RowSet())
      for id in answer.accepted[dataset] ?? [] where own.contains(id) { accepted.insert(id) }
      if answer.takesRest { for id in ids where !refused.contains(id) { accepted.insert(id) } }
      if ids.contains(where: { !accepted.contains($0) && !refused.contains($0) }) { isWhole = false }
      try db.execute(
        sql: "UPDATE package_file SET accepted = ? WHERE package = ? AND ordinal = ?",
        arguments: [Data(accepted.packed), package.number, row["ordinal"] as Int])
    }
    try db.execute(
      sql: "UPDATE package SET answer = ? WHERE number = ?",
      arguments: [isWhole || answer.takesRest ? "acknowledged" : "partly", package.number])
  }
}
