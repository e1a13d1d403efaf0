import ElementCore
import ElementPage
import ElementSchema
import ElementWarehouse

/// The first screen: is it good, is it better, what first. It holds no personal value, for it will be forwarded as a picture.
extension HTMLReport {
  var first: Markup {
    """
    <section class="first" id="today" aria-label="\(say("首屏：结论和今天先做", "First screen: the verdict, and what to do first"))">
    \(alarm)<div class="verdict">
    <h2 class="hide">\(say("结论", "Verdict"))</h2>
    <p class="say"><span>\(words.verdict.state)</span>\(say("", " "))<span class="first-do">\(words.verdict.first)</span></p>
    <p class="facts">\(overview)</p>
    </div>
    <h2 class="hide">\(say("六个质量维度", "Six dimensions of quality"))</h2>
    <ul class="dims">
    \(QualityDimension.allCases.map(dimension).joined())</ul>
    <div class="grid now">
    <div class="left">
    <h2>\(say("与前一日相比", "Since the day before"))</h2>
    \(trio)
    <figure>
    <figcaption class="hide">\(say("新发现与已整改", "New and fixed"))</figcaption>
    \(bars)
    </figure>
    \(daysTable)</div>
    <div class="right">
    <h2>\(say("今天先做", "To do first"))</h2>
    \(todo)
    </div>
    </div>
    <p class="cut"><span>\(say("以上不含个人信息，可以截图转发。", "Nothing above is personal: it may be sent on as a picture."))\(without)</span><span>\(say("▲▼ 较前一日，百分点。六条走势同一比例：虚线为目标，图高 8 点，底色为与目标的差。", "▲▼ points since the day before. All six lines have one scale: dashed is the target, the height 8 points, the ground the gap."))</span></p>
    \(trendTable)</section>
    """
  }

  /// What is left out whole of a report for others.
  private var without: String {
    if report.leftOut.isEmpty { return "" }
    let names = report.leftOut.map { $0.title[words.language] }.joined(separator: say("、", ", "))
    return say("本报告不含敏感群体：\(names)，合计里也没有。", " Sensitive groups are left out, of all sums too: \(names).")
  }

  private var alarm: Markup {
    var out: Markup = .none
    if !report.damage.isEmpty {
      let told = report.damage.prefix(3).map { "\($0.subject)：\($0.message[words.language])" }.joined(separator: say("；", "; "))
      out +=
        "<p class=\"alarm\">\(say("台账库核验不过，下面的数字不可信：", "The warehouse is not sound, and what follows cannot be trusted: "))\(PrintableText.escape(told))\(report.damage.count > 3 ? "…" : "")</p>\n"
    }
    if report.reading.isOutdated {
      out +=
        "<p class=\"alarm\">\(say("记录之后又有数据入库：请先运行 yaosu check --stored --record 再出报告。", "Something was loaded since the day was recorded: run yaosu check --stored --record, then report."))</p>\n"
    }
    return out
  }

