import ElementCore
import ElementPage
import ElementWarehouse

/// Which grids lag, in what, and which rise or fall.
extension HTMLReport {
  /// So many grids stand in the table; a page must not grow with them.
  private static let shownGrids = 40
  private static let movedGrids = 10

  var grids: PageSection {
    PageSection(
      name: "grids", title: say("网格", "Grids"), question: say("哪些网格落后，差在哪一项？", "Which grids lag, and in what?"),
      reader: say("读者：区、街道。可访问性按全库评，不分网格", "For the district and the street. Accessibility is of the warehouse as a whole"),
      body: gridsBody)
  }

  private var gridsBody: Markup {
    if report.grids.isEmpty { return PageSection.empty(say("没有带网格编码的记录。", "No record has a grid code.")) }
    let areas = communities
    return lead + "<div>\n\(legend)\(areas.html.isEmpty ? heat : areas)</div>\n" + (areas.html.isEmpty ? .none : heat)
  }

  /// The communities, where there are several.
  private var communities: Markup {
    if report.communities.count < 2 { return .none }
    let shown = report.communities.prefix(Self.shownGrids)
    let more = report.communities.count - shown.count
    return places(
      say("社区 × 维度（%），总分低的在前", "Communities by dimension (%), the lowest total first"),
      more > 0
        ? say(
          "另有 \(PageNumber.count(more)) 个社区得分更高，未列出", "\(PageNumber.count(more)) more communities are higher and not listed")
        : "", say("社区", "Community"), shown, hasTotal: false)
  }

  private var lead: Markup {
    let moved = report.grids.compactMap { grid in
      grid.before.flatMap { before in grid.score.total.map { (grid: grid, change: $0 - before) } }
    }.filter { abs($0.change) >= 0.0005 }.sorted { (abs($1.change), $0.grid.code) < (abs($0.change), $1.grid.code) }
    if moved.isEmpty {
      return "<p class=\"note\">\(say("与前一日相比，各网格总分没有变化。", "No grid's total changed since the day before."))</p>\n"
    }
    let rows = moved.prefix(Self.movedGrids).map { entry in
      PageTable.Row(
        "\(name(entry.grid))",
        [
          .text(
            "\(PageNumber.percent(entry.grid.before ?? 0)) → \(PageNumber.percent(entry.grid.score.total ?? 0))"),
          .marked(words.change(entry.grid.score.total ?? 0, entry.grid.before), entry.change < 0 ? .bad : .good),
        ])
    }
    let up = moved.count { $0.change > 0 }
    return PageTable(
      say("变化最大的网格", "Grids that changed most"),
      note: say("\(up) 格升，\(moved.count - up) 格降", "\(up) rose, \(moved.count - up) fell"),
      [.init(say("网格", "Grid")), .init(say("总分", "Total"), isNumber: true), .init(say("变化", "Change"), isNumber: true)], rows
    ).markup
  }

  private func name(_ place: QualityReport.PlaceScore) -> String {
    if place.code.utf8.elementsEqual(QualityReading.noGrid.utf8) { return say("没有网格编码", "No grid code") }
    return PrintableText.escape((place.community.isEmpty ? "" : place.community + " ") + place.name)
  }

  private var legend: Markup {
    "<p class=\"legend\"><i><b class=\"sw ok\">98.2</b>\(say("达标", "at its target"))</i><i><b class=\"sw low\">94.1</b>\(say("低于目标不到 3 点", "less than 3 points below"))</i><i><b class=\"sw far\">86.0</b>\(say("低于目标 3 点以上", "3 points below or more"))</i></p>\n"
  }

  private var heat: Markup {
    let shown = report.grids.prefix(Self.shownGrids)
    let more = report.grids.count - shown.count
    return places(
      say("网格 × 维度（%），总分低的在前", "Grids by dimension (%), the lowest total first"),
      more > 0
        ? say("另有 \(PageNumber.count(more)) 格得分更高，未列出", "\(PageNumber.count(more)) more grids are higher and not listed") : "",
      say("网格", "Grid"), shown, hasTotal: true)
  }

  private func places(
    _ title: String, _ note: String, _ head: String, _ places: some Collection<QualityReport.PlaceScore>, hasTotal: Bool
  ) -> Markup {
    let dimensions = QualityDimension.allCases.filter { dimension in
      places.contains { $0.score.dimensions[dimension] != nil }
    }
    func cell(_ value: Double?, _ target: Double) -> PageTable.Cell {
      value.map { .heat(PageNumber.percent($0), PageTable.Heat($0, target: target)) } ?? .marked("—", .dim)
    }
    func cells(_ score: QualityScore) -> [PageTable.Cell] {
      dimensions.map { cell(score.dimensions[$0], report.goals.target($0)) } + [cell(score.total, report.goals.total)]
    }
    return PageTable(
      title, note: note,
      [.init(head)] + dimensions.map { .init($0.title[words.language], isNumber: true) }
        + [.init(say("总分", "Total"), isNumber: true)], places.map { PageTable.Row("\(name($0))", cells($0.score)) },
      total: hasTotal ? PageTable.Row("\(say("全部", "All"))", cells(report.score)) : nil, isHeat: true
    ).markup
  }
}
