import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Where several offices give an item, its schema says whose value stands.
struct SurvivorTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,联系方式,户籍地址,变动日期,人员状态\n"

  init() throws {
    roster = try Roster()
    try roster.overlay("name: contact, survivor: sender", "name: domicileAddress, survivor: statusDate")
  }

  private func load(_ contact: String, _ address: String, _ date: String, sender: String? = nil, mode: LoadMode = .upsert)
    throws -> RunResult
  {
    let configuration = try SiteConfiguration(
      path: try roster.file("yaosu.yaml", "senders: {police: {rank: 1}, street: {rank: 2}, volunteers: {}}\n"))
    return try roster.load([Self.header + "320699197001010018,示例甲,\(contact),\(address),\(date),\n"]) {
      ($0.schemas, $0.overlays, $0.dataset) = (roster.scratch.path + "/schemas", ["town"], "registeredResident")
      ($0.sender, $0.again, $0.configuration, $0.mode) = (sender, true, configuration, mode)
    }
  }

  private func stored(_ field: String) throws -> String {
    try DatabaseQueue(path: roster.warehouse).read {
      try String.fetchOne($0, sql: "SELECT ifnull(\(field), '') FROM registeredResident") ?? ""
    }
  }

  /// Who gives a number one after the other, and whose stands.
  @Test(
    arguments: [
      (["police", "street"], "police"), (["street", "police"], "police"), (["street", "volunteers"], "street"),
      (["volunteers", "street"], "street"), (["street", "street"], "last"), (["volunteers", nil], "last"),
      ([nil, "volunteers"], "last"), (["police", "street", "police"], "last"), (["street", "volunteers", "police"], "last"),
    ] as [([String?], String)]) func `the value of the better sender stands`(_ senders: [String?], _ winner: String) throws
  {
    var numbers: [String: String] = [:]
    for (place, sender) in senders.enumerated() {
      let number = "1391234567\(place)"
      (numbers[sender ?? ""], numbers["last"]) = (number, number)
      _ = try load(number, "", "", sender: sender)
    }
    #expect(try stored("contact") == numbers[winner])
    try roster.confirmPast()
  }

  @Test func `who confirmed a value does not give it`() throws {
    _ = try load("13912345671", "", "", sender: "police")
    _ = try load("13912345671", "示例路1号", "", sender: "volunteers")
    _ = try load("13912345672", "示例路1号", "", sender: "street")
    #expect(try stored("contact") == "13912345671")
  }

  @Test(arguments: [
    ("2020-01-01", "2021-01-01", true), ("2021-01-01", "2020-01-01", false), ("2020-01-01", "2020-01-01", true),
    ("", "2020-01-01", true), ("2020-01-01", "", true),
  ]) func `the value of the later date stands, and so does the date`(_ first: String, _ second: String, _ takesSecond: Bool)
    throws
  {
    _ = try load("", "示例路1号", first)
    let result = try load("", "示例路2号", second)
    #expect(try stored("domicileAddress") == (takesSecond ? "示例路2号" : "示例路1号"))
    #expect(try stored("statusDate") == [first, second].max())
    #expect(result.counts.unchanged == (takesSecond ? 0 : 1))
    #expect(roster.codes(result).contains("W0020") == !takesSecond)
  }

  @Test func `what lost is told, kept with the batch and shown with the row`() throws {
    _ = try load("13912345671", "", "", sender: "police")
    let result = try load("13912345672", "", "", sender: "street")
    #expect(roster.messages(result, language: .en).contains { $0.contains("it came from a better sender") })
    let fate = try #require(
      try Warehouse(path: roster.warehouse, mode: .read).fate(batch: 2, input: 0, row: 1) { _ in nil })
    #expect(
      fate.repairs.map { [$0.field, $0.code, String(decoding: $0.written, as: UTF8.self)] } == [
        ["contact", "W0020", "13912345672"]
      ])
  }

  @Test func `a load in another order comes to the same`() throws {
    let loads = [
      ("13912345671", "示例路1号", "2020-01-01", "police"), ("13912345672", "示例路2号", "2022-01-01", "street"),
      ("13912345673", "示例路3号", "2021-01-01", "volunteers"),
    ]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let own = try SurvivorTests()
      for place in order { _ = try own.load(loads[place].0, loads[place].1, loads[place].2, sender: loads[place].3) }
      #expect(try own.stored("contact") == "13912345671" && own.stored("domicileAddress") == "示例路2号", "\(order)")
    }
  }

  @Test func `a worse sender takes no value away either`() throws {
    _ = try load("13912345671", "示例路1号", "", sender: "police")
    _ = try load("<清空>", "<清空>", "", sender: "street")
    #expect(try stored("contact") == "13912345671" && stored("domicileAddress") == "")
    _ = try load("<清空>", "", "", sender: "police")
    #expect(try stored("contact") == "")
  }

  @Test func `a correction goes before a later date, which may be what is wrong`() throws {
    _ = try load("", "示例路1号", "2025-11-20")
    _ = try load("", "示例路2号", "2025-01-20")
    #expect(try stored("domicileAddress") == "示例路1号")
    _ = try load("", "示例路2号", "2025-01-20", mode: .patch)
    #expect(try stored("domicileAddress") == "示例路2号" && stored("statusDate") == "2025-01-20")
  }

  @Test(arguments: [
    "identityNum, survivor: sender", "personName, survivor: sender", "contact, survivor: personName",
    "contact, survivor: latest",
  ])
  func `a choice that nothing could make is refused at its line`(_ field: String) throws {
    let files = try SchemaPack.files(
      directory: try {
        let folder = roster.scratch.path + "/schemas/overlays"
        let text =
          "overlay: bad\ntitle: {zh: 坏, en: Bad}\nlevel: city\nsource: test\ndatasets:\n  registeredResident:\n    fields:\n      - {name: \(field)}\n"
        try text.write(toFile: folder + "/bad.yaml", atomically: true, encoding: .utf8)
        return roster.scratch.path + "/schemas"
      }())
    let error = #expect(throws: SchemaError.self) { try SchemaPack(files: files, overlays: ["bad"]) }
    #expect(error?.line == 8 && error?.file.hasSuffix("bad.yaml") == true)
  }
}
