import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// Numbers that must agree with other rosters, trees, and rows that follow each other.
struct GroupRuleTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  @Test func `a grid whose numbers disagree with the rosters of the same delivery is told`() throws {
    let grid = "01000032069900100101"
    let grids = try roster.file("g.csv", "网格编码,网格名称,户数,人口数\n\(grid),第一网格,1,3\n01000032069900100102,第二网格,9,9\n")
    let households = try roster.file(
      "h.csv", "户号,户主公民身份号码,所属网格,户内人数\nA1,11010519491231002X,\(grid),2\nA2,440524188001010014,\(grid),1\n")
    let people = try roster.file(
      "p.csv",
      "公民身份号码,姓名,户号,所属网格\n11010519491231002X,示例甲,A1,\(grid)\n320622190001010020,示例丙,A1,\(grid)\n440524188001010014,示例乙,A2,\(grid)\n"
    )
    let result = try roster.run(.check, [people, households, grids])
    #expect(roster.codes(result, .warning).contains("G3201"))
    #expect(!roster.codes(result).contains("G3202"))
    #expect(!roster.codes(result).contains("G3203"))
    let found = result.inputs[2].findings.findings.first { $0.code == RuleCode("G3201") }
    #expect(found?.line == 2)
    #expect(found?.facts["counted"] == "2")
  }

  @Test func `persons of two grids and two houses are one in every total`() throws {
    let links = try roster.file(
      "l.csv",
      "公民身份号码,房屋编号,人户状态,搬离日期,楼栋编号\n11010519491231002X,H1,1,,B1\n11010519491231002X,H2,3,,B1\n440524188001010014,H1,1,,B1\n")
    let buildings = try roster.file("b.csv", "楼栋编号,楼栋名称,人数\nB1,1幢,2\n")
    #expect(!roster.codes(try roster.run(.check, [links, buildings])).contains("G3205"))
    let other = try roster.file("c.csv", "楼栋编号,楼栋名称,人数\nB1,1幢,3\n")
    #expect(roster.codes(try roster.run(.check, [links, other])).contains("G3205"))
  }

  @Test(arguments: [
    ("2024-05-20", "3", []), ("2024-05-10", "3", ["G3018"]), ("", "3", ["G3018"]), ("2024-05-20", "2", ["G3103"]),
    ("2024-05-20", "", ["G3103"]),
  ])
  func `extension and days on hold of a case agree with its steps, counted as the limit is`(
    _ extendedTo: String, _ days: String, _ expected: [String]
  ) throws {
    // Thursday to Tuesday: three working days.
    let steps = try roster.file(
      "s.csv",
      "案卷编号,步骤序号,轮次,环节,办理动作,办理时间,完成时间,批准人,延期后时限,挂账原因,复查日期\nE1,1,1,04,延期,2024-05-06 09:00,2024-05-06 10:00,示例甲,2024-05-20,,\nE1,2,1,04,挂账,2024-05-09 09:00,2024-05-14 08:00,,,等待供货,2024-05-14\n"
    )
    let events = try roster.file("e.csv", "案卷编号,主题,事件级别,延期至,挂账天数\nE1,路灯损坏,1,\(extendedTo),\(days)\n")
    let result = try roster.run(.check, [events, steps]) { $0.overlays = ["nantong"] }
    #expect(roster.codes(result, .warning).intersection(["G3018", "G3103"]) == Set(expected))
    #expect(try roster.run(.check, [events]).notEvaluated.contains { $0.code == RuleCode("G3018") } == !extendedTo.isEmpty)
  }

  @Test(arguments: [
    // The hold is lifted by a step, left open, or never was.
    ("E1,1,05,2024-05-09 09:00,2024-05-09 09:30\nE1,2,06,2024-05-14 09:00,2024-05-14 09:30\n", "3", false),
    ("E1,1,05,2024-05-09 09:00,\n", "3", false),
    ("E1,1,01,2024-05-09 09:00,2024-05-09 09:30\n", "3", true),
  ])
  func `days on hold run until the hold is lifted, and a case whose steps show none has none`(
    _ rows: String, _ days: String, _ differs: Bool
  ) throws {
    let steps = try roster.file("s.csv", "案卷编号,步骤序号,办理动作,办理时间,完成时间\n" + rows)
    let events = try roster.file("e.csv", "案卷编号,主题,事件级别,挂账天数\nE1,路灯损坏,1,\(days)\n")
    let result = try roster.run(.check, [events, steps]) { $0.overlays = ["nantong"] }
    #expect(roster.codes(result, .warning).contains("G3103") == differs)
  }

  @Test(arguments: ["E1,1,3,01\nE1,3,1,01\n", "E1,1,2,01\nE1,2,,01\nE1,3,1,01\n"])
  func `a round never falls, whatever stands between`(_ rows: String) throws {
    let steps = try roster.file("s.csv", "案卷编号,步骤序号,轮次,办理动作\n" + rows)
    #expect(roster.codes(try roster.run(.check, [steps]), .error).contains("G3012"))
  }

  @Test func `no step at all follows a case that was settled on the spot`() throws {
    let steps = try roster.file("s.csv", "案卷编号,步骤序号,环节,办理动作\nE1,1,01,自办自结\nE1,2,02,办理\nE1,3,03,办理\n")
    #expect(roster.errors(try roster.run(.check, [steps])) == ["2 G3015", "3 G3015"])
  }

  @Test(arguments: [
    ("姓名,身份证号,网格职务,联系电话,所属社区,楼栋,单元,楼层", "gridMember"),
    ("姓名,证件种类,证件号码,国籍,所属社区,楼栋,单元,楼层", "overseasResident"),
    ("姓名,身份证号,留守类型,所属社区,外出原因", "leftBehindPerson"),
    ("姓名,身份证号,房屋编号,人户状态,楼栋,单元,楼层", "personHouse"),
  ])
  func `headings that lists of all kinds have do not decide what a list is`(_ header: String, _ dataset: String) throws {
    let row = String(repeating: ",", count: header.count(where: { $0 == "," }))
    let result = try roster.run(.check, [try roster.file("a.csv", header + "\n示例甲" + row + "\n")])
    #expect(result.inputs[0].map.dataset.name == dataset)
  }

  @Test func `a missing step explains a round that seems to jump`() throws {
    let steps = try roster.file("s.csv", "案卷编号,步骤序号,轮次,环节,办理动作\nE1,4,1,04,办理\nE1,6,2,05,办理\n")
    #expect(try roster.run(.check, [steps]).counts.quarantined == 0)
  }

  @Test func `the parent of a grid may stand in the warehouse`() throws {
    let above = try roster.file("a.csv", "网格编码,网格名称,上级网格编码\n01000032069900100100,片区,\n")
    _ = try roster.run(.load, [above])
    let below = try roster.file("b.csv", "网格编码,网格名称,上级网格编码\n01000032069900200101,第一网格,01000032069900100100\n")
    #expect(roster.errors(try roster.run(.check, [below])) == ["1 G2007"])
    #expect(roster.errors(try roster.run(.check, [below]) { $0.warehouse = roster.warehouse }) == [])
  }

  @Test func `events go back to handling in a further round, and a case settled on the spot is whole by itself`() throws {
    let events = try roster.file("e.csv", "案卷编号,主题\nE1,路灯损坏\nE2,井盖移位\n")
    let steps = try roster.file(
      "s.csv",
      """
      案卷编号,步骤序号,轮次,环节,办理动作,来自环节,转到环节,办理时间,完成时间
      E1,1,1,01,办理,01,02,2024-05-01 08:00,2024-05-01 09:00
      E1,2,1,02,办理,02,03,2024-05-01 09:00,2024-05-01 10:00
      E1,3,1,03,办理,03,04,2024-05-01 10:00,2024-05-01 11:00
      E1,4,1,04,办理,04,05,2024-05-01 11:00,2024-05-02 11:00
      E1,5,1,05,办理,05,06,2024-05-02 11:00,2024-05-02 12:00
      E1,6,1,06,督办,06,04,2024-05-02 12:00,2024-05-02 13:00
      E1,7,2,04,办理,04,05,2024-05-02 13:00,2024-05-03 13:00
      E2,1,1,01,自办自结,,,2024-05-01 08:00,2024-05-01 08:20

      """)
    let result = try roster.run(.check, [steps, events])
    #expect(roster.codes(result, .error) == [])
    #expect(roster.codes(result, .warning).isSubset(of: ["F0106"]))
  }
}
