import ElementCore
import ElementPage
import ElementSchema
import ElementWarehouse

/// The words of a report in one language, shared by its renderers.
struct ReportWords {
  let report: QualityReport
  let language: Language

  func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The title of the page: whose it is, and of which day.
  var title: String {
    let names = [PrintableText.escape(report.office), officeName].filter { !$0.isEmpty }
    let name = names.joined(separator: " ") + (names.isEmpty ? "" : say("　", " "))
    return name + say("数据质量日报　", "Data quality, ") + report.reading.day.day.text
  }

  /// The two clauses of the verdict: how it stands and whether it is better, and what first.
  var verdict: (state: String, first: String) {
    let state =
      switch report.grade {
      case .good: say("数据合格", "The data are good")
      case .fair: say("数据基本合格", "The data are fair")
      case .poor: say("数据不合格", "The data are poor")
      case .untrusted: say("数据不可信", "The data cannot be trusted")
      case .notEvaluated: say("还没有可评的数据", "There is nothing to evaluate yet")
      }
    let first =
      report.grade == .untrusted
      ? say("先查清台账库的不符之处。", "First find out what is wrong with the warehouse.")
      : report.tasks.first.map { say("先", "first: ") + task($0) + say("。", ".") }
        ?? say("没有要先做的事。", "Nothing needs doing first.")
    return (state + comparison + say("；", "; "), first)
  }

  private var comparison: String {
    guard report.grade != .untrusted, let now = report.score.total, let before = report.scoreBefore?.total else { return "" }
    let points = ((now - before) * 1_000).rounded()
    if points == 0 { return say("，与前一日持平", ", as on the day before") }
    if points > 0, report.new > report.fixed {
      return say("，总分比前一日高，但问题多了", ", a higher total than the day before, but more findings")
    }
    return points > 0 ? say("，比前一日好", ", better than the day before") : say("，比前一日差", ", worse than the day before")
  }

  /// What is to be done, verb first.
  func task(_ task: QualityReport.Task) -> String {
    switch task.kind {
    case .held(let batch): return say("处理被暂停的第 \(batch) 批", "decide on batch \(batch), which is held")
    case .waiting: return say("改好待更正的行", "correct the rows that wait")
    case .findings(let code):
      let field = self.field(task.dataset, task.field)
      if Self.missing.contains(code.description) { return say("补填\(field)", "fill in \(field)") }
      let isError = report.book[code].map { $0.severity == .error } ?? false
      let title = report.book[code]?.title[language] ?? code.description
      let verb = isError ? say("更正", "correct ") : say("核对", "look at ")
      return verb + (field.isEmpty ? "" : field + say("：", ": ")) + title
    }
  }

  /// The same as a line of a list begins.
  func heading(_ task: QualityReport.Task) -> String {
    let text = self.task(task)
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The rules that something which is to be filled in is not.
  static let missing: Set = ["V1001", "V1002", "V1003", "V1005", "V1006"]

  /// Whose task it is, and how old.
  func facts(_ task: QualityReport.Task) -> String {
    var parts: [String] = []
    switch task.kind {
    case .held: parts.append(say("核对无误则继续入库，否则作废", "go on with it, or discard it"))
    case .waiting: parts.append(say("导出、改好、交回", "export, correct, retry"))
    case .findings: parts.append(dataset(task.dataset))
    }
    if task.new > 0 { parts.append(say("新增 \(PageNumber.count(task.new))", "\(PageNumber.count(task.new)) new")) }
    if task.age > 0 { parts.append(say("最久 \(task.age) 天", "oldest \(task.age) days")) }
    return parts.joined(separator: say("，", ", "))
  }

  /// What a dataset is called.
  func dataset(_ name: String) -> String {
    report.datasets.first { $0.name.utf8.elementsEqual(name.utf8) }?.title[language] ?? name
  }

  /// What a field is called; nothing for none.
  func field(_ dataset: String, _ name: String) -> String {
    let found = report.datasets.first { $0.name.utf8.elementsEqual(dataset.utf8) }
    return found?.fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.title(language) ?? name
  }

  /// What became of a batch.
  func state(_ delivery: QualityReading.Delivery) -> String {
    switch (delivery.state, delivery.kind) {
    case ("held", _): say("■ 已暂停", "■ held")
    case ("undone", _): say("已撤销", "undone")
    case (_, "load"): say("已入库", "loaded")
    case (_, "retry"): say("交回", "retry")
    case (_, "undo"): say("撤销", "undo")
    case (_, "regrid"): say("网格调整", "regrid")
    default: delivery.kind
    }
  }

  /// How grave a finding is.
  func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: say("错误", "error")
    case .warning: say("存疑", "warning")
    case .info: say("说明", "note")
    }
  }

  /// A change in points of a hundred, with its arrow.
  func change(_ now: Double, _ before: Double?) -> String {
    guard let before else { return say("首日", "first") }
    let tenths = ((now - before) * 1_000).rounded()
    if tenths == 0 { return say("持平", "same") }
    return (tenths > 0 ? "▲ " : "▼ ") + PageNumber.tenths(abs(tenths) / 10)
  }

  /// A day on an axis.
  func short(_ day: CalendarDate) -> String { String(day.text.suffix(5)) }

  /// The bounds of classes of ages, in days, with their names.
  var ages: [(least: Int, label: String)] {
    [
      (0, say("3 天内", "≤ 3 days")), (4, say("4–7 天", "4–7")), (8, say("8–30 天", "8–30")), (31, say("31–90 天", "31–90")),
      (91, say("90 天以上", "> 90")),
    ]
  }

  /// The class of an age, from 0.
  func ageClass(_ age: Int) -> Int { (ages.lastIndex { $0.least <= age }) ?? 0 }

  /// What a target said of a package.
  func answer(_ answer: String) -> String {
    switch answer {
    case "partly": say("部分确认", "partly")
    case "acknowledged": say("已确认", "acknowledged")
    default: say("等回执", "open")
    }
  }

  /// Whose it is to mend what a target refused.
  func cause(_ cause: String) -> String {
    cause.utf8.elementsEqual("theirs".utf8) ? say("对方", "the target") : say("本单位", "the office")
  }
}
