import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import GRDB
import Testing

/// The files of a batch prove where each of its rows went, whatever was loaded since.
struct ProofTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,户号,联系电话\n"
  private static let first =
    header + "320699197001010018,示例甲,A1,13800138001\n320699197001010026,示例乙,A2,12\n\n320699197001010018,示例甲,A1,13800138001\n"
  private static let second = header + "320699197001010018,示例甲,A1,13800138002\n320699197001010034,示例丙,A3,\n"

  init() throws { roster = try Roster() }

  private func load(_ name: String, _ text: String, _ change: (inout DeliveryOptions) -> Void = { _ in }) throws -> String {
    let file = try roster.file(name, text)
    _ = try roster.run(.load, [file]) {
      ($0.dataset, $0.again) = ("registeredResident", true)
      change(&$0)
    }
    return file
  }

  private func prove(_ batch: Int, _ files: [String]) throws -> SourceProof.Report {
    let options = DeliveryOptions(verb: .load, paths: files, today: roster.today)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    return try #require(try SourceProof(batch, warehouse, options)).run()
  }

  private func change(_ sql: String) throws {
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: sql) }
  }

  @Test func `each batch is proved by its file, though later ones changed its rows, and one of them was taken back`() throws {
    let (first, second) = (try load("1.csv", Self.first), try load("2.csv", Self.second))
    let third = try load("3.csv", "公民身份号码,姓名\n320699197001010034,示例丙\n") {
      ($0.mode, $0.scope) = (.replace, .all)
      $0.configuration =
        (try? SiteConfiguration(path: roster.file("y.yaml", "limits: {all: {maxRemoved: 100%}}\n"))) ?? $0.configuration
    }
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: true, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: .shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(roster.warehouse)
    for (batch, file, proved) in [(1, first, 3), (2, second, 2), (3, third, 1)] {
      let report = try prove(batch, [file])
      #expect(report.differences.isEmpty && report.excuse == nil, "batch \(batch)")
      #expect(report.proved == proved)
      #expect(report.blankLines == (batch == 1 ? 1 : 0))
    }
    #expect(
      try SourceProof(
        4, Warehouse(path: roster.warehouse, mode: .read), DeliveryOptions(verb: .load, paths: [], today: roster.today)) == nil)
  }

  @Test(arguments: LongLoop.part(0..<120, of: 20)) func `generated histories are proved file by file`(_ seed: Int) throws {
    var draw = HistoryTests.Draw(seed)
    var files: [String] = []
    for number in 1...3 {
      let table = HistoryTests.truth(&draw, persons: 8)
      files.append(try load("\(number).csv", table.text))
    }
    for (place, file) in files.enumerated() {
      let report = try prove(place + 1, [file])
      #expect(report.differences.isEmpty && report.excuse == nil, "seed \(seed), batch \(place + 1) \(report.differences)")
      #expect(report.proved == report.counts.read)
    }
  }

  @Test(arguments: [
    ("DELETE FROM quarantine", "row waits by the rules"), ("UPDATE registeredResident SET _hash = 1", "says something else"),
    ("DELETE FROM registeredResident", "record that the warehouse has not"),
    ("UPDATE quarantine SET row = 9", "the warehouse has this row"),
    ("UPDATE registeredResident SET _row = 3", "the row changes nothing"),
  ]) func `a row that went elsewhere is named`(_ sql: String, _ message: String) throws {
    let file = try load("1.csv", Self.first)
    try change(sql)
    #expect(try prove(1, [file]).differences.contains { $0.message.en.contains(message) })
  }

  @Test func `other schemas and missing files excuse what cannot be proved, another file does not`() throws {
    let (one, two) = (try roster.file("1.csv", Self.first), try roster.file("2.csv", Self.second))
    _ = try roster.run(.load, [one, two]) { $0.dataset = "registeredResident" }
    #expect(try prove(1, [one, two]).differences.isEmpty)
    let alone = try prove(1, [one])
    #expect(alone.differences.count == 1 && alone.differences[0].message.en.contains("was not given"))
    #expect(try prove(1, [one, two, two]).differences.contains { $0.message.en.contains("was given before") })
    let other = try roster.file("3.csv", Self.second + "320699197001010050,示例丁,A4,\n")
    #expect(try prove(1, [other, one, two]).differences.contains { $0.message.en.contains("no input with the SHA-256") })
    try change("UPDATE batch SET options = 'settings=0'")
    #expect(try prove(1, [one, two]).excuse?.en.contains("yaosu.yaml") == true)
    try change("UPDATE batch SET schema_digest = 'x'")
    #expect(try prove(1, [one, two]).excuse?.en.contains("other schemas") == true)
  }

  @Test func `a row without a number that is joined to a stored one is proved`() throws {
    let header = "公民身份号码,姓名,出生日期,户号\n"
    let open = try load("1.csv", header + ",示例娃,2015-03-07,A1\n")
    _ = try load("2.csv", header + "32069920150307001X,示例娃,2015-03-07,A1\n")
    _ = try load("3.csv", header + ",示例娃,2015-03-07,A1\n320699197001010018,示例甲,1970-01-01,A1\n")
    _ = try load("1.csv", header + ",示例娃,2015-03-07,A1\n")
    for (batch, file) in [(1, open), (3, roster.scratch.path + "/3.csv"), (4, open)] {
      #expect(try prove(batch, [file]).differences.isEmpty, "batch \(batch)")
    }
  }

  @Test(arguments: ["finding", "fix", "confirmation", "registeredResident_history", "quarantine", "closing"])
  func `rows that are gone are found by what batches say of them`(_ table: String) throws {
    _ = try load("1.csv", Self.first.replacing("示例甲", with: " 示例甲"))
    _ = try load("2.csv", Self.second)
    let configuration = try SiteConfiguration(path: try roster.file("y.yaml", "limits: {all: {maxRemoved: 100%}}\n"))
    _ = try load("3.csv", "公民身份号码,姓名\n320699197001010034,示例丙\n") {
      ($0.mode, $0.scope, $0.configuration) = (.replace, .all, configuration)
    }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    try change("DELETE FROM \(table)")
    let gone = try Warehouse(path: roster.warehouse, mode: .read).verify().differences
    #expect(!gone.isEmpty)
  }
}
