import ElementCore
import ElementExchange
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// A package is whole or not there, says what it holds, leaves only by right, and is checked by whoever receives it.
struct PackageTests {
  private let roster: Roster
  private let pack: SchemaPack
  private static let people = """
    公民身份号码,姓名,性别,联系方式,网格编码
    320699197001010018,示例甲,男,13800000001,01000032069900100101
    320699197001010026,示例乙,女,13800000002,01000032069900100101
    320699197001010034,示例丙,男,,01000032069900100102

    """
  private static let grids = "网格编码,网格名称\n01000032069900100101,第一网格\n01000032069900100102,第二网格\n"

  init() throws {
    (roster, pack) = (try Roster(), try SchemaPack.shipped())
  }

  private func load(_ text: String, _ dataset: String = "registeredResident", mode: LoadMode = .upsert) throws {
    let path = try roster.file("\(dataset)-\(abs(text.hashValue)).csv", text)
    _ = try roster.run(.load, [path]) { ($0.dataset, $0.again, $0.mode) = (dataset, true, mode) }
  }

  private var library: ProfileLibrary {
    get throws { ProfileLibrary(try SchemaPack.files(directory: nil), pack) }
  }

  private static let register = """
    recipients:
      county:
        name: 示例县
        creditCode: 113206997000000017
        legalBasis: 示例
        profiles: [yaosu-exchange, append-only-table, zhejiang-safe]
        fields: {grid: all, registeredResident: [identityNum, personName, gridCode, sexCode, birthday, contact]}
        channel: plain
        unencrypted: A1
        impactAssessment: P1
        approvalCount: 2
        approvals:
          - {number: A1, body: 甲, date: 2025-01-01, validUntil: 2026-06-30}
          - {number: A2, body: 乙, date: 2025-01-01, validUntil: 2026-12-31}

    """

