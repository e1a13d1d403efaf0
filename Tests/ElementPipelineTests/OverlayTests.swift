import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

struct OverlayTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  /// The YAML blocks of CONTRIBUTING's complete example: a field, a rule, a dataset.
  private func example() throws -> [String] {
    try Repository.text("CONTRIBUTING.md").components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  @Test func `the complete example of CONTRIBUTING works as it stands`() throws {
    let blocks = try example()
    try #require(blocks.count == 4)
    let resident =
      try Repository.text("schemas/datasets/person/registeredResident.yaml")
      .replacing("derive:\n", with: blocks[0] + "derive:\n")
      .replacing("examples:\n", with: blocks[1] + "examples:\n")
    let folder = roster.scratch.path + "/overlay/datasets"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try resident.write(toFile: folder + "/registeredResident.yaml", atomically: true, encoding: .utf8)
    try blocks[2].write(toFile: folder + "/parkingSpace.yaml", atomically: true, encoding: .utf8)
    // The overlay stands beside the shipped file, so it replaces it by its path.
    try FileManager.default.createDirectory(atPath: folder + "/person", withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: folder + "/registeredResident.yaml", toPath: folder + "/person/registeredResident.yaml")
    let file = try roster.file("r.csv", "公民身份号码,姓名,联系方式,紧急联系电话\n11010519491231002X,示例甲,13912345678,13912345678\n")
    let result = try roster.run(.check, [file]) { $0.schemas = roster.scratch.path + "/overlay" }
    #expect(result.findings.counts.keys.contains { $0.code == RuleCode("R9101") })
    let spaces = try roster.file("p.csv", "车位编号,所属网格\nP1,\n")
    #expect(
      try roster.run(.check, [spaces]) { $0.schemas = roster.scratch.path + "/overlay" }.inputs[0].map.dataset.name
        == "parkingSpace")
  }

  @Test func `the overlay of CONTRIBUTING narrows a field, adds a rule with its page, and the difference shows it`() throws {
    let folder = roster.scratch.path + "/mine"
    try FileManager.default.createDirectory(atPath: folder + "/overlays", withIntermediateDirectories: true)
    try example()[3].write(toFile: folder + "/overlays/example.yaml", atomically: true, encoding: .utf8)
    let files = try SchemaPack.files(directory: folder)
    #expect(try SchemaLint(files: files).findings.isEmpty)
    let pack = try SchemaPack(files: files, overlays: ["example"])
    let items = PackDifference(try SchemaPack(files: files), pack).items
    #expect(items.contains { $0.subject == "grid.gridType.duty" && $0.origin?.layer == "example" })
    #expect(items.contains { $0.subject == "grid R9301" })
    let rule = try #require(pack.book[RuleCode("R9301")])
    #expect(RulePage(rule, language: .en).markdown.contains("Too many households"))
    for (example, fails) in [(rule.failing[0], true), (rule.passing[0], false)] {
      let file = try roster.file("g.csv", example.csv)
      let result = try roster.run(.check, [file]) {
        $0.schemas = folder
        $0.overlays = ["example"]
        $0.dataset = "grid"
      }
      #expect(result.findings.counts.keys.contains { $0.code == RuleCode("R9301") } == fails)
    }
    let narrowed = try roster.file("n.csv", "网格编码,网格名称,网格类型\n01000032068200100100,第一网格,03\n")
    let result = try roster.run(.check, [narrowed]) {
      $0.schemas = folder
      $0.overlays = ["example"]
    }
    #expect(result.findings.counts.keys.contains { $0.code == RuleCode("V1301") })
  }

  @Test func `a wrong township code gets its near miss from the site's own list`() throws {
    let folder = roster.scratch.path + "/towns"
    try FileManager.default.createDirectory(atPath: folder + "/codes", withIntermediateDirectories: true)
    let list = try CodeImport(text: "code,name\n320682103,甲镇\n320682400,乙区\n", file: "l.csv", source: "l.csv")
    try list.csv.write(toFile: folder + "/codes/statisticalDivision.csv", atomically: true, encoding: .utf8)
    let file = try roster.file(
      "g.csv",
      "网格编码,网格名称,街道代码\n01000032068200100100,第一网格,320682130\n01000032068200200100,第二网格,320682103\n01000032068300200100,第三网格,320683001\n"
    )
    let result = try roster.run(.check, [file]) { $0.schemas = folder }
    let found = result.inputs[0].findings.findings.filter { $0.code == RuleCode("V1210") }
    #expect(found.map(\.row) == [1])
    #expect(found.first?.suggestion?.value == "320682103 甲镇")
  }

  @Test func `a folder that holds no schemas is refused, not ignored`() throws {
    let file = try roster.file("r.csv", "公民身份号码,姓名\n11010519491231002X,示例甲\n")
    for folder in [roster.scratch.path, roster.scratch.path + "/none"] {
      #expect(throws: SchemaError.self) { try roster.run(.check, [file]) { $0.schemas = folder } }
    }
  }

  @Test func `a narrower roster leaves stored values of absent columns as they are`() throws {
    let full = try roster.file(
      "full.csv", "公民身份号码,姓名,联系方式,学历\n11010519491231002X,示例甲,13912345678,本科\n440524188001010014,示例乙,13812345678,高中\n")
    _ = try roster.run(.load, [full])
    let narrow = try roster.file("narrow.csv", "公民身份号码,姓名\n11010519491231002X,示例甲\n440524188001010014,示例丙\n")
    let result = try roster.run(.load, [narrow])
    #expect((result.counts.unchanged, result.counts.updated) == (1, 1))
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(
      try warehouse.rows(of: "registeredResident", fields: ["personName", "contact", "educationCode"])
        == [["示例丙", "13812345678", "60"], ["示例甲", "13912345678", "20"]])
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test func `the sender's area goes before the default one`() throws {
    let configuration = try roster.file("yaosu.yaml", "area: \"999\"\nsenders:\n  东街社区: {area: \"320682001001\"}\n")
    let site = try SiteConfiguration(path: configuration)
    let grids = try roster.file("g.csv", LoadTests.grids)
    let residents = try roster.file("r.csv", LoadTests.header + "11010519491231002X,示例甲,第二网格\n")
    let result = try roster.run(.check, [grids, residents]) {
      $0.configuration = site
      $0.sender = "东街社区"
    }
    #expect(roster.errors(result, input: 1).isEmpty)
  }

  @Test func `a mapping settles which of two columns is meant`() throws {
    let pack = try SchemaPack.shipped()
    let mapping = try MappingFile(
      path: try roster.file("m.yaml", "dataset: registeredResident\ncolumns:\n  身份证号: identityNum\n  公民身份号码: null\n"),
      pack: pack)
    let file = try roster.file("r.csv", "姓名,身份证号,公民身份号码\n示例甲,11010519491231002X,旧号\n")
    #expect(try roster.run(.check, [file]) { $0.mapping = mapping.columns }.counts.created == 1)
  }

  @Test func `an error of a site's file names that file`() throws {
    let folder = roster.scratch.path + "/own/codes"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "code,label\n".write(toFile: folder + "/sex.csv", atomically: true, encoding: .utf8)
    let error = #expect(throws: SchemaError.self) { try SchemaPack.shipped(directory: roster.scratch.path + "/own") }
    #expect(error?.file.hasSuffix("own/codes/sex.csv") == true)
  }
}
