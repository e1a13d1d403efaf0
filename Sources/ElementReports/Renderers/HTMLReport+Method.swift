import ElementCore
import ElementPage
import ElementWarehouse

/// How each figure comes about.
extension HTMLReport {
  var method: PageSection {
    PageSection(
      name: "method", title: say("口径", "How it is counted"), question: say("每个数怎么算出来？", "How does each figure come about?"),
      reader: say(
        "读者：核对的人。指标名称取自 GB/T 36344-2018 和 DB31/T 1523-2024，算法为本程序所定，不代表符合这些标准",
        "For who checks. Names are those of GB/T 36344-2018 and DB31/T 1523-2024, what is counted is ours; no conformance is claimed"
      ),
      body: dimensionTable + indicatorTable + "<p class=\"note\">\(remarks)</p>\n")
  }

  private var dimensionTable: Markup {
    let rows = QualityDimension.allCases.map { dimension in
      let value = report.score.dimensions[dimension]
      return PageTable.Row(
        "\(dimension.title[words.language])",
        [
          value.map { .text(PageNumber.percent($0)) } ?? .marked(say("未评", "not evaluated"), .dim),
          .text(PageNumber.tenths(report.goals.target(dimension))), .text(String(report.goals.weights[dimension] ?? 0)),
        ])
    }
    let total = PageTable.Row(
      "\(say("总分", "Total"))",
      [
        .text(report.score.total.map(PageNumber.percent) ?? "—"), .text(PageNumber.tenths(report.goals.total)),
        .text(String(report.goals.weights.values.reduce(0, +))),
      ])
    return PageTable(
      say("六个维度", "Six dimensions"),
      note: say(
        "维度是其中已评指标的平均；总分按权重平均，未评的不计",
        "a dimension is the mean of its evaluated indicators; the total is weighted, without what was not evaluated"),
      [
        .init(say("维度", "Dimension")), .init("%", isNumber: true), .init(say("目标", "Target"), isNumber: true),
        .init(say("权重", "Weight"), isNumber: true),
      ], rows, total: total
    ).markup
  }

  private var indicatorTable: Markup {
    let indicators = QualityIndicator.all(of: report.goals.standard)
    let rows = indicators.map { indicator in
      let share = report.reading.shares[QualityReading.Place(indicator.code)]
      let isWhole = indicators.contains { $0.whole == indicator.code }
      let value = report.score.indicators[indicator.code]
      let reason: Markup =
        value == nil
        ? "<br><span class=\"dim\">\(say("未评：", "not evaluated: "))\(indicator.missing[words.language])</span>" : .none
      return PageTable.Row(
        "\(indicator.title[words.language])<span class=\"code\">\(indicator.code)</span>\(reason)",
        [
          .text(indicator.counts[words.language]), .text(isWhole ? "" : share.map { PageNumber.count($0.numerator) } ?? ""),
          .text(isWhole ? "" : share.map { PageNumber.count($0.denominator) } ?? ""),
          value.map { .text(PageNumber.percent($0)) } ?? .marked(say("未评", "—"), .dim),
        ], isGroup: indicator.whole == nil && isWhole)
    }
    return PageTable(
      say("指标的分子与分母", "Numerators and denominators"),
      [
        .init(say("指标", "Indicator")), .init(say("算法", "What is counted"), isOptional: true),
        .init(say("分子", "A"), isNumber: true), .init(say("分母", "B"), isNumber: true), .init("%", isNumber: true),
      ], rows
    ).markup
  }

  private var remarks: String {
    say(
      "问题以指纹逐条跟踪：同一规则、同一记录、同一字段是同一条。原因先看数据（记录本身，或它引用、同组的记录），再看规则，最后看日子。待更正的行按记录计入分母；暂缓整改的问题照样计入。结论：已评维度全部达标为合格，一两项未达为基本合格，三项以上为不合格，台账库核验不过为不可信。",
      "Findings are followed by their fingerprints: one rule, one record, one field is one finding. Its cause is data (the record, or one that it refers to or shares a group with), then rules, then time. Waiting rows count among the records; waived findings count too. Good: all evaluated dimensions reach their targets; fair: one or two do not; poor: more; untrusted: the warehouse is not sound."
    )
  }
}
