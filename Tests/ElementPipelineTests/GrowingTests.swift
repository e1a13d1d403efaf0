import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

@Suite("Files that are checked while they are inflated")
struct GrowingTests {
  private static let header = "公民身份号码,姓名,说明\n"
  /// More than is looked at before a file is taken for what it begins as.
  private static let beginning = [String](
    repeating: "11010519491231002X,示例甲,\(String(repeating: "补", count: 150))\n", count: 10_500
  ).joined()

  /// What follows a beginning that is UTF-8.
  static let endings: [(String, [UInt8])] = [
    ("more of the same", Array("440524188001010014,示例乙,\n".utf8)),
    ("a line that is no UTF-8", [0x34, 0x34, 0x2C, 0xFF, 0xFE, 0x2C, 0x0A] + Array("440524188001010014,示例乙,\n".utf8)),
    ("half a character", Array("440524188001010014,示例乙,".utf8) + [0xE5, 0xA5]),
    // 示例丙 in GBK, in more lines than there were before.
    (
      "another encoding",
      [UInt8](
        Array(repeating: Array("440524188001010014,".utf8) + [0xCA, 0xBE, 0xC0, 0xFD, 0xB1, 0xFB, 0x2C, 0x0A], count: 30_000)
          .joined())
    ),
  ]

  private enum Outcome: Equatable {
    case result(RunCounts, encoding: String, evidence: String, findings: [String])
    case refused(String, line: Int)
  }

  private func outcome(_ roster: Roster, _ path: String) throws -> Outcome {
    do {
      let result = try roster.run(.check, [path]) { $0.jobs = 2 }
      let input = result.inputs[0]
      let findings = input.findings.findings.map { "\($0.row) \($0.line) \($0.code) \($0.byte) \($0.value)" }
      return .result(
        result.counts, encoding: input.encoding, evidence: input.evidence.en.replacing("compressed with gzip; ", with: ""),
        findings: findings.sorted())
    } catch let error as InputError {
      return .refused(error.message.en, line: error.line)
    }
  }

  @Test("whatever follows the beginning, the same comes of it as of the plain file", arguments: endings)
  func sameOutcome(_ name: String, _ ending: [UInt8]) throws {
    let roster = try Roster()
    let bytes = Array((Self.header + Self.beginning).utf8) + ending
    let plain = try outcome(roster, try roster.scratch.file("r.csv", bytes))
    let packed = try outcome(roster, try roster.scratch.file("r.csv.gz", try Gzip.pack(bytes, level: 1)))
    // Said without the two, which are long.
    let isSame = packed == plain
    #expect(isSame)
  }

  @Test("damage behind the beginning refuses the file as damage at its beginning does", arguments: ["cut", "damaged"])
  func damage(_ kind: String) throws {
    let roster = try Roster()
    var packed = try Gzip.pack(Array((Self.header + Self.beginning).utf8), level: 1)
    if kind == "cut" { packed.removeLast(9) } else { packed[packed.count - 6] ^= 1 }
    let path = try roster.scratch.file("r.csv.gz", packed)
    let error = #expect(throws: InputError.self) { try roster.run(.check, [path]) }
    #expect(error?.kind == .unreadable)
    #expect(error?.message.en.contains(kind == "cut" ? "ends within" : "is damaged") == true)
  }

  @Test("two of them in one delivery are two inputs") func two() throws {
    let roster = try Roster()
    let packed = try Gzip.pack(Array((Self.header + Self.beginning).utf8), level: 1)
    let paths = try ["a.csv.gz", "b.csv.gz"].map { try roster.scratch.file($0, packed) }
    let result = try roster.run(.check, paths) { $0.jobs = 2 }
    #expect(result.inputs.map(\.counts.read) == [10_500, 10_500])
  }

  @Test("a check tells the digest only where it is asked, a load always") func digests() throws {
    let roster = try Roster()
    let path = try roster.file("r.csv", Self.header + "11010519491231002X,示例甲,\n")
    #expect(try roster.run(.check, [path]).inputs[0].sha256?.count == 64)
    #expect(try roster.run(.check, [path]) { $0.tellsDigests = false }.inputs[0].sha256 == nil)
    #expect(try roster.run(.load, [path]) { $0.tellsDigests = false }.inputs[0].sha256?.count == 64)
  }

  @Test("a dataset is recognised by headings that the first look at the file does not show")
  func headingsBehindTheFirstLook() throws {
    let roster = try Roster()
    let long = String(repeating: "x", count: 20_000)
    let record = "{\"说明\":\"\(long)\",\"公民身份号码\":\"11010519491231002X\",\"姓名\":\"示例甲\"}\n"
    // The first look sees one heading only, which another dataset has too.
    let path = try roster.file("r.ndjson", record.replacing("说明", with: "网格编码"))
    let pinned = try roster.run(.check, [path]) { $0.dataset = "registeredResident" }
    let found = try roster.run(.check, [path])
    #expect(found.inputs[0].map.dataset.name == "registeredResident")
    #expect(found.counts == pinned.counts)
  }

  @Test("one file's headings do not vouch for another's") func ownHeadings() throws {
    let roster = try Roster()
    let long = String(repeating: "x", count: 20_000)
    let first = try roster.file("a.csv", "制度编号,制度名称,考核项目\nA1,示例制度,x\n")
    let second = try roster.file(
      "b.ndjson",
      "{\"制度编号\":\"A1\",\"制度名称\":\"示例\",\"考核周期\":\"2024-01\",\"考核对象\":\"甲\",\"得分\":\"9\",\"说明\":\"\(long)\",\"考核项目\":\"乙\"}\n")
    let alone = try roster.run(.check, [second]).inputs[0].map.dataset.name
    #expect(try roster.run(.check, [first, second]).inputs[1].map.dataset.name == alone)
  }

  @Test("of two kinds of records in XML the one that fits best is read, however far behind it begins")
  func laterKind() throws {
    let roster = try Roster()
    let rules = String(repeating: "<r><制度编号>A1</制度编号><制度名称>示例</制度名称></r>\n", count: 1_200)
    let people = String(
      repeating: "<p><公民身份号码>11010519491231002X</公民身份号码><姓名>示例甲</姓名><性别>1</性别><民族>01</民族></p>\n", count: 50)
    let path = try roster.file("r.xml", "<?xml version='1.0'?>\n<a><b>\n\(rules)</b><c>\n\(people)</c></a>")
    let found = try roster.run(.check, [path]).inputs[0]
    #expect(found.map.dataset.name == "registeredResident" && found.counts.read == 50)
  }
}
