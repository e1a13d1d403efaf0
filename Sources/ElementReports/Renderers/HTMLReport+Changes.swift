import ElementCore
import ElementPage
import ElementWarehouse

/// Where new findings come from, what was mended, how old the rest is.
extension HTMLReport {
  /// So many rules stand in a list; all of them are in the table below.
  private static let shownRules = 8

  /// The findings of a rule, whatever their datasets and fields.
  private struct RuleCount {
    let code: RuleCode
    var new: [LifeCause: Int] = [:]
    var fixed: [LifeCause: Int] = [:]
    var persisting = 0
    var oldest: CalendarDate
  }

  private var rules: [RuleCount] {
    var found: [RuleCode: RuleCount] = [:]
    for kind in report.sums.kinds {
      var rule = found[kind.kind.code] ?? RuleCount(code: kind.kind.code, oldest: kind.oldest)
      rule.new.merge(kind.new, uniquingKeysWith: +)
      rule.fixed.merge(kind.fixed, uniquingKeysWith: +)
      rule.persisting += kind.persisting
      rule.oldest = min(rule.oldest, kind.oldest)
      found[kind.kind.code] = rule
    }
    return found.values.sorted { $0.code < $1.code }
  }

  var changes: PageSection {
    PageSection(
      name: "changes", title: say("变化", "Changes"),
      question: say("新问题从哪来，改好了多少，剩下的放了多久？", "Where do new findings come from, what was mended, how old is the rest?"),
      reader: say("读者：街道、社区", "For the street and the communities"), body: changesBody)
  }

  private var changesBody: Markup {
    let rules = rules
    if rules.isEmpty {
      return PageSection.empty(say("没有问题，前一日也没有。", "No findings, neither on this day nor on the one before."))
    }
    let before = report.open - report.new + report.fixed
    let sums =
      report.reading.before == nil
      ? say(
        "第一次记录，没有前一日可比：当日 \(PageNumber.count(report.open)) 条都列在“仍存在”。",
        "This is the first day that was recorded: all \(PageNumber.count(report.open)) findings are listed as persisting.")
      : say(
        "前一日 \(PageNumber.count(before)) 条 － 已整改 \(PageNumber.count(report.fixed)) ＝ 仍存在 \(PageNumber.count(report.persisting))；＋ 新发现 \(PageNumber.count(report.new)) ＝ 当日 \(PageNumber.count(report.open)) 条。三列条长各自成比例。",
        "The day before \(PageNumber.count(before)) − fixed \(PageNumber.count(report.fixed)) = persisting \(PageNumber.count(report.persisting)); + new \(PageNumber.count(report.new)) = \(PageNumber.count(report.open)). Bars are in scale within each list."
      )
    return """
      <p class="note">\(sums)</p>
      <div class="cols3">
      \(list(say("新发现", "New"), say("前一日没有，当日有", "not there the day before"), rules, .bad) { $0.new.values.reduce(0, +) })
      \(list(say("已整改", "Fixed"), say("前一日有，当日没有", "there the day before only"), rules, .good) { $0.fixed.values.reduce(0, +) })
      \(list(say("仍存在", "Persisting"), say("两日都有", "there on both days"), rules, .dim) { $0.persisting })
      </div>
      \(allRules(rules))
      <div class="cols2">
      \(causes)
      \(ages)
      </div>
      """
  }

  private func list(
    _ title: String, _ note: String, _ rules: [RuleCount], _ mark: PageTable.Mark, _ count: (RuleCount) -> Int
  ) -> Markup {
    let counted = rules.map { (rule: $0, count: count($0)) }.filter { $0.count > 0 }.sorted {
      ($1.count, $0.rule.code) < ($0.count, $1.rule.code)
    }
    let most = Double(counted.first?.count ?? 1)
    let rows = counted.prefix(Self.shownRules).map { entry in
      PageTable.Row(ruleName(entry.rule.code), [.bar(Double(entry.count) / most, mark), .text(PageNumber.count(entry.count))])
    }
    let all = PageNumber.count(counted.reduce(0) { $0 + $1.count })
    let more = counted.count - rows.count
    return PageTable(
      "\(title) \(all)", note: note + (more > 0 ? say("；另有 \(more) 条规则", "; \(more) more rules") : ""),
      [.init(say("规则", "Rule")), .init(""), .init(say("条", "Count"), isNumber: true)], rows
    ).markup
  }

