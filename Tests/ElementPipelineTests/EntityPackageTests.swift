import ElementCore
import ElementExchange
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Packages that say whose records are: the person beside each row, or one record a person.
struct EntityPackageTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  private static let register = """
    recipients:
      county:
        name: 示例县
        creditCode: 113206997000000017
        legalBasis: 示例
        profiles: [test]
        fields: {registeredResident: all, floatingResident: [identityNum, personName, residenceAddress, contact]}
        channel: plain
        unencrypted: A1
        impactAssessment: P1
        approvalCount: 1
        approvals: [{number: A1, body: 甲, date: 2025-01-01, validUntil: 2026-06-30}]
      town:
        name: 示例镇
        creditCode: 113206997000000017
        legalBasis: 示例
        profiles: [test]
        fields: {registeredResident: all}
        channel: plain
        unencrypted: A1
        impactAssessment: P1
        approvalCount: 1
        approvals: [{number: A1, body: 甲, date: 2025-01-01, validUntil: 2026-06-30}]

    """

  private static let head = """
    profile: test
    title: {zh: 试, en: Test}
    target: {zh: 试, en: Test}
    source: test
    legalBasis: test
    purpose: test
    audience: superior
    format: csv
    fileName: "{table}_{kind}.csv"
    deletions: marked
    datasets:

    """

  private static let byRow =
    head + """
        - dataset: registeredResident
          table: rows
          entity: id
          columns:
            - {name: op, value: operation}
            - {name: who, value: entity}
            - {name: number, field: identityNum}
            - {name: name, field: personName}

      """

  private static let golden =
    head + """
        - dataset: registeredResident
          table: people
          entity: golden
          columns:
            - {name: op, value: operation}
            - {name: who, value: entity}
            - {name: next, value: replacedBy}
            - {name: number, field: identityNum}
            - {name: name, field: personName}
            - {name: phone, field: contact}
            - {name: home, field: residenceAddress}
            - {name: from, value: provenance}

      """

  private func profile(_ text: String) throws -> ExportProfile {
    try ProfileReader(linked.pack).profile(text: text, file: "test.yaml")
  }

  /// The lines of a package, split at commas, without their heading.
  private func export(
    _ text: String, _ output: String, _ recipient: String = "county", _ change: (inout ExportOptions) -> Void = { _ in }
  ) throws -> [[String]] {
    var options = ExportOptions(
      warehouse: linked.roster.warehouse, output: linked.roster.scratch.path + "/" + output, head: linked.head,
      now: Date(timeIntervalSince1970: 1_767_225_600), today: linked.roster.today, zone: .shanghai, sender: "320699",
      toolVersion: "0")
    options.register = try RecipientRegister(text: Self.register, path: "recipients.yaml")
    options.request.recipient = recipient
    options.pseudonyms = PseudonymKey(Array("0123456789abcdef".utf8))
    change(&options)
    _ = try ExportRun(options, linked.pack, .en).run(try profile(text))
    let folder = options.output
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { $0.hasSuffix(".csv") }
    return try names.flatMap { name in
      let lines = try String(contentsOfFile: folder + "/" + name, encoding: .utf8).split { $0.isNewline }
      return lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }
  }

  private func takeBack(_ run: Int) throws {
    _ = try linked.warehouse().linking(kind: "person", linked.head) { (try $0.takeBack(run, linked.head), true) }
  }

  @Test func `a row says whose it is, and another recipient cannot join that`() throws {
    try linked.loadFamily()
    try linked.find()
    let county = try export(Self.byRow, "county")
    #expect(county.map { $0[3] } == ["王建国", "王建民"])
    #expect(Set(county.map { $0[1] }).count == 2)
    #expect(county.allSatisfy { $0[1].utf8.count == 64 })
    let town = try export(Self.byRow, "town", "town")
    #expect(Set(county.map { $0[1] }).isDisjoint(with: town.map { $0[1] }))
  }

  @Test func `a row that came since has nobody, and is sent again when it has`() throws {
    try linked.loadFamily()
    try linked.find()
    _ = try export(Self.byRow, "first")
    let other = try linked.numbers().man.prefix(6) + "19950607001"
    let number = other + String(UnicodeScalar(CitizenID.checkCharacter(Array((other + "0").utf8).span)))
    try linked.load("\(number),李示例,1,1995-06-07,,\(LinkedRoster.home)")
    let second = try export(Self.byRow, "second")
    #expect(second.map { [$0[1], $0[3]] } == [["", "李示例"]])
    try linked.find()
    let third = try export(Self.byRow, "third")
    #expect(third.map { $0[3] } == ["李示例"])
    #expect(third[0][1].utf8.count == 64)
    #expect(try export(Self.byRow, "fourth").isEmpty)
    // Nobody has changed the rows, and the people are gone.
    try takeBack(2)
    #expect(try export(Self.byRow, "fifth").map { [$0[1], $0[3]] } == [["", "李示例"]])
  }

  @Test func `one record a person takes each value from the row that is trusted most`() throws {
    try linked.loadFamily()
    try linked.find()
    let people = try export(Self.golden, "golden")
    let (man, brother) = try linked.numbers()
    #expect(people.map { $0[3] } == [man, brother])
    // The floating roster has the newer telephone by its batch alone; the registered one the address.
    #expect(people[0][6].contains("示例花园3号楼2单元501室"))
    #expect(people.map { $0[7] } == ["registeredResident+floatingResident", "registeredResident"])
    #expect(people.map { $0[2] } == ["", ""])
  }

  @Test func `a recipient gets golden records of the datasets alone that it may have`() throws {
    try linked.loadFamily()
    try linked.find()
    #expect(try export(Self.golden, "town", "town").map { $0[7] } == ["registeredResident", "registeredResident"])
  }

  @Test func `a delta of people tells who is new, who is other, and who is gone, with who answers for them`() throws {
    try linked.load(
      "\(try linked.numbers().man),王建国,1,1970-02-03,13900000001,\(LinkedRoster.home)",
      "\(try linked.numbers().brother),王建民,1,1973-05-06,13900000002,\(LinkedRoster.home)")
    try linked.find()
    let first = try export(Self.golden, "first")
    #expect(first.count == 2)
    #expect(try export(Self.golden, "same").isEmpty)
    // The man comes under his number in another roster: the same person, with another telephone.
    try linked.loadFamily()
    try linked.find()
    let second = try export(Self.golden, "second")
    #expect(second.map { [$0[0], $0[4], $0[7]] } == [["I", "王建国", "registeredResident+floatingResident"]])
    #expect(second[0][1] == first[0][1])
    // The run that joined them is taken back: the man is as he was, and the other row is of nobody.
    try takeBack(2)
    #expect(try export(Self.golden, "third").map { [$0[0], $0[4], $0[7]] } == [["I", "王建国", "registeredResident"]])
    // Where nobody is anybody everybody would be gone.
    try takeBack(1)
    #expect(throws: ExportRefusal.self) { try export(Self.golden, "fourth") }
  }

  @Test func `a person whose rows have left is gone, and nobody answers for them`() throws {
    let (man, brother) = try linked.numbers()
    try linked.load("\(man),王建国,1,1970-02-03,13900000001,\(LinkedRoster.home)")
    try linked.load("\(brother),王建民,1,1973-05-06,13900000002,\(LinkedRoster.home)")
    try linked.find()
    let first = try export(Self.golden, "first")
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: false, isDryRun: false, reason: nil)
    _ = try linked.warehouse().undo(order, linked.head, references: [], known: [:])
    let gone = try export(Self.golden, "second")
    let row = try #require(gone.first)
    #expect(gone.count == 1 && row == ["D", first[1][1]] + Array(repeating: "", count: 6))
  }

  @Test func `a child stays, though the recipient may see neither birth date nor number`() throws {
    let number = "32069920200601001"
    let child = number + String(UnicodeScalar(CitizenID.checkCharacter(Array((number + "0").utf8).span)))
    try linked.loadFamily()
    try linked.load("\(child),王示例,1,2020-06-01,,\(LinkedRoster.home)")
    try linked.find()
    let register = Self.register.replacing("{registeredResident: all}", with: "{registeredResident: [personName, contact]}")
    let names = try export(
      Self.golden.replacing("      - {name: number, field: identityNum}\n", with: "").replacing(
        "      - {name: home, field: residenceAddress}\n", with: ""), "town", "town"
    ) { options in
      options.register = (try? RecipientRegister(text: register, path: "recipients.yaml")) ?? options.register
    }.map { $0[3] }
    #expect(names == ["王建国", "王建民"])
  }

  @Test func `who was joined is gone, and the other answers for them`() throws {
    try linked.loadGenerated(800, seed: 5)
    try linked.find()
    let before = try export(Self.golden, "before")
    let question = try #require(try linked.questions().first { $0.link.barrier == nil })
    try linked.find(says: { _ in [linked.decision(question, .same)] })
    let after = try export(Self.golden, "after")
    let gone = try #require(after.first { $0[0] == "D" })
    #expect(before.map { $0[1] }.contains(gone[1]))
    #expect(before.map { $0[1] }.contains(gone[2]))
    #expect(gone[1] != gone[2])
  }

  @Test func `the shipped profile of the office gives one record a person with its number`() throws {
    try linked.loadFamily()
    try linked.find()
    let library = ProfileLibrary(try SchemaPack.files(directory: nil), linked.pack)
    let lines = try export(try library.profile("people").text, "own") { $0.request.recipient = nil }
    #expect(lines.map { $0[0] } == ["P000001", "P000002"])
    #expect(lines.map { $0[2] } == ["王建国", "王建民"])
  }

  @Test(
    arguments: [
      ("    entity: id\n", ""), ("entity: id", "entity: golden\n      from: [grid]"),
      ("entity: id", "entity: golden\n      from: [floatingResident]"), ("entity: id", "from: [registeredResident]"),
      ("      - {name: who, value: entity}\n", ""), ("value: entity", "value: provenance"),
      ("dataset: registeredResident", "dataset: grid"), ("audience", "empty: blank\naudience"),
    ])
  func `a profile that does not say whose records are is refused`(_ from: String, _ to: String) throws {
    var text = Self.byRow.replacing(from, with: to)
    if to.hasPrefix("empty") { text = text.replacing("entity: id", with: "entity: golden") }
    #expect(throws: SchemaError.self) { try profile(text) }
  }

  @Test func `without a key of pseudonyms nobody's number leaves`() throws {
    try linked.loadFamily()
    try linked.find()
    #expect(throws: ExportRefusal.self) { try export(Self.byRow, "nobody") { $0.pseudonyms = nil } }
  }
}
