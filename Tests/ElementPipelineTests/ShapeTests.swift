import ElementCore
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Warehouses whose schemas change between loads.
struct ShapeTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  private static let added =
    "  - {name: emergencyContact, title: 紧急联系电话, english: Emergency contact, type: phone, sensitivity: personal, source: local, confidence: C}\n"

  /// A folder of schemas in which a shipped dataset is changed.
  private func schemas(_ name: String, _ dataset: String = "person/registeredResident", _ change: (String) -> String) throws
    -> String
  {
    let folder = roster.scratch.path + "/" + name
    let file = folder + "/datasets/\(dataset).yaml"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    let shipped = try Repository.text("schemas/datasets/\(dataset).yaml")
    let text = change(shipped)
    #expect(text != shipped)
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return folder
  }

  private func load(_ file: String, _ schemas: String? = nil) throws -> RunResult {
    try roster.run(.load, [file]) {
      $0.schemas = schemas
      $0.again = true
    }
  }

  private func differences() throws -> [String] {
    try Warehouse(path: roster.warehouse, mode: .read).verify().differences.map { "\($0.subject): \($0.message.en)" }
  }

  private func query<Value: DatabaseValueConvertible>(_ sql: String) throws -> [Value] {
    try DatabaseQueue(path: roster.warehouse).read { try Value.fetchAll($0, sql: sql) }
  }

  @Test func `a field that comes and goes changes no row that does not use it`() throws {
    let pack = try SchemaPack.shipped()
    var generator = DeliveryGenerator(
      try #require(pack.dataset("registeredResident")), pack: pack, options: .init(rows: 298, seed: 7))
    var bytes: [UInt8] = []
    generator.generate(write: { bytes += $0 }, tell: { _ in })
    let first = try roster.scratch.file("first.csv", bytes)
    #expect(try load(first).counts.created == 298)
    let wider = try schemas("wider") { $0.replacing("derive:\n", with: Self.added + "derive:\n") }
    let two = try roster.file(
      "two.csv",
      "公民身份号码,姓名,紧急联系电话\n320699195001010019,示例甲,13912340001\n320699195101010024,示例乙,13912340002\n")
    #expect(try load(two, wider).counts.created == 2)
    #expect(try differences() == [])
    #expect(try load(first, wider).counts.unchanged == 298)
    // Without the overlay its field is named once, and nothing of it changes.
    for verb in [DeliveryOptions.Verb.check, .load] {
      let result = try roster.run(verb, [first, two]) {
        $0.again = true
        $0.warehouse = roster.warehouse
      }
      #expect(result.counts.unchanged == 300)
      let kept = result.inputs.flatMap(\.findings.findings).filter { $0.code == RuleCode("W0001") }
      #expect(kept.map { $0.facts["fields"] } == ["“紧急联系电话”"])
    }
    #expect(try differences() == [])
    let changed = try roster.file("changed.csv", "公民身份号码,姓名\n320699195001010019,示例甲甲\n320699195101010024,示例乙\n")
    let result = try load(changed)
    #expect(result.counts.updated == 1 && result.counts.unchanged == 1)
    #expect(
      try query("SELECT emergencyContact FROM registeredResident ORDER BY _id DESC LIMIT 2") == ["13912340002", "13912340001"])
    #expect(try differences() == [])
    #expect(try load(two, wider).counts.updated == 1)
    #expect(try differences() == [])
    let shapes: [String] = try query(
      "SELECT dataset || ' ' || (SELECT count(*) FROM batch b WHERE b.schema_digest = s.schema_digest) FROM dataset_shape s ORDER BY 1"
    )
    #expect(shapes == ["registeredResident 3", "registeredResident 3"])
  }

  @Test func `a renamed title takes its view along, and a label its new text`() throws {
    let file = try roster.file("r.csv", "公民身份号码,姓名,性别\n320699195001010019,示例甲,1\n")
    _ = try load(file)
    #expect(try query("SELECT 性别 FROM 户籍人口") == ["男性"])
    let renamed = try schemas("renamed") { $0.replacing("title: {zh: 户籍人口,", with: "title: {zh: 本地户籍人口,") }
    #expect(try load(file, renamed).counts.unchanged == 1)
    let views: [String] = try query("SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE '%户籍人口'")
    #expect(views == ["本地户籍人口"])
    // What is ours under either schema is no visitor under the other.
    #expect(try load(file).counts.unchanged == 1)
    #expect(try differences() == [])
  }

  @Test func `another key is refused with both sides, and the file is left as it is`() throws {
    let file = try roster.file("g.csv", "网格编码,网格名称\n01000032069900100101,第一网格\n")
    _ = try load(file)
    let before = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse))
    let changed = try schemas("key", "place/grid") { $0.replacing("key: [gridCode]", with: "key: [gridCode, gridName]") }
    for verb in [DeliveryOptions.Verb.load, .check] {
      let error = #expect(throws: WarehouseError.self) {
        try roster.run(verb, [file]) {
          $0.schemas = changed
          $0.again = true
          $0.warehouse = roster.warehouse
        }
      }
      #expect(error?.kind == .shape && error?.message.en.contains("gridCode + gridName") == true)
      #expect(error.flatMap { Trouble($0) }?.exitCode == 2)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: roster.warehouse)) == before)
  }

  @Test func `digits become numbers and numbers digits, and what is none is refused`() throws {
    let file = try roster.file(
      "g.csv", "网格编码,网格名称,户数,片区\n01000032069900100101,第一网格,300,12\n01000032069900100102,第二网格,,\n")
    func area(_ name: String, _ type: String, households: String) throws -> String {
      try schemas(name, "place/grid") {
        $0.replacing(
          "title: 户数, english: Number of households, aliases: [网格户数], type: integer, digits: 6, min: 0,",
          with: "title: 户数, english: Number of households, aliases: [网格户数], \(households),"
        )
        .replacing(
          "  - {name: gridType,",
          with:
            "  - {name: sector, title: 片区, english: Sector, \(type), sensitivity: open, source: local, confidence: C}\n  - {name: gridType,"
        )
      }
    }
    let texts = try area("texts", "type: text, length: 20", households: "type: text, length: 6")
    let numbers = try area("numbers", "type: integer, digits: 6", households: "type: integer, digits: 5, min: 0")
    #expect(try load(file, texts).counts.created == 2)
    let types = "SELECT typeof(householdAmount) || ' ' || typeof(sector) FROM grid ORDER BY _id"
    #expect(try query(types) == ["text text", "null null"])
    for schemas in [numbers, texts, numbers] {
      #expect(try load(file, schemas).counts.unchanged == 2)
      #expect(try differences() == [])
      let type = schemas == numbers ? "integer" : "text"
      #expect(try query(types) == ["\(type) \(type)", "null null"])
    }
    let word = try roster.file("w.csv", "网格编码,网格名称,片区\n01000032069900100102,第二网格,东片\n")
    #expect(try load(word, texts).counts.updated == 1)
    let before = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse))
    let error = #expect(throws: WarehouseError.self) { try load(file, numbers) }
    #expect(error?.kind == .shape && error?.message.en.contains("sector is no integer") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: roster.warehouse)) == before)
  }

  @Test(arguments: [
    "CREATE VIEW intruder AS SELECT * FROM batch", "CREATE INDEX intruder ON grid (gridName)",
    "DROP VIEW 网格; CREATE VIEW 网格 AS SELECT gridCode FROM grid LIMIT 1",
    "CREATE TRIGGER intruder AFTER INSERT ON finding BEGIN DELETE FROM finding; END",
  ])
  func `what is not among our objects, or was changed, is a visitor`(_ visit: String) throws {
    let file = try roster.file("g.csv", "网格编码,网格名称\n01000032069900100101,第一网格\n")
    _ = try load(file)
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: visit) }
    let before = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse))
    let error = #expect(throws: WarehouseError.self) { try load(file) }
    #expect(error?.kind == .foreign)
    #expect(throws: WarehouseError.self) { try Warehouse(path: roster.warehouse, mode: .read) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: roster.warehouse)) == before)
  }

  @Test func `a digest is the same whatever type the key is stored as`() throws {
    let rows = [9, 10, 100, 20].map { "\($0),示例小区\($0)" }.joined(separator: "\n")
    let file = try roster.file("e.csv", "小区编号,小区名称\n\(rows)\n")
    let numbers = try schemas("numbers", "place/estate") {
      $0.replacing(
        "aliases: [小区编码], type: text, length: 50, content: code,", with: "aliases: [小区编码], type: integer, digits: 9,")
    }
    #expect(try load(file).counts.created == 4)
    for schemas in [numbers, nil, numbers] {
      #expect(try load(file, schemas).counts.unchanged == 4)
      #expect(try differences() == [])
    }
  }

  @Test(arguments: [0, -1]) func `a format that the tables contradict is no way round the visitors`(_ version: Int) throws {
    let file = try roster.file("g.csv", "网格编码,网格名称\n01000032069900100101,第一网格\n")
    _ = try load(file)
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: "PRAGMA user_version = \(version)") }
    #expect(#expect(throws: WarehouseError.self) { try load(file) }?.kind == .damaged)
    #expect(#expect(throws: WarehouseError.self) { try Warehouse(path: roster.warehouse, mode: .read) }?.kind == .damaged)
  }

  @Test(arguments: ["grid", "grid_key", "sqlite_people", "registeredResident_versions", "batch"])
  func `a title never stands in the way of a table`(_ title: String) throws {
    let people = try roster.file("r.csv", "公民身份号码,姓名\n320699195001010019,示例甲\n")
    let named = try schemas("named") { $0.replacing("title: {zh: 户籍人口,", with: "title: {zh: \(title),") }
    #expect(try load(people, named).counts.created == 1)
    let grids = try roster.file("g.csv", "网格编码,网格名称\n01000032069900100101,第一网格\n")
    #expect(try load(grids, named).counts.created == 1)
    #expect(try query("SELECT 姓名 FROM \"视图：\(title)\"") == ["示例甲"])
    #expect(try query("SELECT count(*) FROM registeredResident_versions") == [1])
    #expect(try differences() == [])
  }

  @Test func `a version that was superseded does not bind the type, and a check refuses what a load refuses`() throws {
    func sector(_ type: String) throws -> String {
      try schemas(String(type.prefix(4)), "place/grid") {
        $0.replacing(
          "  - {name: gridType,",
          with:
            "  - {name: sector, title: 片区, english: Sector, type: \(type), sensitivity: open, source: local, confidence: C}\n  - {name: gridType,"
        )
      }
    }
    let (texts, numbers) = (try sector("text, length: 20"), try sector("integer, digits: 6"))
    let word = try roster.file("w.csv", "网格编码,网格名称,片区\n01000032069900100102,第二网格,东片\n")
    let number = try roster.file("n.csv", "网格编码,网格名称,片区\n01000032069900100102,第二网格,12\n")
    #expect(try load(word, texts).counts.created == 1)
    for verb in [DeliveryOptions.Verb.check, .load] {
      let error = #expect(throws: WarehouseError.self) {
        try roster.run(verb, [number]) {
          $0.schemas = numbers
          $0.warehouse = roster.warehouse
        }
      }
      #expect(error?.kind == .shape)
    }
    #expect(try load(number, texts).counts.updated == 1)
    #expect(try load(number, numbers).counts.unchanged == 1)
    #expect(try query("SELECT CAST(sector AS TEXT) FROM grid_versions ORDER BY _superseded_at IS NULL") == ["东片", "12"])
    #expect(try differences() == [])
  }

  @Test func `a check asks for no column that only the new schemas have`() throws {
    let file = try roster.file("k.csv", "公民身份号码,姓名,出生日期,户号\n,示例娃,2015-03-07,A1\n")
    _ = try load(file)
    let wider = try schemas("wider") {
      $0.replacing("derive:\n", with: Self.added + "derive:\n")
        .replacing(#/interimKey: \{must: \[([^\]]*)\], may: \[[^\]]*\]\}/#) {
          "interimKey: {must: [\($0.output.1)], may: [emergencyContact]}"
        }
    }
    for verb in [DeliveryOptions.Verb.check, .load] {
      let result = try roster.run(verb, [file]) {
        $0.schemas = wider
        $0.warehouse = roster.warehouse
        $0.again = true
      }
      #expect(result.counts.unchanged == 1)
    }
    #expect(try differences() == [])
  }

  @Test func `what is kept stays derived where it was`() throws {
    let dead = try roster.file("a.csv", "公民身份号码,姓名,是否死亡,死亡日期\n320699195001010019,示例甲,是,2020-01-01\n")
    _ = try load(dead)
    let names = "SELECT _derived FROM registeredResident"
    #expect(try query(names) == ["statusCode,statusDate"])
    let narrow = try roster.file("b.csv", "公民身份号码,姓名\n320699195001010019,示例甲甲\n")
    #expect(try load(narrow).counts.updated == 1)
    #expect(try query(names) == ["statusCode,statusDate"])
    #expect(try differences() == [])
  }

  @Test(arguments: [
    "UPDATE dataset SET shape = 'x'",
    "UPDATE dataset SET shape = replace(shape, '\"key\":[\"gridCode\"]', '\"key\":[\"nope\"]')",
  ])
  func `a shape that cannot be read is damage`(_ change: String) throws {
    let file = try roster.file("g.csv", "网格编码,网格名称\n01000032069900100101,第一网格\n")
    _ = try load(file)
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: change) }
    #expect(#expect(throws: WarehouseError.self) { try load(file) }?.kind == .damaged)
    #expect(#expect(throws: WarehouseError.self) { try differences() }?.kind == .damaged)
  }

  @Test(arguments: ["_reason = 'removed'", "_superseded_by = 77", "_superseded_at = '1999'"])
  func `verify sees how a version is said to have ended`(_ change: String) throws {
    _ = try load(try roster.file("a.csv", "网格编码,网格名称\n01000032069900100101,第一网格\n"))
    _ = try load(try roster.file("b.csv", "网格编码,网格名称\n01000032069900100101,第一新网格\n"))
    #expect(try differences() == [])
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: "UPDATE grid_history SET \(change)") }
    // Who is said to have been ended by another batch is missed by his own.
    let missed = change.contains("_by") ? ["batch 2: of the 1 rows that it changed versions are missing from history"] : []
    #expect(try differences() == ["grid_history: of 1 versions it was changed when or why they ended: _version 1"] + missed)
  }

  private func undo(_ batch: Int) throws -> UndoReport {
    let order = Warehouse.UndoOrder(batch: batch, keepsLater: false, isDryRun: false, reason: nil)
    return try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(
      roster.warehouse)
  }

  @Test func `a load is taken back whatever a site calls its fields`() throws {
    let names = ["version", "rival", "id", "made", "batch"]
    let odd = try schemas("odd") { shipped in
      let fields = names.map { Self.added.replacing("emergencyContact", with: $0).replacing("紧急联系电话", with: "列\($0)") }
      return shipped.replacing("derive:\n", with: fields.joined() + "derive:\n")
    }
    let header = "公民身份号码,姓名," + names.map { "列\($0)" }.joined(separator: ",")
    for contact in ["13912340001", "13912340002"] {
      let values = names.map { _ in contact }.joined(separator: ",")
      _ = try load(try roster.file("\(contact).csv", "\(header)\n320699195001010019,示例甲,\(values)\n"), odd)
    }
    #expect(try undo(2).reverted == 1)
    #expect(try undo(1).removed == 1)
    #expect(try undo(4).restored == 1)
    #expect(try query("SELECT version FROM registeredResident") == ["13912340001"])
    #expect(try differences() == [])
  }

  @Test func `a former value that a column of numbers does not take keeps a load from being taken back`() throws {
    func typed(_ name: String, _ type: String) throws -> String {
      try schemas(name) {
        $0.replacing("derive:\n", with: Self.added.replacing("type: phone", with: "type: \(type)") + "derive:\n")
      }
    }
    let (texts, numbers) = (try typed("texts", "text, length: 9"), try typed("numbers", "integer, digits: 6"))
    for (value, folder) in [("007", texts), ("8", texts), ("9", numbers)] {
      let file = try roster.file("\(value).csv", "公民身份号码,姓名,紧急联系电话\n320699195001010019,示例甲,\(value)\n")
      _ = try load(file, folder)
    }
    #expect(try undo(3).reverted == 1)
    #expect(throws: UndoRefusal.misfit(dataset: "registeredResident", field: "emergencyContact")) { try undo(2) }
    #expect(try differences() == [])
  }

  @Test func `verify misses what says that a version stands once more`() throws {
    for name in ["示例甲", "示例甲甲"] {
      _ = try load(try roster.file("\(name.utf8.count).csv", "公民身份号码,姓名\n320699195001010019,\(name)\n"))
    }
    _ = try undo(2)
    #expect(try differences() == [])
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: "DELETE FROM revival") }
    #expect(try differences() == ["batch 3: the counts do not balance"])
  }

  @Test func `a warehouse of format 2 has afterwards what later loads look at`() throws {
    let kept = Repository.url("Tests/Fixtures/warehouses/format-2.warehouse")
    try FileManager.default.copyItem(at: kept, to: URL(fileURLWithPath: roster.warehouse))
    _ = try Warehouse.migrate(roster.warehouse)
    let batches = try #require(try (query("SELECT max(id) FROM batch") as [Int]).first)
    #expect(try query("SELECT count(*) FROM sqlite_schema WHERE name = 'registeredResident_derived'") == [1])
    #expect(try query("SELECT count(*) FROM registeredResident_versions WHERE _since > \(batches)") == [0])
    // The chain begins behind the batches that were there.
    #expect(try Warehouse(path: roster.warehouse, mode: .read).auditEntries().map(\.batch) == [batches])
    _ = try load(try roster.file("r.csv", "公民身份号码,姓名\n320699197001010018,示例丁\n"))
    #expect(try differences() == [])
    #expect(try undo(batches + 1).removed == 1)
    #expect(try differences() == [])
  }

  @Test func `fields that differ in case only are refused by name`() throws {
    let file = try roster.file("r.csv", "公民身份号码,姓名\n320699195001010019,示例甲\n")
    let like = try schemas("like") {
      $0.replacing("derive:\n", with: Self.added.replacing("emergencyContact", with: "householdnum") + "derive:\n")
    }
    let error = #expect(throws: WarehouseError.self) { try load(file, like) }
    #expect(error?.kind == .shape && error?.message.en.contains("householdnum") == true)
  }

  @Test func `a field that took another's title has it in the view`() throws {
    let wider = try schemas("wider") { $0.replacing("derive:\n", with: Self.added + "derive:\n") }
    let heir = try schemas("heir") {
      $0.replacing("derive:\n", with: Self.added.replacing("emergencyContact", with: "emergencyPhone") + "derive:\n")
    }
    let file = try roster.file("r.csv", "公民身份号码,姓名,紧急联系电话\n320699195001010019,示例甲,13912340001\n")
    _ = try load(file, wider)
    _ = try load(file, heir)
    #expect(try query("SELECT 紧急联系电话 FROM 户籍人口") == ["13912340001"])
    let sql: [String] = try query("SELECT sql FROM sqlite_schema WHERE name = '户籍人口'")
    #expect(sql.first?.contains("v.\"emergencyPhone\" AS \"紧急联系电话\"") == true)
  }

  @Test(arguments: (try? Repository.files("Tests/Fixtures/warehouses", extension: "warehouse")) ?? [])
  func `a warehouse that was kept of a format takes a check and a load`(_ kept: String) throws {
    try FileManager.default.copyItem(at: Repository.url(kept), to: URL(fileURLWithPath: roster.warehouse))
    _ = try Warehouse.migrate(roster.warehouse)
    let result = try roster.load(["公民身份号码,姓名,联系方式\n32069919520101003X,示例丙,13912345678\n"]) {
      $0.dataset = "registeredResident"
    }
    #expect(result.counts.updated == 1)
  }
}
