import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// A load that goes beyond a limit is held: nothing of it is stored, its files are kept, and somebody decides.
struct HoldTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,联系电话\n"
  private static let people = ["320699197001010018", "320699197001010034", "320699197001010050", "320699197001010077"]

  init() throws { roster = try Roster() }

  /// A roster of people with this digit at the end of their telephone numbers.
  private static func text(_ people: ArraySlice<String>, _ digit: Int) -> String {
    header + people.map { "\($0),示例甲,1380013800\(digit)\n" }.joined()
  }

  private func configuration(_ text: String) throws -> SiteConfiguration {
    try SiteConfiguration(path: try roster.file("yaosu-\(abs(text.hashValue)).yaml", text))
  }

  private func load(_ text: String, _ limits: String = "{}", _ change: (inout DeliveryOptions) -> Void = { _ in }) throws
    -> RunResult
  {
    let path = try roster.file("r\(abs(text.hashValue)).csv", text)
    let configuration = try configuration(limits)
    let result = try roster.run(.load, [path]) {
      ($0.dataset, $0.configuration, $0.again) = ("registeredResident", configuration, true)
      $0.rerun = (["file"], roster.scratch.path)
      change(&$0)
    }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    return result
  }

  private func resume(_ batch: Int) throws -> RunResult {
    let folder = HeldFolder(warehouse: roster.warehouse, batch: batch)
    let files = try #require(folder.read()).files
    return try roster.run(.load, files.map(folder.path)) {
      ($0.dataset, $0.resumes) = ("registeredResident", (batch, "checked"))
      $0.givenPaths = Dictionary(uniqueKeysWithValues: files.map { (folder.path(of: $0), $0.path) })
    }
  }

  /// A limit, a sender, and what a load of three known people with other numbers, one new and one wrong comes to.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let configuration: String
    var sender: String?
    let beyond: [String]
  }

  static let cases = [
    Case(testDescription: "none", configuration: "{}", beyond: []),
    Case(testDescription: "errors by count", configuration: "limits: {all: {maxErrors: 0}}", beyond: ["maxErrors 0 1"]),
    Case(testDescription: "errors within", configuration: "limits: {all: {maxErrors: 1}}", beyond: []),
    Case(testDescription: "errors by share", configuration: "limits: {all: {maxErrors: 19.5%}}", beyond: ["maxErrors 19.5% 1"]),
    Case(testDescription: "both ways", configuration: "limits: {all: {maxErrors: [0, 20%]}}", beyond: ["maxErrors 0 1"]),
    Case(
      testDescription: "changes", configuration: "limits: {registeredResident: {maxChanged: 50%}}", beyond: ["maxChanged 50% 3"]
    ),
    Case(testDescription: "changes within", configuration: "limits: {registeredResident: {maxChanged: 60%}}", beyond: []),
    Case(testDescription: "too little new", configuration: "limits: {all: {minCreated: 2}}", beyond: ["minCreated 2 1"]),
    Case(testDescription: "another dataset", configuration: "limits: {house: {maxChanged: 0}}", beyond: []),
    Case(
      testDescription: "the dataset before all",
      configuration: "limits: {all: {maxChanged: 0}, registeredResident: {maxChanged: 9}}",
      beyond: []),
    Case(
      testDescription: "the sender before the site",
      configuration:
        "{limits: {registeredResident: {maxChanged: 9, minCreated: 9}}, senders: {甲: {limits: {all: {maxChanged: 1}}}}}",
      sender: "甲", beyond: ["maxChanged 1 3", "minCreated 9 1"]),
    Case(
      testDescription: "another sender", configuration: "senders: {甲: {limits: {all: {maxChanged: 1}}}, 乙: {}}", sender: "乙",
      beyond: []),
  ]

  @Test(arguments: cases) func `a load beyond a limit stores no row and is held, with its files`(_ held: Case) throws {
    let digest = try #require(try load(Self.text(Self.people[0..<3], 1)).digest)
    let text = Self.text(Self.people[...], 2) + "320699197001010019,示例乙,13800138002\n"
    let result = try load(text, held.configuration) { $0.sender = held.sender }
    #expect((result.hold?.limits ?? []).map { "\($0.name) \($0.limit) \($0.actual)" } == held.beyond)
    let folder = HeldFolder(warehouse: roster.warehouse, batch: 2)
    guard !held.beyond.isEmpty else {
      #expect(result.outcome == .loaded && folder.read() == nil)
      return
    }
    #expect(result.outcome == .held)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().digest == digest)
    let manifest = try #require(folder.read())
    let file = try #require(manifest.files.first)
    #expect(try String(contentsOfFile: folder.path(of: file), encoding: .utf8) == text)
    for (path, mode) in [
      (folder.path(of: file), 0o600), (roster.warehouse + ".held", 0o700), (roster.warehouse + ".held/2", 0o700),
    ] {
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == mode)
    }
  }

  @Test(arguments: [("50%", false), ("30%", true), ("1", true), ("2", false)])
  func `of a list of corrections the share of the stored rows counts that changes`(_ limit: String, _ isHeld: Bool) throws {
    _ = try load(Self.text(Self.people[...], 1))
    let result = try load(Self.text(Self.people[0..<2], 2), "limits: {all: {maxChanged: \(limit)}}") { $0.mode = .patch }
    #expect(result.outcome == (isHeld ? .held : .loaded))
  }

  @Test func `a name that rows wait for counts as a change`() throws {
    _ = try load(Self.text(Self.people[0..<2], 1))
    let other = Self.header + Self.people[0..<2].map { "\($0),王小明,13800138001\n" }.joined()
    let result = try load(other, "limits: {all: {maxChanged: 50%}}")
    #expect(result.hold?.limits.map(\.name) == ["maxChanged"] && result.hold?.limits.first?.actual == 2)
  }

  @Test func `a held load goes on as it was, once, and says under which name its file came`() throws {
    _ = try load(Self.text(Self.people[0..<3], 1))
    let held = try load(Self.text(Self.people[0..<3], 2), "limits: {all: {maxChanged: 0}}")
    #expect(held.outcome == .held)
    let result = try resume(2)
    #expect(result.outcome == .resumed && result.batch == 3 && result.counts.updated == 3)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.inputs(ofBatch: 3).map(\.path) == warehouse.inputs(ofBatch: 2).map(\.path))
    #expect(try warehouse.batches(id: 3).first?.heldBatch == 2)
    #expect(throws: HoldRefusal.answered(2, by: 3)) { try resume(2) }
    #expect(throws: HoldRefusal.notHeld(1)) { try warehouse.heldLoad(1) }
    #expect(try warehouse.auditEntries().last?.reason == "checked")
  }

  @Test func `a held load whose bytes are others does not go on`() throws {
    _ = try load(Self.text(Self.people[0..<3], 1))
    _ = try load(Self.text(Self.people[0..<3], 2), "limits: {all: {maxChanged: 0}}")
    let folder = HeldFolder(warehouse: roster.warehouse, batch: 2)
    let file = folder.path(of: try #require(folder.read()?.files.first))
    try Self.text(Self.people[0..<3], 3).write(toFile: file, atomically: false, encoding: .utf8)
    #expect(throws: HoldRefusal.changed(2)) { try resume(2) }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).batches().count == 2)
  }

  @Test func `a held load is given up with its files, and after two weeks they go by themselves`() throws {
    _ = try load(Self.text(Self.people[0..<3], 1))
    for digit in 2...3 { _ = try load(Self.text(Self.people[0..<3], digit), "limits: {all: {maxChanged: 0}}") }
    let head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "", asOf: "2026-01-01")
    #expect(try Warehouse(path: roster.warehouse, mode: .write).discardHeld(2, head) == 4)
    #expect(HeldFolder(warehouse: roster.warehouse, batch: 2).read() == nil)
    #expect(throws: HoldRefusal.answered(2, by: 4)) { try Warehouse(path: roster.warehouse, mode: .write).discardHeld(2, head) }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    // Its files are gone: it cannot be taken back.
    let order = Warehouse.UndoOrder(batch: 4, keepsLater: false, isDryRun: false, reason: nil)
    let undo = UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today)
    #expect(throws: UndoRefusal.givenUp(4, held: 2)) { try undo.run(roster.warehouse) }
    // What is none of ours stays.
    let other = roster.warehouse + ".held/2024"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
    HeldFolder.expire(beside: roster.warehouse, at: .now + 15 * 86_400 * 1000)
    #expect(FileManager.default.fileExists(atPath: other) && HeldFolder(warehouse: roster.warehouse, batch: 3).read() == nil)
    try FileManager.default.removeItem(atPath: other)
    try FileManager.default.removeItem(atPath: roster.warehouse + ".held")
    _ = try load(Self.text(Self.people[0..<3], 4), "limits: {all: {maxChanged: 0}}")
    HeldFolder.expire(beside: roster.warehouse, at: .now + 13 * 86_400)
    #expect(HeldFolder(warehouse: roster.warehouse, batch: 5).read() != nil)
    HeldFolder.expire(beside: roster.warehouse, at: .now + 15 * 86_400)
    #expect(!FileManager.default.fileExists(atPath: roster.warehouse + ".held"))
  }

  @Test func `files are not kept behind a link, and a long name is cut`() throws {
    _ = try load(Self.text(Self.people[0..<3], 1))
    let name = String(repeating: "长", count: 70) + ".csv"
    let path = try roster.file(name, Self.text(Self.people[0..<3], 2))
    let configuration = try configuration("limits: {all: {maxChanged: 0}}")
    func held() throws -> RunResult {
      try roster.run(.load, [path]) {
        ($0.dataset, $0.configuration, $0.rerun) = ("registeredResident", configuration, (["file"], roster.scratch.path))
      }
    }
    let elsewhere = roster.scratch.path + "/elsewhere"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: roster.warehouse + ".held", withDestinationPath: elsewhere)
    #expect(throws: OutputError.self) { try held() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
    try FileManager.default.removeItem(atPath: roster.warehouse + ".held")
    #expect(try held().outcome == .held)
    #expect(try resume(2).outcome == .resumed)
  }

  @Test(arguments: [
    "limits: {all: {maxErrors: []}}",
    "limits: {all: {maxErrors: x}}", "limits: {all: {maxErrors: [1, -1]}}", "limits: {all: {most: 1}}",
    "limits: {all: {minCreated: 5%}}",
    "limits: [1]", "senders: {甲: {limits: {all: {maxChanged: }}}}",
  ]) func `limits that say nothing are refused`(_ text: String) throws {
    #expect(throws: SchemaError.self) { try configuration(text) }
  }

  @Test func `limits of a dataset that nobody knows are refused`() throws {
    #expect(throws: SchemaError.self) { try load(Self.text(Self.people[0..<1], 1), "limits: {residents: {maxErrors: 1}}") }
  }
}
