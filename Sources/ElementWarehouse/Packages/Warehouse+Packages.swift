import ElementCore
package import ElementSchema
import Foundation
import GRDB

extension Warehouse {
  /// The packages of a series (nil for all), oldest first.
  package func packages(of series: PackageSeries? = nil) throws -> [StoredPackage] {
    try translatingErrors(path) { try queue.read { try StoredPackage.all($0, of: series) } }
  }

  /// Runs `body` with a reader of what goes into a package; nothing is written meanwhile.
  package func readingPackage<Result>(_ body: (PackageReader) throws -> Result) throws -> Result {
    try translatingErrors(path) { try queue.read { try body(PackageReader($0, path: queue.path)) } }
  }

  /// What the next package of a series builds on: a package by its number, or, for nil, the one that was acknowledged last.
  package func packageBase(of series: PackageSeries, number: Int? = nil) throws -> PackageBase {
    try translatingErrors(path) { try queue.read { try PackageBase($0, series, number: number) } }
  }

  /// Whether something was loaded, moved or taken back since a package was made, people were joined or parted of whom it tells, or its target has not
  /// taken it.
  package func hasNews(since package: StoredPackage) throws -> Bool {
    if package.answer != .acknowledged { return true }
    return try translatingErrors(path) {
      try queue.read { db in
        if try Int.fetchOne(db, sql: "SELECT max(id) FROM batch WHERE digest IS NOT NULL") ?? 0 > package.batch { return true }
        return try Bool.fetchOne(
          db,
          sql: """
            SELECT EXISTS (SELECT 1 FROM package_dataset WHERE package = ?1 AND sent <> x'')
              AND EXISTS (SELECT 1 FROM audit WHERE recorded_at >= ?2 AND counts LIKE 'linkage=%')
            """, arguments: [package.number, package.madeAt]) ?? false
      }
    }
  }

