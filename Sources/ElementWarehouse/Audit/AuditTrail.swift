import Crypto
import ElementCore
import ElementFormats
import Foundation
import GRDB

/// The chain of what was done to a warehouse: each entry holds the SHA-256 of the one before it, and is written in the transaction of what it
/// tells of.
enum AuditTrail {
  /// The command of the entry that begins the chain of a file that had batches before it.
  static let migration = "migrate"
  /// How the counts of an entry begin that tells of a package.
  static let package = "package="
  /// How the counts of an entry begin that tells of a waiver.
  static let waiver = "waiver="
  /// What stands before the first entry.
  static let start = String(repeating: "0", count: 64)
  /// The columns that an entry is hashed over, in this order.
  private static let columns = [
    "seq", "recorded_at", "operator", "account", "host", "tool_version", "command", "arguments", "batch", "inputs", "counts",
    "purpose", "reason", "previous",
  ]

  /// The triggers that refuse to change what was written, by name.
  static let triggers = ["UPDATE", "DELETE", "INSERT"].map { verb in
    let name = "audit_\(verb.lowercased())"
    // What replaces an entry would not be seen by the others.
    let condition = verb == "INSERT" ? " WHEN NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM audit)" : ""
    return (
      name, "CREATE TRIGGER \(name) BEFORE \(verb) ON audit\(condition) BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    )
  }

  /// The table and its triggers.
  static let tables = """
    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY,
      recorded_at TEXT NOT NULL,
      operator TEXT NOT NULL,
      account TEXT NOT NULL,
      host TEXT NOT NULL,
      tool_version TEXT NOT NULL,
      command TEXT NOT NULL,
      arguments TEXT NOT NULL,
      batch INTEGER,
      inputs TEXT,
      counts TEXT,
      purpose TEXT,
      reason TEXT,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    \(triggers.map { $0.1 + ";" }.joined(separator: "\n"))
    """

  /// Writes an entry about a batch that ends, nil for what is none; `inputs` are the digests of its files.
  static func append(
    _ db: Database, _ head: BatchHead, batch: Int?, at time: String, inputs: [String] = [], counts: String? = nil,
    reason: String? = nil
  ) throws {
    let last = try Self.head(db)
    let sequence = (last?.sequence ?? 0) + 1
    // What people and jobs say of themselves may hold a NUL, at which SQLite ends a text, and a person's number.
    let texts: [String?] = [
      String(sequence), time, AuditOrigin.redacted(head.operatorName), head.origin.account, head.origin.host,
      head.toolVersion, head.origin.command, head.origin.arguments, batch.map(String.init),
      inputs.isEmpty ? nil : inputs.joined(separator: ","), counts, head.purpose.map(AuditOrigin.redacted),
      reason.map(AuditOrigin.redacted),
      last?.hash ?? start,
    ]
    var values: [(any DatabaseValueConvertible)?] = texts
    (values[0], values[8]) = (sequence, batch)
    let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
    try db.execute(
      sql: "INSERT INTO audit (\(columns.joined(separator: ", ")), hash) VALUES (\(marks))",
      arguments: StatementArguments(values + [hash(of: texts)]))
  }

  /// Begins the chain of a file that has batches already: the first entry names the last of them.
  static func begin(_ db: Database) throws {
    guard let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM batch") else { return }
    var head = BatchHead(
      operatorName: "", sender: nil, area: nil, toolVersion: "", schemaDigest: "", deliveryDigest: "", asOf: "")
    head.origin = AuditOrigin(command: migration, arguments: [], account: "", host: "", anchor: nil)
    try append(db, head, batch: last, at: Date.now.ISO8601Format())
  }

  /// SHA-256 over the values that are not NULL, in the order of the columns, each as `ColumnForm` has it.
  private static func hash(of values: [String?]) -> String {
    var bytes: [UInt8] = []
    for (name, value) in zip(columns, values) {
      if let value { ColumnForm.append(Array(name.utf8), Array(value.utf8), to: &bytes) }
    }
    return Hexadecimal.text(Array(SHA256.hash(data: bytes)))
  }

  /// All entries in the order of their numbers.
  static func entries(_ db: Database) throws -> [AuditEntry] {
    try Row.fetchAll(db, sql: "SELECT * FROM audit ORDER BY seq").map { row in
      AuditEntry(
        sequence: row["seq"], recordedAt: row["recorded_at"], operatorName: row["operator"], account: row["account"],
        host: row["host"], toolVersion: row["tool_version"], command: row["command"], arguments: row["arguments"],
        batch: row["batch"], inputs: row["inputs"], counts: row["counts"], purpose: row["purpose"], reason: row["reason"],
        previous: row["previous"], hash: row["hash"])
    }
  }

  /// The number and the hash of the last entry; nil where there is none.
  static func head(_ db: Database) throws -> (sequence: Int, hash: String)? {
    try Row.fetchOne(db, sql: "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").map { ($0[0], $0[1]) }
  }

  /// The number and the hash of an entry; nil where there is none.
  static func entry(_ db: Database, _ sequence: Int) throws -> (sequence: Int, hash: String)? {
    try Row.fetchOne(db, sql: "SELECT seq, hash FROM audit WHERE seq = ?", arguments: [sequence]).map { ($0[0], $0[1]) }
  }

  /// The first broken link of the chain, and batches of which it does not tell.
  static func differences(_ db: Database) throws -> [Difference] {
    for (name, sql) in triggers {
      let stands = try String.fetchOne(
        db, sql: "SELECT sql FROM main.sqlite_schema WHERE type = 'trigger' AND name = ?", arguments: [name])
      if stands?.utf8.elementsEqual(sql.utf8) == true { continue }
      return [
        Difference(
          subject: "audit",
          message: LocalizedText(
            zh: "保护审计链的触发器 \(name) 不在了", en: "the trigger \(name) that protects the chain is gone"))
      ]
    }
    var previous = start
    let entries = try entries(db)
    for (place, entry) in entries.enumerated() {
      let isWhole = entry.sequence == place + 1 && entry.previous == previous && hash(of: texts(entry)) == entry.hash
      if !isWhole {
        return [
          Difference(
            subject: "audit \(place + 1)",
            message: LocalizedText(
              zh: "审计链从第 \(place + 1) 条起断开：有条目被改动、删除、插入或换位",
              en: "the chain breaks at entry \(place + 1): an entry was changed, removed, added or moved"))
        ]
      }
      previous = entry.hash
    }
    if let lacking = try lackingWaivers(db, entries) ?? lackingPackage(db, entries) { return [lacking] }
    let told = Set(entries.compactMap(\.batch))
    // A file of an older format has batches from before the chain: its first entry says up to which.
    let before = entries.first.flatMap { $0.command.utf8.elementsEqual(migration.utf8) ? $0.batch : nil } ?? 0
    let silent = try Int.fetchAll(db, sql: "SELECT id FROM batch WHERE id > ? ORDER BY id", arguments: [before])
      .filter { !told.contains($0) }
    return silent.prefix(10).map { batch in
      Difference(
        subject: "audit", message: LocalizedText(zh: "审计链中没有第 \(batch) 批", en: "the chain does not tell of batch \(batch)"))
    }
  }

  /// Waivers that the chain tells of and that are gone, or that are there and were never told; nil where both agree.
  private static func lackingWaivers(_ db: Database, _ entries: [AuditEntry]) throws -> Difference? {
    guard try StoredFormat.number(db) >= 5 else { return nil }
    let told = entries.count { $0.counts?.utf8.starts(with: waiver.utf8) == true }
    let kept = try Int.fetchOne(db, sql: "SELECT count(*) FROM waiver") ?? 0
    if told == kept { return nil }
    return Difference(
      subject: "waiver",
      message: LocalizedText(
        zh: "审计链记有 \(told) 次暂缓整改的登记，库中有 \(kept) 条", en: "the chain tells of \(told) waivers, and \(kept) are there"))
  }

  /// A package whose manifest the chain does not tell of, or that the chain tells of and is gone; nil where both agree.
  private static func lackingPackage(_ db: Database, _ entries: [AuditEntry]) throws -> Difference? {
    let told = entries.compactMap { entry -> Substring? in
      guard let counts = entry.counts, counts.hasPrefix(package), counts.contains(",manifest=") else { return nil }
      return counts.prefix { $0 != "," } + "," + counts.split(separator: ",")[1]
    }
    let kept = try StoredPackage.all(db).compactMap { stored in
      stored.manifestSha256.map { "\(package)\(stored.identity),manifest=\($0)" }
    }
    let odd = Set(told.map { Array($0.utf8) }).symmetricDifference(kept.map { Array($0.utf8) })
    guard let first = odd.min(by: { $0.lexicographicallyPrecedes($1) }) else { return nil }
    let name = PrintableText.escape(String(escapingInvalid: first.span))
    return Difference(
      subject: "package",
      message: LocalizedText(zh: "审计链与外送数据包的记录不符：\(name)", en: "the chain and the packages that left do not agree: \(name)"))
  }

  private static func texts(_ entry: AuditEntry) -> [String?] {
    [
      String(entry.sequence), entry.recordedAt, entry.operatorName, entry.account, entry.host, entry.toolVersion, entry.command,
      entry.arguments, entry.batch.map(String.init), entry.inputs, entry.counts, entry.purpose, entry.reason, entry.previous,
    ]
  }
}
