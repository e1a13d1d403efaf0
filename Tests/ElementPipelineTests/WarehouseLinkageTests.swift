import ElementCore
import ElementFormats
import ElementGenerator
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// The same person twice in a warehouse: what is kept, what people say of it, and how it is taken back.
struct WarehouseLinkageTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  @Test func `one number in two datasets is one person, and the brother another`() throws {
    try linked.loadFamily()
    let result = try #require(try linked.find())
    #expect(result.rows == 3)
    #expect(result.entityCount == 2)
    #expect(result.outcome.count(.certain) == 1)
    #expect(try linked.entities().count == 1)
    #expect(try Warehouse(path: linked.roster.warehouse, mode: .read).verify().differences.isEmpty)
    let before = try linked.dump()
    try linked.find()
    #expect(try linked.dump() == before)
  }

  @Test func `a run that is only tried keeps nothing`() throws {
    try linked.loadFamily()
    try linked.find(apply: true, dryRun: true)
    let kept = try linked.dump()
    #expect(!kept.contains("["))
    for table in ["linkage_run", "linkage_pair", "linkage_question", "linkage_model"] { #expect(try linked.count(table) == 0) }
  }

  @Test func `rows that leave leave their entity in the same transaction`() throws {
    try linked.loadFamily()
    try linked.find()
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: false, isDryRun: false, reason: nil)
    _ = try linked.warehouse().undo(order, linked.head, references: [], known: [:])
    #expect(try linked.count("entity_member") == 2)
    #expect(try linked.count("linkage_pair") == 0)
    let result = try #require(try linked.find())
    #expect(result.entityCount == 2)
    #expect(try linked.entities().isEmpty)
  }

  @Test func `what is erased for good is forgotten by decisions too`() throws {
    try linked.loadFamily()
    try linked.find()
    let rows = [RowName("floatingResident", 1), RowName("registeredResident", 2)]
    let decision = StoredDecision(
      left: rows[0], right: rows[1], answer: .notSame, pattern: 0, weight: 0, source: "test", note: "")
    try linked.find(says: { _ in [decision] })
    #expect(try linked.count("linkage_decision") == 1)
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: false, isDryRun: false, reason: nil, erases: true)
    _ = try linked.warehouse().undo(order, linked.head, references: [], known: [:])
    #expect(try linked.count("linkage_decision") == 0)
    #expect(try linked.count("entity_member") == 2)
    try linked.find()
    #expect(try Warehouse(path: linked.roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `what is answered is not asked again, and what was joined is taken back with its numbers`() throws {
    try linked.loadGenerated(1_500, seed: 6)
    try linked.find()
    let (before, asked) = (try linked.dump(), try linked.questions())
    try #require(asked.count >= 4)
    let joinable = asked.filter { $0.link.barrier != LinkageGuard.twoNumbers.rawValue }
    try linked.find(says: { _ in
      [linked.decision(joinable[0], .same), linked.decision(joinable[1], .notSame), linked.decision(joinable[2], .unsure)]
    })
    let left = Set(try linked.questions().map(\.id))
    for place in 0..<3 { #expect(!left.contains(joinable[place].id)) }
    #expect(try linked.dump() != before)
    let unmerge = LinkageUnmerge(
      linked.pack, linked.scheme, LinkageRequest(model: linked.model, jobs: 1), today: linked.roster.today)
    let run = try Warehouse(path: linked.roster.warehouse, mode: .read).readingLinkage(kind: "person") { try $0.runs()[0].id }
    #expect(try unmerge.takeBack(run, in: try linked.warehouse(), linked.head) == 1)
    #expect(try linked.dump() == before)
    // It is not joined again.
    try linked.find()
    #expect(try linked.dump() == before)
  }

  @Test func `a person is parted into what it was made of, and each part has its number again`() throws {
    try linked.loadGenerated(1_500, seed: 7)
    try linked.find()
    let question = try #require(try linked.questions().first { $0.link.barrier != "two-numbers" })
    func entity(_ name: RowName) throws -> UInt32? {
      try Warehouse(path: linked.roster.warehouse, mode: .read).readingLinkage(kind: "person") { try $0.entity(of: name) }
    }
    let before = (try #require(try entity(question.link.left)), try #require(try entity(question.link.right)))
    try linked.find(says: { _ in [linked.decision(question, .same)] })
    let joined = try #require(try entity(question.link.left))
    #expect(try entity(question.link.right) == joined)
    #expect(joined == min(before.0, before.1))
    let unmerge = LinkageUnmerge(
      linked.pack, linked.scheme, LinkageRequest(model: linked.model, jobs: 1), today: linked.roster.today)
    // The number that ended still answers.
    let shown = LinkageKind.person.label(max(before.0, before.1))
    #expect(try unmerge.part(shown, rows: nil, in: try linked.warehouse(), linked.head) != nil)
    #expect(try entity(question.link.left) == before.0)
    #expect(try entity(question.link.right) == before.1)
    try linked.find()
    #expect(try entity(question.link.right) == before.1)
  }

  @Test func `two different valid numbers are never one, whatever people say`() throws {
    try linked.loadFamily()
    try linked.find()
    let rows = [RowName("registeredResident", 1), RowName("registeredResident", 2)]
    let decision = StoredDecision(
      left: rows[0], right: rows[1], answer: .same, pattern: 0, weight: 0, source: "test", note: "")
    let result = try #require(try linked.find(says: { _ in [decision] }))
    #expect(result.contradictions.map(\.barrier) == [.twoNumbers])
    #expect(result.entityCount == 2)
    let isAsked = try linked.questions().contains { $0.state == .contradicted }
    #expect(isAsked)
  }

  /// The law of runs over what came: whatever the deliveries, people are those of one run over all.
  @Test(arguments: LongLoop.part(1...40 as ClosedRange<UInt64>, of: 10))
  func `people are the same whatever deliveries their rows came in`(_ seed: UInt64) throws {
    func people() throws -> Set<Set<String>> {
      try DatabaseQueue(path: linked.roster.warehouse).read { db in
        var groups: [Int64: Set<String>] = [:]
        for dataset in ["registeredResident", "floatingResident"] {
          let rows = try Row.fetchCursor(
            db,
            sql:
              "SELECT m.entity, m.dataset || r.identityNum FROM entity_member m JOIN \(dataset) r ON r._id = m.row WHERE m.dataset = ?",
            arguments: [dataset])
          while let row = try rows.next() { groups[row[0], default: []].insert(row[1]) }
        }
        return Set(groups.values)
      }
    }
    // Who stands once is registered, who is written again floats: each number once in each.
    var options = LinkageGenerator.Options(rows: 500, seed: seed)
    options.repeated = 40
    var generator = LinkageGenerator(options)
    var (registered, floating, seen): ([[String]], [[String]], [Set<String>]) = ([], [], [[], []])
    for row in generator.rows() where row.cells[0].utf8.count == 18 {
      let isAgain = !row.noise.isEmpty
      guard seen[isAgain ? 1 : 0].insert(row.cells[0]).inserted else { continue }
      if isAgain { floating.append(row.cells) } else { registered.append(row.cells) }
    }
    let text = DeliveryText()
    func deliver(_ part: ArraySlice<[String]>, _ dataset: String) throws {
      if part.isEmpty { return }
      var bytes = text.line(LinkageGenerator.titles)
      for cells in part { bytes += text.line(cells) }
      let path = try linked.roster.file("\(dataset)-\(part.startIndex).csv", String(decoding: bytes, as: UTF8.self))
      _ = try linked.roster.run(.load, [path]) { $0.dataset = dataset }
    }
    let parts = 2 + Int(seed % 4)
    func part(_ rows: [[String]], _ place: Int) -> ArraySlice<[String]> {
      rows[rows.count * place / parts..<rows.count * (place + 1) / parts]
    }
    for place in 0..<parts {
      try deliver(part(registered, place), "registeredResident")
      try deliver(part(floating, place), "floatingResident")
      try linked.find()
    }
    let inParts = try people()
    for file in ["", ".anchor", ".lock"] { try? FileManager.default.removeItem(atPath: linked.roster.warehouse + file) }
    try deliver(registered[...], "registeredResident")
    try deliver(floating[...], "floatingResident")
    try linked.find()
    let atOnce = try people()
    #expect(atOnce == inParts)
    #expect(atOnce.count { $0.count > 1 } > 20)
  }

  @Test func `a night joins who came, once somebody has begun, and no night that nobody came`() throws {
    try linked.loadFamily()
    func night(_ configuration: String = "") throws -> NightExchange.Event? {
      let site = try SiteConfiguration.find(named: try linked.roster.file("yaosu.yaml", "office: 示例街道\n" + configuration))
      var options = DeliveryOptions(verb: .load, paths: [], today: linked.roster.today)
      (options.warehouse, options.operatorName, options.configuration) = (linked.roster.warehouse, "test", site)
      return try NightLinkage(options).run()
    }
    #expect(try night()?.message == nil)
    try linked.find()
    #expect(try night()?.message == nil)
    let floating = "公民身份号码,姓名,性别,出生日期,流入原因\n\(try linked.numbers().brother),王建民,1,1973-05-06,01\n"
    _ = try linked.roster.run(.load, [try linked.roster.file("more.csv", floating)]) { $0.dataset = "floatingResident" }
    #expect(try night("linkage: {nightly: false}\n")?.message == nil)
    let event = try #require(try night())
    #expect(event.exitCode == 0)
    #expect(event.message.zh.contains("4 条记录，2 个人"))
    #expect(try linked.entities().count == 2)
    #expect(try night()?.message == nil)
  }

  @Test func `one number of two people, and two numbers of one, are listed for the office that keeps the register`() throws {
    let (man, _) = try linked.numbers()
    try linked.load("\(man),王建国,1,1970-02-03,13900000001,\(LinkedRoster.home)")
    let floating = "公民身份号码,姓名,性别,出生日期,联系方式,流入原因\n\(man),李秀英,1,1970-02-03,13900000009,01\n"
    _ = try linked.roster.run(.load, [try linked.roster.file("floating.csv", floating)]) { $0.dataset = "floatingResident" }
    try DatabaseQueue(path: linked.roster.warehouse).write { db in
      // A check lets no other birth date through; a site that lowered it would hold one.
      try db.execute(sql: "UPDATE floatingResident SET birthday = '1981-05-06'")
    }
    try linked.find()
    var options = ReviewList.Options(linked.model, language: .zh)
    options.register = .oneNumber
    let list = try Warehouse(path: linked.roster.warehouse, mode: .read).readingLinkage(kind: "person") {
      try ReviewList($0, linked.pack, options, today: linked.roster.today)
    }
    #expect(list.items.count == 1)
    #expect(list.items[0].rows[0][ReviewColumn.reasons.rawValue].contains("同一号码"))
    #expect(list.items[0].rows[0][ReviewColumn.mark.rawValue].isEmpty)
    #expect(try linked.entities().isEmpty)
  }

  @Test(
    arguments: [
      ("UPDATE entity_member SET row = 99 WHERE row = 2", "members of registeredResident are no rows"),
      ("UPDATE entity SET state = 'retired' WHERE id = 2", "members of numbers that have ended"),
      ("UPDATE linkage_sequence SET last = 1 WHERE name = 'entity'", "numbers that were never given"),
      ("UPDATE entity_member SET how = 'person' WHERE row = 2", "by the word of a person that nobody said"),
    ])
  func `what was done to people beside the program is told`(_ sql: String, _ message: String) throws {
    try linked.loadFamily()
    try linked.find()
    #expect(try Warehouse(path: linked.roster.warehouse, mode: .read).verify().differences.isEmpty)
    try DatabaseQueue(path: linked.roster.warehouse).write { try $0.execute(sql: sql) }
    let told = try Warehouse(path: linked.roster.warehouse, mode: .read).verify().differences.map(\.message.en)
    #expect(told.contains { $0.contains(message) }, "\(told)")
  }
}
