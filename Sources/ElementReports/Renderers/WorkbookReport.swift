package import ElementCore
package import ElementFormats
import ElementPage
import ElementSchema
import ElementWarehouse

/// Lays a report out as a workbook: a sheet for each section, to be filtered and printed.
package struct WorkbookReport {
  private let report: QualityReport
  private let words: ReportWords

  /// A workbook in one language.
  package init(_ report: QualityReport, _ language: Language) {
    self.report = report
    words = ReportWords(report: report, language: language)
  }

  private typealias Column = StyledSheet.Column
  private typealias Cell = StyledSheet.Cell

  private func say(_ zh: String, _ en: String) -> String { words.say(zh, en) }

  /// The sheets, in the order of the page; one that has nothing to say has its headings alone.
  package var workbook: StyledWorkbook {
    StyledWorkbook([
      overview, tasks, changes, datasets, communities, grids, drift, waiting, senders, deliveries, packages, indicators,
    ])
  }

  private func sheet(_ name: String, _ columns: [Column], _ rows: [[Cell]], isWide: Bool = false) -> StyledSheet {
    StyledSheet(name, heading: (words.title, name), columns, rows, isWide: isWide)
  }

  private func share(_ value: Double?) -> Cell { value.map { .share($0) } ?? .blank }

  private var overview: StyledSheet {
    let dimensions = QualityDimension.allCases.map { dimension -> [Cell] in
      let (now, target) = (report.score.dimensions[dimension], report.goals.target(dimension) / 100)
      let state =
        now.map { $0 < target ? say("未达标", "missed") : say("达标", "reached") } ?? say("未评", "not evaluated")
      return [
        .text(dimension.title[words.language]), share(now), share(report.scoreBefore?.dimensions[dimension]), .share(target),
        .count(report.goals.weights[dimension] ?? 0), now.map { $0 < target } ?? false ? .alarming(state) : .text(state),
      ]
    }
    let total: [Cell] = [
      .text(say("总分", "Total")), report.grade == .untrusted ? .blank : share(report.score.total),
      share(report.scoreBefore?.total), .share(report.goals.total / 100), .blank,
      .wrapped(words.verdict.state + words.verdict.first),
    ]
    return sheet(
      say("总览", "Overview"),
      [
        Column(say("维度", "Dimension"), width: 20), Column(say("当日", "Today"), width: 12),
        Column(say("前一日", "Day before"), width: 12), Column(say("目标", "Target"), width: 12),
        Column(say("权重", "Weight"), width: 8), Column(say("结论", "State"), width: 44),
      ], dimensions + [total])
  }

  private var tasks: StyledSheet {
    sheet(
      say("先做什么", "To do first"),
      [
        Column(say("次序", "Place"), width: 8), Column(say("做什么", "What"), width: 50), Column(say("数量", "How many"), width: 12),
        Column(say("其中新增", "New"), width: 12), Column(say("说明", "Facts"), width: 40),
      ],
      report.tasks.enumerated().map { place, task in
        [
          .count(place + 1), .wrapped(words.heading(task)), .count(task.count), .count(task.new), .wrapped(words.facts(task)),
        ]
      })
  }

  private var changes: StyledSheet {
    let causes = LifeCause.allCases.map { $0.title[words.language] }
    let rows = report.sums.kinds.map { count -> [Cell] in
      [
        .text(count.kind.code.description), .wrapped(report.book[count.kind.code]?.title[words.language] ?? ""),
        .text(words.dataset(count.kind.dataset)), .text(words.field(count.kind.dataset, count.kind.field)),
        .text(words.severity(count.kind.severity)), .count(count.open),
      ] + LifeCause.allCases.map { .count(count.new[$0] ?? 0) } + LifeCause.allCases.map { .count(count.fixed[$0] ?? 0) }
        + [.count(count.persisting), .text(count.oldest.text)]
    }
    return sheet(
      say("变化", "Changes"),
      [
        Column(say("规则", "Rule"), width: 9), Column(say("名称", "Title"), width: 34), Column(say("数据集", "Dataset"), width: 16),
        Column(say("字段", "Field"), width: 18), Column(say("级别", "Severity"), width: 9),
        Column(say("当日", "Open"), width: 10, .bars),
      ] + causes.map { Column(say("新·\($0)", "New: \($0)"), width: 12) }
        + causes.map { Column(say("改·\($0)", "Fixed: \($0)"), width: 12) }
        + [Column(say("仍存在", "Persisting"), width: 10), Column(say("最早", "Oldest"), width: 12)], rows, isWide: true)
  }

  private var datasets: StyledSheet {
    let rows = report.fieldSums.map { sum -> [Cell] in
      [
        .text(sum.dataset.title[words.language]), .text(sum.field.title(words.language)), .count(sum.rows), .count(sum.filled),
        sum.rows == 0 ? .blank : .share(Double(sum.filled) / Double(sum.rows)), .count(sum.open), .count(sum.new),
        .count(sum.fixed),
      ]
    }
    return sheet(
      say("字段", "Fields"),
      [
        Column(say("数据集", "Dataset"), width: 18), Column(say("字段", "Field"), width: 24), Column(say("在册", "Stored"), width: 10),
        Column(say("已填", "Filled"), width: 10), Column(say("填充率", "Filled %"), width: 10),
        Column(say("问题", "Findings"), width: 10, .bars), Column(say("新发现", "New"), width: 10),
        Column(say("已整改", "Fixed"), width: 10),
      ], rows, isWide: true)
  }

  private func places(_ name: String, _ head: String, _ places: [QualityReport.PlaceScore]) -> StyledSheet {
    let rows = places.map { place -> [Cell] in
      let isNone = place.code.utf8.elementsEqual(QualityReading.noGrid.utf8)
      return [
        .text(isNone ? "" : place.code),
        .text(
          isNone ? say("没有网格编码", "No grid code") : place.community.isEmpty ? place.name : place.community + " " + place.name),
        share(place.score.total), share(place.before),
      ] + QualityDimension.allCases.map { share(place.score.dimensions[$0]) }
    }
    return sheet(
      name,
      [
        Column(say("编码", "Code"), width: 22), Column(head, width: 26),
        Column(say("总分", "Total"), width: 10, .below(report.goals.total / 100)), Column(say("前一日", "Day before"), width: 10),
      ]
        + QualityDimension.allCases.map {
          Column($0.title[words.language], width: 11, .below(report.goals.target($0) / 100))
        }, rows, isWide: true)
  }

  private var communities: StyledSheet {
    places(say("社区", "Communities"), say("社区", "Community"), report.communities)
  }

  private var grids: StyledSheet { places(say("网格", "Grids"), say("网格", "Grid"), report.grids) }

  private var drift: StyledSheet {
    sheet(
      say("漂移", "Drift"),
      [
        Column(say("变化", "Kind"), width: 12), Column(say("什么", "What"), width: 36), Column(say("网格", "Grid"), width: 26),
        Column(say("原来", "Before"), width: 16), Column(say("现在", "Now"), width: 16), Column(say("幅度", "By"), width: 14),
        Column(say("阈值", "Limit"), width: 12),
      ],
      report.drifts.map { drift in
        [
          .text(words.driftKind(drift.kind)), .wrapped(words.subject(drift)),
          drift.grid.isEmpty ? .blank : .text(words.grid(drift.grid)), .text(words.numbers(drift, drift.before)),
          .text(words.numbers(drift, drift.now)), .text(words.amount(drift)), .text(words.limit(drift)),
        ]
      }, isWide: true)
  }

  private var waiting: StyledSheet {
    sheet(
      say("待更正", "Waiting rows"),
      [
        Column(say("报送单位", "Sender"), width: 30), Column(say("数据集", "Dataset"), width: 18),
        Column(say("行数", "Rows"), width: 10, .bars),
      ] + words.ages.map { Column($0.label, width: 12) } + [Column(say("最久（天）", "Oldest (days)"), width: 12)],
      report.reading.waiting.map { entry in
        var counts = words.ages.map { _ in 0 }
        for age in entry.ages { counts[words.ageClass(age)] += 1 }
        return [.text(entry.sender), .text(words.dataset(entry.dataset)), .count(entry.ages.count)] + counts.map { .count($0) }
          + [.count(entry.ages.last ?? 0)]
      }, isWide: true)
  }

  private var senders: StyledSheet {
    sheet(
      say("报送单位", "Senders"),
      [
        Column(say("报送单位", "Sender"), width: 30), Column(say("问题", "Findings"), width: 10, .bars),
        Column(say("新发现", "New"), width: 10), Column(say("已整改", "Fixed"), width: 10),
        Column(say("待更正（行）", "Waiting rows"), width: 14),
      ],
      report.senders.map {
        [
          .text($0.name.isEmpty ? say("没有写明单位", "nobody named") : $0.name), .count($0.open), .count($0.new), .count($0.fixed),
          .count($0.waiting),
        ]
      })
  }

  private var deliveries: StyledSheet {
    sheet(
      say("批次", "Batches"),
      [
        Column(say("批次", "Batch"), width: 8), Column(say("单位", "Sender"), width: 26), Column(say("文件", "Files"), width: 40),
        Column(say("结果", "Outcome"), width: 12), Column(say("读取", "Read"), width: 10), Column(say("新增", "Created"), width: 10),
        Column(say("更新", "Updated"), width: 10), Column(say("无变化", "Unchanged"), width: 10),
        Column(say("重复", "Duplicate"), width: 10), Column(say("待更正", "Quarantined"), width: 10),
      ],
      report.reading.deliveries.map { delivery in
        let counts = delivery.counts
        let state = words.state(delivery)
        return [
          .count(delivery.batch), .text(delivery.sender), .wrapped(delivery.files.joined(separator: say("、", ", "))),
          delivery.state == "held" ? .alarming(state) : .text(state), .count(counts.read), .count(counts.created),
          .count(counts.updated), .count(counts.unchanged), .count(counts.duplicate), .count(counts.quarantined),
        ]
      }, isWide: true)
  }

  private var packages: StyledSheet {
    sheet(
      say("外送数据包", "Packages"),
      [
        Column(say("包号", "Package"), width: 44), Column(say("接收方", "Recipient"), width: 16),
        Column(say("回执", "Answer"), width: 12),
        Column(say("天数", "Days"), width: 8), Column(say("记录", "Records"), width: 10), Column(say("留下", "Behind"), width: 10),
        Column(say("退回", "Refused"), width: 10), Column(say("对方的说明", "The target's words"), width: 40),
      ],
      report.reading.packages.map { package in
        [
          .text(package.identity), .text(package.recipient), .text(words.answer(package.answer)), .count(package.age),
          .count(package.records), .count(package.behind), .count(package.refusals.reduce(0) { $0 + $1.count }),
          .wrapped(package.refusals.map { "\($0.words) × \($0.count)" }.joined(separator: say("；", "; "))),
        ]
      }, isWide: true)
  }

  private var indicators: StyledSheet {
    sheet(
      say("指标", "Indicators"),
      [
        Column(say("代码", "Code"), width: 9), Column(say("指标", "Indicator"), width: 24),
        Column(say("算法", "What is counted"), width: 44), Column(say("分子", "A"), width: 12), Column(say("分母", "B"), width: 12),
        Column(say("结果", "A ÷ B"), width: 10), Column(say("未评的原因", "Why not evaluated"), width: 24),
      ],
      QualityIndicator.all(of: report.goals.standard).map { indicator in
        let share = report.reading.shares[QualityReading.Place(indicator.code)]
        let value = report.score.indicators[indicator.code]
        return [
          .text(indicator.code), .text(indicator.title[words.language]), .wrapped(indicator.counts[words.language]),
          share.map { .count($0.numerator) } ?? .blank, share.map { .count($0.denominator) } ?? .blank, self.share(value),
          value == nil ? .wrapped(indicator.missing[words.language]) : .blank,
        ]
      }, isWide: true)
  }
}
