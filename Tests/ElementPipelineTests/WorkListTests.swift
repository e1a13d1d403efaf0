import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Lists of what grid members have to do, and how they come back filled in.
struct WorkListTests {
  private let roster: Roster
  private static let grids = ["01000032069900100101", "01000032069900100201"]
  private static let overlay = "nantong"

  init() throws { roster = try Roster() }

  private func day(_ text: String) throws -> CalendarDate {
    let parsed = CalendarDate(iso: Array(text.utf8).span)
    return try #require(parsed)
  }

  @discardableResult
  private func load(_ name: String, _ text: String, on day: String, _ dataset: String? = nil) throws -> RunResult {
    let today = try self.day(day)
    return try roster.run(.load, [try roster.file(name, text)]) {
      ($0.area, $0.again, $0.today, $0.overlays, $0.dataset) = ("320699001001", true, today, [Self.overlay], dataset)
    }
  }

  /// Two grids with a member each, two families of which one is looked after, three households, a case that is late, and a wrong telephone.
  private func street() throws {
    try load(
      "grid.csv", "网格编码,网格名称,村（社区）名称\n\(Self.grids[0]),第一网格,东街社区\n\(Self.grids[1]),第二网格,西街社区\n", on: "2026-01-05")
    try load(
      "member.csv", "人员编号,姓名,所属网格\nW1,示例网格员,\(Self.grids[0])\nW2,示例格长,\(Self.grids[1])\n", on: "2026-01-05")
    try load(
      "household.csv",
      "户号,户主公民身份号码,户主姓名,现住门（楼）详址,所属网格\nA1,320699197001010018,示例甲,示例路1号,\(Self.grids[0])\nA2,320699197001010034,示例乙,示例路2号,\(Self.grids[0])\nA1,320699197001010050,示例丙,示例路3号,\(Self.grids[1])\n",
      on: "2026-01-05", "household")
    try load(
      "care.csv", "特殊家庭户号,关怀开始日期,关怀结束日期,联系人姓名,所属网格\nA2,2025-02-06,,示例联系,\(Self.grids[0])\n", on: "2026-01-05", "careHousehold")
    try load(
      "people.csv",
      "公民身份号码,姓名,联系方式,网格编码\n320699197001010018,示例甲,12345,\(Self.grids[0])\n320699197001010034,示例乙,13800138001,\(Self.grids[0])\n",
      on: "2026-01-05")
    try load("case.csv", "案卷编号,主题,事件级别,立案时间,办结时间,所属网格\nE1,路灯损坏,1,2025-11-06 09:00,,\(Self.grids[0])\n", on: "2026-01-05")
    var options = DeliveryOptions(verb: .check, paths: [], today: try day("2026-01-05"))
    (options.warehouse, options.operatorName, options.toolVersion, options.overlays) = (
      roster.warehouse, "test", "1.0", [Self.overlay]
    )
    (options.keepsAllFindings, options.checksStored, options.recordsDay) = (true, true, true)
    _ = try StoredCheck(options).run()
  }

  private func lists(on day: String, _ kinds: [WorkListKind] = WorkListKind.allCases, _ office: ReportOffice = .all) throws
    -> [GridWork]
  {
    let run = try WorkListRun(
      schemas: nil, overlays: [Self.overlay], gridScheme: nil, SiteConfiguration(), day: try self.day(day), .zh)
    return try run.lists(try Warehouse(path: roster.warehouse, mode: .read), kinds, office)
  }

  private func rows(_ work: [GridWork], _ grid: String, _ kind: WorkListKind) -> [[StyledSheet.Cell]] {
    work.first { $0.grid == grid }?.lists.first { $0.kind == kind }?.rows ?? []
  }

  private func text(_ cell: StyledSheet.Cell) -> String {
    switch cell {
    case .text(let text), .wrapped(let text), .entry(let text), .alarming(let text): text
    default: ""
    }
  }

