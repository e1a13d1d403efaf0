import ElementCore
import ElementFormats
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// One house or one organisation in several rosters: equal codes join, a person is asked about the rest, and two rooms or two branches are never one.
struct ThingLinkageTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  private func model(_ name: String) throws -> LinkageModel {
    try ModelLibrary(try SchemaPack.files(directory: nil)).model(name)
  }

  private func load(_ dataset: String, _ text: String) throws {
    let path = try linked.roster.file("\(dataset).csv", text)
    _ = try linked.roster.run(.load, [path]) { $0.dataset = dataset }
  }

  @discardableResult
  private func find(
    _ name: String, says: @escaping (LinkageSession) throws -> [StoredDecision]? = { _ in [] }
  ) throws -> WarehouseLinkageResult {
    var options = WarehouseLinkage.Options(request: LinkageRequest(model: try model(name), jobs: 2), today: linked.roster.today)
    (options.applies, options.mostMerges, options.says) = (true, nil, says)
    return try #require(
      try WarehouseLinkage(linked.pack, linked.scheme, options).run(try linked.warehouse(), linked.head))
  }

  /// What is asked, and what is kept apart, each as `dataset:row × dataset:row` with its guard.
  private func asked(_ kind: String) throws -> [String] {
    try Warehouse(path: linked.roster.warehouse, mode: .read).readingLinkage(kind: kind) { session in
      try session.questions().map { question in
        let rows = [question.link.left, question.link.right].map { "\($0.dataset):\($0.row)" }.joined(separator: " × ")
        return rows + (question.link.barrier.map { " \($0)" } ?? "")
      }
    }.sorted()
  }

  private static let grid = "01000032069900100101"

  private func loadHouses() throws {
    try load(
      "house",
      """
      房屋编号,房屋地址,房主姓名,房主联系方式,所属网格
      H1,示例路12号示例花园3号楼2单元501室,王建国,13900000001,\(Self.grid)
      H2,示例路12号示例花园3号楼2单元502室,李秀英,13900000002,\(Self.grid)
      H3,示例路12号示例花园5号楼1单元101室,张建华,13900000003,\(Self.grid)
      H4,示例花园3栋-2-501,王建囯,13900000001,\(Self.grid)
      H5,示例花园5栋-1-102,张建华,13900000003,\(Self.grid)

      """)
    try load(
      "rentalHouse",
      """
      房屋编号,房屋地址,出租用途,出租人姓名,出租人联系方式,所属网格
      H2,示例花园3栋-2-502,居住,李秀英,13900000002,\(Self.grid)

      """)
  }

  @Test func `of houses equal codes join, one address is asked about, two rooms of one owner are two`() throws {
    try loadHouses()
    let found = try find("house")
    #expect(found.outcome.count(.certain) == 1 && found.outcome.count(.auto) == 0)
    #expect(found.entityCount == 5)
    #expect(try asked("house") == ["house:1 × house:4"])
    #expect(LinkageText(found, .zh).summary.contains("6 条记录，5 处房屋"))
  }

  @Test func `an answer joins two houses, and the list says what houses have`() throws {
    try loadHouses()
    try find("house")
    let model = try model("house")
    let list = try linked.warehouse().readingLinkage(kind: "house") { session in
      try ReviewList(session, linked.pack, ReviewList.Options(model, language: .zh), today: linked.roster.today)
    }
    try #require(list.items.count == 1)
    #expect(list.items[0].rows[0][ReviewColumn.reasons.rawValue].contains("地址同一处"))
    #expect(ReviewColumn.number.title(.zh, .house) == "房屋编号")
    var text = ""
    try list.csv { text += String(decoding: $0, as: UTF8.self) }
    #expect(text.contains("房主或出租人"))
    let question = try #require(list.items.first?.question)
    #expect(try find("house", says: { _ in [linked.decision(question, .same)] }).entityCount == 4)
    #expect(try linked.warehouse().verify().differences.isEmpty)
    // People are none of it.
    #expect(try linked.count("entity_member") == 6)
  }

  @Test func `houses are explained by their own comparisons`() throws {
    try loadHouses()
    try find("house")
    let explainer = LinkageExplainer(
      linked.pack, linked.scheme, LinkageRequest(model: try model("house"), jobs: 1), today: linked.roster.today, unmasks: false
    )
    let warehouse = try Warehouse(path: linked.roster.warehouse, mode: .read)
    let explanation = try #require(try explainer.explain(["H000001", "H000004"], in: warehouse))
    #expect(explanation.subject == "H000001 × H000004")
    let parts = try #require(explanation.pairs.first?.parts)
    let sum = parts.comparisons.reduce(parts.prior + parts.frequency) { $0 + $1.weight }
    #expect(sum == parts.judgement.weight)
    #expect(LinkageExplanationText(explanation, .zh).text.contains("房主或出租人"))
    #expect(LinkageExplanation.kind("H000001") == .house)
    #expect(LinkageExplanation.kind("o12") == .organization)
    #expect(LinkageExplanation.kind("12") == nil)
  }

  private func loadOrganizations() throws {
    try load(
      "privateEnterprise",
      """
      统一社会信用代码,企业名称,企业地址,企业联系方式,法定代表人姓名,所属网格
      91320699MA0030011T,示例市幸福物业管理有限公司,示例路12号,0513-81234567,王建国,\(Self.grid)
      91320699MA003002XJ,幸福物业管理有限公司第二分公司,示例路12号,0513-81234567,王建国,\(Self.grid)

      """)
    try load(
      "deliveryLogistics",
      """
      统一社会信用代码,寄递物流企业名称,企业地址,负责人姓名,负责人联系方式,服务品牌,所属网格
      91320699MA0030011T,幸福物业,示例路12号,李秀英,13900000001,示例,\(Self.grid)

      """)
    try load(
      "keyPremises",
      """
      场所名称,负责人,场所地址,电话,所属网格
      幸福物业管理,王建囯,示例路12号,0513-81234567,\(Self.grid)
      示例第一小学,张建华,示例路20号,,\(Self.grid)
      示例第二小学,张建华,示例路20号,,\(Self.grid)

      """)
  }

  @Test func `of organisations equal credit codes join, two sound ones never do, branches are not their head`() throws {
    try loadOrganizations()
    let found = try find("organization")
    #expect(found.outcome.count(.certain) == 1)
    let asked = try asked("organization")
    #expect(asked.contains("privateEnterprise:1 × keyPremises:1"))
    #expect(!asked.contains { $0.contains("privateEnterprise:2") })
    #expect(!asked.contains { $0.contains("keyPremises:2 × keyPremises:3") })
    let premises = try #require(
      try linked.warehouse().readingLinkage(kind: "organization") { try $0.questions() }.first {
        $0.link.right.dataset == "keyPremises"
      })
    #expect(try find("organization", says: { _ in [linked.decision(premises, .same)] }).contradictions.isEmpty)
    #expect(try linked.warehouse().verify().differences.isEmpty)
  }

  @Test(
    arguments: [
      ("comparator: code", "comparator: codes", "comparator"), ("{name: number,", "{name: houseNumber,", "role"),
      ("  - [number]", "  - [owner]", "role"), ("kind: house", "kind: person", ""),
    ])
  func `a model of houses that names what they do not have is refused with its line`(
    _ from: String, _ to: String, _ word: String
  )
    throws
  {
    let text = try model("house").text.replacing(from, with: to)
    if word.isEmpty {
      #expect(throws: Never.self) { try LinkageModel(text: text, file: "m.yaml") }
      return
    }
    let error = #expect(throws: SchemaError.self) { try LinkageModel(text: text, file: "m.yaml") }
    #expect((error?.line ?? 0) > 5)
    #expect(error?.message.en.contains(word) ?? false)
  }

  @Test func `who is named in a row of something else by the number is told, and joins nothing`() throws {
    try linked.loadFamily()
    let (man, brother) = try linked.numbers()
    try load(
      "house",
      "房屋编号,房屋地址,承租人公民身份号码,承租人姓名,所属网格\nH1,示例路1号,\(man),王建国,\(Self.grid)\nH2,示例路2号,\(brother),王建民,\(Self.grid)\n")
    try linked.find()
    let explainer = LinkageExplainer(
      linked.pack, linked.scheme, LinkageRequest(model: linked.model, jobs: 1), today: linked.roster.today, unmasks: false)
    let warehouse = try Warehouse(path: linked.roster.warehouse, mode: .read)
    let explanation = try #require(try explainer.explain(["P000001"], in: warehouse))
    #expect(explanation.mentions.map { "\($0.name.dataset) \($0.name.row) \($0.field.zh)" } == ["house 1 承租人公民身份号码"])
    #expect(LinkageExplanationText(explanation, .zh).text.contains("第 1 号（承租人公民身份号码）"))
    #expect(!LinkageExplanationText(explanation, .zh).text.contains(man))
    #expect(LinkageExplanationText(explanation, .en).page("0").contains("named in"))
    #expect(try linked.count("entity_member") == 3)
  }

  @Test func `an equal code decides though all else differs, and two codes of one hash are two`() throws {
    try load(
      "house",
      """
      房屋编号,房屋地址,房主姓名,房主联系方式,所属网格
      H00010619,示例路1号示例花园1号楼1单元101室,王建国,13900000001,\(Self.grid)
      H00026486,示例路9号范例小区9号楼9单元909室,李秀英,13900000009,\(Self.grid)

      """)
    try load(
      "rentalHouse",
      "房屋编号,房屋地址,出租用途,出租人姓名,出租人联系方式,所属网格\nH00010619,范例路77号7栋-7-707,居住,赵示例,13700000007,01000032069900100999\n")
    let found = try find("house")
    #expect(found.outcome.count(.certain) == 1)
    #expect(try linked.entities() == [[1, 1]])
  }

  @Test func `a number of one kind is nothing of another`() throws {
    try linked.loadFamily()
    try linked.find()
    try loadHouses()
    try find("house")
    let warehouse = try Warehouse(path: linked.roster.warehouse, mode: .read)
    func explained(_ subject: String, _ name: String) throws -> Bool {
      let request = LinkageRequest(model: try model(name), jobs: 1)
      let explainer = LinkageExplainer(linked.pack, linked.scheme, request, today: linked.roster.today, unmasks: false)
      return try explainer.explain([subject], in: warehouse) != nil
    }
    #expect(try explained("P000001", "person"))
    #expect(try explained("H000003", "house"))
    #expect(try !explained("H000001", "house"))
    #expect(try !explained("P000003", "person"))
    #expect(try !explained("P000001", "house"))
    let unmerge = LinkageUnmerge(
      linked.pack, linked.scheme, LinkageRequest(model: try model("house"), jobs: 1), today: linked.roster.today)
    #expect(try unmerge.part("H000001", rows: nil, in: try linked.warehouse(), linked.head) == nil)
    #expect(try unmerge.part("P000001", rows: nil, in: try linked.warehouse(), linked.head) == nil)
  }

  @Test(arguments: [1, 2]) func `houses are compared in files too, by their roles`(_ jobs: Int) throws {
    try loadHouses()
    let path = linked.roster.scratch.path + "/house.csv"
    let search = FileLinkage(DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today))
    let found = try search.run(LinkageRequest(model: try model("house"), jobs: jobs))
    #expect(found.outcome.pairs.map { [Int($0.left), Int($0.right)] } == [[0, 3]])
    #expect(found.outcome.pairs.map(\.tier) == [.ask])
    var lists = ""
    try LinkageLists(found).writePairs { lists += String(decoding: $0, as: UTF8.self) }
    #expect(lists.hasPrefix("left_file,left,right_file,right,weight,probability,tier,guard,number,address,name,phone,grid\n"))
    #expect(lists.contains(",differ,home,sound,exact,exact") || lists.contains(",differ,home,form,exact,exact"))
    #expect(LinkageText(found, .zh).summary.contains("5 条记录，认为是 5 处房屋"))
    let error = #expect(throws: InputError.self) { try search.run(LinkageRequest(model: linked.model, jobs: jobs)) }
    #expect(error?.hint.zh.contains("--kind house") ?? false)
  }
}
