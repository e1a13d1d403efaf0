import ElementPipeline
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

struct CommandTests {
  let scratch: ScratchFolder
  private let good = "姓名,身份证号\n示例甲,11010519491231002X\n"
  private let bad = "姓名,身份证号\n示例甲,110105194912310021\n"

  init() throws { scratch = try ScratchFolder() }

  private func run(_ arguments: String..., input: String = "") throws -> Program.Result {
    try Program.run(arguments, in: scratch.path, input: Array(input.utf8))
  }

  @Test("an output that is a pipe, or a link to nowhere, is not replaced")
  func outputsThatAreNoFiles() throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createSymbolicLink(atPath: scratch.path + "/link.csv", withDestinationPath: "nowhere")
    let made = unsafe mkfifo(scratch.path + "/pipe.csv", 0o600)
    try #require(made == 0)
    for (name, flags) in [("link.csv", []), ("pipe.csv", ["--force"])] as [(String, [String])] {
      let result = try Program.run(["parse", "samples/grids.csv", "-o", scratch.path + "/" + name] + flags)
      #expect(result.code == 2, "\(result.talk)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["link.csv", "pipe.csv"])
  }

  @Test("output that cannot be written ends with 5")
  func fullOutput() throws {
    let command = "\(Program.path("yaosu")) parse samples/grids.csv --to csv -o - > /dev/full"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = Repository.root
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 5)
  }

  @Test func `exit codes are those of the contract`() throws {
    _ = try scratch.file("good.csv", good)
    _ = try scratch.file("bad.csv", bad)
    _ = try scratch.file("roster.csv", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00])
    _ = try scratch.file("w.db", "text")
    _ = try scratch.file("yaosu.bad.yaml", "nix: 1\n")
    let cases: [([String], Int32)] = [
      (["check", "good.csv"], 0), (["check", "bad.csv"], 1), (["check", "bad.csv", "--fail-on", "never"], 0),
      (["check", "bad.csv", "--ignore", "V11"], 0),
      (["check", "good.csv", "--nix"], 2), (["check", "good.csv", "--dataset", "nix"], 2),
      (["check", "good.csv", "--config", "yaosu.bad.yaml"], 2),
      (["check", "good.csv", "--findings", "good.csv"], 2), (["check", "roster.csv"], 3), (["check", "none.csv"], 3),
      (["load", "good.csv"], 2),
      (["load", "good.csv", "--warehouse", "w.db"], 5), (["load", "bad.csv", "--warehouse", "new.db", "--max-errors", "0"], 4),
      (["load", "good.csv", "--warehouse", "new.db"], 0), (["verify", "--warehouse", "new.db"], 0), (["rule", "V1103"], 0),
      (["rule", "V9999"], 2),
      (["codes", "find", "如皋"], 0), (["codes", "find", "没有这个"], 1), (["--help"], 0), (["check", "--help"], 0),
      (["--version"], 0),
    ]
    for (arguments, code) in cases {
      #expect(try Program.run(arguments, in: scratch.path).code == code, "\(arguments.joined(separator: " "))")
    }
  }

  @Test func `the last line of the talk is the balance, in both languages, quiet or not`() throws {
    _ = try scratch.file("good.csv", good)
    #expect(try run("check", "good.csv", "-q").talk == "读取 1 行 = 新增 1 + 更新 0 + 无变化 0 + 重复 0 + 待更正 0\n")
    let talk = try run("check", "good.csv", "--lang", "en", "--json").talk
    #expect(talk.hasSuffix("read 1 rows = created 1 + updated 0 + unchanged 0 + duplicate 0 + quarantined 0\n"))
  }

  @Test func `standard input is read like a file`() throws {
    #expect(try run("check", "-", "-q", input: good).code == 0)
    let result = try run("load", "-", "--warehouse", "w2.db", "--json", input: good)
    #expect(result.output.contains("\"outcome\": \"loaded\""))
  }

  @Test func `JSON is one object, also on failure`() throws {
    _ = try scratch.file("good.csv", good)
    for arguments in [
      ["check", "good.csv", "--json"], ["check", "none.csv", "--json"], ["load", "good.csv", "--warehouse", "w.db", "--json"],
    ] {
      let output = try Program.run(arguments, in: scratch.path).output
      let object = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      #expect(object["format"] as? Int == 1)
      #expect(
        Set(object.keys).isSuperset(of: [
          "command", "version", "outcome", "exitCode", "inputs", "counts", "findings", "samples", "error",
        ]))
    }
  }

  @Test func `no output shows a personal value whole`() throws {
    _ = try scratch.file("bad.csv", "姓名,身份证号,联系电话,现住址\n欧阳示例,110105194912310021,139123456,示例路九十九号\n")
    for arguments in [
      ["check", "bad.csv"], ["check", "bad.csv", "--json"], ["check", "bad.csv", "--output-format", "csv"],
      ["check", "bad.csv", "--output-format", "jsonl", "--lang", "en"],
    ] {
      let result = try Program.run(arguments, in: scratch.path)
      for canary in ["欧阳示例", "110105194912310021", "139123456", "示例路九十九号"] {
        #expect(!(result.output + result.talk).contains(canary), "\(arguments) shows \(canary)")
      }
    }
  }

  @Test func `the computed check character is shown nowhere`() throws {
    _ = try scratch.file("bad.csv", bad)
    let output = try run("check", "bad.csv", "--json").output
    #expect(!output.contains("02X"))
  }

  @Test func `a findings list is refused as a roster`() throws {
    _ = try scratch.file("bad.csv", bad)
    #expect(try run("check", "bad.csv", "--findings", "f.csv").code == 1)
    let again = try run("check", "f.csv")
    #expect(again.code == 3)
    #expect(again.talk.contains("问题清单"))
  }

  @Test func `sniff saves a mapping that check takes`() throws {
    _ = try scratch.file("good.csv", good)
    #expect(try run("sniff", "good.csv", "--save-mapping", "m.yaml").code == 0)
    #expect(try run("check", "good.csv", "--mapping", "m.yaml", "-q").code == 0)
    _ = try scratch.file("bad.yaml", "dataset: registeredResident\ncolumns:\n  姓名: personNam\n")
    #expect(try run("check", "good.csv", "--mapping", "bad.yaml").talk.contains("bad.yaml:3:7"))
  }

  @Test func `a file without header needs a mapping by column numbers`() throws {
    _ = try scratch.file("bare.csv", "11010519491231002X,示例甲\n110105194912310021,示例乙\n")
    _ = try scratch.file("m.yaml", "dataset: registeredResident\ncolumns: {\"1\": identityNum, \"2\": personName}\n")
    #expect(try run("check", "bare.csv", "--no-header").code == 2)
    let result = try run("check", "bare.csv", "--no-header", "--mapping", "m.yaml", "--output-format", "csv")
    #expect(result.code == 1)
    #expect(result.output.contains("V1103,error,registeredResident,bare.csv,,2,2,1,A2,identityNum,公民身份号码,"))
    #expect(try run("parse", "bare.csv", "--no-header", "--json-lines").output.hasPrefix("[\"11010519491231002X\",\"示例甲\"]\n"))
  }

  @Test func `usage errors are told in the language asked for`() throws {
    #expect(try run("check", "a.csv", "--nix").talk.hasPrefix("错误：没有选项 --nix"))
    #expect(try run("check").talk.hasPrefix("错误：缺少参数 <file>"))
    #expect(try run("check", "a.csv", "--nix", "--lang", "en").talk.hasPrefix("Error: Unknown option '--nix'"))
  }

  @Test func `colours are shown where asked for and never into a file`() throws {
    _ = try scratch.file("bad.csv", bad)
    #expect(try run("check", "bad.csv", "--color", "always").output.contains("\u{1B}[1;31m错误\u{1B}[0m"))
    #expect(try !run("check", "bad.csv").output.contains("\u{1B}"))
  }

  @Test func `findings as a page are escaped and complete`() throws {
    _ = try scratch.file("bad.csv", "姓名,身份证号,所属<网格>\n示例甲,110105194912310021,x\n")
    let page = try run("check", "bad.csv", "--output-format", "html").output
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("V1103</td>") && page.contains("所属&lt;网格&gt;"))
    #expect(try run("check", "bad.csv", "--findings", "f.html").code == 1)
    #expect(try String(contentsOfFile: scratch.path + "/f.html", encoding: .utf8) == page)
  }

  @Test func `a batch is proved from its file`() throws {
    _ = try scratch.file("good.csv", good)
    _ = try scratch.file("bad.csv", bad)
    #expect(try run("load", "good.csv", "--warehouse", "p.db").code == 0)
    let proof = try run("verify", "--warehouse", "p.db", "--batch", "1", "--source", "good.csv")
    #expect(proof.code == 0 && proof.talk.contains("行去向与文件一致"))
    #expect(try run("verify", "--warehouse", "p.db", "--batch", "1", "--source", "bad.csv").code == 1)
    #expect(try run("verify", "--warehouse", "p.db", "--batch", "9", "--source", "good.csv").code == 2)
  }

  @Test func `a backup holds the same and the doctor names what is not well`() throws {
    _ = try scratch.file("good.csv", good)
    #expect(try run("load", "good.csv", "--warehouse", "d.db").code == 0)
    #expect(try run("backup", "d.db", "-o", "copy.db").code == 0)
    #expect(try run("backup", "d.db", "-o", "copy.db").code == 2)
    #expect(
      try run("verify", "--warehouse", "copy.db", "--json").output == run("verify", "--warehouse", "d.db", "--json").output)
    #expect(try run("doctor", "--warehouse", "copy.db").code == 0)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: scratch.path + "/copy.db")
    let doctor = try run("doctor", "--warehouse", "copy.db", "--lang", "en")
    #expect(doctor.code == 1 && doctor.output.contains("chmod 600 copy.db"))
    #expect(try run("doctor", "--warehouse", "none.db").code == 1)
  }

  @Test func `rows that go in as pages and value by value are the same, and the doctor says which way they go`() throws {
    let roster = try Program.run(
      ["generate", "--dataset", "registeredResident", "--rows", "12000", "--seed", "5", "-o", scratch.path + "/many.csv"],
      program: "yaosu-dev")
    #expect(roster.code == 0, "\(roster.talk)")
    var digests: [String] = []
    for (name, environment) in [("on", [:]), ("off", ["YAOSU_PAGES": "off"])] {
      let load = try Program.run(
        ["load", "many.csv", "--warehouse", name + ".db"], in: scratch.path, environment: environment)
      #expect(load.code == 0, "\(load.talk)")
      let lines = try run("verify", "--warehouse", name + ".db", "--json").output.split(separator: "\n")
      // The audit chain tells when.
      digests.append(lines.filter { !$0.contains("auditHead") }.joined(separator: "\n"))
      let doctor = try Program.run(["doctor", "--lang", "en"], in: scratch.path, environment: environment)
      #expect(doctor.output.contains(name == "on" ? "as pages (fast)" : "value by value: YAOSU_PAGES=off"))
    }
    #expect(digests[0] == digests[1])
  }

  @Test func `parse gives records as JSON arrays, header first`() throws {
    let result = try run("parse", "-", "--json-lines", input: "姓名,身份证号\n\"示,例\",1\n短\n")
    #expect(result.output == "[\"姓名\",\"身份证号\"]\n[\"示,例\",\"1\"]\n[\"短\"]\n")
  }

  @Test func `help begins with examples in both languages`() throws {
    #expect(try run("--help").output.contains("yaosu check 居民.csv"))
    #expect(try Program.run(["--help"], environment: ["YAOSU_LANG": "en"]).output.contains("yaosu check residents.csv"))
  }

  @Test func `completions are generated for the usual shells`() throws {
    for shell in ["bash", "zsh", "fish"] { #expect(try run("--generate-completion-script", shell).output.contains("yaosu")) }
  }

  @Test func `committed generated files are up to date`() throws {
    let result = try Program.run(["regenerate", "--check"], program: "yaosu-dev")
    #expect(result.code == 0, "\(result.output)")
  }
}

