package import ElementCore
import ElementPage
import ElementWarehouse

/// Says a report in a few lines for a chat group.
package struct TextReport {
  /// The most characters of it.
  package static let limit = 600
  private let report: QualityReport
  private let words: ReportWords

  /// A text in one language.
  package init(_ report: QualityReport, _ language: Language) {
    self.report = report
    words = ReportWords(report: report, language: language)
  }

  /// The text, its last line ended; it holds no personal value.
  package var text: String {
    let dimensions = QualityDimension.allCases.compactMap { dimension in
      report.score.dimensions[dimension].map { value in
        let isMissed = value * 100 < report.goals.target(dimension)
        return "\(dimension.title[words.language]) \(PageNumber.percent(value))\(isMissed ? "✗" : "")"
      }
    }
    let moved =
      report.reading.before == nil
      ? words.say("问题 \(report.open)（第一次记录）", "Findings \(report.open) (the first day)")
      : words.say(
        "问题 \(report.open)：新发现 \(report.new)，已整改 \(report.fixed)，仍存在 \(report.persisting)",
        "Findings \(report.open): new \(report.new), fixed \(report.fixed), persisting \(report.persisting)")
    var lines = [words.title, words.verdict.state + words.verdict.first]
    if report.grade != .untrusted, let total = report.score.total {
      lines.append(
        words.say("总分 ", "Total ") + PageNumber.percent(total) + words.say("；", "; ")
          + dimensions.joined(separator: words.say("，", ", ")))
    }
    lines.append(moved)
    for (place, task) in report.tasks.enumerated() {
      let dataset =
        task.dataset.isEmpty ? "" : words.say("（\(words.dataset(task.dataset))）", " (\(words.dataset(task.dataset)))")
      lines.append("\(place + 1). \(words.heading(task))\(dataset) \(PageNumber.count(task.count))")
    }
    // What goes first is what matters least.
    while lines.joined(separator: "\n").count >= Self.limit, lines.count > 2 { lines.removeLast() }
    return String(lines.joined(separator: "\n").prefix(Self.limit - 1)) + "\n"
  }
}