  @Test func `each grid has its own lists, families that are looked after first`() throws {
    try street()
    let work = try lists(on: "2026-06-25")
    // The last week of the half-year: all that is left is due.
    let visits = rows(work, Self.grids[0], .visit)
    #expect(visits.map { text($0[3]) } == ["特殊家庭", "家庭", "家庭"] && visits.map { text($0[4]) } == ["A2", "A1", "A2"])
    #expect(visits.map { text($0[1]) } == ["W1", "W1", "W1"] && text(visits[0][0]).hasPrefix("QD20260625-\(Self.grids[0])-V"))
    #expect(rows(work, Self.grids[1], .visit).map { text($0[4]) } == ["A1"])
    #expect(rows(work, Self.grids[0], .verification).count == 2)
    // The roster of grids says of its households and members what the rosters do not.
    #expect(rows(work, Self.grids[0], .correction).map { text($0[4]) } == ["户数", "网格员数量", "联系方式"])
    #expect(rows(work, Self.grids[0], .overdue).map { text($0[2]) } == ["E1"])
    #expect(work[0].name == "东街社区 第一网格" && work[0].member?.name == "示例网格员")
    // A week of the beginning: families all, of the others one of each grid, as there are less than weeks.
    let early = try lists(on: "2026-01-06", [.visit, .verification])
    #expect(rows(early, Self.grids[0], .visit).map { text($0[3]) } == ["特殊家庭", "家庭"])
    #expect(rows(early, Self.grids[0], .verification).count == 1)
    #expect(try lists(on: "2026-01-06", [.visit], .grid(Self.grids[1])).map(\.grid) == [Self.grids[1]])
    #expect(try lists(on: "2026-01-06", [.visit], .area("320699001002")).map(\.grid) == [Self.grids[1]])
  }

  @Test func `a list that comes back is known by its numbers: blank rows are none, and sent twice it is unchanged`() throws {
    try street()
    let before = rows(try lists(on: "2026-06-25"), Self.grids[0], .visit)
    let header = "走访编号,网格员编号,走访人姓名,走访对象类型,走访对象编号,走访对象,走访地址,※上次走访,走访时间,走访结果,走访内容,所属网格\n"
    func file(filled: Int) -> String {
      header
        + before.enumerated().map { place, row in
          var cells = row.map(text)
          if place < filled { (cells[8], cells[9], cells[10]) = ("2026-06-26 10:00", "见面", "平安") }
          return cells.joined(separator: ",") + "\n"
        }.joined()
    }
    let empty = try load("v0.csv", file(filled: 0), on: "2026-06-27")
    #expect(empty.counts.read == 0 && roster.codes(empty).contains("F0125"))
    let first = try load("v1.csv", file(filled: 1), on: "2026-06-27")
    #expect(first.counts.read == 1 && first.counts.created == 1 && first.counts.quarantined == 0)
    #expect(!roster.codes(first).contains("F0101"))
    let again = try load("v2.csv", file(filled: 2), on: "2026-06-28")
    #expect(again.counts.read == 2 && again.counts.unchanged == 1 && again.counts.created == 1)
    // What was visited is not due any more; the visit of the family was one of its household too.
    let after = rows(try lists(on: "2026-06-29"), Self.grids[0], .visit)
    #expect(after.map { text($0[3]) + text($0[4]) } == ["家庭A2"])
    #expect(rows(try lists(on: "2026-07-01"), Self.grids[0], .visit).first.map { text($0[7]) } == "2026-06-26")
    let proof = try Warehouse(path: roster.warehouse, mode: .read).verify()
    #expect(proof.differences.isEmpty)
  }

