import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementReports

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
        yaosu report --warehouse 台账.db -o 日报 --output-format html,json,text --as-of 2026-11-26
      """,
      """
      Record the day with yaosu check --stored --record, then report; only the warehouse is read.
      Examples:
        yaosu report --warehouse w.db -o report
        yaosu report --warehouse w.db -o report --output-format html,json,text --as-of 2026-11-26
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
      say("形式：html、json、text，可用逗号写几个", "Forms: html, json, text; several are parted by commas"), valueName: "forms"))
  var outputFormat = "html"

  /// The last day that counts.
  @Option(
    help: ArgumentHelp(
      say("报告到哪一天为止（默认最近记录的一天）", "Report on the last day up to this one (default: the last that was recorded)"),
      valueName: "YYYY-MM-DD"))
  var asOf: String?

  /// Replaces a report that is there.
  @Flag(help: ArgumentHelp(say("覆盖已有的报告", "Replace a report that is there")))
  var force = false

  /// Refuses forms that there are none of.
  func validate() throws {
    for name in outputFormat.split(separator: ",") where ReportFiles.Form(rawValue: String(name)) == nil {
      throw ValidationError(say("没有形式 \(name)；可用 html、json、text", "There is no form \(name); use html, json, text"))
    }
  }

  /// Writes the report and says where.
  func run() throws {
    let configuration = try options.site.configuration()
    let language = try options.site.language(configuration)
    let setting = Setting(configuration)
    var run = try ReportRun(
      schemas: setting.value(options.site.schemas, "schemas"),
      overlays: options.site.overlays(configuration), configuration)
    run.day = try asOf.map { try Day.parse($0, configuration.timeZone) }
    let report = try run.report(on: options.open())
    let forms = ReportFiles.Form.allCases.filter { outputFormat.split(separator: ",").contains(Substring($0.rawValue)) }
    let files = try ReportFiles(folder: output, forms: forms, replaces: force)
    try files.write(report, language)
    if options.json { return Console.data(JSONReport(report, language).object.pretty + "\n") }
    Console.data(TextReport(report, language).text)
    Console.talk(say("报告：", "report: ") + files.names.joined(separator: say("、", ", ")) + "\n")
  }
}
