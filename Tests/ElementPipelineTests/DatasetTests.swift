import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// What datasets say beyond fields and rules over one record: forms that mix kinds, references, opt-ins, the life of a record.
struct DatasetTests {
  let roster: Roster

  init() throws { roster = try Roster() }

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
    let plain = try roster.file("p.csv", InterimKeyTests.header + "11010519491231002X,示例甲,1949-12-31,A1,女\n")
    #expect(throws: (any Error).self) { try roster.run(.check, [plain]) { $0.dataset = "actualPopulation" } }
  }

  @Test func `findings of a form stand on the lines of the file, whatever dataset they are of`() throws {
    let broken = Self.form.replacing("440524188001010014", with: "440524188001010015")
    let result = try roster.run(.check, [try roster.file("f.csv", broken)])
    let floating = try #require(result.inputs.first { $0.map.dataset.name == "floatingResident" })
    #expect(floating.findings.findings.contains { $0.code == RuleCode("V1103") && $0.line == 3 && $0.row == 2 })
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
    #expect(roster.codes(result, .warning).contains("G2001"))
    #expect(!roster.codes(result, .error).contains("G2001"))
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
    #expect(roster.codes(result).contains("V1301") == !wrong.isEmpty)
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
    #expect(roster.codes(result).contains("F0108") == isOther)
  }

  @Test func `a code that lost its zero is offered the whole one`() throws {
    let result = try roster.run(.check, [try roster.file("r.csv", "公民身份号码,姓名,民族\n11010519491231002X,示例甲,8\n")])
    let found = result.inputs[0].findings.findings.first { $0.code == RuleCode("V1301") }
    #expect(found?.suggestion?.value.hasPrefix("08") == true)
  }

  @Test func `flags written 1 and 2 are refused and the column is named`() throws {
    let file = try roster.file("r.csv", "公民身份号码,姓名,是否已死亡\n11010519491231002X,示例甲,2\n440524188001010014,示例乙,1\n")
    let result = try roster.run(.check, [file])
    #expect(roster.codes(result).contains("F0108"))
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
    #expect(roster.codes(result, .warning).contains("R2109"))
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
