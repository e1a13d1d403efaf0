import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// What rows of a delivery may do, and requests that are made twice.
struct ModeTests {
  private let roster: Roster
  private static let people = ["320699197001010018", "320699197001010026", "320699197001010034"]
  private static let header = "公民身份号码,姓名,联系方式\n"

  init() throws { roster = try Roster() }

  private static func row(_ person: Int, _ contact: String) -> String { "\(people[person]),示例甲,\(contact)\n" }

  private func contacts() throws -> [[String]] {
    try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["identityNum", "contact"])
  }

  private func load(_ text: String, _ mode: LoadMode = .upsert, request: String? = nil) throws -> RunResult {
    try roster.load([text]) { ($0.dataset, $0.mode, $0.request) = ("registeredResident", mode, request) }
  }

  @Test func `rows that are only created wait where their key is stored`() throws {
    _ = try load(Self.header + Self.row(0, "13912345010"))
    let result = try load(Self.header + Self.row(0, "13912345011") + Self.row(1, "13912345012"), .insert)
    #expect((result.counts.created, result.counts.updated, result.counts.quarantined) == (1, 0, 1))
    #expect(roster.errors(result) == ["1 W0007"])
    #expect(try contacts() == [[Self.people[0], "13912345010"], [Self.people[1], "13912345012"]])
  }

  @Test func `rows that are only changed wait where their key is not stored`() throws {
    _ = try load(Self.header + Self.row(0, "13912345010"))
    let result = try load(Self.header + Self.row(0, "13912345011") + Self.row(1, "13912345012"), .patch)
    #expect((result.counts.created, result.counts.updated, result.counts.quarantined) == (0, 1, 1))
    #expect(roster.errors(result) == ["2 W0008"])
    #expect(try contacts() == [[Self.people[0], "13912345011"]])
    #expect(roster.messages(result, language: .en).contains { $0.contains("320699********0026") })
  }

  @Test func `corrections need the key and one other column, and nothing else`() throws {
    _ = try load(Self.header + Self.row(0, "13912345010"))
    let result = try load("公民身份号码,联系方式\n\(Self.people[0]),13912345011\n\(Self.people[1]),13912345012\n", .patch)
    #expect((result.counts.updated, result.counts.quarantined) == (1, 1))
    #expect(try contacts() == [[Self.people[0], "13912345011"]])
    // Of a new row more is asked.
    #expect(throws: InputError.self) { try load("公民身份号码,联系方式\n\(Self.people[1]),13912345012\n") }
  }

  @Test func `a person without a number is known by what stands for it`() throws {
    let child = "公民身份号码,姓名,出生日期,户号,联系方式\n,示例娃,2015-03-07,A1,"
    _ = try load(child + "13912345010\n")
    #expect(try load(child + "13912345011\n", .patch).counts.updated == 1)
    #expect(roster.errors(try load(child + "13912345012\n", .insert)) == ["1 W0007"])
    #expect(roster.errors(try load(child.replacing("示例娃", with: "示例丁") + "13912345012\n", .patch)) == ["1 W0008"])
  }

  @Test func `corrections without anything to correct are refused`() throws {
    let dataset = try #require(try SchemaPack.shipped().datasets.first { $0.key.count > 1 && $0.interim == nil })
    let titles = dataset.key.map { dataset.fields[$0].title }
    let file = try roster.file(
      "keys.csv", "\(titles.joined(separator: ","))\n\(titles.map { _ in "1" }.joined(separator: ","))\n")
    _ = try load(Self.header + Self.row(0, "13912345010"))
    let error = #expect(throws: InputError.self) {
      try roster.run(.load, [file]) { ($0.dataset, $0.mode) = (dataset.name, .patch) }
    }
    #expect(error?.kind == .usage)
  }

  @Test(arguments: LongLoop.part(0..<120, of: 30)) func `a roster and its corrections are the corrected roster`(_ seed: Int)
    throws
  {
    var draw = HistoryTests.Draw(seed)
    let plain = ["性别", "联系方式", "现住门（楼）详址", "所属社区（村）", "是否人户分离"]
    var (first, patch) = (HistoryTests.truth(&draw, persons: 8), HistoryTests.truth(&draw, persons: 8))
    first.columns = plain
    patch.columns = plain.filter { _ in draw.below(2) == 0 }
    if patch.columns.isEmpty { patch.columns = ["联系方式"] }
    patch.rows.removeAll { _ in draw.below(2) == 0 }
    var merged = first
    for row in merged.rows.indices {
      guard let said = patch.rows.first(where: { $0.person == merged.rows[row].person })?.said else { continue }
      for column in patch.columns where said[column] != "" { merged.rows[row].said[column] = said[column] }
    }
    _ = try load(first.text)
    if !patch.rows.isEmpty { #expect(try load(patch.text, .patch).counts.quarantined == 0) }
    let whole = try Roster()
    _ = try whole.load([merged.text]) { $0.dataset = "registeredResident" }
    let states = try [roster, whole].map { try Warehouse(path: $0.warehouse, mode: .read).verify().digest }
    #expect(states[0] == states[1], "seed \(seed)")
  }

  @Test func `a request is loaded once`() throws {
    let (text, other) = (Self.header + Self.row(0, "13912345010"), Self.header + Self.row(1, "13912345010"))
    #expect(try load(text, request: "r-1").outcome == .loaded)
    // Also where the delivery would otherwise run again.
    let path = try roster.file("again.csv", text)
    let again = try roster.run(.load, [path]) { ($0.dataset, $0.request, $0.again) = ("registeredResident", "r-1", true) }
    #expect((again.outcome, again.batch) == (.unchanged, 1))
    #expect(throws: RequestRefusal.self) { try load(other, request: "r-1") }
    #expect(try contacts().count == 1)
    let order = Warehouse.UndoOrder(batch: 1, keepsLater: false, isDryRun: false, reason: nil)
    let undo = UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today)
    _ = try undo.run(roster.warehouse)
    let refused = #expect(throws: RequestRefusal.self) { try load(text, request: "r-1") }
    #expect(refused?.isUndone == true)
    #expect(try load(text, request: "r-2").counts.created == 1)
  }

  @Test func `a request whose delivery stands already is kept too`() throws {
    let text = Self.header + Self.row(0, "13912345010")
    _ = try load(text)
    #expect(try load(text, request: "r-1").batch == 2)
    _ = try load(Self.header + Self.row(0, "13912345011"))
    let path = try roster.file("again.csv", text)
    let again = try roster.run(.load, [path]) { ($0.dataset, $0.request) = ("registeredResident", "r-1") }
    #expect((again.outcome, again.batch) == (.unchanged, 2))
    #expect(try contacts() == [[Self.people[0], "13912345011"]])
  }

  @Test func `corrections make no warehouse`() throws {
    let path = try roster.file("p.csv", Self.header + Self.row(0, "13912345010"))
    #expect(throws: WarehouseError.self) {
      try roster.run(.load, [path]) { ($0.dataset, $0.mode) = ("registeredResident", .patch) }
    }
    #expect(!FileManager.default.fileExists(atPath: roster.warehouse))
  }

  @Test func `a request that a limit held may be made again`() throws {
    let path = try roster.file("bad.csv", Self.header + "12,示例甲,13912345010\n" + Self.row(0, "13912345010"))
    func run(_ limit: String?) throws -> RunResult {
      try roster.run(.load, [path]) { options in
        (options.dataset, options.request) = ("registeredResident", "r-1")
        options.errorLimit = limit.flatMap(RowLimit.init)
      }
    }
    #expect(try run("0").outcome == .held)
    #expect(try run(nil).counts.created == 1)
    #expect(try run(nil).outcome == .unchanged)
  }
}
