import ElementCore
import ElementPage
import ElementSchema
import ElementWarehouse

/// Lays the findings of a run out on a page.
struct FindingsPageText {
  private let result: RunResult
  private let language: Language
  /// How many of each rule there are, of those that are shown.
  private let counts: [FindingCounts.Key: Int]
  /// The findings that stand on the page, by input.
  private let shown: [[Finding]]
  private let texts: [FindingText]

  /// So many causes stand in the list of what to do first.
  private static let firstCauses = 8

  /// The page with so many findings of each rule at most.
  init(_ result: RunResult, _ filter: FindingFilter, _ samples: FindingSamples, limit: Int, _ language: Language) {
    (self.result, self.language) = (result, language)
    counts = result.findings.counts.filter { filter.shows($0.key.code) && $0.value > 0 }
    texts = result.inputs.map { FindingText(book: result.book, map: $0.map, language: language) }
    var (seen, shown): ([RuleCode: Int], [[Finding]]) = ([:], Array(repeating: [], count: result.inputs.count))
    for sample in samples.all {
      seen[sample.finding.code, default: 0] += 1
      if seen[sample.finding.code, default: 0] <= limit { shown[sample.input].append(sample.finding) }
    }
    self.shown = shown
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// All of it: what to do first, the rules, and the findings of each file.
  var page: Page {
    get throws {
      let files = try zip(result.inputs.indices, result.inputs).map { try section($0, $1) }
      return Page(
        title: say("问题清单", "Findings"), facts: facts, first: first, sections: [rules] + files,
        end: say("由 yaosu 生成；内容已脱敏。", "Made by yaosu; values are masked."), language: language)
    }
  }

  private var facts: [(name: String, value: String)] {
    [
      (say("文件", "Files"), PageNumber.count(result.inputs.count)), (say("读取", "Read"), PageNumber.count(result.counts.read)),
      (say("待更正", "Quarantined"), PageNumber.count(result.counts.quarantined)),
    ]
  }

  // MARK: The first screen

  private func count(_ severity: Severity) -> Int { counts.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 } }

  /// The rules with what they found, those to be acted on first: the most severe, then the most frequent.
  private var causes: [FindingCounts.Key] {
    counts.keys.sorted { ($1.severity, counts[$1] ?? 0, $0.code) < ($0.severity, counts[$0] ?? 0, $1.code) }
  }

  private var first: Markup {
    let (errors, warnings, notes) = (count(.error), count(.warning), count(.info))
    let state =
      errors + warnings == 0
      ? say("没有要改的问题。", "Nothing needs correcting. ")
      : say(
        "错误 \(PageNumber.count(errors)) 条，警告 \(PageNumber.count(warnings)) 条；",
        "\(PageNumber.count(errors)) errors, \(PageNumber.count(warnings)) warnings; ")
    let acted = causes.filter { $0.severity > .info }
    let todo = acted.first.map { say("先改“\(title($0.code))”。", "first: \(title($0.code)).") } ?? ""
    let list =
      acted.isEmpty
      ? PageSection.empty(say("没有错误，也没有警告。", "There are no errors and no warnings."))
      : PageTasks(acted.prefix(Self.firstCauses).map(task), colon: say("：", ": ")).markup
    let more = acted.count - Self.firstCauses
    return """
      <section class="first" id="today" aria-label="\(say("首屏：结论和先做什么", "First screen: the verdict, and what to do first"))">
      <div class="verdict">
      <h2 class="hide">\(say("结论", "Verdict"))</h2>
      <p class="say"><span>\(state)</span><span class="first-do">\(todo)</span></p>
      <p class="facts"><span>\(RunSummary.balance(result.counts, language))</span>\(notes == 0 ? .none : "<span>\(say("另有提示 \(PageNumber.count(notes)) 条，已折叠", "\(PageNumber.count(notes)) notes are folded away"))</span>" as Markup)</p>
      </div>
      <h2>\(say("先做什么", "To do first"))</h2>
      \(list)\(more > 0 ? "<p class=\"sum\">\(say("另有 \(more) 条规则，见下表", "\(more) more rules stand in the table below"))</p>" as Markup : .none)
      </section>
      """
  }

  private func title(_ code: RuleCode) -> String { result.book[code]?.title[language] ?? code.description }

  /// What is done about a rule, whatever the column.
  private func fix(_ code: RuleCode) -> String {
    result.book[code]?.fixText(language) ?? ""
  }

  private func task(_ key: FindingCounts.Key) -> PageTasks.Item {
    let place = zip(result.inputs.indices, shown).lazy.flatMap { input, findings in findings.map { (input, $0) } }
      .first { $0.1.code == key.code && $0.1.row > 0 }
    let example = place.map { input, finding in
      let field = texts[input].header(finding)
      return say("如第 \(finding.line) 行", "such as line \(finding.line)")
        + (field.isEmpty ? "" : say("“\(field)”", " \"\(field)\""))
    }
    let parts = [key.severity.name[language], example ?? "", fix(key.code)]
    return PageTasks.Item(
      title(key.code), count: (PageNumber.count(counts[key] ?? 0), say("条", "")),
      facts: parts.filter { !$0.isEmpty }.joined(separator: say("；", "; ")), link: ("rules", say("看规则", "the rules")))
  }