  func ruleName(_ code: RuleCode) -> Markup {
    "\(report.book[code]?.title[words.language] ?? "")<span class=\"code\">\(code.description)</span>"
  }

  private func allRules(_ rules: [RuleCount]) -> Markup {
    let causes = LifeCause.allCases.map { $0.title[words.language] }
    let heads =
      [say("规则", "Rule")] + causes.map { say("新·\($0)", "new: \($0)") } + causes.map { say("改·\($0)", "fixed: \($0)") }
      + [say("仍存在", "Persisting"), say("最久（天）", "Oldest (days)")]
    let rows = rules.map { rule in
      ["\(rule.code) \(report.book[rule.code]?.title[words.language] ?? "")"]
        + LifeCause.allCases.map { PageNumber.count(rule.new[$0] ?? 0) }
        + LifeCause.allCases.map { PageNumber.count(rule.fixed[$0] ?? 0) }
        + [PageNumber.count(rule.persisting), String(report.reading.day.day.dayNumber - rule.oldest.dayNumber)]
    }
    return FoldedTable(say("按规则的全部数据", "All rules"), heads, rows).markup
  }

  private var causes: Markup {
    let notes: [LifeCause: String] = [
      .data: say("记录本身，或它引用、同组的记录变了", "the record changed, or one that it refers to or shares a group with"),
      .rules: say("规则或代码表变了；不算网格的新问题", "the rule or a list changed: no new work of a grid"),
      .time: say("数据和规则都没变，日子到了", "neither did: the day came"),
    ]
    let rows = LifeCause.allCases.map { cause in
      let new = report.sums.kinds.reduce(0) { $0 + ($1.new[cause] ?? 0) }
      let fixed = report.sums.kinds.reduce(0) { $0 + ($1.fixed[cause] ?? 0) }
      return PageTable.Row(
        "<b>\(cause.title[words.language])</b><br><span class=\"dim\">\(notes[cause] ?? "")</span>",
        [.text(PageNumber.count(new)), .text(PageNumber.count(fixed))])
    }
    return PageTable(
      say("为什么变", "Why it changed"), note: say("先看数据，再看规则，最后看日子", "data goes before rules, rules before time"),
      [
        .init(say("原因", "Cause")), .init(say("新发现", "New"), isNumber: true), .init(say("已整改", "Fixed"), isNumber: true),
      ], rows
    ).markup
  }

  private var ages: Markup {
    let today = report.reading.day.day.dayNumber
    var counts = words.ages.map { _ in 0 }
    for (day, count) in report.sums.begun { counts[words.ageClass(today - day.dayNumber)] += count }
    let old = counts.suffix(2).reduce(0, +)
    let classes = zip(words.ages, counts).map { AgeBars.Class(label: $0.label, count: $1, isOld: $0.least > 30) }
    let drawing = AgeBars(
      classes, title: say("问题的年龄", "Ages of findings"),
      description: zip(words.ages, counts).map { "\($0.label) \($1)" }.joined(separator: say("；", "; ")), name: "ages")
    return PageFigure(
      say(
        "当日 \(PageNumber.count(report.open)) 条中 \(PageNumber.count(old)) 条放了 30 天以上",
        "\(PageNumber.count(old)) of \(PageNumber.count(report.open)) are older than thirty days"),
      note: say("从第一次记录到起算，条；各段天数不等", "since they were first recorded; classes are not equally wide"), drawing.markup,
      numbers: FoldedTable(
        say("年龄的数据", "The ages as numbers"), [say("天", "Days"), say("条", "Count")],
        zip(words.ages, counts).map { [$0.label, PageNumber.count($1)] })
    ).markup
  }
}
