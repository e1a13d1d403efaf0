import ElementCore
import ElementSchema
import ElementTestSupport
import Testing

struct ShippedPackTests {
  let pack: SchemaPack

  init() throws { pack = try SchemaPack.shipped() }

  @Test func `the embedded pack is that of the schemas folder`() throws {
    let files = try SchemaPack.directory(Repository.path("schemas")).filter { !$0.path.hasPrefix("output/") }
    #expect(try SchemaPack(files: files).digest == pack.digest)
  }

  @Test func `every field has a title in both languages, a source and an ASCII name`() {
    for dataset in pack.datasets {
      for field in dataset.fields {
        #expect(!field.title.isEmpty && !field.english.isEmpty && !field.source.isEmpty, "\(dataset.name).\(field.name)")
        #expect(field.name.utf8.allSatisfy { $0 < 0x80 })
      }
    }
  }

  @Test func `no heading means two fields of one dataset`() {
    for dataset in pack.datasets {
      for (place, field) in dataset.fields.enumerated() {
        for name in [field.name, field.title] + field.aliases {
          #expect(dataset.fieldByHeading[HeaderText.key(name)] == place, "\(dataset.name): \(name)")
        }
      }
    }
  }

  @Test func `all items of the reference table are there`() throws {
    let resident = try #require(pack.dataset("registeredResident"))
    let items = [
      "identityNum", "personName", "usedName", "sexCode", "birthday", "ethnicityCode", "nativePlaceCode", "maritalStatus",
      "politicalAffiliationCode", "educationCode", "professionType", "professionName", "servicePlaceName", "contact",
      "domicileCode",
      "domicileAddress", "residenceCode", "residenceAddress", "gridCode", "personHouseConsistCode", "householdNum",
      "householderIdentityNum",
      "householderName", "householderRelationCode", "householderContact",
    ]
    #expect(items.allSatisfy { resident.index(of: $0) != nil })
    #expect(resident.keyFields.map { resident.fields[$0].name } == ["identityNum", "personName"])
  }

  @Test func `what is left out by decision has no field and is known by name`() {
    for heading in ["宗教信仰", "是否重点人员", "照片", "吸毒史"] {
      #expect(pack.leftOut[HeaderText.key(heading)] != nil)
      #expect(pack.datasets.allSatisfy { $0.fieldByHeading[HeaderText.key(heading)] == nil })
    }
  }

  @Test(arguments: [
    (320_622, 2026, DivisionTable.Status.retired(in: 1991)), (320_682, 2026, .current), (500_157, 2026, .newerThanTable),
    (440_401, 2026, .aggregate),
    (441_900, 2026, .current), (110_199, 2026, .unknown), (320_671, 2026, .statisticsOnly), (110_103, 2005, .current),
    (110_103, 2026, .retired(in: 2010)),
  ])
  func `divisions know their times`(_ code: Int, _ year: Int, _ status: DivisionTable.Status) {
    #expect(pack.divisions.status(code, year: year) == status)
  }

  @Test(arguments: [
    ("江苏省南通市如皋市", "320682"), ("江苏如皋市", "320682"), ("江苏省南通市", "320600"), ("北京市朝阳区", "110105"), ("江苏省", "320000"),
    ("西藏", "540000"), ("内蒙古赤峰市", "150400"), ("河南省许昌县", "411023"), ("许昌市", "411000"), ("江苏省无锡县", "320222"),
    ("安徽省徽州地区", "342700"),
    ("江苏省 通州市", "320683"),
  ])
  func `divisions are found by their names`(_ path: String, _ code: String) {
    #expect(pack.divisions.code(path: path) == code)
  }

  @Test(arguments: ["朝阳区", "某地", "", "江苏如皋", "河北省大同", "山东省莱芜", "市辖区", "县"])
  func `a name that several share, or none has, is not guessed`(_ path: String) {
    #expect(pack.divisions.code(path: path) == nil)
  }

  @Test
  func `every name that was ever in force leads to a code that bore it, and those that one division bears today to its own`()
    throws
  {
    var (bearers, current): ([String: Set<String>], [String: Set<String>]) = ([:], [:])
    for line in try Repository.text("schemas/codes/division.csv").split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      bearers[cells[1], default: []].insert(cells[0])
      if cells[4].isEmpty { current[cells[1], default: []].insert(cells[0]) }
    }
    var found = 0
    for (label, codes) in bearers {
      let code = pack.divisions.code(path: label)
      if let code {
        found += 1
        #expect(codes.contains(code), "\(label) leads to \(code)")
      }
      guard !["市辖区", "城区", "郊区", "市区", "县"].contains(label), let own = current[label] else { continue }
      #expect(own.count == 1 ? code == own.first : code == nil, "\(label) leads to \(code ?? "nothing")")
    }
    #expect(found * 10 > bearers.count * 8)
  }

  @Test func `local schemes of statistical codes have the digits asked for`() {
    #expect(pack.scheme("stat12+3")?.length == 15)
    #expect(pack.scheme("stat12+0") == nil)
    #expect(pack.scheme("cjt349")?.length == 20)
  }
}

