import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Household numbers are local: number 1 of two villages is two households, unless the site says otherwise.
struct HouseholdScopeTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  private static let (east, west) = ("01000032069900100101", "01000032069900100201")
  private static let (first, second) = ("320699197001010018", "320699197001010026")

  /// Loads rosters in one delivery and confirms that a check says the same, and that the warehouse is sound.
  private func load(
    _ texts: [String], dataset: String? = "household", area: String? = nil, configuration: String? = nil
  ) throws -> RunResult {
    let site = try configuration.map { try SiteConfiguration(path: try roster.file("yaosu.yaml", $0)) }
    return try roster.load(texts) { options in
      (options.dataset, options.area) = (dataset, area)
      if let site { options.configuration = site }
    }
  }

  private func households() throws -> [[String]] {
    try Warehouse(path: roster.warehouse, mode: .read)
      .rows(of: "household", fields: ["householdNum", "householdScopeCode", "householderName", "personCount"])
  }

  private static func household(_ grid: String, _ name: String = "示例甲", _ number: String = first, count: String = "3") -> String
  {
    "户号,户主公民身份号码,户主姓名,所属网格,户内人数\n1,\(number),\(name),\(grid),\(count)\n"
  }

  private static let eastern = ["1", "320699001001", "示例甲", "3"]
  private static let western = ["1", "320699001002", "示例乙", "2"]

  @Test(arguments: [false, true]) func `number 1 of two villages is two households`(_ together: Bool) throws {
    let texts = [Self.household(Self.east), Self.household(Self.west, "示例乙", Self.second, count: "2")]
    if together {
      #expect(try load(texts).counts.created == 2)
    } else {
      for text in texts { #expect(try load([text]).counts.created == 1) }
    }
    #expect(try households() == [Self.eastern, Self.western])
    #expect(try load([texts[0]]).counts.unchanged == 1)
  }

  @Test(arguments: ["", "area"]) func `a household without a community that gets one is updated`(_ way: String) throws {
    let bare = "户号,户主公民身份号码,户主姓名,户内人数\n1,\(Self.first),示例甲,3\n"
    let loaded = try load([bare], area: way.isEmpty ? nil : "320699001")
    #expect(try households() == [["1", way.isEmpty ? "" : "320699001", "示例甲", "3"]])
    #expect(roster.codes(loaded).contains("G2011") == way.isEmpty)
    #expect(try load([Self.household(Self.east)]).counts.updated == 1)
    #expect(try households() == [Self.eastern])
    // Of another village there is no such household yet.
    #expect(try load([Self.household(Self.west, "示例乙", Self.second, count: "2")]).counts.created == 1)
  }

  @Test func `of two villages in one delivery one gets the household that had none`() throws {
    _ = try load(["户号,户主公民身份号码,户主姓名,户内人数\n1,\(Self.first),示例甲,3\n"])
    let result = try load([Self.household(Self.east), Self.household(Self.west, "示例乙", Self.second, count: "2")])
    #expect((result.counts.updated, result.counts.created) == (1, 1))
    #expect(try households() == [Self.eastern, Self.western])
  }

  @Test func `a list without a community changes the one household of its number, and waits where there are several`() throws {
    _ = try load([Self.household(Self.east)])
    let list = "户号,户主公民身份号码,户主姓名,户内人数\n1,\(Self.first),示例甲,4\n"
    #expect(try load([list]).counts.updated == 1)
    #expect(try households() == [["1", "320699001001", "示例甲", "4"]])
    _ = try load([Self.household(Self.west, "示例乙", Self.second, count: "2")])
    let waiting = try load([list.replacing(",4", with: ",5")])
    #expect(roster.errors(waiting) == ["1 W0005"])
    // With the area it is known which one is meant.
    #expect(try load([list.replacing(",4", with: ",6")], area: "320699001001").counts.updated == 1)
    #expect(try households() == [["1", "320699001001", "示例甲", "6"], Self.western])
  }

  @Test func `rows that contradict each other leave the household that both mean`() throws {
    _ = try load([Self.household(Self.east)])
    let result = try load(["户号,户主公民身份号码,户主姓名,户内人数\n1,\(Self.first),示例甲,4\n1,\(Self.first),示例甲,5\n"])
    #expect(roster.errors(result) == ["1 G2005", "2 G2005"])
    #expect(try households() == [Self.eastern])
    let parts = try load(["户号,户主公民身份号码,户主姓名,户内人数,户主联系方式\n1,\(Self.first),示例甲,4,\n1,\(Self.first),示例甲,,13912345678\n"])
    #expect((parts.counts.updated, parts.counts.duplicate) == (1, 1))
    #expect(try households() == [["1", "320699001001", "示例甲", "4"]])
  }

  @Test(arguments: [false, true]) func `a row whose grid turns out to be wrong keeps no other row of its household out`(
    _ isStored: Bool
  ) throws {
    if isStored { _ = try load([Self.household(Self.east)]) }
    let header = "户号,户主公民身份号码,户主姓名,所属网格,户内人数,户主联系方式\n"
    let others = (0..<3).map { "X\($0),\(Self.second),示例乙,\(Self.east),1,\n" }.joined()
    let result = try load([
      header + "1,\(Self.first),示例甲,0100003206990010010,3,\n1,\(Self.first),示例甲,,3,13912345678\n" + others
    ])
    #expect(roster.errors(result) == ["1 V1101"])
    #expect((result.counts.created, result.counts.updated) == (isStored ? 3 : 4, isStored ? 1 : 0))
    let contacts = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "household", fields: ["householdNum", "householdScopeCode", "householderContact"])
    #expect(contacts.first == ["1", isStored ? "320699001001" : "", "13912345678"])
  }

  @Test func `two rows of which different things are known do not both change one household`() throws {
    _ = try load([Self.household(Self.east)])
    let result = try load([
      Self.household(Self.east, count: "4"), "户号,户主公民身份号码,户主姓名,户内人数\n1,\(Self.first),示例甲,5\n",
    ])
    #expect(roster.errors(result, input: 1) == ["1 W0006"])
    #expect(try households() == [["1", "320699001001", "示例甲", "4"]])
  }

  @Test(arguments: [false, true], [1, 40]) func `two new rows of which different things are known are two households`(
    _ bareFirst: Bool, _ count: Int
  ) throws {
    let others = (0..<count).map { "X\($0),\(Self.second),示例乙,\(Self.east),1\n" }
    _ = try load(["户号,户主公民身份号码,户主姓名,所属网格,户内人数\n" + others.joined()])
    let texts = [Self.household(Self.east), "户号,户主公民身份号码,户主姓名,户内人数\n1,\(Self.first),示例甲,3\n"]
    #expect(try load(bareFirst ? texts.reversed() : texts).counts.created == 2)
  }

  @Test(arguments: [("community", 2), ("street", 1), ("site", 1)])
  func `a site says how far numbers are unique, once for its warehouse`(_ scope: String, _ count: Int) throws {
    let configuration = "householdNumberScope: \(scope)\n"
    for grid in [Self.east, Self.west] { _ = try load([Self.household(grid)], configuration: configuration) }
    #expect(try households().count == count)
    let other = scope == "site" ? "street" : "site"
    let error = #expect(throws: InputError.self) {
      try load([Self.household(Self.east)], configuration: "householdNumberScope: \(other)\n")
    }
    #expect(error?.kind == .usage)
  }

  @Test(arguments: [
    ("所属社区（村）", "东街社区", "东街"), ("所属社区（村）", "东街 社区居委会", "东街"), ("所属网格", east, "320699001001"), ("户号所属范围", "自编1", "自编1"),
  ])
  func `a person brings the community of the number`(_ heading: String, _ value: String, _ scope: String) throws {
    _ = try load(
      ["公民身份号码,姓名,户号,与户主关系,\(heading)\n\(Self.first),示例甲,1,户主,\(value)\n"], dataset: "registeredResident")
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["householdScopeCode"])
    #expect(rows == [[scope]])
  }

  @Test func `a community's name means its code where a roster of grids has both`() throws {
    let grids = "网格编码,网格名称,村（社区）代码,村（社区）名称\n\(Self.east),第一网格,320699001001,东街社区\n"
    let people = "公民身份号码,姓名,户号,与户主关系,所属社区（村）\n\(Self.first),示例甲,1,户主,东街社区\n\(Self.second),示例乙,1,户主,西街社区\n"
    let result = try load([people, grids], dataset: nil)
    #expect(result.counts.quarantined == 0)
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["householdScopeCode"])
    #expect(rows == [["320699001001"], ["西街"]])
    // A part list that says nothing of the community leaves it.
    let part = try load(["公民身份号码,姓名,联系方式\n\(Self.second),示例乙,13912345678\n"], dataset: "registeredResident")
    #expect(part.counts.updated == 1)
    let after = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["householdScopeCode"])
    #expect(after == rows)
  }

  @Test func `a visit finds the household of its grid, and is told where its number fits several`() throws {
    _ = try load([Self.household(Self.east), Self.household(Self.west, "示例乙", Self.second, count: "2")])
    let header = "走访编号,网格员编号,走访时间,走访对象类型,走访对象编号,所属网格\n"
    let visits = try load(
      [
        header
          + "V1,W1,2025-01-01 09:00,家庭,1,\(Self.east)\nV2,W1,2025-01-01 09:00,家庭,1,\nV3,W1,2025-01-01 09:00,家庭,2,\(Self.east)\nV4,W1,2025-01-01 09:00,家庭,1,01000032069900100301\n"
      ],
      dataset: "visit")
    let found = visits.allFindings.filter { $0.code == RuleCode("G2001") || $0.code == RuleCode("G2002") }
    #expect(found.map { "\($0.row) \($0.code)" } == ["2 G2002", "3 G2001", "4 G2001"])
    let named = try load([header + "V5,W1,2025-01-01 09:00,家庭,1,\n"], dataset: "visit", area: "320699001002")
    #expect(!roster.codes(named).contains("G2002"))
  }

  @Test func `members are counted for the household of their village`() throws {
    let people = [Self.first, Self.second].enumerated().map {
      "\($1),示例\("甲乙".map(String.init)[$0]),1,户主,\($0 == 0 ? Self.east : Self.west)"
    }
    let result = try load(
      [
        "公民身份号码,姓名,户号,与户主关系,所属网格\n" + people.joined(separator: "\n") + "\n", Self.household(Self.east, count: "1"),
        Self.household(Self.west, "示例乙", Self.second, count: "2"),
      ], dataset: nil)
    let told = result.inputs.enumerated().flatMap { place, input in
      input.findings.findings.filter { $0.code == RuleCode("G3203") }.map { _ in place }
    }
    #expect(told == [2])
  }
}
