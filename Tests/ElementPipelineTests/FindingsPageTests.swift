import ElementCore
import ElementTestSupport
import Testing

@testable import ElementPipeline

/// The page of findings: exact counts, and no more of them than a browser opens.
struct FindingsPageTests {
  @Test("a page has at most two megabytes, exact counts, and says where the whole list is", arguments: [Language.zh, .en])
  func limit(language: Language) throws {
    let roster = try Roster()
    let count = 30_000
    let rows = (0..<count).map { "11010519491231\(1000 + $0 % 9000)X,示例甲,3,x\n" }.joined()
    let result = try roster.run(.check, [try roster.file("r.csv", "公民身份号码,姓名,性别,出生日期\n" + rows)])
    let page = try FindingsPage.text(result, filter: FindingFilter(), language: language)
    let total = result.findings.counts.values.reduce(0, +)
    #expect(total > 3 * count && page.utf8.count <= FindingsPage.sizeLimit)
    #expect(page.utf8.count > FindingsPage.sizeLimit / 4)
    #expect(
      page.contains(language == .zh ? "共 \(total) 条；完整清单请用 --findings" : "of \(total); write all of them with --findings"))
    #expect(page.contains(">\(count)<"))
    // Each rule has its samples.
    for key in result.findings.counts.keys { #expect(page.contains(key.code.description), "\(key.code)") }
  }
}