struct HeaderTests {
  let pack: SchemaPack

  init() throws { pack = try SchemaPack.shipped() }

  @Test(arguments: [
    ("姓名*", "personName"), ("*姓 名", "personName"), ("公民身份\n号码", "identityNum"), ("身份证号（必填）", "identityNum"),
    ("gmsfhm", "identityNum"),
    ("联系电话", "contact"), ("户主电话", "householderContact"), ("户籍门(楼)详址", "domicileAddress"), ("与户主关系", "householderRelationCode"),
    ("identityNum", "identityNum"), ("ＸＭ", "personName"),
  ])
  func `headings are known by identifier, title, alias and pinyin`(_ heading: String, _ field: String) throws {
    let map = HeaderMap([heading], dataset: try #require(pack.dataset("registeredResident")))
    #expect(map.fieldOfColumn[0].map { map.dataset.fields[$0].name } == field)
  }

  @Test(arguments: ["监护人姓名", "配偶电话", "备注", "车牌号"]) func `a role changes the meaning, and unknown columns stay unknown`(
    _ heading: String
  ) throws {
    let map = HeaderMap([heading], dataset: try #require(pack.dataset("registeredResident")))
    #expect(map.fieldOfColumn[0] == nil)
  }

  @Test func `a near miss is suggested and keeps its role`() throws {
    let map = HeaderMap(["公民身份号玛", "配偶联系电活"], dataset: try #require(pack.dataset("registeredResident")))
    #expect(map.unknown[0].suggestion == "公民身份号码")
    #expect(map.unknown[1].suggestion == nil)
  }

  @Test func `two columns for one field are told`() throws {
    let map = HeaderMap(["姓名", "身份证号", "公民身份号码"], dataset: try #require(pack.dataset("registeredResident")))
    #expect(map.duplicates.map(\.columns) == [[2, 3]])
  }

  @Test func `datasets are recognised by their keys`() {
    #expect(DatasetRecognition(["网格编码", "网格名称"], pack: pack).decision?.dataset.name == "grid")
    #expect(DatasetRecognition(["房屋编号", "房屋地址"], pack: pack).decision?.dataset.name == "house")
    #expect(DatasetRecognition(["姓名", "身份证号", "所属网格"], pack: pack).decision?.dataset.name == "registeredResident")
    #expect(DatasetRecognition(["姓名", "所属网格"], pack: pack).decision == nil)
  }
}

struct SchemaErrorTests {
  private static let head = "dataset: d\nelement: place\ntitle: {zh: 甲, en: A}\nkey: [a]\nfields:\n"
  private static let field = "  - {name: a, title: 甲, english: A, type: text, duty: key, source: s, confidence: A}\n"

  static let cases: [(String, String, Int, Int)] = [
    ("an unknown type", head + "  - {name: a, title: 甲, english: A, type: txt, source: s, confidence: A}\n", 6, 43),
    (
      "a length that nobody checks",
      head + "  - {name: a, title: 甲, english: A, type: phone, length: 20, source: s, confidence: A}\n", 6, 50
    ),
    (
      "an attribute of another type",
      head + "  - {name: a, title: 甲, english: A, type: plate, legacy: true, source: s, confidence: A}\n", 6, 58
    ),
    ("an unknown key", head + field + "fieldss: []\n", 7, 1),
    ("a missing title", head + "  - {name: a, english: A, type: text, source: s, confidence: A}\n", 6, 5),
    ("a bad name", head + "  - {name: Ä b, title: 甲, english: A, type: text, source: s, confidence: A}\n", 6, 12),
    ("an unknown set", head + "  - {name: a, title: 甲, english: A, type: code, set: nix, source: s, confidence: A}\n", 6, 54),
    ("a rule over an unknown field", head + field + "groups:\n  - {code: G2003, by: [b], where: has(a)}\n", 8, 24),
    ("an expression error", head + field + "groups:\n  - {code: G2003, by: [a], where: has(b)}\n", 8, 39),
    ("no YAML", "dataset: [\n", 2, 1),
  ]

  @Test(arguments: cases) func `an error carries file, line and column`(
    _ name: String, _ text: String, _ line: Int, _ column: Int
  ) throws {
    var files = try SchemaPack.files(directory: nil)
    files.append(PackFile(path: "datasets/place/d.yaml", text: text))
    let error = #expect(throws: SchemaError.self) { try SchemaPack(files: files) }
    #expect(error?.file == "datasets/place/d.yaml")
    #expect(error?.line == line, "\(name)")
    #expect(error?.column == column, "\(name)")
  }

  @Test func `a code set with a short row is refused at its line`() throws {
    var files = try SchemaPack.files(directory: nil)
    files.append(
      PackFile(path: "codes/sex.csv", text: "code,label,aliases,parent,validFrom,validTo,successor,source,confidence\n1,男\n"))
    #expect(#expect(throws: SchemaError.self) { try SchemaPack(files: files) }?.line == 2)
  }
}
