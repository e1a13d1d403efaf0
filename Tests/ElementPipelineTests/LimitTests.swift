import ElementCore
import ElementFormats
import ElementPipeline
import ElementRules
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

struct LimitTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  private static let header = "公民身份号码,姓名\n"
  private static let row = "11010519491231002X,示例甲\n"

  /// A file that is beyond a limit of so much.
  private func file(_ name: ReadingLimits.Name) throws -> (path: String, limit: Int) {
    let record = "<record><公民身份号码>11010519491231002X</公民身份号码><姓名>示例甲</姓名></record>"
    switch name {
    case .fileBytes: return (try roster.file("a.csv", Self.header + Self.row), 50)
    case .records: return (try roster.file("a.csv", Self.header + Self.row + Self.row + Self.row), 2)
    case .recordBytes:
      let long = String(repeating: "<姓名>甲</姓名><曾用名>乙</曾用名>", count: 100)
      return (try roster.file("a.xml", "<records>\(record)<record>\(long)</record></records>"), 1_000)
    case .fieldBytes: return (try roster.file("a.csv", Self.header + Self.row), 17)
    case .columns: return (try roster.file("a.csv", "公民身份号码,姓名,性别\n"), 2)
    case .depth: return (try roster.file("a.xml", "<records>\(record)<a><b><c><d/></c></b></a></records>"), 3)
    case .attributes: return (try roster.file("a.xml", "<records><a b='1' c='2' d='3'/>\(record)</records>"), 2)
    case .members:
      return (try roster.scratch.file("a.xlsx", TestWorkbook.pack([("a", "visible", "<sheetData/>")])), 2)
    case .sharedTextBytes:
      let bytes = try TestWorkbook.pack([("a", "visible", "<sheetData/>")], strings: ["<t>公民身份号码</t>"])
      return (try roster.scratch.file("a.xlsx", bytes), 10)
    case .inflation:
      let blank = String(repeating: " ", count: 66 << 20)
      return (try roster.scratch.file("a.xlsx", TestWorkbook.pack([("a", "visible", "<sheetData>\(blank)</sheetData>")])), 150)
    }
  }

  @Test(arguments: ReadingLimits.Name.allCases)
  func `what is beyond a limit has the code and the name of the limit, and the flag that changes it`(_ name: ReadingLimits.Name)
    throws
  {
    let (path, limit) = try file(name)
    func check() throws -> RunResult {
      try roster.run(.check, [path]) {
        $0.dataset = "registeredResident"
        $0.limits[name] = limit
      }
    }
    let rule = try #require(try SchemaPack.shipped().book.all.first { $0.code == name.code })
    #expect(rule.fix.zh.contains("--limit \(name.rawValue)=") && rule.fix.en.contains("--limit \(name.rawValue)="))
    // It is the one limit that refuses no file.
    if name == .fieldBytes {
      #expect(roster.errors(try check()) == ["1 S0107"])
      return
    }
    let error = #expect(throws: InputError.self) { try check() }
    let trouble = try #require(error.flatMap(Trouble.init))
    #expect(trouble.code == name.code && trouble.kind == "limit.\(name.rawValue)" && trouble.exitCode == 3)
    #expect(trouble.hint.zh.contains("--limit \(name.rawValue)=") && trouble.hint.en.contains("--limit \(name.rawValue)="))
    #expect(rule.refusesFile)
  }

  @Test func `as many records as the limit says are read, and loading more leaves nothing`() throws {
    let path = try roster.file("a.csv", Self.header + Self.row + "440524188001010014,示例乙\n")
    #expect(try roster.run(.check, [path]) { $0.limits[.records] = 2 }.counts.read == 2)
    #expect(throws: InputError.self) { try roster.run(.load, [path]) { $0.limits[.records] = 1 } }
    #expect(try roster.run(.load, [path]).counts.created == 2)
  }
}
