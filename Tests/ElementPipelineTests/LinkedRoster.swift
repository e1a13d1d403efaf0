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

/// A roster of people who stand more than once, a warehouse, and what is found there.
struct LinkedRoster {
  let roster: Roster
  let pack: SchemaPack
  let scheme: GridCodeScheme
  let model: LinkageModel

  init() throws {
    roster = try Roster()
    pack = try SchemaPack.shipped()
    scheme = try #require(pack.scheme("cjt349"))
    model = try ModelLibrary(try SchemaPack.files(directory: nil)).model("person")
  }

  /// Writes a linkage roster, and returns its path and who is who.
  func generated(_ rows: Int, seed: UInt64) throws -> (path: String, truth: [Int]) {
    var generator = LinkageGenerator(LinkageGenerator.Options(rows: rows, seed: seed))
    let (all, text) = (generator.rows(), DeliveryText())
    var bytes = text.line(LinkageGenerator.titles)
    for row in all { bytes += text.line(row.cells) }
    return (try roster.file("g\(rows)-\(seed).csv", String(decoding: bytes, as: UTF8.self)), all.map(\.entity))
  }

  private static let header = "公民身份号码,姓名,性别,出生日期,联系方式,现住门（楼）详址,户号,所属网格\n"

  func load(_ rows: String...) throws {
    _ = try roster.run(.load, [try roster.file("r\(rows.hashValue).csv", Self.header + rows.joined(separator: "\n") + "\n")])
  }

  var head: BatchHead {
    BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "test", schemaDigest: "", deliveryDigest: "",
      asOf: roster.today.text)
  }

  func warehouse() throws -> Warehouse { try Warehouse(path: roster.warehouse, mode: .write) }

  @discardableResult
  func find(
    apply: Bool = true, dryRun: Bool = false, says: @escaping (LinkageSession) throws -> [StoredDecision]? = { _ in [] }
  ) throws -> WarehouseLinkageResult? {
    var options = WarehouseLinkage.Options(request: LinkageRequest(model: model, jobs: 2), today: roster.today)
    (options.applies, options.isDryRun, options.mostMerges, options.says) = (apply, dryRun, nil, says)
    return try WarehouseLinkage(pack, scheme, options).run(try warehouse(), head)
  }

  /// The rows of each entity that has several, by their row numbers.
  func entities() throws -> [[Int64]] {
    try DatabaseQueue(path: roster.warehouse).read { db in
      var groups: [Int64: [Int64]] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT entity, row FROM entity_member ORDER BY row") {
        groups[row[0], default: []].append(row[1])
      }
      return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }
  }

  /// All that is kept of entities, as text.
  func dump() throws -> String {
    try DatabaseQueue(path: roster.warehouse).read { db in
      try ["entity", "entity_member", "entity_change", "entity_end"].map { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map(\.description).joined(separator: "\n")
      }.joined(separator: "\n\n")
    }
  }

  func count(_ table: String) throws -> Int? {
    try DatabaseQueue(path: roster.warehouse).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
  }

  static let home = "示例市示例区示例路12号示例花园3号楼2单元501室,000000001,01000032069900100101"

  func numbers() throws -> (man: String, brother: String) {
    func number(_ digits: String) -> String {
      digits + String(UnicodeScalar(CitizenID.checkCharacter(Array((digits + "0").utf8).span)))
    }
    return (number("32069919700203001"), number("32069919730506001"))
  }

  /// Loads a man under his number, a brother, and the man without a number in another roster.
  func loadFamily() throws {
    let (man, brother) = try numbers()
    try load("\(man),王建国,1,1970-02-03,13900000001,\(Self.home)", "\(brother),王建民,1,1973-05-06,13900000002,\(Self.home)")
    let floating = "公民身份号码,姓名,性别,出生日期,联系方式,现住门（楼）详址,流入原因\n\(man),王建国,1,1970-02-03,13900000009,示例花园3栋-2-501,01\n"
    _ = try roster.run(.load, [try roster.file("floating.csv", floating)]) { $0.dataset = "floatingResident" }
  }

  /// Loads people of a generated roster that loads without errors.
  func loadGenerated(_ rows: Int, seed: UInt64) throws {
    let (path, _) = try generated(rows, seed: seed)
    _ = try roster.run(.load, [path])
  }

  func decision(_ question: StoredQuestion, _ answer: StoredDecision.Answer) -> StoredDecision {
    StoredDecision(
      left: question.link.left, right: question.link.right, answer: answer, pattern: question.link.pattern,
      weight: question.link.weight,
      source: "test", note: "", question: question.id)
  }

  func questions() throws -> [StoredQuestion] {
    try Warehouse(path: roster.warehouse, mode: .read).readingLinkage(kind: "person") { try $0.questions() }
  }
}
