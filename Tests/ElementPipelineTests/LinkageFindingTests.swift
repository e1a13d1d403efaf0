import ElementCore
import ElementLinkage
import ElementPipeline
import ElementRules
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// What a search tells of beside pairs: one number of two people, values too frequent, answers that cannot hold, waiting rows of people who stand.
struct LinkageFindingTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  private func codes(_ result: WarehouseLinkageResult?) -> [String] {
    (result?.findings ?? []).map { "\($0.rule.code) \($0.count)" }
  }

  private func waiting() throws -> [WaitingRow] {
    var rows: [WaitingRow] = []
    try Warehouse(path: linked.roster.warehouse, mode: .read).forEachWaiting { rows.append($0) }
    return rows
  }

  /// The number of the man with one digit of its sequence other, and the check character as it was: a wrong number.
  private func wrongNumber() throws -> String {
    var digits = Array(try linked.numbers().man.utf8)
    digits[14] = digits[14] == 0x39 ? 0x30 : digits[14] + 1
    return String(decoding: digits, as: UTF8.self)
  }

  @Test func `W0024: a waiting row whose number is a digit off is probably of somebody who stands`() throws {
    try linked.loadFamily()
    try linked.load("\(try wrongNumber()),王建国,1,1970-02-03,13900000001,\(LinkedRoster.home)", "320699,谁,1,,,,,")
    #expect(try waiting().count == 2)
    let found = try linked.find()
    #expect(codes(found) == ["W0024 1"])
    let rows = try waiting()
    #expect(rows.map(\.isProbablyKnown) == [true, false])
    // It is no member, and nothing of those who stand changes by it.
    #expect(try linked.count("entity_member") == 3)
    let text = WaitingText(linked.pack, today: linked.roster.today, .shanghai)
    #expect(text.line(rows[0], .zh).contains("W0024"))
    #expect(!text.line(rows[1], .zh).contains("W0024"))
    // Neither the number nor the place that differs is told.
    let number = try linked.numbers().man
    #expect(!text.line(rows[0], .zh).contains(number))
    #expect(found.map { !LinkageText($0, .en).summary.contains(number) } ?? false)
  }

  @Test func `a hint is forgotten with the row that it names`() throws {
    try linked.loadFamily()
    try linked.load("\(try wrongNumber()),王建国,1,1970-02-03,13900000001,\(LinkedRoster.home)")
    try linked.find()
    #expect(try linked.count("linkage_hint") == 1)
    for batch in [2, 1] {
      let order = Warehouse.UndoOrder(batch: batch, keepsLater: false, isDryRun: false, reason: nil)
      _ = try linked.warehouse().undo(order, linked.head, references: [], known: [:])
    }
    #expect(try linked.count("linkage_hint") == 0)
  }

  @Test func `W0022: one number of two people is told`() throws {
    let man = try linked.numbers().man
    try linked.load("\(man),王建国,1,1970-02-03,13900000001,\(LinkedRoster.home)")
    let floating = "公民身份号码,姓名,性别,出生日期,联系方式,流入原因\n\(man),李秀英,1,1970-02-03,13900000009,01\n"
    _ = try linked.roster.run(.load, [try linked.roster.file("floating.csv", floating)]) { $0.dataset = "floatingResident" }
    try DatabaseQueue(path: linked.roster.warehouse).write { db in
      try db.execute(sql: "UPDATE floatingResident SET birthday = '1981-05-06'")
    }
    #expect(codes(try linked.find(apply: false)) == ["W0022 1"])
  }

  @Test func `W0026: an answer that two numbers forbid now is told with the rows and the reason`() throws {
    try linked.loadFamily()
    let brothers = StoredDecision(
      left: RowName("registeredResident", 1), right: RowName("registeredResident", 2), answer: .same, pattern: 0, weight: 0,
      source: "test", note: "")
    let found = try linked.find(says: { _ in [brothers] })
    #expect(codes(found) == ["W0026 1"])
    #expect(found?.findings.first?.message.en.contains("two different valid numbers") ?? false)
    #expect(found?.findings.first?.message.zh.contains("registeredResident 第 1 号") ?? false)
  }

  @Test func `W0025 W0028: values too frequent and records that say nothing are counted`() throws {
    let header = "公民身份号码,姓名,性别,出生日期,联系方式\n"
    let names = (0..<200).map { "\(UnicodeScalar(0x4E00 + $0 * 7) ?? "一")\(UnicodeScalar(0x5000 + $0 * 3) ?? "二")" }
    // All are called one name and live nowhere; then two of whom nothing is known but a sex.
    let same = (0..<200).map { _ in ",王建国,1,1970-02-03,\n" }.joined()
    let path = try linked.roster.file("crowd.csv", header + same + ",,1,,\n,,2,,\n" + names.map { ",\($0),1,,\n" }.joined())
    let search = FileLinkage(DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today))
    let result = try search.run(LinkageRequest(model: linked.model, jobs: 1))
    let found = Dictionary(grouping: result.findings, by: { $0.rule.code.description })
    #expect(found["W0028"]?.first?.count == 202)
    let crowded = try #require(found["W0025"]?.first { $0.message.en.contains("name-birth") })
    #expect(crowded.count == 200 * 199 / 2)
    #expect(LinkageText(result, .zh).summary.contains("W0025 警告"))
  }

  @Test func `W0023 W0027: two numbers perhaps of one, and groups at their bound, are counted by their guards`() throws {
    let (path, _) = try linked.generated(4_000, seed: 4)
    let search = FileLinkage(DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today))
    var model = linked.model
    model = try LinkageModel(text: model.text.replacing("entityCap: 20", with: "entityCap: 2"), file: "m.yaml")
    let result = try search.run(LinkageRequest(model: model, jobs: 1))
    let counts = Dictionary(uniqueKeysWithValues: result.findings.map { ($0.rule.code.description, $0.count) })
    #expect(counts["W0023"] == result.outcome.pairs.count { $0.judgement.barrier == .twoNumbers })
    #expect(counts["W0027"] ?? 0 > 0)
    #expect(
      result.findings.first { $0.rule.code == EntityAtCap.descriptor.code }?.message.en.contains("more than 2 rows") ?? false)
  }
}