struct SampleTests {
  /// The commands whose output stands in `samples/expected`, by file.
  static let runs: [(String, [String], Int32)] = [
    ("check-clean.json", ["check", "samples/grids.csv", "samples/houses.csv", "samples/residents.csv"], 0),
    ("check-gb18030.json", ["check", "samples/residents-gb18030.csv"], 0),
    ("check-messy.json", ["check", "samples/residents-messy.csv"], 1),
    ("check-ledger.json", ["check", "samples/community-ledger.csv"], 0),
    (
      "load-all.json",
      ["load", "samples/grids.csv", "samples/houses.csv", "samples/residents.csv", "--warehouse", "WAREHOUSE"], 0
    ),
    ("load-ledger.json", ["load", "samples/community-ledger.csv", "--warehouse", "WAREHOUSE"], 0),
    ("load-messy.json", ["load", "samples/residents-messy.csv", "--warehouse", "WAREHOUSE"], 1),
  ]

  @Test(arguments: runs) func `the samples give the expected objects`(_ name: String, _ arguments: [String], _ code: Int32)
    throws
  {
    let scratch = try ScratchFolder()
    let command =
      arguments.map { $0 == "WAREHOUSE" ? scratch.path + "/w.db" : $0 } + [
        "--json", "--as-of", "2026-01-01", "--max-samples", "100",
      ]
    let result = try Program.run(command)
    #expect(result.code == code)
    // Each warehouse has a secret of its own.
    let lines = result.output.split(separator: "\n").filter { !$0.contains("\"version\":") }
    let found = lines.map { String($0.replacing(/"fingerprint": "[0-9a-f]{32}"/, with: "\"fingerprint\": \"…\"")) }
      .joined(separator: "\n")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try found.write(to: Repository.url("samples/expected/" + name), atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)")
    }
    #expect(found == (try? Repository.text("samples/expected/" + name)))
  }
}

struct LineRuleTests {
  @Test func `line n of the fixture fails exactly rule n`() throws {
    let codes = try Repository.text("Tests/Fixtures/rules/residents.codes").split(separator: "\n").map(String.init)
    let scratch = try ScratchFolder()
    let result = try Program.run(
      [
        "check", Repository.path("Tests/Fixtures/rules/residents.csv"), "--findings", scratch.path + "/f.jsonl", "--as-of",
        "2026-01-01", "-q",
      ])
    #expect(result.code == 1)
    var found: [Int: Set<String>] = [:]
    for line in try String(contentsOfFile: scratch.path + "/f.jsonl", encoding: .utf8).split(separator: "\n") {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      guard let row = object["row"] as? Int, let code = object["code"] as? String, code != "V1003" else { continue }
      found[row, default: []].insert(code)
    }
    for (index, code) in codes.enumerated() { #expect(found[index + 1] == [code], "row \(index + 1)") }
    #expect(found.count == codes.count)
  }
}
