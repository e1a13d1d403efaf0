import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementReports
import ElementSchema
import ElementWarehouse

/// `yaosu report`: how good the data is, what changed, what to do first.
struct Report: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: say("数据质量日报：好不好、比前一日怎样、先做什么", "How good the data is, what changed since the day before, what to do first"),
    discussion: say(
      """
      先用 yaosu check --stored --record 记录当日，再出报告；报告只读台账库。
      例：
        yaosu report --warehouse 台账.db -o 日报
        yaosu report --warehouse 台账.db -o 日报 --output-format html,xlsx,json,text --as-of 2026-11-26
        yaosu report --warehouse 台账.db -o 日报 --each street,community,grid
        yaosu report --warehouse 台账.db -o 日报 --scope area=320699001 --drill 明细
      """,
      """
      Record the day with yaosu check --stored --record, then report; only the warehouse is read.
      Examples:
        yaosu report --warehouse w.db -o report
        yaosu report --warehouse w.db -o report --output-format html,xlsx,json,text --as-of 2026-11-26
        yaosu report --warehouse w.db -o report --each street,community,grid
        yaosu report --warehouse w.db -o report --scope area=320699001 --drill rows
      """))

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions

  /// The folder that the report is written into.
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      say("报告写入哪个文件夹（没有就新建）", "The folder that the report is written into; it is made where there is none"), valueName: "dir"))
  var output: String

  /// The forms, parted by commas.
  @Option(
    help: ArgumentHelp(
      say("形式：html、json、text、xlsx，可用逗号写几个", "Forms: html, json, text, xlsx; several are parted by commas"), valueName: "forms"))
  var outputFormat = "html"

  /// The last day that counts.
  @Option(
    help: ArgumentHelp(
      say("报告到哪一天为止（默认最近记录的一天）", "Report on the last day up to this one (default: the last that was recorded)"),
      valueName: "YYYY-MM-DD"))
  var asOf: String?

  /// The last day that was recorded by a moment.
  @Option(
    help: ArgumentHelp(
      say("报告某时之前最后记录的一天：批次号、日期或时间", "Report on the last day that was recorded by a batch, a day or a time"),
      valueName: "batch|time"))
  var at: String?

  /// The day that drifts are held against.
  @Option(
    help: ArgumentHelp(
      say("漂移与哪一天比（默认约三十天前记录的一天）", "Hold drifts against this day (default: one of some thirty days before)"),
      valueName: "YYYY-MM-DD"))
  var baseline: String?

  /// The office that is reported on.
  @Option(
    help: ArgumentHelp(
      say("只报告一个范围：area=320699001 或 gridCode=…", "Report on a part: area=320699001 or gridCode=…"), valueName: "scope"))
  var scope: String?

  /// The levels whose offices have a report each, parted by commas.
  @Option(
    help: ArgumentHelp(
      say(
        "另为每个街道、社区、网格各出一份：street、community、grid，可用逗号写几个",
        "Also a report for each street, community or grid; several are parted by commas"),
      valueName: "levels"))
  var each: String?

  /// For whom the report is made.
  @Option(
    help: ArgumentHelp(
      say(
        "给谁看：own（本单位）、superior（上级）、outside（外单位）；给别人的报告不含敏感群体",
        "For whom: own, superior, outside; reports for others leave sensitive groups out"),
      valueName: "audience"))
  var audience = ReportAudience.own

  /// The folder for the rows behind the figures.
  @Option(
    help: ArgumentHelp(
      say("把每个数字背后的行写入这个文件夹（CSV，已脱敏）", "Write the rows behind each figure into this folder (CSV, masked)"), valueName: "dir"))
  var drill: String?

  /// Replaces a report that is there.
  @Flag(help: ArgumentHelp(say("覆盖已有的报告", "Replace a report that is there")))
  var force = false

  private var forms: [ReportForm] {
    ReportForm.allCases.filter { outputFormat.split(separator: ",").contains(Substring($0.rawValue)) }
  }

  private var office: ReportOffice? { ReportOffice(scope: scope) }

  /// Refuses forms that there are none of, and options that do not go together.
  func validate() throws {
    for name in outputFormat.split(separator: ",", omittingEmptySubsequences: false)
    where ReportForm(rawValue: String(name)) == nil {
      throw ValidationError(say("没有形式 \(name)；可用 html、json、text、xlsx", "There is no form \(name); use html, json, text, xlsx"))
    }
    if scope != nil, office == nil {
      throw ValidationError(say("--scope 应为 area=数字 或 gridCode=编码", "--scope is area=DIGITS or gridCode=CODE"))
    }
    if let each,
      each.split(separator: ",", omittingEmptySubsequences: false).contains(where: { OfficeLevel(rawValue: String($0)) == nil })
    {
      throw ValidationError(say("--each 可用 street、community、grid", "--each takes street, community, grid"))
    }
    if scope != nil, each != nil {
      throw ValidationError(say("--scope 与 --each 不能一起使用", "--scope and --each do not go together"))
    }
    if drill != nil, each != nil {
      throw ValidationError(say("--drill 与 --each 不能一起使用", "--drill and --each do not go together"))
    }
    if audience != .own, drill != nil || scope != nil || each != nil {
      throw ValidationError(
        say(
          "给别人的报告只出全库的：小范围的数和明细只给本单位，不能与 --scope、--each、--drill 一起使用",
          "A report for others is of the whole: parts and rows are for the office itself, so --scope, --each and --drill do not go with it"
        ))
    }
    if let drill, drill.utf8.elementsEqual(output.utf8) {
      throw ValidationError(say("--drill 要另用一个文件夹", "--drill takes a folder of its own"))
    }
    if asOf != nil, at != nil { throw ValidationError(say("--as-of 与 --at 不能一起使用", "--as-of and --at do not go together")) }
  }

  /// Writes the report and says where.
  func run() throws {
    let configuration = try options.site.configuration()
    let language = try options.site.language(configuration)
    let setting = Setting(configuration)
    var run = try ReportRun(
      schemas: setting.value(options.site.schemas, "schemas"), overlays: options.site.overlays(configuration),
      gridScheme: setting.value(nil, "grid_scheme"), configuration)
    let warehouse = try options.open()
    run.day =
      try asOf.map { try Day.parse($0, configuration.timeZone) } ?? at.map { try day($0, warehouse, configuration.timeZone) }
    run.audience = audience
    run.baseline = try baseline.map { try Day.parse($0, configuration.timeZone) }
    let files = try ReportFiles(folder: output, forms: forms, replaces: force)
    let drilled = try drill.map { try PrivateFolder($0, replaces: force) }
    let folders = try levels.map { try ReportFolder(output + "/" + $0.rawValue, replaces: force) }
    let reports = try run.reports(on: warehouse, office.map { .one($0) } ?? .every(levels))
    let report = reports.report(reports.offices[0])
    try files.write(report, language)
    if force { files.removeOthers() }
    for (level, folder) in zip(levels, folders) { try folder.write(reports, level, forms, language) }
    let drillCount = try drilled.map { folder in
      let count = try run.drill(report, warehouse, into: DrillList(language) { try folder.write($1, to: $0) })
      try folder.finish()
      return count
    }
    if options.json { return Console.data(JSONReport(report, language).object.pretty + "\n") }
    Console.data(TextReport(report, language).text)
    Console.talk(say("报告：", "report: ") + files.names.joined(separator: say("、", ", ")) + "\n")
    if !levels.isEmpty {
      let names = folders.map(\.path).joined(separator: say("、", ", "))
      Console.talk(say("另有 \(reports.offices.count - 1) 份：\(names)\n", "\(reports.offices.count - 1) more: \(names)\n"))
    }
    if let drill, let drillCount {
      Console.talk(say("明细：\(drill)，\(drillCount) 个文件\n", "rows: \(drillCount) files in \(drill)\n"))
    }
  }

  private var levels: [OfficeLevel] {
    OfficeLevel.allCases.filter { each?.split(separator: ",").contains(Substring($0.rawValue)) ?? false }
  }

  /// The last day that was recorded by a moment.
  private func day(_ text: String, _ warehouse: Warehouse, _ zone: OfficeZone) throws -> CalendarDate {
    guard let moment = PastMoment(text, zone) else {
      throw ValidationError(
        say(
          "--at 应为批次号、日期（2026-11-28）或时间（2026-11-28T17:30）", "--at is a batch, a day (2026-11-28) or a time (2026-11-28T17:30)"))
    }
    return try warehouse.qualityDay(at: moment)
  }
}

extension ReportAudience: ExpressibleByArgument {}

extension ReportOffice {
  /// The part that a scope of the command line names; nil for one that names none.
  init?(scope: String?) {
    switch scope.flatMap({ AreaScope($0) }) {
    case .all: self = .all
    case .area(let digits): self = .area(digits)
    case .field("gridCode", let code): self = .grid(code)
    case .field, nil: return nil
    }
  }
}
