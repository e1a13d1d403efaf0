import ArgumentParser
import ElementCore
import ElementPipeline
import ElementReports
import ElementWarehouse

/// `yaosu nightly`: take what came, check what is stored, report.
struct Nightly: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: say("夜间任务：收件、入库、检查已入库的数据、出日报", "The job of the night: take deliveries, check what is stored, report"),
    discussion: say(
      """
      从 inbox/<报送单位>/ 收件，一个文件夹里的文件算一份报送；答复写入 outbox/<报送单位>/，日报写入 reports/<日期>/。
      receipts/ 里的回执先读入，yaosu.yaml 的 exports 到期的数据包写入 packages/。
      做过 yaosu dedupe find --apply 的台账库，每晚合并新来的记录中有把握的（yaosu.yaml 的 linkage: {nightly: false} 关闭）。
      一份读不了或被暂停，不影响其他各份；退出码取最重的：5、4、3、1、0。文件夹可在 yaosu.yaml 的 folders 下改。
      例：
        yaosu nightly --config yaosu.yaml
      """,
      """
      Deliveries are taken from inbox/<sender>/, the files of a folder as one; answers go to outbox/<sender>/, the report to reports/<day>/.
      Answers in receipts/ are read, and packages that are due by exports: in yaosu.yaml go to packages/.
      Where yaosu dedupe find --apply was run once, each night joins what is sure among the rows that came (linkage: {nightly: false} in yaosu.yaml stops it).
      One that cannot be read or is held stops no other; the exit code is the worst: 5, 4, 3, 1, 0. Folders are set under folders: in yaosu.yaml.
      Example:
        yaosu nightly --config yaosu.yaml
      """))

  /// Flags that several commands share.
  @OptionGroup var night: NightOptions

  /// Runs the night.
  func run() throws {
    let (options, language) = try night.deliveryOptions("nightly")
    let lock = try RunLock(folder: options.configuration.folders.inbox)
    let run = NightRun(options, language)
    var codes: [Int] = []
    try run.takeDeliveries { answer in
      codes.append(answer.exitCode)
      NightOptions.tell(answer, language)
    }
    let exchange = try NightExchange(options)
    func tell(_ event: NightExchange.Event) {
      codes.append(event.exitCode)
      Console.talk("— \(PrintableText.escape(event.subject))\n\(event.message[language])")
    }
    try exchange.readReceipts(tell)
    try exchange.export(language, tell)
    if let event = try NightLinkage(options).run() { tell(event) }
    let reports = try run.close()
    let report = reports.report(reports.offices[0])
    let files = try ReportFiles(folder: run.reportFolder, forms: ReportForm.allCases, replaces: true)
    try files.write(report, language)
    for level in run.levels {
      try ReportFolder(run.reportFolder + "/" + level.rawValue, replaces: true).write(reports, level, [.html, .xlsx], language)
    }
    Console.data(TextReport(report, language).text)
    Console.talk(say("日报：", "report: ") + files.names.joined(separator: say("、", ", ")) + "\n")
    if report.grade == .untrusted { codes.append(1) }
    withExtendedLifetime(lock) {}
    let code = NightOptions.worst(codes)
    if code != 0 { throw ExitCode(Int32(code)) }
  }
}
