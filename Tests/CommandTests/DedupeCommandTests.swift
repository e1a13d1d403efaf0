import ElementTestSupport
import Foundation
import Testing

/// `yaosu dedupe` as it is called: what it prints, what it ends with, and what it shows nobody.
struct DedupeCommandTests {
  let scratch: ScratchFolder
  private static let header = "公民身份号码,姓名,性别,出生日期,联系方式,现住门（楼）详址,户号,所属网格\n"
  private static let numbers = ["11010519491231002X", "440524188001010014"]
  private static let rows =
    header + "\(numbers[0]),示例甲一,2,1949-12-31,13912345001,示例路12号示例花园3号楼2单元501室,1,01000032069900100101\n"
    + "\(numbers[1]),示例乙二,1,1880-01-01,13912345002,样板街4号样板新村1号楼1单元101室,2,01000032069900100101\n"
  /// The first of them without a number, under a telephone and a name that are hers.
  private static let again =
    "姓名,性别,出生日期,联系方式,所属网格,未落户原因\n示例甲一,2,1950-01-03,13912345001,01000032069900100101,其他\n"

  init() throws {
    scratch = try ScratchFolder()
    _ = try scratch.file("r.csv", Self.rows)
    _ = try scratch.file("u.csv", Self.again)
  }

  @discardableResult
  private func run(_ arguments: String..., code: Int32 = 0) throws -> (output: String, talk: String) {
    let result = try Program.run(arguments, in: scratch.path)
    #expect(result.code == code, "\(arguments): \(result.talk)")
    return (result.output, result.talk)
  }

  private func load() throws {
    try run("load", "r.csv", "--warehouse", "w.db")
    try run("load", "u.csv", "--warehouse", "w.db", "--dataset", "unregisteredResident")
  }

