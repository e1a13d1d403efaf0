import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse

/// `yaosu receipt`: what the other system answered.
struct Receipt: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "receipt",
    abstract: say("读入对方的回执：接收了哪些，退回了哪些，为什么", "Read what the target answered: what it took, what it refused, and why"),
    discussion: say(
      """
      回执可以是 .xlsx、CSV、XML、JSON，或粘贴成 .txt 的“第 17 行：所属网格不存在”；各列的含义写在导出方案的 receipt 下。
      退回的记录列入日报，改好后下一次增量会带上；属对方原因的用 yaosu export --resend theirs 再发。别的包的、重复的、矛盾的回执不收，退出码 3。
      例：
        yaosu receipt 回执.xlsx --warehouse 台账.db
        yaosu receipt --accepted --package yaosu-exchange-20261201001008-000001 --warehouse 台账.db
      """,
      """
      An answer is an .xlsx, CSV, XML or JSON, or lines pasted into a .txt such as "row 17: no such grid"; the profile says under receipt what its columns mean.
      Refused records stand in the nightly report; corrected, they go with the next delta. Where the fault was theirs, yaosu export --resend theirs sends them again. Answers to other packages, doubled and contradictory ones are refused with exit code 3.
      Examples:
        yaosu receipt answer.xlsx --warehouse w.db
        yaosu receipt --accepted --package yaosu-exchange-20261201001008-000001 --warehouse w.db
      """))

  /// The answer.
  @Argument(help: ArgumentHelp(say("回执文件", "The file of the answer"), valueName: "file"))
  var file: String?

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions
  @OptionGroup var deed: DeedOptions

  /// The package that it answers.
  @Option(
    help: ArgumentHelp(say("是哪个包的回执（默认从回执看出）", "The package that it answers (default: as the answer says)"), valueName: "id"))
  var package: String?

  /// The profile of the package.
  @Option(help: ArgumentHelp(say("是哪个方案的回执", "The profile that it answers"), valueName: "name"))
  var profile: String?

  /// Whether the target took all.
  @Flag(
    help: ArgumentHelp(
      say("对方没有文件，只说全部接收（须同时给出 --package）", "The target sent no file and says that it took all; takes --package")))
  var accepted = false

  /// Refuses what contradicts itself.
  func validate() throws {
    guard accepted == (file == nil), !accepted || package != nil else {
      throw ValidationError(
        say("请给出回执文件，或 --accepted 与 --package", "Give the file of the answer, or --accepted with --package"))
    }
  }

  /// Reads the answer, and says what became of the package.
  func run() throws {
    let pack = try SchemaPackSource.pack(options.site)
    var wanted = ReceiptRun.Options(path: file ?? "", head: try deed.head("receipt", options.site, pack))
    (wanted.package, wanted.profile) = (package, profile)
    let path = try options.open().path
    let warehouse = try Warehouse(path: path, mode: .write, wait: max(0, options.wait))
    let result = try ReceiptRun(wanted, pack).run(warehouse)
    let text = ReceiptText(result, try options.site.language(try options.site.configuration()))
    if options.json { Console.data(text.object(Version.current).pretty + "\n") }
    Console.talk(text.summary)
    if text.refusedCount > 0 { throw ExitCode(1) }
  }
}