  /// Whether rows that a receiver may hold were removed for good: nobody knows by which keys it has them.
  package func isErased(since base: PackageBase, _ datasets: [Dataset]) throws -> Bool {
    try translatingErrors(path) {
      try queue.read { db in
        for dataset in datasets {
          let isTold = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM erasure WHERE dataset = ? AND batch > ?)",
            arguments: [dataset.name, base.batch])
          guard isTold == true, let shape = try DatasetTable.stored(db, dataset.name, path: path) else { continue }
          var known = RowSet()
          let ids = try Int64.fetchCursor(
            db, sql: "SELECT _id FROM \(shape.table) UNION ALL SELECT _id FROM \(shape.history)")
          while let id = try ids.next() { known.insert(id) }
          var isLacking = false
          base.held(dataset.name).forEach { if !known.contains($0) { isLacking = true } }
          if isLacking { return true }
        }
        return false
      }
    }
  }

  /// Finds out what became of packages whose run was broken off: those whose files stand in their place, as `isThere` says, were sent; the others are
  /// lost. Returns the lost ones.
  package func settlePackages(_ isThere: (StoredPackage) -> Bool) throws -> [StoredPackage] {
    let open = try packages().filter { $0.state == .begun || $0.state == .written }
    if open.isEmpty { return [] }
    return try translatingErrors(path) {
      try queue.write { db in
        var lost: [StoredPackage] = []
        for package in open {
          let isSent = package.state == .written && isThere(package)
          if !isSent { lost.append(package) }
          let state = isSent ? StoredPackage.State.sent : .lost
          try db.execute(
            sql: "UPDATE package SET state = ? WHERE number = ?", arguments: [state.rawValue, package.number])
        }
        return lost
      }
    }
  }

  /// Begins a package: the audit chain tells of it before anything is written. `identity` makes its name of its number. Returns the package, and the
  /// entry that tells of it.
  package func begin(
    _ order: PackageOrder, _ head: BatchHead, identity: (Int) -> String
  ) throws -> (package: StoredPackage, entry: (sequence: Int, hash: String)) {
    try carryOut(head.origin) { db in
      let number = (try Int.fetchOne(db, sql: "SELECT max(number) FROM package") ?? 0) + 1
      let batch = try Int.fetchOne(db, sql: "SELECT max(id) FROM batch WHERE digest IS NOT NULL") ?? 0
      let now = Date.now.ISO8601Format()
      let name = identity(number)
      try db.execute(
        sql: """
          INSERT INTO package (number, identity, profile, profile_digest, profile_text, kind, audience, recipient, fields, legal_basis, purpose,
            approvals, operator, made_at, base, batch, place, state, is_answered, answer)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'begun', ?, ?)
          """,
        arguments: [
          number, name, order.profile, order.profileDigest, order.profileText, order.kind.rawValue, order.audience,
          order.recipient, order.fields,
          order.legalBasis, order.purpose, order.approvals, AuditOrigin.redacted(head.operatorName), now, order.base, batch,
          order.place, order.isAnswered, order.isAnswered ? "open" : "acknowledged",
        ])
      try AuditTrail.append(
        db, head, batch: nil, at: now,
        counts: """
          package=\(name),profile=\(order.profile),kind=\(order.kind.rawValue),audience=\(order.audience)\
          ,recipient=\(order.recipient ?? ""),fields=\(order.fields),approvals=\(order.approvals),\(order.terms)
          """)
      guard let stored = try StoredPackage.all(db).last, let entry = try AuditTrail.head(db) else {
        bug("a package that was begun is not there")
      }
      return ((stored, entry), true)
    }
  }

  /// Keeps what a package holds, whose files stand beside their place; the audit chain tells of its manifest.
  package func write(
    _ package: StoredPackage, _ ledger: PackageLedger, manifestSha256: String, datasets: [String], _ head: BatchHead
  ) throws {
    try carryOut(head.origin) { db in
      try db.execute(
        sql: """
          UPDATE package SET state = 'written', manifest_sha256 = ?1, records = ?2, deletions = ?3, behind = ?4,
            answer = iif(?2 = 0, 'acknowledged', answer) WHERE number = ?5
          """,
        arguments: [manifestSha256, ledger.recordCount, ledger.deletionCount, ledger.behindCount, package.number])
      try keep(ledger, of: package, datasets, db)
      try AuditTrail.append(
        db, head, batch: nil, at: Date.now.ISO8601Format(),
        counts: """
          package=\(package.identity),manifest=\(manifestSha256),records=\(ledger.recordCount)\
          ,deletions=\(ledger.deletionCount),behind=\(ledger.behindCount)
          """)
      return ((), true)
    }
  }

  private func keep(_ ledger: PackageLedger, of package: StoredPackage, _ datasets: [String], _ db: Database) throws {
    let base = try PackageBase(db, package.series, number: package.base)
    for name in datasets {
      var held = base.held(name)
      ledger.gone[name]?.forEach { held.remove($0) }
      if package.kind == .full {
        // Of what a full package does not hold, the target keeps at most what stays behind.
        var staying = RowSet()
        for row in ledger.behind where row.dataset.utf8.elementsEqual(name.utf8) && held.contains(row.id) {
          staying.insert(row.id)
        }
        held = staying
      }
      if let kept = ledger.kept[name] { held.formUnion(kept) }
      let last = try DatasetTable.stored(db, name, path: path).map { try DatasetTable.lastID(db, $0) } ?? 0
      try db.execute(
        sql: "INSERT INTO package_dataset (package, dataset, last_id, held, sent, sent_as) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          package.number, name, last, Data(held.packed), Data(ledger.sent[name]?.rows.bytes ?? []),
          Data(ledger.sent[name]?.values.bytes ?? []),
        ])
    }
    for (ordinal, file) in ledger.files.enumerated() {
      try db.execute(
        sql: """
          INSERT INTO package_file (package, ordinal, name, dataset, records, sha256, rows, gone, accepted)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, x'')
          """,
        arguments: [
          package.number, ordinal, file.name, file.dataset, file.records, file.sha256, Data(file.rows.bytes),
          Data(file.gone.packed),
        ])
    }
    for row in ledger.behind {
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO package_row (package, dataset, id, state, code, field, words) VALUES (?, ?, ?, 'behind', ?, ?, ?)
          """, arguments: [package.number, row.dataset, row.id, row.code, row.field, row.words])
    }
  }

  /// Notes that the files of a package are in their place.
  package func send(_ package: StoredPackage) throws {
    try translatingErrors(path) {
      try queue.write { db in
        try db.execute(sql: "UPDATE package SET state = 'sent' WHERE number = ?", arguments: [package.number])
      }
    }
  }
}