  // MARK: Sections

  private var rules: PageSection {
    let total = counts.values.reduce(0, +)
    let count = shown.reduce(0) { $0 + $1.count }
    let cut: Markup =
      count >= total
      ? .none
      : "<p class=\"note\"><b>\(say("本页列出 \(count) 条，共 \(total) 条；完整清单请用 --findings 文件.csv（或 .xlsx、.jsonl）导出。", "This page shows \(count) findings of \(total); write all of them with --findings FILE.csv (or .xlsx, .jsonl)."))</b></p>\n"
    return PageSection(
      name: "rules", title: say("规则", "Rules"), question: say("哪些规则，各有多少？", "Which rules, and how many of each?"),
      reader: say("每条规则的说明：yaosu rule 编号", "What each is about: yaosu rule CODE"), body: cut + ruleTables)
  }

  private var ruleTables: Markup {
    if counts.isEmpty { return PageSection.empty(say("没有问题。", "No findings.")) }
    let acted = causes.filter { $0.severity > .info }
    let notes = causes.filter { $0.severity == .info }
    let table = acted.isEmpty ? .none : ruleTable(acted)
    return notes.isEmpty
      ? table : table + PageFold(say("提示 \(notes.count) 条规则", "Notes of \(notes.count) rules"), ruleTable(notes)).markup
  }

  private func ruleTable(_ keys: [FindingCounts.Key]) -> Markup {
    let most = Double(keys.compactMap { counts[$0] }.max() ?? 1)
    let rows = keys.map { key in
      let number = counts[key] ?? 0
      return PageTable.Row(
        "\(title(key.code))<span class=\"code\">\(key.code.description)</span>",
        [
          severity(key.severity, isWaived: false), .bar(Double(number) / most, key.severity == .error ? .bad : .dim),
          .text(String(number)), .text(fix(key.code)),
        ])
    }
    return PageTable(
      say("按规则", "By rule"),
      [
        .init(say("规则", "Rule")), .init(say("级别", "Severity"), isShort: true), .init(""),
        .init(say("数量", "Count"), isNumber: true),
        .init(say("怎么办", "What to do"), isOptional: true),
      ], rows, hidesCaption: true
    ).markup
  }

  private func severity(_ severity: Severity, isWaived: Bool) -> PageTable.Cell {
    let text = severity.name[language] + (isWaived ? say("（暂缓整改）", " (waived)") : "")
    return severity == .error ? .marked(text, .bad) : severity == .info ? .marked(text, .dim) : .text(text)
  }

  private func section(_ place: Int, _ input: InputResult) throws -> PageSection {
    let acted = shown[place].filter { $0.severity > .info }
    let notes = shown[place].filter { $0.severity == .info }
    var body: Markup =
      acted.isEmpty ? PageSection.empty(say("没有要改的行。", "No row needs correcting.")) : try table(acted, place, input)
    if !notes.isEmpty {
      body +=
        PageFold(
          say("提示 \(PageNumber.count(notes.count)) 条", "\(PageNumber.count(notes.count)) notes"), try table(notes, place, input)
        ).markup
    }
    let dataset = language == .zh ? input.map.dataset.title.zh : input.map.dataset.name
    return PageSection(
      name: "file\(place + 1)", title: PrintableText.escape(input.path), question: dataset,
      reader: say("内容已脱敏", "values are masked"), body: body)
  }

  private func table(_ findings: [Finding], _ place: Int, _ input: InputResult) throws -> Markup {
    let isCell = input.recordPath == nil && input.format != "ndjson"
    let rows = try findings.map { finding in
      let place =
        finding.row == 0
        ? "" : input.sharesLines || finding.line == 0 ? try input.place(finding, language) : String(finding.line)
      return (place, finding)
    }.map { spot, finding in
      PageTable.Row(
        "\(spot)",
        [
          .text(isCell ? finding.cell ?? "" : ""), severity(finding.severity, isWaived: finding.isWaived),
          .text(finding.code.description), .text(texts[place].header(finding)), .text(finding.value),
          .text(texts[place].message(finding)), .text(finding.suggestion?.value ?? ""),
        ])
    }
    return PageTable(
      say("逐条", "Finding by finding"),
      [
        .init(say("位置", "Place")), .init(say("单元格", "Cell"), isOptional: true, isShort: true),
        .init(say("级别", "Severity"), isShort: true),
        .init(say("规则", "Rule"), isShort: true), .init(say("列", "Column")),
        .init(say("内容（已脱敏）", "Value (masked)"), isOptional: true),
        .init(say("说明", "Message")), .init(say("建议", "Suggestion"), isOptional: true),
      ], rows, hidesCaption: true
    ).markup
  }
}
