import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Rows that wait are known again, keep their date, are handed out and taken back.
struct WaitingTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,联系电话\n"
  private static let good = "320699197001010018,示例甲,13800138001\n"
  /// Rows that wait: one with a sound key, one without.
  private static let keyed = "320699197001010034,示例乙,12\n"
  private static let keyless = "320699197001010019,示例丙,13800138003\n"

  init() throws { roster = try Roster() }

  @discardableResult private func load(_ text: String, _ change: (inout DeliveryOptions) -> Void = { _ in }) throws -> RunResult
  {
    let file = try roster.file("r\(abs(text.hashValue)).csv", text)
    let result = try roster.run(.load, [file]) {
      ($0.dataset, $0.again) = ("registeredResident", true)
      change(&$0)
    }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    return result
  }

  private func waiting(_ filter: WaitingRow.Filter = WaitingRow.Filter()) throws -> [WaitingRow] {
    var rows: [WaitingRow] = []
    try Warehouse(path: roster.warehouse, mode: .read).forEachWaiting(filter, tells: true) { rows.append($0) }
    return rows
  }

  /// Each waiting row: its name, and the batch with which it first came.
  private func shown() throws -> [String] { try waiting().map { "\($0.name) since \($0.since.batch)" } }

  private func undo(_ batch: Int) throws {
    let order = Warehouse.UndoOrder(batch: batch, keepsLater: false, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(
      roster.warehouse)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  private func discard(_ filter: WaitingRow.Filter, isDryRun: Bool = false) throws -> (batch: Int?, count: Int) {
    var head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "", asOf: "2026-01-01")
    head.reason = "test"
    return try Warehouse(path: roster.warehouse, mode: .write).discardWaiting(filter, head, isDryRun: isDryRun)
  }

  /// What an export of all waiting rows holds.
  private func export(_ format: WrittenFormat, _ language: Language = .zh) throws -> [UInt8] {
    let pack = try SchemaPack.shipped()
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    let export = WaitingExport(
      warehouse, WaitingRow.Filter(), WaitingText(pack, today: roster.today, .shanghai), pack, language)
    let tables = try export.tables()
    #expect(tables.count == 1)
    var bytes: [UInt8] = []
    try export.write(try #require(tables.first).table, format) { bytes += $0 }
    return bytes
  }

  @Test func `the same faulty roster seven nights is one wait, and mended it is none`() throws {
    let faulty = Self.header + Self.good + Self.keyed + Self.keyless
    for night in 1...7 {
      let result = try load(faulty)
      #expect(result.counts.quarantined == 2)
      #expect(result.endedWaits.map { [$0.resolved, $0.replaced] } == [0, night == 1 ? 0 : 2])
      #expect(try shown() == ["B\(night)-F1-R2 since 1", "B\(night)-F1-R3 since 1"])
    }
    // What has no sound key is not known by what it became.
    let mended = try load(Self.header + Self.good + "320699197001010034,示例乙,13800138002\n320699197001010050,示例丙,13800138003\n")
    #expect(mended.endedWaits.map { [$0.resolved, $0.replaced] } == [1, 0])
    #expect(try shown() == ["B7-F1-R3 since 1"])
  }

  @Test func `a record of the key that goes in ends the wait, whoever sends it, and an undo brings it back`() throws {
    try load(Self.header + Self.keyed) { $0.sender = "甲" }
    try load(Self.header + Self.keyed) { $0.sender = "乙" }
    #expect(try shown() == ["B1-F1-R1 since 1", "B2-F1-R1 since 2"])
    #expect(Set(try waiting().map(\.identity)).count == 2)
    let result = try load(Self.header + "320699197001010034,示例乙,13800138002\n") { $0.sender = "丙" }
    #expect(result.endedWaits.map { [$0.resolved, $0.replaced] } == [2, 0])
    #expect(try waiting().isEmpty)
    try undo(3)
    #expect(try shown() == ["B1-F1-R1 since 1", "B2-F1-R1 since 2"])
    try undo(4)
    #expect(try waiting().isEmpty)
  }

  @Test func `a dry run and a load that is held end no wait`() throws {
    try load(Self.header + Self.keyed)
    let mended = Self.header + "320699197001010034,示例乙,13800138002\n"
    #expect(try load(mended) { $0.dryRun = true }.endedWaits.map(\.resolved) == 1)
    #expect(try shown() == ["B1-F1-R1 since 1"])
    #expect(try load(mended + Self.keyless) { $0.errorLimit = .count(0) }.outcome == .held)
    #expect(try shown() == ["B1-F1-R1 since 1"])
  }

  @Test func `a row that is taken back after all ends no wait`() throws {
    try load(Self.header + Self.keyed)
    // Two rows of the key that contradict each other wait, though each alone is sound.
    let result = try load(
      Self.header + "320699197001010034,示例乙,13800138002\n320699197001010034,示例乙,13800138004\n")
    #expect(result.endedWaits.map { [$0.resolved, $0.replaced] } == [0, 1])
    #expect(try shown() == ["B2-F1-R1 since 1", "B2-F1-R2 since 1"])
    #expect(Set(try waiting().map(\.identity)).count == 1)
  }

  @Test(arguments: [WrittenFormat.csv, .xlsx], [Language.zh, .en])
  func `what is handed out comes back mended, and says which rows it mends`(_ format: WrittenFormat, _ language: Language)
    throws
  {
    try load(Self.header + Self.good + Self.keyed + Self.keyless)
    let path = roster.scratch.path + "/out.\(format.rawValue)"
    try Data(try export(format, language)).write(to: URL(fileURLWithPath: path))
    // As it was handed out it is as wrong as it was.
    let again = try roster.run(.load, [path]) { ($0.retries, $0.dataset) = (true, "registeredResident") }
    #expect(again.endedWaits.map { [$0.resolved, $0.replaced] } == [0, 2])
    #expect(!roster.codes(again).contains("F0101"))
    #expect(try shown() == ["B2-F1-R1 since 1", "B2-F1-R2 since 1"])
    let text = String(decoding: try export(.csv, language), as: UTF8.self)
    let mended = text.replacing("320699197001010019", with: "320699197001010050").replacing(",12\r\n", with: ",13800138002\r\n")
    let back = try roster.run(.load, [try roster.file("back.csv", mended)]) {
      ($0.retries, $0.dataset) = (true, "registeredResident")
    }
    #expect(back.endedWaits.map { [$0.resolved, $0.replaced] } == [2, 0])
    #expect(back.counts.created == 2)
    #expect(try waiting().isEmpty)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `what is handed out has the values as they were written, in any encoding`() throws {
    let text = Self.header + "\"320699197001010034\",\"示例\"\"乙\",\"1,2\"\n"
    let path = roster.scratch.path + "/gb.csv"
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars { #expect(GB18030.shared.append(scalar.value, to: &bytes)) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    _ = try roster.run(.load, [path]) { $0.encoding = .gb18030 }
    let lines = String(decoding: try export(.csv), as: UTF8.self).split(separator: "\r\n").map(String.init)
    #expect(lines[0] == "\u{FEFF}待更正编号,待更正原因,待更正自,公民身份号码,姓名,联系电话")
    #expect(lines[1].hasSuffix(#",320699197001010034,"示例""乙","1,2""#))
    #expect(lines[1].hasPrefix("B1-F1-R1,"))
  }

  @Test func `a value that a workbook has no room for holds no other up`() throws {
    try load(Self.header + Self.keyed + "320699197001010050,示例丙\u{0},12\n")
    #expect(try export(.xlsx).count > 1000)
  }

  @Test(arguments: ["B9-F1-R1", "B1-F1-R1", "4", "B1-F1-R3x"])
  func `a name that does not wait is refused, and nothing is changed`(_ name: String) throws {
    try load(Self.header + Self.good + Self.keyed)
    let text = "待更正编号," + Self.header + "B1-F1-R2,320699197001010034,示例乙,13800138002\n\(name),\(Self.good)"
    let path = try roster.file("back.csv", text)
    #expect(throws: WaitingRefusal.notWaiting(name, file: path, row: 2)) {
      try roster.run(.load, [path]) { ($0.retries, $0.dataset) = (true, "registeredResident") }
    }
    #expect(try shown() == ["B1-F1-R2 since 1"])
    #expect(throws: WaitingRefusal.unnamed(file: path.replacing("back", with: "plain"))) {
      try roster.run(.load, [try roster.file("plain.csv", Self.header + Self.good)]) {
        ($0.retries, $0.dataset) = (true, "registeredResident")
      }
    }
  }

  /// Takes rows back from the text of a file.
  @discardableResult private func retry(_ text: String, _ change: (inout DeliveryOptions) -> Void = { _ in }) throws
    -> RunResult
  {
    let result = try roster.run(.load, [try roster.file("back\(abs(text.hashValue)).csv", text)]) {
      $0.retries = true
      change(&$0)
    }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    return result
  }

  /// What is wrong with the shape of a row, such that a part of it is lost in what is handed out.
  @Test(arguments: [
    "320699197001010034,示例乙,13800138002,多", "320699197001010034,示例乙", "320699197001010034,\"示例乙\"丙,13800138002",
  ])
  func `a row that lost a part waits until something of it is changed`(_ row: String) throws {
    try load(Self.header + row + "\n")
    guard let waits = try waiting().first, waits.reasons.contains(where: { $0.phase == "S" }) else { return }
    let out = String(decoding: try export(.csv), as: UTF8.self)
    let again = try retry(out)
    #expect(again.counts.quarantined == 1 && again.endedWaits?.resolved == 0)
    if waits.raw.bytes.count > 30 { #expect(roster.codes(again).contains("W0009")) }
    let text = out.split(separator: "\r\n")[0] + "\r\nB1-F1-R1,,,320699197001010034,示例乙,13800138009\r\n"
    #expect(try retry(String(text)).endedWaits?.resolved == 1)
    #expect(try waiting().isEmpty)
  }

  @Test func `a row of an unknown kind is mended in its own roster`() throws {
    let text = "人口类型,公民身份号码,姓名,性别,出生日期\n不知道,320699197001010018,示例甲,男,1970-01-01\n"
    _ = try roster.run(.load, [try roster.file("k.csv", text)])
    #expect(try waiting().first?.reasons == [RuleCode("V1319")])
    let back = try retry(String(decoding: try export(.csv), as: UTF8.self).replacing("示例甲", with: "示例乙"))
    #expect(back.counts.quarantined == 1 && roster.codes(back).contains("W0009"))
  }

  @Test func `what a spreadsheet takes for a formula comes back as it was`() throws {
    let phone = "联系电话"
    let text = "公民身份号码,姓名,\(phone),现住门（楼）详址\n320699197001010034,示例乙,12,-1号库\n320699197001010050,示例丙,12,=1+1\n"
    try load(text)
    let out = String(decoding: try export(.csv), as: UTF8.self)
    #expect(out.contains(",'-1号库") && out.contains(",'=1+1"))
    try retry(out.replacing(",12,", with: ",13800138002,"))
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["residenceAddress"])
    #expect(rows == [["-1号库"], ["=1+1"]])
  }

  @Test func `a wait that was ended does not come back with a load between that is taken back`() throws {
    try load(Self.header + Self.keyed)
    try load(Self.header + Self.keyed)
    try load(Self.header + "320699197001010034,示例乙,13800138002\n")
    try undo(2)
    #expect(try waiting().isEmpty)
    try undo(3)
    #expect(try shown() == ["B1-F1-R1 since 1"])
    let other = try Roster()
    for _ in 1...3 { _ = try other.run(.load, [try other.file("a.csv", Self.header + Self.keyed)]) { $0.again = true } }
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: false, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: other.today).run(
      other.warehouse)
    var names: [String] = []
    try Warehouse(path: other.warehouse, mode: .read).forEachWaiting { names.append($0.name.description) }
    #expect(names == ["B3-F1-R1"])
  }

  @Test func `a name of the night before still names the row, which keeps its sender`() throws {
    try load(Self.header + Self.keyed + Self.keyless) { $0.sender = "甲" }
    let out = String(decoding: try export(.csv), as: UTF8.self)
    try load(Self.header + Self.keyed + Self.keyless) { $0.sender = "甲" }
    #expect(try shown() == ["B2-F1-R1 since 1", "B2-F1-R2 since 1"])
    // Without the sender it is that of the rows.
    let back = try retry(out.replacing(",12\r\n", with: ",13800138002\r\n"))
    #expect(back.endedWaits.map { [$0.resolved, $0.replaced] } == [1, 1])
    #expect(try waiting().map(\.sender) == ["甲"])
    try load(Self.header + Self.keyless) { $0.sender = "甲" }
    #expect(try shown() == ["B4-F1-R1 since 1"])
    #expect(throws: WaitingRefusal.self) { try retry(out) { $0.sender = "乙" } }
  }

  @Test func `each row of the file names another waiting row`() throws {
    try load(Self.header + Self.keyed + Self.keyless)
    let mended = "320699197001010034,示例乙,13800138002\n"
    for (rows, refusal): (String, (String) -> WaitingRefusal) in [
      ("B1-F1-R1,\(mended)B1-F1-R1,\(Self.good)", { .twice(WaitingName("B1-F1-R1")!, file: $0, row: 2) }),
      ("B1-F1-R1,\(mended),\(Self.good)", { .nameless(file: $0, row: 2) }),
    ] {
      let path = try roster.file("b\(abs(rows.hashValue)).csv", "待更正编号," + Self.header + rows)
      #expect(throws: refusal(path)) {
        try roster.run(.load, [path]) { ($0.retries, $0.dataset) = (true, "registeredResident") }
      }
    }
    #expect(try shown().count == 2)
  }

  @Test func `a correction of nobody stored is not made by the roster that brings him`() throws {
    try load(Self.header + Self.good)
    let correction = "公民身份号码,联系电话\n320699197001010050,13899999999\n"
    try load(correction) { $0.mode = .patch }
    try load(Self.header + "320699197001010050,示例丙,13800138003\n")
    #expect(try shown() == ["B2-F1-R1 since 2"])
    #expect(try load(correction) { $0.mode = .patch }.endedWaits.map { [$0.resolved, $0.replaced] } == [1, 0])
    #expect(try waiting().isEmpty)
  }

  @Test func `rows are given up by name or by what they have in common, and an undo brings them back`() throws {
    try load(Self.header + Self.keyed) { $0.sender = "甲" }
    try load(Self.header + Self.keyless) { $0.sender = "乙" }
    var filter = WaitingRow.Filter()
    filter.names = [try #require(WaitingName("b2-f1-r1"))]
    #expect(try discard(filter, isDryRun: true).count == 1)
    #expect(try shown().count == 2)
    #expect(try discard(filter).batch == 3)
    #expect(try shown() == ["B1-F1-R1 since 1"])
    #expect(throws: WaitingRefusal.notWaiting("B2-F1-R1", file: nil, row: 0)) { try discard(filter) }
    filter = WaitingRow.Filter()
    filter.sender = "甲"
    #expect(try discard(filter).count == 1)
    #expect(throws: WaitingRefusal.nothing) { try discard(filter) }
    try undo(3)
    #expect(try shown() == ["B2-F1-R1 since 2"])
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verifyAudit(anchor: nil).differences.isEmpty)
  }

  @Test func `only what is asked for is listed`() throws {
    try load(Self.header + Self.keyed + Self.keyless)
    for (count, change): (Int, (inout WaitingRow.Filter) -> Void) in [
      (1, { $0.cause = RuleCode("V1308") }), (1, { $0.cause = RuleCode("V1103") }), (0, { $0.cause = RuleCode("V1101") }),
      (2, { $0.dataset = "registeredResident" }), (0, { $0.dataset = "house" }), (2, { $0.batch = 1 }), (0, { $0.batch = 2 }),
    ] {
      var filter = WaitingRow.Filter()
      change(&filter)
      #expect(try waiting(filter).count == count)
    }
  }

  @Test func `the identity of a row is another one in another warehouse`() throws {
    try load(Self.header + Self.keyed)
    let other = try Roster()
    _ = try other.run(.load, [try other.file("a.csv", Self.header + Self.keyed)])
    var identity: String?
    try Warehouse(path: other.warehouse, mode: .read).forEachWaiting { identity = $0.identity }
    let own = try waiting().first?.identity
    #expect(identity != nil && own != nil && identity != own)
  }

  @Test(arguments: [
    ("B12-F1-R345", true), ("b12-f1-r345", true), ("B0-F1-R1", false), ("B1-F0-R1", false), ("B1-F1-R", false),
    ("B1-F1", false),
    ("1-1-1", false), ("B1-F1-R1-", false), ("B１-F1-R1", false), ("B-1-F1-R1", false), ("B99999999999999999999-F1-R1", false),
    ("", false),
  ]) func `a name is read as it is written`(_ text: String, _ isName: Bool) {
    let name = WaitingName(text)
    #expect((name != nil) == isName)
    if let name { #expect(name.description.utf8.elementsEqual(text.uppercased().utf8)) }
  }
}
