import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Testing

/// A stored number that comes with another name: W0002 and W0003.
struct NameTests {
  let roster: Roster
  private static let number = "320699197001010018"

  init() throws {
    roster = try Roster()
    _ = try roster.run(
      .load, [roster.file("a.csv", "公民身份号码,姓名,联系方式\n\(Self.number),王建国,13912345001\n440524188001010014,示例乙,\n")])
  }

  private func load(_ headings: String, _ values: String) throws -> RunResult {
    let file = try roster.file("b.csv", "公民身份号码,\(headings)\n\(Self.number),\(values)\n")
    let checked = try roster.run(.check, [file]) { ($0.warehouse, $0.dataset) = (roster.warehouse, "registeredResident") }
    let loaded = try roster.run(.load, [file]) { $0.dataset = "registeredResident" }
    #expect(checked.counts == loaded.counts)
    #expect(roster.codes(checked) == roster.codes(loaded))
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    return loaded
  }

  private func name() throws -> String? {
    try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["identityNum", "personName"])
      .first { $0[0] == Self.number }?[1]
  }

  @Test(arguments: ["赵建国", "王芳", "李梅", "汪洋海"]) func `another name altogether waits, and both are told masked`(_ name: String)
    throws
  {
    let result = try load("姓名,联系方式", "\(name),13912345009")
    #expect(roster.errors(result) == ["1 W0002"])
    #expect(result.counts.quarantined == 1)
    #expect(try self.name() == "王建国")
    let finding = try #require(result.allFindings.first { $0.code == RuleCode("W0002") })
    #expect(
      (finding.facts["stored"], finding.value) == (
        "王**", "\(name.first ?? " ")\(String(repeating: "*", count: name.count - 1))"
      ))
  }

  @Test(arguments: ["王建军", "王见国", "王国建", "王健国", "汪建国"]) func `a slip is corrected, and told`(_ name: String) throws {
    let result = try load("姓名", name)
    #expect(result.counts.updated == 1)
    #expect(roster.codes(result).contains("W0003"))
    #expect(try self.name() == name)
  }

  @Test func `who gives the stored name as the former one renames the person`() throws {
    let result = try load("姓名,曾用名", "赵红,王建国")
    #expect(result.counts.updated == 1)
    #expect(!roster.codes(result).contains("W0002") && !roster.codes(result).contains("W0003"))
    #expect(try name() == "赵红")
  }

  @Test(arguments: [true, false]) func `a number of 15 digits that comes with 18 is the same person`(_ isLarge: Bool) throws {
    let old = try roster.file("old.csv", "公民身份号码,姓名,联系方式\n110105491231002,示例丙,13912345003\n")
    _ = try roster.run(.load, [old])
    // Rows are looked up one by one, or all in memory.
    let more = isLarge ? "440524188001010014,示例乙\n\(Self.number),王建国\n" : ""
    let file = try roster.file("new.csv", "公民身份号码,姓名\n11010519491231002X,示例丙\n" + more)
    let checked = try roster.run(.check, [file]) { ($0.warehouse, $0.dataset) = (roster.warehouse, "registeredResident") }
    let result = try roster.run(.load, [file])
    #expect(checked.counts == result.counts)
    #expect((result.counts.created, result.counts.updated) == (0, 1))
    #expect(roster.codes(result).contains("W0004"))
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["identityNum", "contact"])
    #expect(rows.contains(["11010519491231002X", "13912345003"]) && rows.count == 3)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    // Another person of the same day, or of another century, is somebody else.
    let other = try roster.file("other.csv", "公民身份号码,姓名\n110105184912310024,示例丁\n")
    #expect(
      try !roster.codes(roster.run(.check, [other]) { ($0.warehouse, $0.dataset) = (roster.warehouse, "registeredResident") })
        .contains("W0004"))
  }

  @Test(arguments: [false, true]) func `one person under 15 and 18 digits in one delivery is changed once`(_ oldFirst: Bool)
    throws
  {
    let old = try roster.file("old.csv", "公民身份号码,姓名,联系方式\n110105491231002,示例丙,13912345003\n")
    _ = try roster.run(.load, [old])
    let files = try ["110105491231002,示例丙,示例路1号", "11010519491231002X,示例丙,示例路2号"].enumerated().map {
      try roster.file("f\($0).csv", "公民身份号码,姓名,现住门（楼）详址\n\($1)\n")
    }
    let delivery = oldFirst ? files : files.reversed()
    let checked = try roster.run(.check, delivery) { ($0.warehouse, $0.dataset) = (roster.warehouse, "registeredResident") }
    let result = try roster.run(.load, delivery) { $0.dataset = "registeredResident" }
    #expect(checked.counts == result.counts)
    #expect((result.counts.updated, result.counts.quarantined) == (1, 1))
    #expect(roster.errors(result, input: 1) == ["1 W0006"])
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a traditional form of the same name, or no name, is nothing to tell`() throws {
    #expect(try !roster.codes(load("姓名,联系方式", "王建國,13912345008")).contains("W0003"))
  }
}
