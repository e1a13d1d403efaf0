import ElementCore
import ElementPage
import ElementSchema
import ElementWarehouse

/// Which dataset and which field lack most.
extension HTMLReport {
  var datasets: PageSection {
    PageSection(
      name: "datasets", title: say("数据集", "Datasets"),
      question: say("哪张表、哪个字段缺得多？", "Which dataset and which field lack most?"),
      reader: say(
        "读者：街道、社区。条长为缺失率，满格 30%；▼ 为低于目标",
        "For the street and the communities. Bars are what is missing, full at 30 %; ▼ is below the target"),
      body: datasetsBody)
  }

  private var datasetsBody: Markup {
    (report.reading.office == .all ? datasetTable : .none) + collectionTable + fieldTable
  }

  /// Every field that holds something or has findings, with how much fills it.
  private var fieldTable: Markup {
    let sums = report.fieldSums
    let lines = sums.map { sum in
      [
        sum.dataset.title[words.language] + say("·", " · ") + sum.field.title(words.language),
        sum.rows == 0 ? "—" : PageNumber.percent(Double(sum.filled) / Double(sum.rows)),
        sum.rows == 0 ? "—" : PageNumber.count(sum.filled), PageNumber.count(sum.open), PageNumber.count(sum.new),
        PageNumber.count(sum.fixed),
      ]
    }
    if lines.isEmpty {
      return report.reading.office == .all
        ? .none : PageSection.empty(say("没有按字段的数据。", "There are no numbers by field."))
    }
    return FoldedTable(
      say("按字段的填充率和问题", "Filled shares and findings, by field"),
      [
        say("字段", "Field"), say("填充 %", "Filled %"), say("已填", "Filled"), say("问题", "Findings"), say("新发现", "New"),
        say("已整改", "Fixed"),
      ], lines
    ).markup
  }

  /// What is known of what should be, and what verifications found right, against the limits of DB32/T 2763-2015 clause 11.1.
  private var collectionTable: Markup {
    let rows = report.collections.map { entry in
      func cell(_ share: QualityReading.Share?, _ target: Double) -> PageTable.Cell {
        guard let share else { return .marked(say("未评", "not evaluated"), .dim) }
        let text = PageNumber.percent(share.value)
        return share.value < target ? .marked("▼ " + text, .bad) : .text(text)
      }
      return PageTable.Row(
        "\(words.dataset(entry.dataset))",
        [
          .text(entry.collected.map { PageNumber.count($0.numerator) } ?? "—"),
          .text(entry.collected.map { PageNumber.count($0.denominator) } ?? "—"),
          cell(entry.collected, QualityReport.collectionTarget),
          .text(entry.verified.map { PageNumber.count($0.denominator) } ?? "—"),
          cell(entry.verified, QualityReport.accuracyTarget),
        ])
    }
    if rows.isEmpty { return .none }
    return PageTable(
      say("采集率和采集准确率", "Collected, and found right"),
      note: say(
        "DB32/T 2763-2015 11.1：采集率不低于 90%，准确率不低于 95%；底数来自“应采底数”，准确率来自“信息核查”",
        "DB32/T 2763-2015 11.1: collected 90 % at least, right 95 % at least; by baselines and verifications"),
      [
        .init(say("数据集", "Dataset")), .init(say("已采", "Known"), isNumber: true), .init(say("应采", "Expected"), isNumber: true),
        .init(say("采集率 %", "Collected %"), isNumber: true), .init(say("已核查", "Verified"), isNumber: true, isOptional: true),
        .init(say("准确率 %", "Right %"), isNumber: true),
      ], rows
    ).markup
  }

  private var datasetTable: Markup {
    let sums = report.datasets.compactMap(datasetSum)
    if sums.isEmpty { return PageSection.empty(say("台账库里还没有记录。", "Nothing is stored yet.")) }
    let rows = sums.map { (row: datasetRow($0), records: $0.stored) }
    let count = PageNumber.count(rows.reduce(0) { $0 + $1.records })
    return PageTable(
      say("\(rows.count) 个数据集，在册 \(count) 条", "\(rows.count) datasets, \(count) stored records"),
      note: say("应填项包括必填项；该填而未填的按规则数", "expected items include required ones; what is missing is counted by the rules"),
      [
        .init(say("数据集", "Dataset")), .init(say("在册", "Stored"), isNumber: true, isOptional: true),
        .init(say("待更正", "Waiting"), isNumber: true, isOptional: true), .init(say("应填填充 %", "Filled %"), isNumber: true),
        .init(say("应填缺失", "Missing")), .init(say("最缺的字段", "Field that lacks most")),
        .init(say("缺", "Lacking"), isNumber: true), .init(say("问题", "Findings"), isNumber: true),
      ], rows.map(\.row)
    ).markup
  }

  /// What a dataset comes to.
  private struct DatasetSum {
    let dataset: Dataset
    let stored: Int
    let waiting: Int
    let filled: QualityReading.Share?
    /// The field that lacks most, by its name; nil where none does.
    let worst: String?
    let lacking: Int
    let open: Int
  }

  private func datasetSum(_ dataset: Dataset) -> DatasetSum? {
    guard let usable = report.reading.shares[QualityReading.Place("0602", dataset: dataset.name)] else { return nil }
    let own = report.sums.kinds.filter { $0.kind.dataset.utf8.elementsEqual(dataset.name.utf8) && $0.open > 0 }
    let worst = own.filter { ReportWords.missing.contains($0.kind.code.description) }.max { $0.open < $1.open }
    return DatasetSum(
      dataset: dataset, stored: usable.numerator, waiting: usable.denominator - usable.numerator,
      filled: report.reading.shares[QualityReading.Place("0201", dataset: dataset.name)], worst: worst?.kind.field,
      lacking: worst?.open ?? 0, open: own.reduce(0) { $0 + $1.open })
  }

  private func datasetRow(_ sum: DatasetSum) -> PageTable.Row {
    let filled = sum.filled
    let isMissed = filled.map { $0.value * 100 < report.goals.target(.completeness) } ?? false
    let share = filled.map { PageNumber.percent($0.value) } ?? "—"
    let cells: [PageTable.Cell] = [
      .text(PageNumber.count(sum.stored)), .text(PageNumber.count(sum.waiting)),
      isMissed ? .marked("▼ " + share, .bad) : .text(share),
      .bar(filled.map { (1 - $0.value) / 0.3 } ?? 0, isMissed ? .bad : .dim),
      .text(sum.worst.map { words.field(sum.dataset.name, $0) } ?? "—"),
      .text(sum.worst == nil ? "—" : PageNumber.count(sum.lacking)),
      .text(PageNumber.count(sum.open)),
    ]
    return PageTable.Row("\(sum.dataset.title[words.language])", cells)
  }
}