  /// The line under the verdict.
  private var overview: Markup {
    let missed = report.missed.map { $0.title[words.language] }.joined(separator: say("、", ", "))
    let evaluated = report.score.dimensions.count
    var parts: [Markup] = []
    if report.grade != .untrusted, let total = report.score.total {
      let before = report.scoreBefore?.total.map { say("，前一日 ", ", the day before ") + PageNumber.percent($0) } ?? ""
      parts.append(
        "<span>\(say("总分", "Total")) <b>\(PageNumber.percent(total))</b>\(before)\(say("，目标 ", ", target "))\(PageNumber.tenths(report.goals.total))</span>"
      )
    }
    if let place = report.ownGrade {
      parts.append(
        "<span>\(say("本地等级 第", "Own grade")) <b>\(place)</b> \(say("等（共 \(report.goals.grades.count + 1) 等）", "of \(report.goals.grades.count + 1)"))</span>"
      )
    }
    let reached = evaluated - report.missed.count
    parts.append(
      "<span>\(say("已评 \(evaluated) 项中", "Of \(evaluated) dimensions")) <b>\(reached)</b> \(say("项达标", "reach their targets"))\(missed.isEmpty ? .none : "\(say("，未达：", "; missed: "))<b class=\"bad\">\(missed)</b>" as Markup)</span>"
    )
    let net = report.new - report.fixed
    let moved =
      report.reading.before == nil
      ? "" : net == 0 ? say("，无增减", ", no change") : net < 0 ? say("，净减 ", ", down ") : say("，净增 ", ", up ")
    parts.append(
      "<span>\(say("问题", "Findings")) <b>\(PageNumber.count(report.open))</b>\(moved)\(moved.isEmpty || net == 0 ? .none : "<b>\(PageNumber.count(abs(net)))</b>" as Markup)</span>"
    )
    let low = report.grids.count { ($0.score.total ?? 1) * 100 < report.goals.total }
    if !report.grids.isEmpty {
      parts.append(
        "<span>\(say("\(PageNumber.count(report.grids.count)) 格中", "Of \(PageNumber.count(report.grids.count)) grids")) <b>\(PageNumber.count(low))</b> \(say("格低于", "are below")) \(PageNumber.tenths(report.goals.total))</span>"
      )
    }
    return parts.joined()
  }

  private func dimension(_ dimension: QualityDimension) -> Markup {
    let (title, target) = (dimension.title[words.language], report.goals.target(dimension))
    guard let value = report.score.dimensions[dimension] else {
      return
        "<li><span class=\"n\">\(title)</span><span class=\"s dim\">\(say("未评", "not evaluated"))</span><span class=\"v dim\">—</span><span class=\"c\"></span><span class=\"t\">\(say("没有可评的数据", "no data"))</span></li>\n"
    }
    let before = report.scoreBefore?.dimensions[dimension]
    let values = report.trend.compactMap { $0.score.dimensions[dimension] }
    let isMissed = value * 100 < target
    let state =
      isMissed ? say("✗ 差 ", "✗ short by ") + PageNumber.tenths(max(0.1, target - value * 100)) : say("✓ 达标", "✓ reached")
    let line = Sparkline(
      values, target: target, title: say("\(title) \(values.count) 日走势", "\(title), \(values.count) days"),
      description: say(
        "从 \(PageNumber.percent(values.first ?? value))% 到 \(PageNumber.percent(value))%，目标 \(PageNumber.tenths(target))%。",
        "From \(PageNumber.percent(values.first ?? value)) % to \(PageNumber.percent(value)) %, target \(PageNumber.tenths(target)) %."
      ),
      name: "dim\(dimension.rawValue)")
    return
      "<li><span class=\"n\">\(title)</span><span class=\"s \(isMissed ? "bad" : "good")\">\(state)</span><span class=\"v\">\(PageNumber.percent(value))<small>%</small></span><span class=\"c\">\(words.change(value, before))</span>\(line.markup)<span class=\"t\">\(say("目标", "Target")) \(PageNumber.tenths(target))</span></li>\n"
  }

  private var trio: Markup {
    let day = report.reading.day.day.dayNumber
    let old = report.sums.begun.reduce(0) { day - $1.day.dayNumber >= 30 ? $0 + $1.count : $0 }
    let last = report.sums.changes.dropLast().last
    func small(_ counts: [LifeCause: Int]?) -> String {
      counts.map { say("前一日 ", "the day before ") + PageNumber.count($0.values.reduce(0, +)) } ?? say("前一日无记录", "no day before")
    }
    func item(_ key: String, _ name: String, _ count: Int, _ note: String) -> Markup {
      "<div><dt><i class=\"key \(key)\"></i>\(name)</dt><dd>\(PageNumber.count(count))<small>\(note)</small></dd></div>\n"
    }
    return
      "<dl class=\"trio\">\n\(item("up", say("新发现", "New"), report.new, small(last?.new)))\(item("down", say("已整改", "Fixed"), report.fixed, small(last?.fixed)))\(item("stay", say("仍存在", "Persisting"), report.persisting, say("30 天以上 ", "over 30 days ") + PageNumber.count(old)))</dl>"
  }

  private var bars: Markup {
    let days = report.sums.changes.map { change in
      let rules = change.new[.rules] ?? 0
      return DivergingBars.Day(
        label: words.short(change.day), new: change.new.values.reduce(0, +) - rules, newByRules: rules,
        fixed: change.fixed.values.reduce(0, +))
    }
    return DivergingBars(
      days, title: say("\(days.count) 日新发现与已整改", "New and fixed, \(days.count) days"),
      description: say(
        "零线以上为新发现，以下为已整改；规则变动带来的用斜纹表示。当日新发现 \(report.new)，已整改 \(report.fixed)。",
        "Above the line what is new, below what was fixed; hatched is what changed rules brought. New \(report.new), fixed \(report.fixed)."
      ),
      name: "days"
    ).markup
  }

  private var daysTable: Markup {
    let causes = LifeCause.allCases.map { $0.title[words.language] }
    let heads =
      [say("日期", "Day")] + causes.map { say("新·\($0)", "new: \($0)") } + causes.map { say("改·\($0)", "fixed: \($0)") }
    let rows = report.sums.changes.reversed().map { change in
      [words.short(change.day)] + LifeCause.allCases.map { PageNumber.count(change.new[$0] ?? 0) }
        + LifeCause.allCases.map { PageNumber.count(change.fixed[$0] ?? 0) }
    }
    return FoldedTable(say("新发现与已整改，按日", "New and fixed, by day"), heads, rows).markup
  }

  private var trendTable: Markup {
    let heads = [say("日期", "Day")] + QualityDimension.allCases.map { $0.title[words.language] } + [say("总分", "Total")]
    let rows = report.trend.reversed().map { day, score in
      [words.short(day)] + QualityDimension.allCases.map { score.dimensions[$0].map(PageNumber.percent) ?? "—" }
        + [score.total.map(PageNumber.percent) ?? "—"]
    }
    return FoldedTable(say("六个维度，按日（%）", "The dimensions, by day (%)"), heads, rows).markup
  }

  private var todo: Markup {
    if report.tasks.isEmpty { return PageSection.empty(say("没有问题，没有等待的行。", "No findings, and no rows that wait.")) }
    let items = report.tasks.map { task in
      let (link, place) =
        switch task.kind {
        case .held: ("deliveries", say("看报送", "the deliveries"))
        case .waiting: ("waiting", say("看分布", "who has them"))
        case .findings: ("changes", say("看规则", "the rules"))
        }
      let unit =
        switch task.kind {
        case .held, .waiting: say("行", "rows")
        case .findings: say("条", "")
        }
      return PageTasks.Item(
        words.heading(task), count: (PageNumber.count(task.count), unit), facts: words.facts(task), link: (link, place))
    }
    let mended = report.tasks.reduce(0) { sum, task in if case .findings = task.kind { sum + task.count } else { sum } }
    let share = report.open == 0 ? "0" : PageNumber.percent(Double(mended) / Double(report.open))
    let sum =
      mended == 0
      ? Markup.none
      : "<p class=\"sum\">\(say("以上各项改完，可消去当日 \(PageNumber.count(report.open)) 条问题中的 \(PageNumber.count(mended)) 条（\(share)%）。", "They make up \(PageNumber.count(mended)) of the day's \(PageNumber.count(report.open)) findings (\(share) %)."))</p>"
    return PageTasks(items, colon: say("：", ": ")).markup + sum
  }
}
