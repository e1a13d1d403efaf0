import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// From any value to the file, the row and the column that said it first.
struct LineageTests {
  private let roster: Roster
  private let dataset: Dataset
  private static let (person, child) = ("320699197001010018", "32069920150307001X")

  init() throws {
    roster = try Roster()
    dataset = try #require(try SchemaPack.shipped().dataset("registeredResident"))
  }

  private func load(_ text: String) throws {
    let path = try roster.file("r\(abs(text.hashValue)).csv", text)
    _ = try roster.run(.load, [path]) { ($0.dataset, $0.sender) = ("registeredResident", "east") }
  }

  private func lineage(_ key: String) throws -> RowLineage? {
    try Warehouse(path: roster.warehouse, mode: .read).lineage(of: dataset, key: [key])
  }

  /// What is said of a field: batch, row, column and how.
  private func said(_ field: String, of key: String) throws -> String? {
    try lineage(key)?.values.first { $0.field == field }.map { value in
      let column = value.column.map { "\($0.number) \($0.heading)" } ?? "-"
      return "\(value.version.batch)/\(value.version.row) \(column) \(value.kind.rawValue)"
    }
  }

  @Test func `a value came from the first of the rows that said it without a break`() throws {
    try load("姓名,公民身份号码,联系方式\n示例乙,320699197001010026,\n示例甲,\(Self.person),13912345010\n")
    try load("公民身份号码,姓名,联系方式\n\(Self.person),示例甲,13912345011\n")
    try load("公民身份号码,姓名,联系方式\n\(Self.person),示例甲,13912345010\n")
    #expect(try said("personName", of: Self.person) == "1/2 1 姓名 stated")
    #expect(try said("contact", of: Self.person) == "3/1 3 联系方式 stated")
    let versions = try lineage(Self.person)?.versions ?? []
    #expect(versions.map { "\($0.since)-\($0.until ?? 0)" } == ["3-0", "2-3", "1-2"])
    #expect(versions.allSatisfy { $0.sender == "east" && $0.sha256.utf8.count == 64 })
  }

