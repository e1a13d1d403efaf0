import ElementCore
import ElementPipeline
import ElementTestSupport
import Foundation
import Testing

/// Findings in the forms that other programs read.
struct FindingsFormTests {
  let roster: Roster
  private static let text = "公民身份号码,姓名,性别\n110105194912310021,示例甲,女\n11010519491231002X,示例<乙>,男\n"

  init() throws { roster = try Roster() }

  private func written(_ form: FindingsList.Form, _ result: RunResult) throws -> String {
    var bytes: [UInt8] = []
    try FindingsList.write(result, form, filter: FindingFilter(), language: .zh, isFile: true, version: "1") { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `SARIF has each finding with its rule, its place and a masked message`() throws {
    let path = try roster.file("名册 1.csv", Self.text)
    let result = try roster.run(.check, [path])
    let log = try #require(try JSONSerialization.jsonObject(with: Data(try written(.sarif, result).utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    // OASIS SARIF 2.1.0, 3.19.21: a language and a region.
    #expect(driver["language"] as? String == "zh-CN")
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    let results = try #require(run["results"] as? [[String: Any]])
    var total = 0
    try result.inputs[0].findings.forEach { _ in total += 1 }
    #expect(results.count == total && total > 3)
    for one in results {
      let (rule, place) = (one["ruleId"] as? String, one["ruleIndex"] as? Int)
      #expect(rule == rules[try #require(place)])
      #expect(["error", "warning", "note"].contains(one["level"] as? String))
    }
    let check = try #require(results.first { $0["ruleId"] as? String == "V1103" })
    let physical = ((check["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((physical?["region"] as? [String: Any])?["startLine"] as? Int == 2)
    let uri = (physical?["artifactLocation"] as? [String: Any])?["uri"] as? String
    #expect(uri?.hasSuffix("%E5%90%8D%E5%86%8C%201.csv") ?? false)
    let said = try written(.sarif, result)
    #expect(!said.contains("110105194912310021") && !said.contains("示例<乙>"))
  }

  @Test func `JUnit fails the rules that make the run fail, and no other`() throws {
    let result = try roster.run(.check, [try roster.file("a.csv", Self.text)])
    let text = try written(.junit, result)
    let counts = try Python.run(
      """
      import sys,xml.etree.ElementTree as e
      root=e.fromstring(sys.stdin.buffer.read())
      suite=root.find('testsuite'); cases=suite.findall('testcase')
      print(suite.get('tests'),len(cases),suite.get('failures'),len(suite.findall('.//failure')),all(c.get('name')[:1] in 'FSVRGWN' for c in cases))
      """, input: Array(text.utf8))
    let words = String(decoding: counts, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    let errors = Set(result.findings.counts.filter { $0.key.severity == .error && $0.value > 0 }.keys).count
    #expect(words.count == 5 && words[0] == words[1] && words[2] == words[3] && words[4] == "True")
    #expect(Int(words[2]) == errors)
    #expect(!text.contains("110105194912310021"))
  }
}
