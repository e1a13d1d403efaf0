import ElementTestSupport
import Foundation
import Testing

struct PrivacyTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test(arguments: [["check"], ["load", "--warehouse", "w.db"], ["sniff"], ["check", "--json"], ["sniff", "--json"]])
  func `a file without a header shows nothing of its first record`(_ arguments: [String]) throws {
    _ = try scratch.file("rows.csv", "王示,11010519491231002X,13900012345,第一网格\n李示,440524188001010014,13900012346,第一网格\n")
    let result = try Program.run([arguments[0], "rows.csv"] + arguments.dropFirst(), in: scratch.path)
    #expect(result.code == 3)
    for canary in ["11010519491231002X", "13900012345", "王示"] { #expect(!(result.output + result.talk).contains(canary)) }
  }

  @Test func `numbers of persons in columns that hold nothing personal are masked`() throws {
    _ = try scratch.file("h.csv", "房屋编号,建筑面积,所属网格\nH1,11010519491231002X,\nH2,13912345678,\n")
    _ = try scratch.file("g.csv", "网格编码,网格名称,村（社区）代码\n01000032068200100101,第一网格,110105194912310029\n")
    for file in ["h.csv", "g.csv"] {
      for form in ["text", "csv", "jsonl"] {
        let result = try Program.run(["check", file, "--output-format", form], in: scratch.path)
        #expect(result.code == 1)
        for canary in ["11010519491231002", "13912345678", "110105194912310029"] {
          #expect(!result.output.contains(canary), "\(file) \(form)")
        }
      }
    }
  }

  @Test func `findings that cannot be written stop a load before it begins`() throws {
    _ = try scratch.file("r.csv", "姓名,身份证号\n示例甲,11010519491231002X\n")
    let result = try Program.run(
      ["load", "r.csv", "--warehouse", "w.db", "--findings", "/nonexistent/f.csv", "--json"], in: scratch.path)
    #expect(result.code == 5)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/w.db"))
    #expect(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) is [String: Any])
  }

  @Test(arguments: [
    ["check", "--json", "--bogus"], ["load", "--json", "r.csv"], ["verify", "--json", "--warehouse", "none.db"],
    ["sniff", "none.csv", "--json"], ["batch", "list", "--json", "--warehouse", "none.db"],
  ])
  func `every failure prints one object where one was asked for`(_ arguments: [String]) throws {
    let result = try Program.run(arguments, in: scratch.path)
    #expect(result.code != 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["exitCode"] as? Int32 == result.code)
    #expect(object["error"] is [String: Any])
  }

  @Test func `values are shown as written only in a file that was asked for with a purpose, and the audit chain tells of it`()
    throws
  {
    let number = "110105194912310021"
    _ = try scratch.file("r.csv", "姓名,身份证号\n示例甲,\(number)\n")
    #expect(try Program.run(["load", "r.csv", "--warehouse", "w.db"], in: scratch.path).code == 1)
    let plain = ["check", "r.csv", "--warehouse", "w.db", "--force", "--json"]
    for arguments in [
      ["--unmask", "--purpose", "visit"], ["--unmask", "--findings", "f.csv"],
      ["--unmask", "--findings", "f.csv", "--purpose", " "], ["--unmask", "--findings", "f.html", "--purpose", "visit"],
    ] {
      #expect(try Program.run(plain + arguments, in: scratch.path).code == 2, "\(arguments)")
    }
    #expect(
      try Program.run(["check", "r.csv", "--unmask", "--findings", "f.csv", "--purpose", "visit"], in: scratch.path).code == 2)
    func list() throws -> String { try String(contentsOfFile: scratch.path + "/f.csv", encoding: .utf8) }
    let masked = try Program.run(plain + ["--findings", "f.csv"], in: scratch.path)
    #expect(try !list().contains(number))
    let shown = try Program.run(plain + ["--findings", "f.csv", "--unmask", "--purpose", "visit"], in: scratch.path)
    #expect(try list().contains(number))
    #expect(masked.output == shown.output && !(shown.output + shown.talk).contains(number))
    let chain = try Program.run(["audit", "list", "--warehouse", "w.db"], in: scratch.path).output
    #expect(chain.split(separator: "\n").filter { $0.contains("visit") && $0.contains("check") }.count == 1)
    let loaded = [
      "load", "r.csv", "--warehouse", "w.db", "--again", "--findings", "f.csv", "--force", "--unmask", "--purpose", "visit",
    ]
    #expect(try Program.run(loaded, in: scratch.path).code == 1)
    #expect(try list().contains(number))
    let row = try Program.run(["batch", "show", "2", "--row", "1", "--warehouse", "w.db"], in: scratch.path)
    #expect(row.output.contains("V1103") && !row.output.contains(number))
    #expect(try Program.run(["verify", "--warehouse", "w.db"], in: scratch.path).code == 0)
  }

  @Test func `nothing that leaves or comes back shows a person where nobody asked for it`() throws {
    let canaries = ["320699197001010018", "金丝雀甲", "13912349999", "金丝雀路1号"]
    _ = try scratch.file("r.csv", "公民身份号码,姓名,联系电话,现住门（楼）详址,网格编码\n\(canaries.joined(separator: ",")),01000032069900100101\n")
    let register = try String(contentsOfFile: Repository.path("samples/province/recipients.yaml"), encoding: .utf8)
      .replacing("[yaosu-exchange]", with: "[append-only-table]")
    _ = try scratch.file("recipients.yaml", register)
    _ = try scratch.file("yaosu.yaml", "recipients: recipients.yaml\n")
    let words = "身份证\(canaries[0])与姓名\(canaries[1])不符，电话\(canaries[2])"
    _ = try scratch.file("a.csv", "IDENTITY_NUM,错误信息\n\(canaries[0]),\(words)\n")
    _ = try scratch.file("foreign.csv", "IDENTITY_NUM,错误信息\n320699197001010026,\(words)\n")
    let commands: [([String], Int32)] = [
      (["load", "r.csv", "--warehouse", "w.db"], 0),
      (["export", "--warehouse", "w.db", "--profile", "append-only-table", "-o", "p"], 0),
      (["export", "--warehouse", "w.db", "--profile", "append-only-table", "-o", "p"], 2),
      (["export", "--warehouse", "w.db", "--profile", "ledger", "-o", "l", "--json"], 0),
      (["package", "verify", "p"], 0), (["package", "list", "--warehouse", "w.db"], 0),
      (["receipt", "foreign.csv", "--warehouse", "w.db"], 3), (["receipt", "a.csv", "--warehouse", "w.db", "--json"], 1),
      (["audit", "incident", "--package", "1", "--warehouse", "w.db"], 0), (["audit", "list", "--warehouse", "w.db"], 0),
      (["check", "--stored", "--record", "--warehouse", "w.db"], 0),
      (["report", "--warehouse", "w.db", "-o", "report", "--output-format", "html,json,text,xlsx"], 0),
    ]
    for (arguments, code) in commands {
      let result = try Program.run(arguments, in: scratch.path)
      #expect(result.code == code || arguments[0] == "check", "\(arguments) \(result.talk)")
      for canary in canaries { #expect(!(result.output + result.talk).contains(canary), "\(arguments) \(canary)") }
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/report")
    where !name.hasSuffix("xlsx") && name != ".yaosu" {
      let text = try String(contentsOfFile: scratch.path + "/report/" + name, encoding: .utf8)
      for canary in canaries { #expect(!text.contains(canary), "\(name) \(canary)") }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path).filter { $0.contains(".tmp") }
    #expect(left.isEmpty)
  }

  @Test func `a load that is killed leaves the warehouse readable as it was`() throws {
    let generated = try Program.run(
      ["generate", "--dataset", "registeredResident", "--rows", "4000", "-o", scratch.path + "/r.csv"], program: "yaosu-dev")
    try #require(generated.code == 0)
    _ = try scratch.file("first.csv", "姓名,身份证号\n示例甲,11010519491231002X\n")
    #expect(try Program.run(["load", "first.csv", "--warehouse", "w.db"], in: scratch.path).code == 0)
    for delay in [0.3, 0.6, 1.2] {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
      shell.arguments = [
        "-c", "\"\(Program.path("yaosu"))\" load r.csv --warehouse w.db -q >/dev/null 2>&1 & sleep \(delay); kill -9 $!; wait",
      ]
      try shell.run()
      shell.waitUntilExit()
      let verified = try Program.run(["verify", "--warehouse", "w.db"], in: scratch.path)
      #expect(verified.code == 0)
      #expect(verified.talk.contains("核对 1 行") || verified.talk.contains("核对 4001 行"))
    }
  }
}
