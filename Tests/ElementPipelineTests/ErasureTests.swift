import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// What was loaded by mistake leaves history for good where somebody says so.
struct ErasureTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,联系电话\n"
  private static let (known, mistaken) = ("320699197001010018", "320699197001010034")

  init() throws { roster = try Roster() }

  private func load(_ text: String) throws {
    _ = try roster.run(.load, [try roster.file("r\(abs(text.hashValue)).csv", text)]) { $0.dataset = "registeredResident" }
  }

  @discardableResult private func undo(_ batch: Int, erases: Bool, isDryRun: Bool = false) throws -> UndoReport {
    let order = Warehouse.UndoOrder(batch: batch, keepsLater: false, isDryRun: isDryRun, reason: "test", erases: erases)
    let report = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today)
      .run(
        roster.warehouse)
    let found = try Warehouse(path: roster.warehouse, mode: .read).verify()
    #expect(found.differences.isEmpty, "\(found.differences)")
    return report
  }

  private func holds(_ text: String) throws -> Bool {
    try Data(contentsOf: URL(fileURLWithPath: roster.warehouse)).range(of: Data(text.utf8)) != nil
  }

  /// Loads two people, then by mistake one more, one with another telephone number, and one that waits.
  private func loadBoth() throws {
    try load(Self.header + "\(Self.known),示例甲,13800138001\n320699197001010050,示例丙,13800138003\n")
    try load(
      Self.header + "\(Self.known),示例甲,13900139111\n\(Self.mistaken),示例乙,１３９００１３９２２２\n320699197001010077,示例丁,1390013\n")
  }

  @Test func `what a load made is nowhere in the file afterwards, and what was before is as it was`() throws {
    try loadBoth()
    let digest = try #require(try Warehouse(path: roster.warehouse, mode: .read).batches(id: 1).first).digest
    let values = [Self.mistaken, "13900139111", "13900139222", "１３９００１３９２２２", "320699197001010077", "示例乙", "示例丁"]
    for value in values { #expect(try holds(value), "\(value)") }
    let report = try undo(2, erases: true)
    #expect(report.erased == 2 && report.removed == 1 && report.reverted == 1)
    for value in values { #expect(try !holds(value), "\(value)") }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().digest == digest)
    #expect(try holds("13800138001"))
    #expect(throws: UndoRefusal.erased(3)) { try undo(3, erases: false) }
    let past = try (1...3).map { try Warehouse(path: roster.warehouse, mode: .read).state(at: .batch($0)) }
    #expect(past.map { $0?.isProved } == [true, false, true] && past[1]?.erasedBy == 3)
    // The same delivery can be loaded again, and the first load can still be taken back.
    try load(Self.header + "\(Self.known),示例甲,13900139111\n\(Self.mistaken),示例乙,13900139222\n")
    try undo(4, erases: false)
    try undo(1, erases: false)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verifyAudit(anchor: nil).differences.isEmpty)
  }

  @Test func `without saying so, and in a dry run, all of it stays`() throws {
    try loadBoth()
    #expect(try undo(2, erases: true, isDryRun: true).erased == 2)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).batches().count == 2)
    #expect(try undo(2, erases: false).erased == nil)
    #expect(try holds("13900139111"))
    #expect(throws: UndoRefusal.madeNothing(3)) { try undo(3, erases: true) }
    try undo(3, erases: false)
    #expect(try undo(2, erases: true).erased == 2)
    #expect(try !holds("13900139111"))
  }

  @Test func `what a later load changed keeps it from being done`() throws {
    try loadBoth()
    try load(Self.header + "\(Self.mistaken),示例乙,13900139333\n")
    #expect(try undo(2, erases: true).isRefused)
    #expect(try holds("13900139222"))
  }

  @Test func `several datasets and a person who got a number are erased too`() throws {
    try load("公民身份号码,姓名,出生日期,户号\n,示例娃,2015-03-07,A1\n")
    try load("公民身份号码,姓名,出生日期,联系电话\n32069920150307001X,示例娃,2015-03-07,13900139111\n")
    try undo(2, erases: true)
    #expect(try !holds("32069920150307001X"))
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["personName", "householdNum"])
    #expect(rows == [["示例娃", "A1"]])
  }
}
