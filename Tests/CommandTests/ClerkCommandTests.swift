import ElementTestSupport
import Foundation
import Testing

/// Marked copies, repairs and templates as they are called: what they write, what they refuse, and what they end with.
struct ClerkCommandTests {
  let scratch: ScratchFolder
  private static let number = "11010519491231002X"
  private static let roster = "公民身份号码,姓名\n110105194912310021,示例甲\n\(number.lowercased()), 示例乙\n"

  init() throws {
    scratch = try ScratchFolder()
    _ = try scratch.file("r.csv", Self.roster)
  }

  @discardableResult
  private func run(_ arguments: String..., code: Int32 = 0) throws -> (output: String, talk: String) {
    let result = try Program.run(arguments, in: scratch.path)
    #expect(result.code == code, "\(arguments): \(result.talk)")
    return (result.output, result.talk)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: scratch.path + "/" + name, encoding: .utf8)
  }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: scratch.path + "/" + name)[.posixPermissions] as? Int
  }

  @Test func `a marked copy is private, does not replace what is there, and several files go into a folder`() throws {
    let said = try run("check", "r.csv", "--annotate", "m.csv", code: 1)
    #expect(said.talk.contains("已标注：m.csv"))
    #expect(try mode("m.csv") == 0o600)
    #expect(try text("m.csv").hasPrefix("校验级别,校验结果,公民身份号码,姓名\n错误,"))
    try run("check", "r.csv", "--annotate", "m.csv", code: 2)
    try run("check", "r.csv", "--annotate", "m.csv", "--force", code: 1)
    try run("check", "r.csv", "--annotate", "r.csv", "--force", code: 2)
    try run("check", "-", "--annotate", "s.csv", code: 2)
    _ = try scratch.file("b.json", "[{\"公民身份号码\":\"\(Self.number)\",\"姓名\":\"示例丙\"}]")
    let folder = try run("check", "r.csv", "b.json", "--annotate", "out", code: 1)
    #expect(folder.talk.contains("没有标注（只标注 .xlsx 和 .csv）：b.json"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out") == ["r.csv"])
    try run("check", "b.json", "--annotate", "b2.json", code: 2)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/b2.json"))
    _ = try scratch.file("locked.xlsx", [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 600))
    try run("check", "locked.xlsx", "--annotate", "l.xlsx", code: 2)
  }

  @Test func `a repair lists each change and takes all of them back`() throws {
    let looked = try run("fix", "r.csv", "--diff")
    #expect(looked.output.contains("A3") && looked.output.contains("[\(Self.number)]"))
    try run("fix", "r.csv", code: 2)
    try run("fix", "r.csv", "-o", "f.csv")
    #expect(try text("f.csv") == "公民身份号码,姓名\n110105194912310021,示例甲\n\(Self.number),示例乙\n")
    #expect(try mode("f.csv") == 0o600 && mode("f.csv.changes.csv") == 0o600)
    try run("fix", "f.csv", "-o", "back.csv", "--revert", "f.csv.changes.csv")
    #expect(try text("back.csv") == Self.roster)
    let touched = try text("f.csv").replacing("示例乙", with: "示例丁")
    _ = try scratch.file("t.csv", touched)
    let refused = try run("fix", "t.csv", "-o", "no.csv", "--revert", "f.csv.changes.csv", code: 3)
    #expect(refused.talk.contains("B3"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/no.csv"))
    try run("fix", "f.csv", "-o", "no.csv", "--revert", "r.csv", code: 3)
    let told = try run("fix", "r.csv", "-o", "j.csv", "--json")
    #expect(told.output.contains("\"changes\": 2") && !told.output.contains(Self.number))
  }

  @Test func `a template is checked like any workbook`() throws {
    try run("template", "registeredResident", "house", "-o", "t.xlsx")
    try run("template", "registeredResident", "-o", "t.xlsx", code: 2)
    try run("template", "nobody", "-o", "n.xlsx", code: 2)
    try run("template", "registeredResident", "-o", "t.csv", code: 2)
    #expect(try run("check", "t.xlsx").talk.contains("读取 0 行"))
  }

  @Test func `findings go into several files, each in its own form`() throws {
    try run("check", "r.csv", "--findings", "f.csv", "--findings", "f.sarif", "--findings", "f.junit.xml", code: 1)
    #expect(try text("f.csv").contains("V1103") && text("f.sarif").contains("\"ruleId\":\"V1103\""))
    #expect(try text("f.junit.xml").contains("<failure type=\"error\""))
    try run("check", "r.csv", "--findings", "g.txt", code: 2)
    try run("check", "r.csv", "--findings", "g.csv", "--findings", "g.csv", code: 2)
    #expect(try run("check", "r.csv", "--output-format", "sarif", code: 1).output.hasPrefix("{\"$schema\""))
    #expect(try run("rule", "--search", "校验码").output.contains("V1103"))
    try run("rule", "--search", "没有这样的话", code: 2)
  }
}
