import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// What datasets say beyond fields and rules over one record: interim keys, forms that mix kinds, sums, trees, opt-ins.
struct DatasetTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  private func codes(_ result: RunResult, _ severity: Severity? = nil) -> Set<String> {
    Set(result.findings.counts.keys.filter { severity == nil || $0.severity == severity }.map { $0.code.description })
  }

  // MARK: People without a number

  static let header = "公民身份号码,姓名,出生日期,户号,性别\n"

  @Test func `a newborn stands under name, birth date and household, and merges when the number comes`() throws {
    let before = try roster.file("a.csv", Self.header + ",示例娃,2015-03-07,A1,男\n,示例娃,2015-03-07,A2,男\n")
    let first = try roster.run(.load, [before])
    #expect(first.counts.created == 2)
    #expect(first.findings.counts.contains { $0.key.code == RuleCode("V1004") && $0.value == 2 })
    let again = try roster.run(.load, [before]) { $0.again = true }
    #expect(again.counts.unchanged == 2)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    let after = try roster.file("b.csv", Self.header + "32069920150307001X,示例娃,2015-03-07,A1,女\n")
    #expect(try roster.run(.check, [after]) { $0.warehouse = roster.warehouse }.counts.updated == 0)
    let fitting = try roster.file("c.csv", Self.header + "32069920150307001X,示例娃,2015-03-07,A1,男\n")
    let merged = try roster.run(.load, [fitting])
    #expect(merged.counts.updated == 1)
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["identityNum", "householdNum"])
    #expect(rows == [["", "A2"], ["32069920150307001X", "A1"]])
    #expect(try roster.run(.load, [fitting]) { $0.again = true }.counts.unchanged == 1)
  }

  /// Deliveries as rows of number, name, birth date, household, sex; what the last comes to and what stands afterwards.
  struct Joining: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let deliveries: [[String]]
    let counts: RunCounts
    let numbers: [String]

    init(_ name: String, _ deliveries: [[String]], _ numbers: [String], _ set: (inout RunCounts) -> Void) {
      var counts = RunCounts()
      counts.read = deliveries.last?.count ?? 0
      set(&counts)
      (testDescription, self.deliveries, self.counts, self.numbers) = (name, deliveries, counts, numbers)
    }

    static let number = "32069920150307001X"
    static func open(_ household: String, _ contact: String) -> String { ",示例娃,2015-03-07,\(household),男,1380013800\(contact)" }
    static func known(_ household: String, _ contact: String) -> String { number + open(household, contact) }

    static let all: [Joining] = [
      Joining("the number comes", [[open("A1", "1")], [known("A1", "2")]], [number]) { $0.updated = 1 },
      Joining("with the household", [[open("", "1")], [known("A1", "2")]], [number]) { $0.updated = 1 },
      Joining("without it", [[open("A1", "1")], [known("", "2")]], [number]) { $0.updated = 1 },
      Joining("of another household", [[open("A1", "1")], [known("A2", "2")]], ["", number]) { $0.created = 1 },
      Joining("an old list again", [[open("A1", "1")], [known("A1", "2")], [open("A1", "1")]], [number]) { $0.duplicate = 1 },
      Joining("both at once", [[open("A1", "1"), known("A1", "2")]], [number]) { ($0.created, $0.duplicate) = (1, 1) },
      Joining("both at once, the other way", [[known("A1", "2"), open("A1", "1")]], [number]) {
        ($0.created, $0.duplicate) = (1, 1)
      },
      Joining("both, the number known", [[known("A1", "1")], [open("A1", "2"), known("A1", "9")]], [number]) {
        ($0.updated, $0.duplicate) = (1, 1)
      },
      Joining(
        "conflicts of both kinds",
        [[known("A1", "1")], [open("A1", "2"), known("A1", "3"), open("A1", "4"), known("A1", "5")]], [number]
      ) {
        $0.quarantined = 4
      },
      Joining(
        "a conflict of the old kind", [[known("A1", "1")], [open("A1", "2"), known("A1", "9"), open("A1", "3")]], [number]
      ) {
        ($0.updated, $0.quarantined) = (1, 2)
      },
      Joining(
        "a conflict of the new kind",
        [[open("A1", "1")], [known("A1", "2"), open("A1", "9"), known("A1", "3")], [open("A1", "4"), open("A1", "5")]], [""]
      ) {
        $0.quarantined = 2
      },
      Joining(
        "namesakes told apart by the household",
        [[known("A1", "1"), "320699201503070052,示例娃,2015-03-07,A2,男,13800138002"], [open("A1", "3")]],
        [number, "320699201503070052"]
      ) { $0.duplicate = 1 },
      Joining(
        "namesakes not told apart",
        [[known("", "1"), "320699201503070052,示例娃,2015-03-07,,男,13800138002"], [open("A1", "3")]],
        ["", number, "320699201503070052"]
      ) { $0.created = 1 },
      Joining("the birth date in the number only", [[open("A1", "1")], [number + ",示例娃,,A1,男,13800138002"]], [number]) {
        $0.updated = 1
      },
    ]
  }

  @Test(arguments: Joining.all)
  func `a person counts once, with a number or before it came, in whatever order the rows stand`(_ joining: Joining) throws {
    var last: RunResult?
    for (place, rows) in joining.deliveries.enumerated() {
      let text = Self.header.replacing("\n", with: ",联系电话\n") + rows.joined(separator: "\n") + "\n"
      last = try roster.run(.load, [try roster.file("\(place).csv", text)]) { $0.again = true }
    }
    #expect(last?.counts == joining.counts)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.rows(of: "registeredResident", fields: ["identityNum"]) == joining.numbers.map { [$0] })
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test func `a row takes from the one that it was before what its own file has no column for`() throws {
    _ = try roster.run(.load, [try roster.file("old.csv", Self.header + ",示例娃,2015-03-07,A1,男\n")])
    let new = try roster.file("new.csv", "公民身份号码,姓名,出生日期,与户主关系\n\(Joining.number),示例娃,2015-03-07,子\n")
    #expect(try roster.run(.load, [new]).counts.updated == 1)
    #expect(try roster.run(.load, [new]) { $0.again = true }.counts.unchanged == 1)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.rows(of: "registeredResident", fields: ["identityNum", "householdNum"]) == [[Joining.number, "A1"]])
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test(arguments: [",示例娃,,A1,男\n", ",,2015-03-07,A1,男\n"])
  func `a person without a number and a birth date or a name waits`(_ row: String) throws {
    let result = try roster.run(.check, [try roster.file("a.csv", Self.header + row)])
    #expect(result.counts.quarantined == 1)
    #expect(codes(result, .error).contains("V1001"))
  }

  @Test func `two people without a number who are not told apart wait, and so do their rows when taken back`() throws {
    let file = try roster.file("a.csv", Self.header + ",示例娃,2015-03-07,A1,男\n,示例娃,2015-03-07,A1,女\n")
    let result = try roster.run(.load, [file])
    #expect(result.counts.quarantined == 2)
    #expect(roster.errors(result) == ["1 G2005", "2 G2005"])
  }

  // MARK: Forms that mix kinds

  static let form = """
    姓名,人员类型,公民身份号码,出生日期,户号,流入原因,未落户原因,所属网格
    示例甲,户籍,11010519491231002X,,A1,,,
    示例乙,流动人口,440524188001010014,,,务工,,
    示例丙,未落户,,2020-05-01,A1,,出生未登记,
    示例丁,外星人,320622190001010012,,,,,
    示例戊,户籍人口,320622190001010020,,A2,,,

    """

  @Test func `a form of actual population sends each row to its dataset, and an unknown kind waits`() throws {
    let result = try roster.run(.load, [try roster.file("f.csv", Self.form)])
    let byDataset = Dictionary(uniqueKeysWithValues: result.inputs.map { ($0.map.dataset.name, $0.counts) })
    #expect(byDataset["registeredResident"]?.created == 2)
    #expect(byDataset["registeredResident"]?.quarantined == 1)
    #expect(byDataset["floatingResident"]?.created == 1)
    #expect(byDataset["unregisteredResident"]?.created == 1)
    #expect(byDataset["overseasResident"] == nil)
    #expect(result.counts.read == 5)
    #expect(result.counts.balances)
    #expect(roster.errors(result).contains("4 V1319"))
    let inputs = try Warehouse(path: roster.warehouse, mode: .read).inputs(ofBatch: 1)
    #expect(inputs.map(\.dataset) == ["registeredResident", "floatingResident", "unregisteredResident"])
  }

  @Test func `the form can be pinned, and then needs the column that says the kind`() throws {
    let file = try roster.file("f.csv", Self.form)
    #expect(try roster.run(.check, [file]) { $0.dataset = "actualPopulation" }.inputs.count == 3)
    let plain = try roster.file("p.csv", Self.header + "11010519491231002X,示例甲,1949-12-31,A1,女\n")
    #expect(throws: (any Error).self) { try roster.run(.check, [plain]) { $0.dataset = "actualPopulation" } }
  }

  @Test func `findings of a form stand on the lines of the file, whatever dataset they are of`() throws {
    let broken = Self.form.replacing("440524188001010014", with: "440524188001010015")
    let result = try roster.run(.check, [try roster.file("f.csv", broken)])
    let floating = try #require(result.inputs.first { $0.map.dataset.name == "floatingResident" })
    #expect(floating.findings.findings.contains { $0.code == RuleCode("V1103") && $0.line == 3 && $0.row == 2 })
  }

  // MARK: Sums, trees, sequences

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
    #expect(codes(result, .warning).contains("G3201"))
    #expect(!codes(result).contains("G3202"))
    #expect(!codes(result).contains("G3203"))
    let found = result.inputs[2].findings.findings.first { $0.code == RuleCode("G3201") }
    #expect(found?.line == 2)
    #expect(found?.facts["counted"] == "2")
  }

  @Test func `persons of two grids and two houses are one in every total`() throws {
    let links = try roster.file(
      "l.csv",
      "公民身份号码,房屋编号,人户状态,搬离日期,楼栋编号\n11010519491231002X,H1,1,,B1\n11010519491231002X,H2,3,,B1\n440524188001010014,H1,1,,B1\n")
    let buildings = try roster.file("b.csv", "楼栋编号,楼栋名称,人数\nB1,1幢,2\n")
    #expect(!codes(try roster.run(.check, [links, buildings])).contains("G3205"))
    let other = try roster.file("c.csv", "楼栋编号,楼栋名称,人数\nB1,1幢,3\n")
    #expect(codes(try roster.run(.check, [links, other])).contains("G3205"))
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
    #expect(codes(result, .warning).intersection(["G3018", "G3103"]) == Set(expected))
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
    #expect(codes(result, .warning).contains("G3103") == differs)
  }

  @Test(arguments: ["E1,1,3,01\nE1,3,1,01\n", "E1,1,2,01\nE1,2,,01\nE1,3,1,01\n"])
  func `a round never falls, whatever stands between`(_ rows: String) throws {
    let steps = try roster.file("s.csv", "案卷编号,步骤序号,轮次,办理动作\n" + rows)
    #expect(codes(try roster.run(.check, [steps]), .error).contains("G3012"))
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
    #expect(codes(result, .error) == [])
    #expect(codes(result, .warning).isSubset(of: ["F0106"]))
  }

  // MARK: References

  @Test func `a reference that depends on a kind looks in that kind only`() throws {
    let houses = try roster.file("h.csv", "房屋编号,房屋地址\nH1,示例路1号\n")
    let visits = try roster.file("v.csv", "走访编号,网格员编号,走访对象类型,走访对象编号\nV1,W1,house,H1\nV2,W1,house,H9\nV3,W1,other,H9\n")
    let result = try roster.run(.check, [visits, houses])
    #expect(roster.errors(result) == ["2 G2001"])
  }

  @Test func `a value outside the targets that have rows is a warning while another target has none`() throws {
    let people = try roster.file("p.csv", "公民身份号码,姓名\n11010519491231002X,示例甲\n")
    let houses = try roster.file("h.csv", "房屋编号,房屋地址\nH1,示例路1号\n")
    let links = try roster.file("l.csv", "公民身份号码,房屋编号\n11010519491231002X,H1\n440524188001010014,H1\n")
    let result = try roster.run(.check, [links, people, houses])
    #expect(codes(result, .warning).contains("G2001"))
    #expect(!codes(result, .error).contains("G2001"))
  }

  // MARK: Declarations

  @Test func `a restricted dataset needs the opt-in and a purpose, which the batch keeps`() throws {
    let file = try roster.file("a.csv", "公民身份号码,姓名,帮扶类别\n11010519491231002X,示例甲,独居老人\n")
    #expect(throws: (any Error).self) { try roster.run(.check, [file]) }
    #expect(throws: (any Error).self) { try roster.run(.check, [file]) { $0.allowsRestricted = true } }
    let result = try roster.run(.load, [file]) {
      $0.allowsRestricted = true
      $0.purpose = "走访安排"
    }
    #expect(result.counts.created == 1)
  }

  @Test(arguments: [
    ("disputeTypeFlat24", "16", ""), ("disputeTypeTwoLevel", "16", "V1301"), ("disputeTypeTwoLevel", "0101", ""),
  ])
  func `the version of a code list is declared, and codes are read in it`(_ version: String, _ code: String, _ wrong: String)
    throws
  {
    let file = try roster.file("d.csv", "纠纷编号,纠纷名称,纠纷类别\nD1,示例纠纷,\(code)\n")
    #expect(throws: (any Error).self) { try roster.run(.check, [file]) }
    let result = try roster.run(.check, [file]) { $0.codeSets = ["disputeTypeTwoLevel": version] }
    #expect(codes(result).contains("V1301") == !wrong.isEmpty)
  }

  // MARK: Traps of code lists

  @Test(arguments: [
    ("学历", "10,50,60,70", true), ("学历", "21,61,71", false), ("性别", "0,1,0,1", true), ("性别", "1,2,0", false),
  ]) func `a column that follows another list of the same digits is told`(_ heading: String, _ values: String, _ isOther: Bool)
    throws
  {
    let numbers = ["11010519491231002X", "440524188001010014", "320622190001010020", "320622190001010012"]
    let rows = zip(numbers, values.split(separator: ",")).map { "\($0),示例甲,\($1)\n" }.joined()
    let result = try roster.run(.check, [try roster.file("r.csv", "公民身份号码,姓名,\(heading)\n" + rows)])
    #expect(codes(result).contains("F0108") == isOther)
  }

  @Test func `a code that lost its zero is offered the whole one`() throws {
    let result = try roster.run(.check, [try roster.file("r.csv", "公民身份号码,姓名,民族\n11010519491231002X,示例甲,8\n")])
    let found = result.inputs[0].findings.findings.first { $0.code == RuleCode("V1301") }
    #expect(found?.suggestion?.value.hasPrefix("08") == true)
  }

  @Test func `flags written 1 and 2 are refused and the column is named`() throws {
    let file = try roster.file("r.csv", "公民身份号码,姓名,是否已死亡\n11010519491231002X,示例甲,2\n440524188001010014,示例乙,1\n")
    let result = try roster.run(.check, [file])
    #expect(codes(result).contains("F0108"))
  }

  // MARK: The life of a record

  @Test func `a death by flag and date becomes a status, and a later file without them keeps it`() throws {
    let ledger = try roster.file("a.csv", "公民身份号码,姓名,是否已死亡,死亡日期\n11010519491231002X,示例甲,是,2024-05-01\n")
    _ = try roster.run(.load, [ledger])
    let fields = ["statusCode", "statusDate", "contact"]
    let warehouse = { try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: fields) }
    #expect(try warehouse() == [["03", "2024-05-01", ""]])
    let plain = try roster.file("b.csv", "公民身份号码,姓名,联系方式\n11010519491231002X,示例甲,13912345678\n")
    #expect(try roster.run(.load, [plain]).counts.updated == 1)
    #expect(try warehouse() == [["03", "2024-05-01", "13912345678"]])
  }

  @Test(arguments: ["约20人", "2O", "3.5", "12345678901234567890"])
  func `what is no whole number never becomes one, however unsure its field is`(_ count: String) throws {
    let file = try roster.file("e.csv", "案卷编号,主题,挂账天数\nE1,路灯损坏,\(count)\nE2,井盖移位,3\n")
    let result = try roster.run(.load, [file])
    #expect(result.counts.quarantined == 1)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.rows(of: "event", fields: ["serialNumber", "suspendedDays"]) == [["E2", "3"]])
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test func `a flag that says no is not overruled by a date, and the contradiction is told`() throws {
    let file = try roster.file("a.csv", "公民身份号码,姓名,是否已死亡,死亡日期\n11010519491231002X,示例甲,否,2024-05-01\n")
    let result = try roster.run(.load, [file])
    #expect(codes(result, .warning).contains("R2109"))
    #expect(
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["statusCode"]) == [[""]])
  }

  @Test func `a label stands in where the code beside it is empty`() throws {
    let file = try roster.file("a.csv", "公民身份号码,姓名,民族代码,民族名称\n11010519491231002X,示例甲,,壮族\n")
    _ = try roster.run(.load, [file])
    #expect(
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["ethnicityCode"]) == [["08"]])
  }

  @Test func `a circle that closes through the warehouse is found, and a row that is its own parent names itself`() throws {
    let header = "网格编码,网格名称,上级网格编码\n"
    let (one, other) = ("01000032069900100101", "01000032069900200101")
    _ = try roster.run(.load, [try roster.file("a.csv", header + "\(one),甲,\n\(other),乙,\(one)\n")])
    let back = try roster.file("b.csv", header + "\(one),甲,\(other)\n")
    #expect(roster.errors(try roster.run(.check, [back]) { $0.warehouse = roster.warehouse }) == ["1 G2008"])
    let own = try roster.run(.check, [try roster.file("c.csv", header + "\(one),甲,\(one)\n")])
    #expect(own.inputs[0].findings.findings.first { $0.code == RuleCode("G2008") }?.facts["others"] == "2")
  }

  @Test func `of a row of no known kind nothing else is said`() throws {
    let result = try roster.run(.check, [try roster.file("f.csv", "姓名,人员类型,公民身份号码\n示例甲,户籍,11010519491231002X\n示例丁,外星人,12\n")])
    let told = result.inputs[0].findings.findings.filter { $0.row == 2 }.map { $0.code.description }
    #expect(told == ["V1319"])
  }

  @Test func `a warehouse does not take the codes of two versions of a list`() throws {
    let file = try roster.file("d.csv", "纠纷编号,纠纷名称,纠纷类别\nD1,示例纠纷,01\n")
    _ = try roster.run(.load, [file]) { $0.codeSets = ["disputeTypeCode": "disputeTypeFlat24"] }
    #expect(throws: (any Error).self) {
      try roster.run(.load, [file]) { $0.codeSets = ["disputeTypeCode": "disputeTypeTwoLevel"] }
    }
  }

  @Test(arguments: [
    ("姓名*,所属网格,身份证号码*,性别*,出生年月*,联系电话,专兼职情况*,政治面貌*,文化程度*,登记时间*,备注", "gridMember"),
    ("事件编号,事件名称,发生日期,发生地点,事件规模,事件类别,涉及人数,事件简述,化解时限,化解方式,化解组织,化解是否成功", "dispute"),
    ("所属网格*,部件类型*,部件名称*,部件标识码*,主管部门*,地址,权属单位,养护单位,备注", "publicFacility"),
    ("场所名称*,场所类型*,所属网格*,负责人*,场所地址*,关注程度,电话,手机,是否存在隐患,隐患情况,隐患整改情况", "keyPremises"),
    ("小区名称,楼栋名称,建筑面积,层数,单元数,户数,人数,楼栋长姓名,手机号码", "building"),
    ("机构名称,机构类型,机构层级,上级机构,主要职能,所在地", "governanceOrganization"),
    ("姓名*,所属网格*,性别*,出生日期,身份证号码*,户号*,与户主关系*,户籍地,民族*,联系电话,联系手机,住宅电话", "registeredResident"),
    ("姓名,身份证号码,性别,流入原因*,流入时间*,户籍地,登记日期", "floatingResident"),
    ("英文名*,所属网格*,性别*,*证件种类,证件号码*,出生日期,中文名,流入原因,国籍,抵达时间,离开时间", "overseasResident"),
  ]) func `the templates that offices use are recognised`(_ header: String, _ dataset: String) throws {
    let recognition = DatasetRecognition(header.split(separator: ",").map(String.init), pack: try SchemaPack.shipped())
    #expect(recognition.decision?.dataset.name == dataset)
  }
}
