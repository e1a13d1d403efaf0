import ElementCore
import ElementFormats
import ElementPipeline
import ElementReports
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// A night: what senders put into their folders is taken, each is answered, and what one did stops no other.
struct NightTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,性别,户号,与户主关系,联系方式\n"
  private static func person(_ number: String, _ household: String, phone: String = "13800138001") -> String {
    "\(number),示例甲,\(number.dropLast().last.map { "02468".contains($0) } ?? false ? "女" : "男"),\(household),户主,\(phone)\n"
  }

  init() throws { roster = try Roster() }

  private func put(_ path: String, _ text: String) throws {
    let full = roster.scratch.path + "/" + path
    try FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: full, atomically: true, encoding: .utf8)
  }

  private func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: roster.scratch.path + "/" + folder)) ?? []).sorted()
  }

  private func answer(_ path: String) throws -> String {
    try String(contentsOfFile: roster.scratch.path + "/outbox/" + path, encoding: .utf8)
  }

  private func night(_ configuration: String = "") throws -> NightRun {
    let site = try SiteConfiguration.find(named: try roster.file("yaosu.yaml", "office: 示例街道\n" + configuration))
    var options = DeliveryOptions(verb: .load, paths: [], today: roster.today)
    (options.warehouse, options.operatorName, options.configuration) = (roster.warehouse, "test", site)
    return NightRun(options, .zh)
  }

  private func take(_ configuration: String = "", at now: Date? = nil) throws -> [DeliveryAnswer] {
    var answers: [DeliveryAnswer] = []
    try night(configuration).takeDeliveries(at: now ?? Date.now.addingTimeInterval(60)) { answers.append($0) }
    return answers
  }

  @Test func `one that cannot be read, one that is held and one that still grows stop no other`() throws {
    let numbers = [
      "320699197001010018", "320699197001010026", "320699197001010034", "320699197001010042", "320699197001010050",
      "320699197001010069",
    ]
    for (place, sender) in ["东街", "西街", "南苑", "北桥", "河滨", "新村"].enumerated() {
      try put("inbox/\(sender)/花名册(1)(1).csv", Self.header + Self.person(numbers[place], "\(place + 1)"))
    }
    try put("inbox/东街/~$花名册.xlsx", "lock")
    try put("inbox/安监办/消防设施.xls", "not a workbook at all\u{0}\u{1}")
    try put("inbox/民政办/空.csv", "")
    try put("inbox/综治办/名册.csv", Self.header + Self.person("320699197001010019", "7"))
    try put("inbox/城管/名册.csv", Self.header + Self.person("320699197001010077", "8"))
    // One was touched later than all of this: it still grows.
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(86_400)], ofItemAtPath: roster.scratch.path + "/inbox/城管/名册.csv")
    let answers = try take("limits: {all: {maxErrors: 0}}\n")
    #expect(answers.count == 10)
    func code(_ sender: String) -> Int? { answers.first { $0.delivery.sender == sender }?.exitCode }
    #expect(["东街", "西街", "南苑", "北桥", "河滨", "新村"].allSatisfy { code($0) == 0 })
    #expect(code("安监办") == 3 && code("民政办") == 3 && code("综治办") == 4 && code("城管") == 0)
    #expect(names("inbox/城管") == ["名册.csv"])
    #expect(names("inbox/东街") == ["done", "~$花名册.xlsx"])
    #expect(names("inbox/东街/done").count == 1 && names("outbox/东街").count == 2)
    #expect(names("outbox/综治办").contains { $0.contains("暂停") })
    #expect(
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["identityNum"]).count == 6)
    let reports = try night().close()
    let report = reports.report(reports.offices[0])
    #expect(
      report.reading.deliveries.count { $0.state == "loaded" } == 6
        && report.tasks.first.map { "\($0.kind)" }?.hasPrefix("held(") == true)
  }

  @Test func `an answer says what became of it in ten lines, and its list names the rows`() throws {
    try put(
      "inbox/东街/a.csv",
      Self.header + Self.person("320699197001010018", "1", phone: "12345") + Self.person("320699197001010019", "2"))
    #expect(try take().map(\.exitCode) == [1])
    let text = try answer("东街/1.txt")
    #expect(text.contains("已入库：第 1 批") && text.contains("读取 2 行") && text.contains("V1103") && text.contains("下一步"))
    #expect(text.split(separator: "\n").count <= 10)
    let size = try InputFile(path: roster.scratch.path + "/outbox/东街/1.xlsx").size
    #expect(size > 1_000)
    #expect(names("inbox/东街/done/1") == ["a.csv"])
  }

  @Test func `what is in the folder for checks is never loaded, and a folder in a folder is a delivery by itself`() throws {
    try put("inbox/东街/只校验/a.csv", Self.header + Self.person("320699197001010019", "1"))
    try put("inbox/东街/补报/b.csv", Self.header + Self.person("320699197001010018", "2"))
    let answers = try take()
    #expect(answers.map(\.delivery.isCheckOnly) == [false, true] && answers.map(\.exitCode) == [0, 1])
    #expect(
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["identityNum"]).count == 1)
    #expect(!FileManager.default.fileExists(atPath: roster.scratch.path + "/inbox/东街/补报"))
    // Beside answer and list of each the file with the wrong row comes back, marked.
    #expect(names("outbox/东街").count == 5)
    #expect(names("outbox/东街").filter { $0.hasSuffix("-a.csv") }.count == 1)
  }

  @Test func `a machine that stops behind the load loads nothing twice`() throws {
    try put("inbox/东街/a.csv", Self.header + Self.person("320699197001010018", "1") + Self.person("320699197001010019", "2"))
    let path = roster.scratch.path + "/inbox/东街/a.csv"
    let time = try #require(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
    _ = try take()
    // The file stands there again as it was, for it was never put away.
    try FileManager.default.moveItem(atPath: roster.scratch.path + "/inbox/东街/done/1/a.csv", toPath: path)
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    let again = try take()
    #expect(again.count == 1)
    guard case .taken(let result) = again[0].fate else { throw CancellationError() }
    #expect(result.outcome == .unchanged && result.batch == 1)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).batches().count == 1)
  }

  @Test func `a folder of no known sender is sent back, and old answers and files go`() throws {
    try put("inbox/陌生/a.csv", Self.header + Self.person("320699197001010018", "1"))
    let answers = try take("senders: {东街: {area: '320699001001'}}\nfolders: {keepDays: 7}\n")
    #expect(answers.map(\.exitCode) == [3])
    #expect(names("inbox/陌生/done").count == 1 && names("outbox/陌生").count == 1)
    _ = try take("folders: {keepDays: 7}\n", at: Date.now.addingTimeInterval(8 * 86_400))
    #expect(names("inbox/陌生/done").isEmpty && names("outbox/陌生").isEmpty)
  }

  @Test func `what the warehouse is to blame for stays in the inbox, and is loaded the next time`() throws {
    try put("inbox/东街/a.csv", Self.header + Self.person("320699197001010018", "1"))
    _ = try take()
    try put("inbox/东街/b.csv", Self.header + Self.person("320699197001010034", "2"))
    do {
      let writer = try Warehouse(path: roster.warehouse, mode: .write)
      let answers = try take()
      #expect(answers.map(\.exitCode) == [5])
      #expect(names("inbox/东街") == ["b.csv", "done"] && names("outbox/东街").count == 2)
      withExtendedLifetime(writer) {}
    }
    #expect(try take().map(\.exitCode) == [0])
    #expect(
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["identityNum"]).count == 2)
  }

  @Test func `a second run over the same inbox is refused`() throws {
    let first = try RunLock(folder: roster.scratch.path + "/inbox")
    let error = #expect(throws: WarehouseError.self) { try RunLock(folder: roster.scratch.path + "/inbox") }
    #expect(error?.kind == .busy)
    withExtendedLifetime(first) {}
  }
}