  @Test func `a row has the same number wherever it stands in a list of the day, and another one has another`() throws {
    try street()
    let before = rows(try lists(on: "2026-06-25"), Self.grids[0], .visit)
    var cells = before[0].map(text)
    (cells[8], cells[9]) = ("2026-06-25 10:00", "见面")
    let header = "走访编号,网格员编号,走访人姓名,走访对象类型,走访对象编号,走访对象,走访地址,※上次走访,走访时间,走访结果,走访内容,所属网格\n"
    try load("v.csv", header + cells.joined(separator: ",") + "\n", on: "2026-06-25")
    // The first is done: the others move up and keep their numbers.
    let after = rows(try lists(on: "2026-06-25"), Self.grids[0], .visit)
    #expect(after.map { text($0[0]) } == before.dropFirst().map { text($0[0]) })
    #expect(Set(before.map { text($0[0]) }).count == before.count)
    // Who was not met is asked for again.
    (cells[0], cells[9]) = ("V9", "未见面")
    cells[4] = "A1"
    cells[3] = "家庭"
    try load("w.csv", header + cells.joined(separator: ",") + "\n", on: "2026-06-25")
    #expect(rows(try lists(on: "2026-06-25"), Self.grids[0], .visit).map { text($0[4]) } == after.map { text($0[4]) })
    // Findings of a later day are not on the list of an earlier one.
    #expect(rows(try lists(on: "2026-01-04"), Self.grids[0], .correction).isEmpty)
    let error = #expect(throws: NoSuchOffice.self) { try self.lists(on: "2026-06-25", [.visit], .area("330106")) }
    #expect(Trouble(try #require(error))?.exitCode == 2)
  }

  @Test(arguments: Language.allCases) func `lists that come back are read in either language, the others are refused by name`(
    _ language: Language
  ) throws {
    try street()
    let run = try WorkListRun(
      schemas: nil, overlays: [Self.overlay], gridScheme: nil, SiteConfiguration(), day: try day("2026-06-25"), language)
    let work = try #require(
      try run.lists(try Warehouse(path: roster.warehouse, mode: .read), WorkListKind.allCases, .all).first)
    for (kind, rows) in work.lists {
      let path = try roster.file("\(kind.rawValue).xlsx", "")
      try Data(try work.workbook(kind, rows).bytes()).write(to: URL(filePath: path))
      if let dataset = kind.dataset {
        let result = try roster.run(.check, [path])
        #expect(result.inputs.map(\.map.dataset.name) == [dataset] && result.counts.read == 0)
      } else {
        let error = #expect(throws: InputError.self) { try roster.run(.check, [path]) }
        #expect(error?.hint.zh.contains("待走访") == true)
      }
    }
  }

  @Test func `a verification with a result is counted, and is not asked for again in the half-year`() throws {
    try street()
    let list = rows(try lists(on: "2026-06-25"), Self.grids[0], .verification)
    var cells = list[0].map(text)
    (cells[9], cells[10]) = ("2026-06-26 10:00", "属实")
    let header = "核查编号,核查数据集,核查记录编号,※名称,※地址,※上次确认,核查来源,下发日期,核查期限,核查时间,核查结果,有误项目,所属网格\n"
    let text = header + cells.joined(separator: ",") + "\n" + list[1].map(self.text).joined(separator: ",") + "\n"
    let result = try load("c.csv", text, on: "2026-06-27")
    #expect(result.counts.read == 1 && result.counts.created == 1)
    #expect(rows(try lists(on: "2026-06-28"), Self.grids[0], .verification).map { self.text($0[2]) } == [self.text(list[1][2])])
  }

  @Test func `a list is a workbook that is read as it was written, on paper too`() throws {
    try street()
    let work = try #require(try lists(on: "2026-06-25").first)
    for (kind, rows) in work.lists {
      let bytes = try work.workbook(kind, rows).bytes()
      #expect(try work.workbook(kind, rows).bytes() == bytes)
      guard let dataset = kind.dataset else { continue }
      let path = try roster.file("\(kind.rawValue).xlsx", "")
      try Data(bytes).write(to: URL(filePath: path))
      let result = try roster.run(.check, [path]) { $0.today = CalendarDate(year: 2026, month: 6, day: 25) ?? $0.today }
      #expect(result.inputs.map(\.map.dataset.name) == [dataset] && result.counts.read == 0)
    }
  }
}
