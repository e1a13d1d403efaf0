import ElementCore
import ElementFormats
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

/// Repairs of generated errors whose truth is known: each restores what stood there before the error, and nothing else changes.
struct RepairTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  /// Ways in which a value is written that a safe repair undoes, by the fields that they fit.
  private static let noises: [(fields: [String], write: @Sendable (String) -> String)] = [
    (["identityNum", "contact"], { fullWidth($0) }),
    (["identityNum"], { $0.prefix(6) + " " + $0.dropFirst(6).prefix(8) + " " + $0.suffix(4) }),
    (["identityNum"], { $0.prefix(6) + "-" + $0.dropFirst(6).prefix(8) + "-" + $0.suffix(4) }),
    (["identityNum"], { "\u{200B}" + $0 }), (["identityNum"], { "'" + $0 }), (["identityNum"], { $0.lowercased() }),
    (["identityNum"], { $0.replacing("0", with: "O") }),
    (["personName", "gridCode", "contact"], { " " + $0 + "\u{3000}" }), (["personName"], { $0 + "\u{FEFF}" }),
    (["personName"], { $0.map(String.init).joined(separator: " ") }),
    (["contact"], { "+86 " + $0 }), (["contact"], { $0.prefix(3) + "-" + $0.dropFirst(3).prefix(4) + "-" + $0.suffix(4) }),
    (["birthday"], { $0.replacing("-", with: "/") }), (["birthday"], { $0.replacing("-", with: ".") }),
    (["birthday"], { $0.replacing("-", with: "") }),
    (["gridCode"], { fullWidth($0) }),
  ]

  private static func fullWidth(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value > 0x20 && $0.value < 0x7F ? UnicodeScalar($0.value + 0xFEE0) ?? $0 : $0 }))
  }

  private static let fields = ["identityNum", "personName", "sexCode", "birthday", "contact", "gridCode"]

  /// A clean roster, its rows as values.
  private func clean(_ rows: Int, _ seed: UInt64) throws -> [[String]] {
    let pack = try SchemaPack.shipped()
    var options = DeliveryGenerator.Options(rows: rows, seed: seed)
    options.fields = Self.fields
    var generator = DeliveryGenerator(try #require(pack.dataset("registeredResident")), pack: pack, options: options)
    var bytes: [UInt8] = []
    generator.generate(write: { bytes += $0 }, tell: { _ in })
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func dirty(_ rows: [[String]], _ random: inout SeededRandom) -> [[String]] {
    var rows = rows
    for row in rows.indices.dropFirst() where random.next() % 3 == 0 {
      let noise = Self.noises[Int(random.next() % UInt64(Self.noises.count))]
      for (column, field) in Self.fields.enumerated() where noise.fields.contains(field) && !rows[row][column].isEmpty {
        rows[row][column] = noise.write(rows[row][column])
      }
    }
    return rows
  }

  private static func text(_ rows: [[String]]) -> String { rows.map { $0.joined(separator: ",") + "\n" }.joined() }

  /// The lines that two texts differ in.
  private func differing(_ left: String, _ right: String) -> [String] {
    let lines = [left, right].map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    if lines[0].count != lines[1].count { return ["\(lines[0].count) and \(lines[1].count) lines"] }
    return zip(lines[0], lines[1]).filter { !$0.utf8.elementsEqual($1.utf8) }.map { "\($0) for \($1)" }
  }

  private func options(_ path: String) -> DeliveryOptions {
    DeliveryOptions(verb: .check, paths: [path], today: roster.today)
  }

  private func repair(_ path: String) throws -> (bytes: [UInt8], outcome: RepairRun.Outcome) {
    let run = RepairRun(options(path), isUnsafe: false)
    var outcome = try run.find()
    var bytes: [UInt8] = []
    try run.write(&outcome) { bytes += $0 }
    return (bytes, outcome)
  }

  @Test(arguments: LongLoop.part(1...40, of: 10)) func `every repair restores what stood there before the error`(_ seed: Int)
    throws
  {
    var random = SeededRandom(seed: UInt64(seed))
    let rows = try clean(300, UInt64(seed))
    let path = try roster.file("d.csv", Self.text(dirty(rows, &random)))
    let (bytes, outcome) = try repair(path)
    #expect(outcome.repairs.count > 50)
    #expect(differing(String(decoding: bytes, as: UTF8.self), Self.text(rows)) == [])
    let again = try roster.run(.check, [try roster.scratch.file("r.csv", bytes)])
    #expect(again.fixCounts.isEmpty)
    #expect(again.findings.count(.error) == 0)
  }

  @Test(arguments: ["csv", "xlsx", "json", "ndjson", "xml"]) func `a list takes its changes back in every format`(
    _ format: String
  ) throws {
    var random = SeededRandom(seed: 5)
    let rows = try clean(60, 5)
    let noisy = dirty(rows, &random)
    let source = try roster.file("d.csv", Self.text(noisy))
    let pack = try SchemaPack.shipped()
    func write(_ path: String, as name: String, _ target: String) throws -> String {
      var records = RawRecords(path: path, options: options(path), pack: pack)
      var bytes: [UInt8] = []
      try records.write(try #require(WrittenFormat(rawValue: target)), .system, sheet: "名册") { bytes += $0 }
      return try roster.scratch.file(name, bytes)
    }
    let given = try write(source, as: "given.\(format)", format)
    let (bytes, outcome) = try repair(given)
    let fixed = try roster.scratch.file("fixed.\(format)", bytes)
    let plain = try String(contentsOfFile: try write(fixed, as: "fixed-\(format).csv", "csv"), encoding: .utf8)
    #expect(differing(plain, Self.text(rows)) == [])
    let list = try roster.scratch.file("list.csv", try RepairList.bytes(outcome.repairs, path: "list.csv"))
    let reversal = RepairReversal(options(fixed), try RepairList.read(list, pack, options(list)))
    var back: [UInt8] = []
    try reversal.write { back += $0 }
    let returned = try roster.scratch.file("back.\(format)", back)
    // What a text of JSON escapes is its writer's choice; all else comes back byte for byte.
    if ["csv", "xml"].contains(format) { #expect(try Data(contentsOf: URL(fileURLWithPath: given)).elementsEqual(back)) }
    #expect(
      try String(contentsOfFile: try write(returned, as: "back-\(format).csv", "csv"), encoding: .utf8) == Self.text(noisy))
    // What was touched since does not fit.
    let last = try #require(outcome.repairs.last)
    let other = try roster.file("touched.csv", plain.replacing(last.new, with: "示例"))
    #expect(throws: InputError.self) {
      try RepairReversal(options(other), outcome.repairs).write { _ in }
    }
  }

  @Test(arguments: [
    (
      "a.json",
      "[ {\"公民身份号码\":\"11010519491231002x\",\"姓名\":\" 示例甲\",\"n\":1.50,\"k\":[1,{}]},\n 5,\"x\"]"
    ),
    (
      "a.xml",
      "<?xml version=\"1.0\"?><r xmlns:a=\"u\"><!-- c --><head>1</head><p id=\"7\"><公民身份号码>11010519491231002x</公民身份号码><姓名> 示例甲</姓名></p></r>"
    ),
  ]) func `a document keeps all but the values that are repaired`(_ name: String, _ text: String) throws {
    let path = try roster.file(name, text)
    let (bytes, outcome) = try repair(path)
    #expect(outcome.repairs.count == 2)
    let expected = text.replacing("002x", with: "002X").replacing(" 示例甲", with: "示例甲")
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test func `names in a column of names stay names, and lose their blanks only`() throws {
    let people = "公民身份号码,姓名,性别\n11010519491231002X,示例甲, 女\n440524188001010014,示例乙,男性\n320699199001310011,示例丙,错\n"
    let (bytes, _) = try repair(try roster.file("n.csv", people))
    #expect(String(decoding: bytes, as: UTF8.self) == people.replacing(" 女", with: "女"))
    let codes = "公民身份号码,姓名,性别\n11010519491231002X,示例甲,女\n440524188001010014,示例乙,1\n32069919900131001X,示例丙,1\n"
    let (coded, _) = try repair(try roster.file("c.csv", codes))
    #expect(String(decoding: coded, as: UTF8.self) == codes.replacing("女", with: "2"))
  }

  @Test func `a value that a formula makes stays, and is told`() throws {
    let rows =
      "<row r='1'><c r='A1' t='inlineStr'><is><t>公民身份号码</t></is></c><c r='B1' t='inlineStr'><is><t>姓名</t></is></c></row>"
      + "<row r='2'><c r='A2' t='str'><f>B9</f><v>11010519491231002x</v></c><c r='B2' t='inlineStr'><is><t> 示例甲</t></is></c></row>"
    let sheet = try TestWorkbook.pack([("户籍", "visible", "<sheetData>\(rows)</sheetData>")])
    let (bytes, outcome) = try repair(try roster.scratch.file("f.xlsx", sheet))
    #expect(outcome.formulas.map(\.cell) == ["A2"])
    #expect(outcome.repairs.map(\.cell) == ["B2"])
    let result = try roster.run(.check, [try roster.scratch.file("g.xlsx", bytes)])
    #expect(result.inputs[0].findings.counts.counts.keys.contains { $0.code.description == "F0110" })
  }

  @Test func `what an identifier would have to be stands in no repair`() throws {
    // One digit is wrong: many numbers would pass, and none of them is offered.
    let path = try roster.file("w.csv", "公民身份号码,姓名\n110105194912310021,示例甲\n11010519491231003X,示例乙\n")
    let (bytes, outcome) = try repair(path)
    #expect(outcome.repairs.isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).elementsEqual(bytes))
  }
}
