import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementReports
import ElementWarehouse
import Foundation

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

  /// A form of the report.
  enum Form: String, CaseIterable {
    /// A page.
    case html
    /// For programs.
    case json
    /// For a chat group.
    case text

    /// The name of its file.
    var file: String { self == .text ? "report.txt" : "report.\(rawValue)" }
  }

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
    for name in outputFormat.split(separator: ",") where Form(rawValue: String(name)) == nil {
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
    let forms = Form.allCases.filter { outputFormat.split(separator: ",").contains(Substring($0.rawValue)) }
    try FileManager.default.createDirectory(
      atPath: output, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let files = try forms.map { form throws(OutputError) in
      (form, try PrivateFile(output + "/" + form.file, replaces: force))
    }
    for (form, file) in files {
      try file.append(Array(text(form, report, language).utf8))
      try file.finish()
    }
    if options.json { return Console.data(JSONReport(report, language).object.pretty + "\n") }
    Console.data(TextReport(report, language).text)
    Console.talk(say("报告：", "report: ") + forms.map { output + "/" + $0.file }.joined(separator: say("、", ", ")) + "\n")
  }

  private func text(_ form: Form, _ report: QualityReport, _ language: Language) -> String {
    switch form {
    case .html: HTMLReport(report, language).html(stamp: stamp(report))
    case .json: JSONReport(report, language).object.pretty + "\n"
    case .text: TextReport(report, language).text
    }
  }

  /// The only line that differs between two reports on the same day.
  private func stamp(_ report: QualityReport) -> String {
    let now = Date.now.ISO8601Format()
    let head = report.reading.auditHead.map { "\($0.prefix(8))…\($0.suffix(8))" } ?? "-"
    return say(
      "生成于 \(now)，yaosu \(Version.current)。同一台账库、同一日期，除本行外逐字节相同。审计链头 \(head)。",
      "Made at \(now) by yaosu \(Version.current). Of the same warehouse and day all but this line is the same, byte for byte. Head of the audit chain \(head)."
    )
  }
}
