package import ElementCore
import ElementPage
import ElementWarehouse

/// Draws a report as one page for a browser, a telephone and a printer.
package struct HTMLReport {
  let report: QualityReport
  let words: ReportWords

  /// A page in one language.
  package init(_ report: QualityReport, _ language: Language) {
    self.report = report
    words = ReportWords(report: report, language: language)
  }

  func say(_ zh: String, _ en: String) -> String { words.say(zh, en) }

  /// The page; `stamp` is the one line that may differ between two pages of the same data.
  package func html(stamp: String) -> String {
    Page(
      title: words.title, facts: facts, first: first,
      sections: [changes, datasets, grids, drift, waiting, people, deliveries, packages, method], end: stamp,
      language: words.language
    ).html
  }

  private var facts: [(name: String, value: String)] {
    let day = report.reading.day
    let sound = report.damage.isEmpty ? say(" ✓ 审计链完好", " ✓ chain whole") : say(" ✗ 核验不过", " ✗ not sound")
    return [
      (say("数据截至", "As of"), day.day.text),
      (say("对比", "Compared"), report.reading.before.map { $0.day.text } ?? say("无（第一次记录）", "none (the first day)")),
      (
        say("台账库摘要", "Warehouse"),
        "\(day.digest.prefix(4)) \(day.digest.dropFirst(4).prefix(4))…\(day.digest.suffix(4))" + sound
      ),
      (say("版本", "Version"), "yaosu \(day.toolVersion), \(say("规则包", "schemas")) \(day.schemaDigest.prefix(8))"),
    ]
  }
}