  @Test func `a value came from where it did before what was taken back`() throws {
    try load("公民身份号码,姓名,联系方式,现住门（楼）详址\n\(Self.person),示例甲,13912345010,示例路1号\n")
    try load("公民身份号码,姓名,联系方式\n\(Self.person),示例甲,13912345011\n")
    try load("公民身份号码,姓名,现住门（楼）详址\n\(Self.person),示例甲,示例路2号\n")
    let order = Warehouse.UndoOrder(batch: 3, keepsLater: false, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(
      roster.warehouse)
    let address = try #require(dataset.fields.first { $0.title == "现住门（楼）详址" }).name
    #expect(try said(address, of: Self.person) == "1/1 4 现住门（楼）详址 stated")
    #expect(try said("contact", of: Self.person) == "2/1 3 联系方式 stated")
  }

  @Test func `a state of the past is shown by batch, day and time`() throws {
    try load("公民身份号码,姓名\n\(Self.person),示例甲\n")
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    for (text, batch) in [("1", 1), ("2", nil), ("9999-12-31", 1), ("2020-01-01", nil), ("9999-12-31T23:59", 1)] {
      let moment = try #require(PastMoment(text, .shanghai))
      #expect(try warehouse.state(at: moment)?.batch == batch, "\(text)")
    }
    #expect(PastMoment("2026-11-28", .shanghai) == .time("2026-11-28T15:59:59Z"))
    #expect(PastMoment("2026-11-28T17:30", .shanghai) == .time("2026-11-28T09:30:59Z"))
    #expect(PastMoment("2026-11-28T17:30:05", .shanghai) == .time("2026-11-28T09:30:05Z"))
    #expect(PastMoment("2026-11-28T17:30:05Z", .shanghai) == .time("2026-11-28T17:30:05Z"))
    for text in [
      "", "0", "-1", "x", "2026-13-01", "2026-11-28T24:00", "2026-11-28T1:30:00", "2026-11-28T17", "2026-11-28T17:30:60",
    ] {
      #expect(PastMoment(text, .shanghai) == nil, "\(text)")
    }
  }

  /// What is said of a row of a batch, in English, without its first line.
  private func fate(_ batch: Int, _ row: Int, input: Int = 0) throws -> [String]? {
    let pack = try SchemaPack.shipped()
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    let summary = try #require(try warehouse.batches(id: batch).first)
    return try warehouse.fate(batch: batch, input: input, row: row, { pack.dataset($0) }).map {
      RowFateText($0, summary, row: row, pack).lines(.en).split(separator: "\n").dropFirst().map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  @Test func `of each row of a file it is told what became of it`() throws {
    let text =
      "公民身份号码,姓名,性别,联系方式\n\(Self.person),示例甲,男,13912345010\n320699197001010034,示例乙,男,12\n\(Self.person),示例甲,男,13912345010\n"
    try load(text)
    try load("公民身份号码,姓名,性别,联系方式\n\(Self.person),示例甲,男,１３９１２３４５０１１\n320699197001010034,示例乙,男,13912345012\n")
    #expect(try fate(1, 1) == ["created 320699********0018, superseded by batch 2"])
    #expect(try fate(1, 2)?.first == "waited as B1-F1-R2, resolved in batch 2")
    #expect(try fate(1, 2)?.last?.hasPrefix("V1308 ") == true)
    #expect(try fate(1, 3)?.first == "changed nothing, or is a duplicate of another row of the batch")
    #expect(try fate(2, 1)?.first == "updated 320699********0018, stands")
    #expect(try fate(2, 1)?.last?.hasSuffix("and repaired") == true)
    #expect(try fate(1, 4) == nil)
    #expect(try fate(1, 0) == nil)
    #expect(try fate(1, 1, input: 1) == nil)
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: false, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(
      roster.warehouse)
    #expect(try fate(1, 1) == ["created 320699********0018, stands"])
    #expect(try fate(1, 2)?.first == "waits as B1-F1-R2")
    #expect(try fate(2, 1)?.first == "updated 320699********0018, superseded by batch 3")
  }

  @Test func `a value that follows from others, and one of a row that was joined, say so`() throws {
    try load("公民身份号码,姓名,出生日期,户号,是否已死亡\n,示例娃,2015-03-07,A1,是\n")
    try load("公民身份号码,姓名,出生日期\n\(Self.child),示例娃,2015-03-07\n")
    #expect(try said("householdNum", of: Self.child) == "1/1 4 户号 joined")
    #expect(try said("identityNum", of: Self.child) == "2/1 1 公民身份号码 stated")
    #expect(try said("statusCode", of: Self.child)?.hasSuffix("derived") == true)
  }

  @Test func `a key of which a part is empty is found`() throws {
    let path = try roster.file("h.csv", "户号,户主姓名,户主公民身份号码\nH1,示例甲,\(Self.person)\n")
    _ = try roster.run(.load, [path]) { $0.dataset = "household" }
    let household = try #require(try SchemaPack.shipped().dataset("household"))
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    let stored = try warehouse.rows(of: "household", fields: household.key.map { household.fields[$0].name })
    let key = try #require(stored.first)
    #expect(key.contains(""))
    #expect(try warehouse.lineage(of: household, key: key)?.stands == true)
  }

  @Test func `a repaired value shows its repair, and a row that was taken away its end`() throws {
    try load("公民身份号码,姓名\n３２０６９９１９７００１０１００１８,示例甲\n")
    let value = try #require(try lineage(Self.person)?.values.first)
    #expect(value.repairs.map(\.code) == ["N0002"])
    #expect(String(decoding: value.repairs[0].written, as: UTF8.self) == "３２０６９９１９７００１０１００１８")
    let order = Warehouse.UndoOrder(batch: 1, keepsLater: false, isDryRun: false, reason: nil)
    let undo = UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today)
    _ = try undo.run(roster.warehouse)
    let lineage = try #require(try lineage(Self.person))
    #expect(!lineage.stands && lineage.versions[0].until == 2)
    let text = LineageText(dataset).lines(lineage, key: [Self.person], .en)
    #expect(text.contains("is not there any more: batch 2") && !text.contains(Self.person))
    #expect(try self.lineage("320699197001010034") == nil)
  }
}
