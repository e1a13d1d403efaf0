import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

struct TermsTests {
  /// Words that an office does not use for these things, with the word of `Terms.md`.
  static let avoided: [(String, String)] = [
    ("隔离", "待更正"), ("数据库", "台账库"), ("仓库", "台账库"), ("试运行", "试导入"), ("回滚", "撤回"), ("豁免", "暂缓整改"), ("血缘", "来源追溯"),
  ]

  @Test(arguments: avoided) func `messages use the words of the terms page`(_ word: String, _ instead: String) throws {
    for rule in try SchemaPack.shipped().book.all {
      for text in [rule.title.zh, rule.message.zh, rule.rationale.zh, rule.fix.zh] {
        #expect(!text.contains(word), "\(rule.code): \(instead) instead of \(word)")
      }
    }
    let terms = try Repository.text("Sources/ElementPipeline/Documentation.docc/Terms.md")
    #expect(terms.contains(instead) || instead == "撤回")
  }

  @Test func `no help text and no sentence in the sources uses them either`() throws {
    let root = Repository.path("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: root))
    for case let name as String in files
    where name.hasSuffix(".swift") && !name.contains("Embedded") && !name.contains("ElementRules/") {
      let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
      for (word, instead) in Self.avoided where word != "数据库" {
        #expect(!text.contains(word), "\(name): \(instead) instead of \(word)")
      }
    }
  }

  @Test(arguments: [
    "check", "load", "parse", "sniff", "rule", "schema", "codes", "batch", "verify", "backup", "migrate", "doctor",
  ])
  func `every command has help in both languages and stands in both READMEs`(_ command: String) throws {
    let chinese = try Program.run([command, "--help"]).output
    let english = try Program.run([command, "--help"], environment: ["YAOSU_LANG": "en"]).output
    #expect(chinese != english)
    #expect(chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    #expect(!english.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } || english.contains("如皋"))
    for readme in ["README.md", "README.zh-CN.md"] {
      #expect(try Repository.text(readme).contains("yaosu \(command)"), "\(readme)")
    }
  }
}
