import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// The audit chain tells of all that was done, and shows what was done to itself.
struct AuditTests {
  private let roster: Roster

  init() throws {
    roster = try Roster()
    for person in ["320699197001010018", "320699197001010026", "320699197001010034"] {
      let path = try roster.file("\(person).csv", "公民身份号码,姓名\n\(person),示例甲\n")
      _ = try roster.run(.load, [path]) { options in
        options.dataset = "registeredResident"
        options.origin = AuditOrigin(
          command: "load", arguments: [path, "--reason", person], account: "clerk", host: "office", anchor: nil)
      }
    }
  }

  private var anchor: String { Warehouse.anchor(of: roster.warehouse) }

  private func differences(anchored: Bool = false) throws -> [String] {
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    let file = anchored ? try InputFile(path: anchor, limits: .unlimited) : nil
    return try warehouse.verifyAudit(anchor: file).differences.map { "\($0.subject): \($0.message.en)" }
  }

  /// Changes the file as a person with a database tool would, who takes the triggers away and puts them back.
  private func tamper(_ sql: String) throws {
    try DatabaseQueue(path: roster.warehouse).write { db in
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
      try db.execute(sql: sql)
      for trigger in triggers { try db.execute(sql: trigger[1] as String) }
    }
  }

  @Test func `every load, held load and undo is told with its batch, and numbers in arguments are not`() throws {
    let bad = try roster.file("bad.csv", "公民身份号码,姓名\n12,示例甲\n")
    _ = try roster.run(.load, [bad]) { ($0.dataset, $0.errorLimit) = ("registeredResident", RowLimit("0")) }
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: false, isDryRun: false, reason: "wrong street")
    let undo = UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today)
    _ = try undo.run(roster.warehouse)
    let entries = try Warehouse(path: roster.warehouse, mode: .read).auditEntries()
    #expect(entries.map(\.batch) == [1, 2, 3, 4, 5])
    #expect(entries.map(\.command) == ["load", "load", "load", "load", "undo"])
    #expect(entries.last?.reason == "wrong street")
    #expect(entries[0].arguments.contains("***") && !entries[0].arguments.contains("320699197001010018"))
    #expect(entries[0].counts == "read=1,created=1,updated=0,unchanged=0,duplicate=0,quarantined=0")
    #expect(try differences(anchored: true) == [])
    #expect(try String(contentsOfFile: anchor, encoding: .utf8).split(separator: "\n").count == 5)
    let mode = try FileManager.default.attributesOfItem(atPath: anchor)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `nothing that was written can be changed by a statement`() throws {
    for sql in [
      "UPDATE audit SET operator = 'x'", "DELETE FROM audit WHERE seq = 3",
      "REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
    ] {
      #expect(throws: DatabaseError.self) { try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: sql) } }
    }
  }

  /// What somebody may do to the chain, and what is said of it.
  struct Attack: CustomTestStringConvertible {
    let testDescription: String
    let sql: String
    let told: String
  }

  static let attacks = [
    Attack(testDescription: "edited", sql: "UPDATE audit SET operator = 'x' WHERE seq = 2", told: "audit 2"),
    Attack(
      testDescription: "a time set back", sql: "UPDATE audit SET recorded_at = '2020-01-01T00:00:00Z' WHERE seq = 1",
      told: "audit 1"),
    Attack(testDescription: "removed", sql: "DELETE FROM audit WHERE seq = 2", told: "audit 2"),
    Attack(
      testDescription: "swapped",
      sql:
        "UPDATE audit SET seq = 9 WHERE seq = 1; UPDATE audit SET seq = 1 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 9",
      told: "audit 1"),
    Attack(testDescription: "renumbered", sql: "UPDATE audit SET seq = 4 WHERE seq = 3", told: "audit 3"),
    Attack(
      testDescription: "cut off", sql: "DELETE FROM audit WHERE seq = 3", told: "audit: the chain does not tell of batch 3"),
    Attack(testDescription: "emptied", sql: "DELETE FROM audit", told: "audit: the chain does not tell of batch 1"),
    Attack(testDescription: "unprotected", sql: "DROP TRIGGER IF EXISTS audit_update", told: ""),
  ]

  @Test(arguments: attacks) func `what is done to the chain is named`(_ attack: Attack) throws {
    try tamper(attack.sql)
    #expect(try differences().first?.hasPrefix(attack.told) ?? attack.told.isEmpty)
    let verified = try Warehouse(path: roster.warehouse, mode: .read).verify().differences
    #expect(verified.isEmpty == attack.told.isEmpty)
  }

  @Test func `a trigger that is gone is told`() throws {
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: "DROP TRIGGER audit_delete") }
    #expect(try differences() == ["audit: the trigger audit_delete that protects the chain is gone"])
  }

  @Test func `an old copy that was put back is shown by the anchor`() throws {
    let old = roster.scratch.path + "/old.db"
    try FileManager.default.copyItem(atPath: roster.warehouse, toPath: old)
    let path = try roster.file("more.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")
    _ = try roster.run(.load, [path]) { $0.dataset = "registeredResident" }
    try FileManager.default.removeItem(atPath: roster.warehouse)
    try FileManager.default.moveItem(atPath: old, toPath: roster.warehouse)
    #expect(try differences() == [])
    #expect(try differences(anchored: true).first?.hasPrefix("anchor 4: line 4 tells of entry 4") == true)
    // A torn line is none, and the next one begins anew.
    let torn = try FileHandle(forWritingTo: URL(fileURLWithPath: anchor))
    try torn.seekToEnd()
    try torn.write(contentsOf: Data("abc".utf8))
    try torn.close()
    let more = try roster.file("again.csv", "公民身份号码,姓名\n320699197001010042,示例丁\n")
    _ = try roster.run(.load, [more]) { $0.dataset = "registeredResident" }
    #expect(try String(contentsOfFile: anchor, encoding: .utf8).split(separator: "\n").count == 6)
  }

  @Test func `what is no anchor, or another's, is told as such`() throws {
    let other = try Roster()
    let path = try other.file("a.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")
    _ = try other.run(.load, [path]) { $0.dataset = "registeredResident" }
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    func told(_ path: String) throws -> [String] {
      try warehouse.verifyAudit(anchor: try InputFile(path: path, limits: .unlimited)).differences.map(\.subject)
    }
    #expect(try told(Warehouse.anchor(of: other.warehouse)) == ["anchor"])
    #expect(try told(try roster.file("empty", "")) == ["anchor"])
    let error = #expect(throws: InputError.self) { try told(path) }
    #expect(error?.kind == .header)
  }

  @Test func `a load notices an anchor that is none, and keeps nothing`() throws {
    let path = try roster.file("b.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")
    let before = try Warehouse(path: roster.warehouse, mode: .read).verify().digest
    try FileManager.default.removeItem(atPath: Warehouse.anchor(of: roster.warehouse))
    try FileManager.default.copyItem(atPath: roster.warehouse, toPath: Warehouse.anchor(of: roster.warehouse))
    let error = #expect(throws: InputError.self) { try roster.run(.load, [path]) { $0.dataset = "registeredResident" } }
    #expect(error?.kind == .header)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().digest == before)
  }

  @Test func `an anchor that is begun anew knows the entry before, so that a cut in between is no alarm`() throws {
    try FileManager.default.removeItem(atPath: anchor)
    let path = try roster.file("more.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")
    _ = try roster.run(.load, [path]) { $0.dataset = "registeredResident" }
    let lines = try String(contentsOfFile: anchor, encoding: .utf8).split(separator: "\n")
    #expect(lines.map { $0.split(separator: " ")[1] } == ["3", "4"])
    // As a power cut between the two leaves it.
    try (String(lines[0]) + "\n").write(toFile: anchor, atomically: true, encoding: .utf8)
    #expect(try differences(anchored: true) == [])
  }

  @Test func `an anchor that cannot be appended to keeps the load from being kept`() throws {
    try FileManager.default.removeItem(atPath: anchor)
    try FileManager.default.createDirectory(atPath: anchor, withIntermediateDirectories: false)
    let path = try roster.file("more.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")
    #expect(throws: WarehouseError.self) { try roster.run(.load, [path]) { $0.dataset = "registeredResident" } }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).batches().count == 3)
  }

  @Test func `an operator or purpose of odd characters is told as far as SQLite keeps a text`() throws {
    let path = try roster.file("more.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")
    _ = try roster.run(.load, [path]) { options in
      options.dataset = "registeredResident"
      (options.operatorName, options.purpose) = ("a\0b", "call 13912345678")
    }
    let last = try #require(try Warehouse(path: roster.warehouse, mode: .read).auditEntries().last)
    #expect((last.operatorName, last.purpose) == ("ab", "call ***"))
    #expect(try differences(anchored: true) == [])
  }

  @Test func `a dry run and a refused undo leave no entry`() throws {
    let path = try roster.file("more.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")
    _ = try roster.run(.load, [path]) { ($0.dataset, $0.dryRun) = ("registeredResident", true) }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).auditEntries().count == 3)
  }
}