  @Test func `a search, its questions and an explanation show no whole number, telephone or address`() throws {
    try load()
    var said = ""
    for arguments in [
      ["find", "--warehouse", "w.db", "--apply"], ["find", "--warehouse", "w.db", "--json"], ["list", "--warehouse", "w.db"],
      ["status", "--warehouse", "w.db"], ["explain", "1", "--warehouse", "w.db"],
      ["explain", "1", "--warehouse", "w.db", "--json"],
      ["explain", "P000001", "P000002", "--warehouse", "w.db"], ["find", "r.csv", "--pairs", "p.csv", "--entities", "e.csv"],
      ["find", "r.csv", "--plan"], ["review", "--warehouse", "w.db", "-o", "q.csv"],
    ] {
      let result = try Program.run(["dedupe"] + arguments, in: scratch.path)
      #expect(result.code == 0, "\(arguments): \(result.talk)")
      said += result.output + result.talk
    }
    for file in ["p.csv", "e.csv"] { said += try String(contentsOfFile: scratch.path + "/" + file, encoding: .utf8) }
    for canary in Self.numbers + ["13912345001", "13912345002", "示例甲一", "示例花园3号楼"] {
      let isShown = said.contains(canary)
      #expect(!isShown, "\(canary)")
    }
    // Who answers must know whom it is about, and sees of numbers the places that differ.
    let list = try String(contentsOfFile: scratch.path + "/q.csv", encoding: .utf8)
    #expect(list.contains("示例甲一"))
    for canary in Self.numbers + ["13912345001"] { #expect(!list.contains(canary)) }
    let shown = try run("dedupe", "explain", "1", "--warehouse", "w.db", "--unmask", "--purpose", "example")
    #expect(shown.output.contains(Self.numbers[0]))
    #expect(try run("audit", "list", "--warehouse", "w.db").output.contains("dedupe explain"))
  }

  @Test func `whatever is wrong is told with an exit code of its own, and nothing is kept`() throws {
    try load()
    try run("dedupe", "find", "--warehouse", "w.db", "--apply")
    try run("dedupe", "review", "--warehouse", "w.db", "-o", "q.csv")
    // Usage.
    try run("dedupe", "find", code: 2)
    try run("dedupe", "find", "r.csv", "--warehouse", "w.db", code: 2)
    try run("dedupe", "find", "r.csv", "--apply", code: 2)
    try run("dedupe", "apply", "--warehouse", "w.db", code: 2)
    try run("dedupe", "explain", "P999999", "--warehouse", "w.db", code: 2)
    try run("dedupe", "explain", "77", "--warehouse", "w.db", code: 2)
    try run("dedupe", "unmerge", "P000002", "--warehouse", "w.db", code: 2)
    try run("dedupe", "unmerge", "--run", "9", "--warehouse", "w.db", code: 2)
    try run("dedupe", "review", "--warehouse", "w.db", "-o", "q.csv", code: 2)
    // A model.
    let shipped = try String(contentsOf: Repository.url("schemas/linkage/person.yaml"), encoding: .utf8)
    _ = try scratch.file("lifted.yaml", shipped.replacing("lifted: []", with: "lifted: [two-numbers]"))
    let lifted = try run("dedupe", "find", "--warehouse", "w.db", "--model", "lifted.yaml", code: 2)
    #expect(lifted.talk.contains("lifted.yaml:12"))
    try run("dedupe", "find", "--warehouse", "w.db", "--model", "nobody", code: 2)
    // Held.
    try run("dedupe", "find", "--warehouse", "w.db", "--max-pairs", "0", code: 4)
    let held = try run("dedupe", "find", "--warehouse", "w.db", "--max-pairs", "0", "--json", code: 4)
    #expect(held.output.contains("\"outcome\": \"held\"") && held.output.contains("\"command\": \"dedupe find\""))
    let untaught = try run("dedupe", "train", "r.csv", "-o", "m.yaml", code: 1)
    #expect(untaught.talk.contains("保留原模型"))
    // A list that is none, or of another warehouse.
    _ = try scratch.file("none.csv", "姓名,年龄\n示例甲一,3\n")
    try run("dedupe", "apply", "none.csv", "--warehouse", "w.db", code: 3)
    let list = try String(contentsOfFile: scratch.path + "/q.csv", encoding: .utf8)
    _ = try scratch.file("a.csv", list.replacing("1,,,", with: "1,同一人,,"))
    try FileManager.default.copyItem(atPath: scratch.path + "/w.db", toPath: scratch.path + "/before.db")
    try run("load", "r.csv", "--warehouse", "other.db")
    let foreign = try run("dedupe", "apply", "a.csv", "--warehouse", "other.db", code: 3)
    #expect(foreign.talk.contains("第 1 题是另一个台账库的核对表"))
    // A roster of something else.
    _ = try scratch.file("g.csv", "网格编码,网格名称\n01000032069900100101,第一网格\n")
    try run("dedupe", "find", "g.csv", code: 2)
    try run("dedupe", "find", "nowhere.csv", code: 3)
    try run("dedupe", "evaluate", "--truth", "none.csv", "--entities", "none.csv", code: 3)
    let status = try run("dedupe", "status", "--warehouse", "w.db")
    #expect(status.output.contains("3 条记录，3 个人"))
  }

  @Test func `an answer joins, is explained as a page, and is taken back`() throws {
    try load()
    try run("dedupe", "find", "--warehouse", "w.db", "--apply")
    try run("dedupe", "review", "--warehouse", "w.db", "-o", "q.csv")
    let list = try String(contentsOfFile: scratch.path + "/q.csv", encoding: .utf8)
    _ = try scratch.file("a.csv", list.replacing("1,,,", with: "1,同一人,问过本人,"))
    #expect(try run("dedupe", "apply", "a.csv", "--warehouse", "w.db").talk.contains("2 个人"))
    try run("dedupe", "explain", "P000001", "--warehouse", "w.db", "-o", "why.html")
    let page = try String(contentsOfFile: scratch.path + "/why.html", encoding: .utf8)
    for part in ["<svg", "人工核对", "姓名　相同"] { #expect(page.contains(part), "\(part)") }
    for canary in Self.numbers + ["示例甲一", "<script"] { #expect(!page.contains(canary)) }
    #expect(try run("dedupe", "unmerge", "P000001", "--warehouse", "w.db").talk.contains("3 个人"))
    #expect(try run("dedupe", "find", "--warehouse", "w.db", "--apply").talk.contains("3 个人"))
    try run("verify", "--warehouse", "w.db")
  }
}
