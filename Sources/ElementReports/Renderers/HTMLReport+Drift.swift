import ElementCore
import ElementPage
import ElementWarehouse

/// What moved away from the day that drifts are held against.
extension HTMLReport {
  /// So many stand in the list of each kind.
  private static let shownDrifts = 20

  var drift: PageSection {
    PageSection(
      name: "drift", title: say("漂移", "Drift"),
      question: say("数量、填充率、代码构成有没有突变？", "Did numbers, filled shares or the mix of codes shift?"),
      reader: say("读者：数据管理员。突变不一定是错，但要有人说得出原因", "For the data keeper. A shift need not be wrong, but somebody should know why"),
      body: driftBody)
  }

  private var driftBody: Markup {
    guard let baseline = report.reading.counts.baseline else {
      return PageSection.empty(
        say("还没有可比的日子：从记录了数量的第二天起才有漂移。", "There is no earlier day with counts to hold this one against."))
    }
    let limits = report.goals.drift
    let note = say(
      "对比 \(baseline.text)；阈值：行数 \(PageNumber.tenths(limits.rows))%，填充率 \(PageNumber.tenths(limits.filled)) 点，构成 PSI \(words.hundredths(limits.mix))；两日都不少于 \(limits.least) 行才比",
      "against \(baseline.text); limits: rows \(PageNumber.tenths(limits.rows)) %, filled \(PageNumber.tenths(limits.filled)) points, mix PSI \(words.hundredths(limits.mix)); of less than \(limits.least) rows nothing is told"
    )
    if report.drifts.isEmpty {
      return PageSection.empty(say("没有超过阈值的变化：", "Nothing moved beyond its limit: ") + note + say("。", "."))
    }
    let whole = report.drifts.filter(\.grid.isEmpty)
    let ofGrids = report.drifts.filter { !$0.grid.isEmpty }
    return table(say("全部 \(whole.count) 处", "\(whole.count) of all rows"), note, whole, hasGrid: false)
      + (ofGrids.isEmpty
        ? .none
        : table(
          say("按网格 \(PageNumber.count(ofGrids.count)) 处", "\(PageNumber.count(ofGrids.count)) of grids"), "", ofGrids,
          hasGrid: true))
  }

  private func table(_ title: String, _ note: String, _ drifts: [QualityDrift], hasGrid: Bool) -> Markup {
    if drifts.isEmpty { return "<p class=\"note\">\(note)</p>\n" }
    let rows = drifts.prefix(Self.shownDrifts).map { drift in
      PageTable.Row(
        "\(hasGrid ? words.grid(drift.grid) + say("　", " ") : "")\(words.subject(drift))",
        [
          .text(words.driftKind(drift.kind)), .text(words.numbers(drift, drift.before)), .text(words.numbers(drift, drift.now)),
          .marked(words.amount(drift), .bad), .text(words.limit(drift)),
        ])
    }
    let more = drifts.count - rows.count
    let rest = more > 0 ? say("另有 \(PageNumber.count(more)) 处未列出", "\(PageNumber.count(more)) more are not listed") : ""
    return PageTable(
      title, note: [note, rest].filter { !$0.isEmpty }.joined(separator: say("；", "; ")),
      [
        .init(say("什么", "What")), .init(say("变化", "Kind"), isOptional: true), .init(say("原来", "Before"), isNumber: true),
        .init(say("现在", "Now"), isNumber: true), .init(say("幅度", "By"), isNumber: true),
        .init(say("阈值", "Limit"), isNumber: true, isOptional: true),
      ], rows
    ).markup
  }
}