  private func options(_ output: String, day: String = "2026-01-01") throws -> ExportOptions {
    let head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "", asOf: day)
    let bytes = Array(day.utf8)
    let read = CalendarDate(iso: bytes.span)
    var options = ExportOptions(
      warehouse: roster.warehouse, output: roster.scratch.path + "/" + output, head: head,
      now: Date(timeIntervalSince1970: 1_767_225_600), today: try #require(read), zone: .shanghai, sender: "320699",
      toolVersion: "0")
    options.register = try RecipientRegister(text: Self.register, path: "recipients.yaml")
    return options
  }

  @discardableResult private func export(
    _ profile: String, _ output: String, _ change: (inout ExportOptions) throws -> Void = { _ in }
  ) throws -> ExportResult {
    var wanted = try options(output)
    try change(&wanted)
    return try ExportRun(wanted, pack, .en).run(try library.profile(profile))
  }

  private func verify(_ path: String, signers: String? = nil, previous: [UInt8]? = nil) throws -> PackageVerification {
    try PackageVerification(try PackageSource(roster.scratch.path + "/" + path), signers: signers, previous: previous)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: roster.scratch.path + "/" + path)))
  }

  @Test(arguments: ["p", "p.zip"])
  func `a package is sound as it was made, and gives the digest of the sender when it is loaded`(
    _ output: String
  ) throws {
    try load(Self.grids, "grid")
    try load(Self.people)
    let result = try export("yaosu-exchange", output) {
      $0.register = try RecipientRegister(
        text: Self.register.replacing("[identityNum, personName, gridCode, sexCode, birthday, contact]", with: "all"), path: "r"
      )
    }
    #expect(result.package.records == 5 && result.manifest.batches.through == 2 && result.package.state == .sent)
    #expect(try verify(output).differences.isEmpty)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.verify().differences.isEmpty)
    guard output == "p" else { return }
    let rosters = try #require(try ReceivedPackage.rosters(in: roster.scratch.path + "/p", closes: false, replaces: false))
    let other = roster.scratch.path + "/other.db"
    _ = try roster.run(.load, rosters.map(\.path)) {
      $0.warehouse = other
      for (path, dataset) in rosters { $0.pin(path, to: dataset) }
    }
    #expect(try Warehouse(path: other, mode: .read).verify().digest == warehouse.verify().digest)
  }

  @Test func `the same state makes the same bytes`() throws {
    try load(Self.people)
    let first = try export("append-only-table", "a").manifest.files
    let second = try export("append-only-table", "b").manifest.files
    #expect(first.map(\.sha256) == second.map(\.sha256) && first.map(\.sm3) == second.map(\.sm3))
  }

  @Test func `fields beyond the register never leave, whatever the profile says`() throws {
    try load(Self.people)
    let result = try export("append-only-table", "a")
    #expect(result.withheld.contains("registeredResident.ethnicityCode"))
    let file = try #require(result.manifest.files.first { $0.dataset == "registeredResident" })
    let text = String(decoding: try bytes("a/" + file.name), as: UTF8.self)
    #expect(text.contains("13800000001") && text.split(separator: "\n")[1].contains(",,"))
    let narrow = Self.register.replacing("[identityNum, personName,", with: "[personName,")
    let error = #expect(throws: ExportRefusal.self) {
      try export("append-only-table", "b") { $0.register = try RecipientRegister(text: narrow, path: "r") }
    }
    #expect(error?.message.en.contains("identityNum") == true)
  }

  /// What keeps a package back, by how it is asked for, with a word of the message.
  private static let refusals: [(String, String, @Sendable (inout ExportOptions) throws -> Void)] = [
    ("append-only-table", "nobody", { $0.register = RecipientRegister() }),
    ("append-only-table", "no recipient x", { $0.request.recipient = "x" }),
    ("grid-app", "nobody", { _ in }),
    ("append-only-table", "2 bodies", { $0.today = $0.today.adding(400) }),
    ("append-only-table", "ended: A1", { $0.today = $0.today.adding(250) }),
    (
      "append-only-table", "PIPL 55",
      {
        $0.register = try RecipientRegister(
          text: PackageTests.register.replacing("impactAssessment: P1", with: "country: CN"), path: "r")
      }
    ),
    (
      "append-only-table", "unencrypted",
      {
        $0.register = try RecipientRegister(
          text: PackageTests.register.replacing("unencrypted: A1", with: "country: CN"), path: "r")
      }
    ),
    ("append-only-table", "no format", { $0.format = .xml }), ("ledger", "full packages only", { $0.extent = .since("last") }),
    ("append-only-table", "no acknowledged", { $0.extent = .since("last") }),
    ("append-only-table", "no record that was refused", { $0.extent = .resend(.theirs) }),
  ]

  @Test(arguments: refusals.indices) func `what has no right to leave stays, and leaves nothing behind`(_ place: Int) throws {
    try load(Self.people)
    let (profile, word, change) = Self.refusals[place]
    let error = #expect(throws: ExportRefusal.self) { try export(profile, "refused", change) }
    #expect(error?.message.en.contains(word) == true, "\(error?.message.en ?? "")")
    let left = try FileManager.default.contentsOfDirectory(atPath: roster.scratch.path).filter { $0.hasPrefix("refused") }
    #expect(left.isEmpty)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).packages().allSatisfy { $0.state == .lost })
  }

  @Test func `an approval on the command line stands in for one that has ended`() throws {
    try load(Self.people)
    let result = try export("append-only-table", "a") {
      $0.today = $0.today.adding(250)
      $0.request.approvals = try [#require(ExportApproval("B1,丙,2026-01-01,2027-01-01"))]
      $0.request.isUnencrypted = true
    }
    #expect(result.manifest.approvals.map(\.number) == ["A2", "B1"])
  }

  @Test(arguments: ["{name: 甲, country: US}", "{name: 甲, creditCode: 11320699700000001X}"])
  func `a recipient abroad, or without a sound credit code, is refused`(_ entry: String) {
    #expect(throws: SchemaError.self) { try RecipientRegister(text: "recipients:\n  a: \(entry)\n", path: "r.yaml") }
  }

  // MARK: At the receiver

  /// What somebody did to a package on the way, by the file that must be named.
  private static let tampering = ["flip", "cut", "swap", "extra", "missing", "manifest", "signature", "unsigned"]

  @Test(arguments: tampering) func `what was changed on the way is named`(_ kind: String) throws {
    try load(Self.grids, "grid")
    try load(Self.people)
    let key = roster.scratch.path + "/key"
    let keygen = Process()
    keygen.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    keygen.arguments = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key]
    // Where there is no OpenSSH, interop has it.
    guard (try? keygen.run()) != nil else { return }
    keygen.waitUntilExit()
    guard keygen.terminationStatus == 0 else { return }
    let manifest = try export("append-only-table", "a") { $0.signer = try SSHKey(path: key) }.manifest
    let words = String(decoding: try bytes("key.pub"), as: UTF8.self).split(separator: " ")
    let signers = "office namespaces=\"yaosu-package\" \(words[0]) \(words[1])\n"
    #expect(try verify("a", signers: signers).differences.isEmpty)
    #expect(try verify("a", signers: signers).signature == .sound(signer: "office"))
    let folder = roster.scratch.path + "/a/"
    let (first, second) = (folder + manifest.files[0].name, folder + manifest.files[1].name)
    func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws {
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      body(&bytes)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
    var named = manifest.files[0].name
    switch kind {
    case "flip": try change(first) { $0[40] ^= 1 }
    case "cut": try change(first) { $0.removeLast(3) }
    case "swap":
      let (one, two) = (try Data(contentsOf: URL(fileURLWithPath: first)), try Data(contentsOf: URL(fileURLWithPath: second)))
      try two.write(to: URL(fileURLWithPath: first))
      try one.write(to: URL(fileURLWithPath: second))
    case "extra":
      named = "more.csv"
      try Data("x".utf8).write(to: URL(fileURLWithPath: folder + named))
    case "missing": try FileManager.default.removeItem(atPath: first)
    case "manifest":
      named = "manifest.json.sig"
      try change(folder + "manifest.json") {
        $0 = Array(String(decoding: $0, as: UTF8.self).replacing("示例县", with: "示例市").utf8)
      }
    case "signature":
      named = "manifest.json.sig"
      try change(folder + named) { $0[$0.count / 2] ^= 2 }
    default:
      named = "manifest.json.sig"
      try FileManager.default.removeItem(atPath: folder + named)
    }
    #expect(try verify("a", signers: signers).differences.contains { $0.file == named }, "\(kind)")
  }

  @Test func `an old package that comes again, and one after a gap, are told by the manifest before`() throws {
    try load(Self.people)
    try export("yaosu-exchange", "one")
    try answer("one", accepted: true)
    try load(Self.people.replacing("13800000001", with: "13800000003"))
    try export("yaosu-exchange", "two")
    try answer("two", accepted: true)
    try load(Self.people.replacing("13800000001", with: "13800000004"))
    try export("yaosu-exchange", "three")
    #expect(try verify("two", previous: bytes("one/manifest.json")).differences.isEmpty)
    #expect(try verify("three", previous: bytes("two/manifest.json")).differences.isEmpty)
    #expect(try verify("one", previous: bytes("two/manifest.json")).differences.count == 1)
    #expect(try verify("three", previous: bytes("one/manifest.json")).differences.count == 1)
  }

  // MARK: Receipts

  private func answer(_ package: String, accepted: Bool = false, file: String = "", _ text: String = "") throws {
    let manifest = try #require(PackageManifest(try bytes(package + "/manifest.json")))
    let head = try options("x").head
    var options = ReceiptRun.Options(path: accepted ? "" : try roster.file(file, text), head: head)
    if accepted { options.package = manifest.package }
    _ = try ReceiptRun(options, pack).run(try Warehouse(path: roster.warehouse, mode: .write))
  }

  private func state(_ number: Int) throws -> StoredPackage.Answer {
    try Warehouse(path: roster.warehouse, mode: .read).packages()[number - 1].answer
  }

  /// X0201 is what the report calls what a target refused.
  @Test func `an answer by key or by row says which records were taken, and when all are, the package is acknowledged`() throws
  {
    try load(Self.people)
    try export("zhejiang-safe", "z")
    try answer("z", file: "a.csv", "身份证号,导入结果,失败原因\n320699197001010018,成功,\n320699197001010026,失败,所属网格不存在\n")
    #expect(try state(1) == .partly)
    // The row stands under one row of headings, which the profile counts.
    try answer("z", file: "b.csv", "行号,导入结果,失败原因\n4,失败,系统繁忙\n")
    #expect(try state(1) == .acknowledged)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(
      try warehouse.refusedRows(of: PackageSeries(profile: "zhejiang-safe", recipient: "county"), cause: "theirs")[
        "registeredResident"]?.count == 1)
    #expect(
      try warehouse.refusedRows(of: PackageSeries(profile: "zhejiang-safe", recipient: "county"), cause: "ours")[
        "registeredResident"]?.count == 1)
    let again = try export("zhejiang-safe", "again") { $0.extent = .resend(.theirs) }
    #expect(again.package.records == 1 && again.package.kind == .resend)
    try load(Self.people.replacing("示例乙", with: "示例乙一"))
  }

  @Test func `pasted lines and our own rows sent back are understood`() throws {
    try load(Self.people)
    let file = try export("append-only-table", "p").manifest.files.first { $0.dataset == "registeredResident" }
    try answer("p", file: "t.txt", "导入完成\n\(try #require(file).name)：第 2 行：所属网格不存在\n")
    #expect(try state(1) == .acknowledged)
    let rows = try Warehouse(path: roster.warehouse, mode: .read).refusedRows(
      of: PackageSeries(profile: "append-only-table", recipient: "county"), cause: "ours")
    #expect(rows["registeredResident"]?.count == 1)
  }

  /// Answers that are not taken, with a word of the message.
  private static let foreign = [
    ("身份证号,导入结果,失败原因\n320699197001010999,成功,\n", "does not hold"),
    ("身份证号,导入结果,失败原因\n320699197001010018,成功,\n320699197001010018,失败,x\n", "contradicts itself"),
    ("行号,导入结果,失败原因\n99,失败,x\n", "does not hold"), ("号,结果\n1,2\n", "no answer"),
    ("身份证号,导入结果,失败原因\n", "names no record"),
  ]

  @Test(arguments: foreign) func `a foreign answer is refused and changes nothing`(_ text: String, _ word: String) throws {
    try load(Self.people)
    try export("zhejiang-safe", "z")
    let before = try Warehouse(path: roster.warehouse, mode: .read).packages()
    let error = #expect(throws: InputError.self) { try answer("z", file: "f.csv", text) }
    #expect(error?.message.en.contains(word) == true && error?.kind == .unreadable, "\(error?.message.en ?? "")")
    #expect(try Warehouse(path: roster.warehouse, mode: .read).packages() == before)
  }

  @Test func `an answer that is read twice, or says otherwise than one before, is refused`() throws {
    try load(Self.people)
    try export("zhejiang-safe", "z")
    let text = "身份证号,导入结果,失败原因\n320699197001010018,成功,\n"
    try answer("z", file: "a.csv", text)
    #expect(throws: InputError.self) { try answer("z", file: "b.csv", text) }
    #expect(throws: InputError.self) { try answer("z", file: "c.csv", text.replacing("成功", with: "失败")) }
    #expect(try state(1) == .partly)
  }

  @Test func `what a target need not know puts no record into a delta`() throws {
    try load(Self.people)
    try export("append-only-table", "one")
    try answer("one", accepted: true)
    // The register lets nobody have the marital status; the telephone it does.
    try load("公民身份号码,姓名,婚姻状况\n320699197001010018,示例甲,已婚\n")
    #expect(try export("append-only-table", "two") { $0.extent = .since("last") }.package.records == 0)
    try load("公民身份号码,姓名,联系方式\n320699197001010018,示例甲,13800000009\n")
    #expect(try export("append-only-table", "three") { $0.extent = .since("last") }.package.records == 1)
  }

  @Test func `who comes back after a package said that he is gone is told of again`() throws {
    try load(Self.people)
    try export("append-only-table", "one")
    try answer("one", accepted: true)
    try load("公民身份号码\n320699197001010034\n", mode: .close)
    #expect(try export("append-only-table", "two").package.deletions == 1)
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: true, isDryRun: false, reason: "test")
    _ = try UndoRun(order, pack: pack, operatorName: "test", toolVersion: "0", today: roster.today).run(roster.warehouse)
    let third = try export("append-only-table", "three")
    #expect(third.package.kind == .delta && third.package.records == 1 && third.package.deletions == 0)
  }

  /// Words that are no point in time that deltas can begin at.
  @Test(arguments: ["99", "abc", "2026-13-45", "yaosu-exchange-20260101000000-000009"])
  func `a delta since what is no package, batch or day is refused`(_ point: String) throws {
    try load(Self.people)
    try export("append-only-table", "one")
    try answer("one", accepted: true)
    #expect(throws: ExportRefusal.self) { try export("append-only-table", "two") { $0.extent = .since(point) } }
  }

  @Test func `two recipients of one profile have packages of their own: what one acknowledged the other has not`() throws {
    try load(Self.people)
    let entry = Self.register.split(separator: "\n").dropFirst(2).joined(separator: "\n")
    let both = try RecipientRegister(text: Self.register + "  city:\n" + entry + "\n", path: "r")
    func send(_ output: String, to recipient: String) throws -> ExportResult {
      try export("yaosu-exchange", output) { ($0.register, $0.request.recipient) = (both, recipient) }
    }
    _ = try send("one", to: "county")
    try answer("one", accepted: true)
    #expect(try send("two", to: "city").package.kind == .full)
    let delta = try send("three", to: "county")
    #expect(delta.package.kind == .delta && delta.package.records == 0)
    #expect(delta.manifest.previous?.package.hasSuffix("000001") == true)
  }

  @Test func `children under 14 stay, unless the register says otherwise, and leave when they are 14`() throws {
    try load(
      "公民身份号码,姓名,出生日期,网格编码\n320699197001010018,示例甲,1970-01-01,01000032069900100101\n320699201203070018,示例娃,2012-03-07,01000032069900100101\n"
    )
    let first = try export("yaosu-exchange", "one")
    #expect(first.package.records == 1 && first.behind.map(\.code.description) == ["X0109"])
    try answer("one", accepted: true)
    let later = try export("yaosu-exchange", "two") { $0.today = $0.today.adding(70) }
    #expect(later.package.kind == .delta && later.package.records == 1 && later.package.behind == 0)
    let all = try export("yaosu-exchange", "three") {
      $0.extent = .full
      $0.register = try RecipientRegister(
        text: Self.register.replacing("approvalCount: 2", with: "approvalCount: 2\n    minors: true"), path: "r")
    }
    #expect(all.package.records == 2)
  }

  /// A profile of the office's own that hands on a dataset.
  private func profile(_ dataset: String, audience: String = "own", _ more: String = "") throws -> ExportProfile {
    let text = """
      profile: yaosu-exchange
      title: {zh: 试, en: test}
      target: {zh: 试, en: test}
      source: test
      legalBasis: test
      purpose: test
      audience: \(audience)
      format: csv
      fileName: "a.csv"
      datasets:
        - {dataset: \(dataset), columns: all\(more)}

      """
    return try ProfileReader(pack).profile(text: text, file: "p.yaml")
  }

  /// What a target demands that a record has not, with the rule that tells of it.
  private static let demands = [
    ("{name: B, field: usedName, required: true}", "X0101"),
    ("{name: B, field: sexCode, codes: {'0': U, '2': F, '9': N}, without: ['1']}", "X0102"),
    ("{name: B, field: deathDate, date: yyyyMMdd}", "X0103"), ("{name: B, field: personName, length: 2}", "X0104"),
    ("{name: B, field: contact, pattern: '139[0-9]{8}'}", "X0105"),
    ("{name: B, field: contact, values: ['13900000000']}", "X0106"),
  ]

  private func demanding(_ columns: String, _ more: String = "") throws -> ExportProfile {
    let text = """
      profile: demanding
      title: {zh: 试, en: test}
      target: {zh: 试, en: test}
      source: test
      legalBasis: test
      purpose: test
      audience: own
      format: csv
      encoding: gb18030
      fileName: "a.csv"
      datasets:
        - dataset: registeredResident
          columns:
            - {name: A, field: identityNum}
            - \(columns)
      \(more)

      """
    return try ProfileReader(pack).profile(text: text, file: "p.yaml")
  }

  private static let one = "公民身份号码,姓名,性别,联系方式,死亡日期\n320699197001010018,示例甲,男,13800000001,2020-01\n"

  @Test(arguments: demands) func `what a target demands and a record has not keeps it behind, with its rule`(
    _ column: String, _ code: String
  ) throws {
    try load(Self.one)
    let result = try ExportRun(try options("a"), pack, .en).run(try demanding(column))
    #expect(result.package.behind == 1 && result.package.records == 0)
    #expect(result.behind.map(\.code.description) == [code])
    #expect(result.behind[0].message.zh != result.behind[0].message.en && !result.behind[0].message.en.contains("{"))
  }

  @Test func `a character that the encoding lacks, and a rule of the profile, keep a record behind`() throws {
    // U+30EDE has a place in GB 18030; a lone private-use character of plane 16 has none that a reader agrees on.
    try load(Self.one)
    let rules = "    rules: [{assert: \"contact.startsWith('139')\", message: {zh: 只收139, en: 139 only}}]"
    let result = try ExportRun(try options("a"), pack, .en).run(try demanding("{name: B, field: contact}", rules))
    #expect(result.behind.map(\.code.description) == ["X0108"] && result.behind[0].message.en.contains("139 only"))
    // X0107: an XML document has no control characters, whatever a roster holds.
    try load("公民身份号码,姓名,服务处所\n320699197001010018,示例甲,\u{1}处\n")
    let xml = try ProfileReader(pack).profile(
      text: try demanding("{name: B, field: servicePlaceName}").text.replacing("format: csv", with: "format: xml")
        .replacing("encoding: gb18030\n", with: "").replacing("a.csv", with: "a.xml"), file: "p.yaml")
    let written = try ExportRun(try options("b"), pack, .en).run(xml)
    let kept = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["servicePlaceName"])
    let holds = kept.contains { $0[0].unicodeScalars.contains("\u{1}") }
    #expect(written.behind.map(\.code.description) == (holds ? ["X0107"] : []))
  }

  @Test func `a restricted dataset leaves with an opt-in and a purpose only`() throws {
    try load(Self.people)
    let restricted = try profile("assistedPerson")
    #expect(throws: ExportRefusal.self) { try ExportRun(try options("a"), pack, .en).run(restricted) }
    var wanted = try options("a")
    (wanted.request.allowsRestricted, wanted.request.purpose) = (true, "test")
    #expect(try ExportRun(wanted, pack, .en).run(restricted).package.records == 0)
  }

  @Test func `a condition over a field that the recipient may not have is refused`() throws {
    try load(Self.people)
    let filtered = try profile("registeredResident", audience: "superior", ", where: \"maritalStatus == '20'\"")
    let error = #expect(throws: ExportRefusal.self) { try ExportRun(try options("a"), pack, .en).run(filtered) }
    #expect(error?.message.en.contains("maritalStatus") == true)
  }

  @Test func `numbers of rows that were removed for good are not given again, and a delta that cannot tell of them is refused`()
    throws
  {
    try load(Self.people)
    try load("公民身份号码,姓名\n320699197001010042,示例丁\n")
    try export("yaosu-exchange", "one")
    try answer("one", accepted: true)
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: true, isDryRun: false, reason: "test", erases: true)
    _ = try UndoRun(order, pack: pack, operatorName: "test", toolVersion: "0", today: roster.today).run(roster.warehouse)
    try load("公民身份号码,姓名\n320699197001010050,示例戊\n")
    #expect(throws: ExportRefusal.self) { try export("yaosu-exchange", "two") { $0.extent = .since("last") } }
    let full = try export("yaosu-exchange", "three")
    #expect(full.package.kind == .full && full.package.records == 4)
  }

  @Test func `an answer about what is gone, and about one of two datasets with one key, finds its record`() throws {
    try load(Self.people)
    try load(Self.people.replacing("示例", with: "样例"), "floatingResident")
    let manifest = try export("append-only-table", "one") {
      $0.register = try RecipientRegister(
        text: Self.register.replacing("fields: {", with: "fields: {floatingResident: all, "), path: "r")
    }.manifest
    let floating = try #require(manifest.files.first { $0.dataset == "floatingResident" })
    #expect(throws: InputError.self) { try answer("one", file: "a.csv", "IDENTITY_NUM,错误信息\n320699197001010018,重名\n") }
    try answer("one", file: "b.csv", "文件名,IDENTITY_NUM,错误信息\n\(floating.name),320699197001010018,重名\n")
    let refused = try Warehouse(path: roster.warehouse, mode: .read).refusedRows(
      of: PackageSeries(profile: "append-only-table", recipient: "county"), cause: "ours")
    #expect(refused.keys.sorted() == ["floatingResident"])
    try load("公民身份号码\n320699197001010034\n", "registeredResident", mode: .close)
    try load("公民身份号码\n320699197001010034\n", "floatingResident", mode: .close)
    try load("公民身份号码\n320699197001010026\n", "floatingResident", mode: .close)
    let second = try export("append-only-table", "two") {
      $0.register = try RecipientRegister(
        text: Self.register.replacing("fields: {", with: "fields: {floatingResident: all, "), path: "r")
    }.manifest
    #expect(second.counts.deletions == 3)
    let gone = try #require(second.files.first { $0.dataset == "floatingResident" })
    try answer("two", file: "c.csv", "文件名,IDENTITY_NUM,错误信息\n\(gone.name),320699197001010026,没有这条记录\n")
    #expect(try state(2) == .acknowledged)
  }

  // MARK: Deletions

  @Test func `a delivery of deletions closes what it lists, once, and an undo opens it`() throws {
    try load(Self.people)
    let list = try roster.file("gone.csv", "公民身份号码\n320699197001010018\n320699197001010093\n")
    let closed = try roster.run(.load, [list]) { ($0.dataset, $0.mode) = ("registeredResident", .close) }
    #expect(roster.codes(closed).contains("W0021") && closed.counts.unchanged == 2 && closed.counts.quarantined == 0)
    func open() throws -> Int {
      try Warehouse(path: roster.warehouse, mode: .read).readingPackage { reader in
        var count = 0
        let dataset = try #require(pack.dataset("registeredResident"))
        try reader.forEach(dataset, dataset.key) { count += $0.ids.count }
        return count
      }
    }
    #expect(try open() == 2)
    try load("公民身份号码\n320699197001010018\n", mode: .close)
    #expect(try open() == 2)
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: true, isDryRun: false, reason: "test")
    _ = try UndoRun(order, pack: pack, operatorName: "test", toolVersion: "0", today: roster.today).run(roster.warehouse)
    #expect(try open() == 3)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a package that the warehouse was told of and nobody knows is told by verify`() throws {
    try load(Self.people)
    try export("append-only-table", "a")
    let tool = Process()
    tool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tool.arguments = ["sqlite3", roster.warehouse, "UPDATE package SET manifest_sha256 = 'x'"]
    guard (try? tool.run()) != nil else { return }
    tool.waitUntilExit()
    guard tool.terminationStatus == 0 else { return }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.contains { $0.subject == "package" })
  }
}

extension CalendarDate {
  /// The day so many days later.
  fileprivate func adding(_ days: Int) -> CalendarDate { CalendarDate(dayNumber: dayNumber + days) ?? self }
}
