import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse

/// `yaosu waive`: findings that are accepted for a time.
struct Waive: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: say("暂缓整改：在期限内不因某个问题让行待更正", "Accept findings for a time: they count, and no row waits for them"),
    discussion: say(
      """
      指纹在问题清单的 fingerprint 列。证件号码类的规则只能按指纹逐条暂缓。
      例：
        yaosu waive 指纹 --until 2027-03-31 --reason 已对照证件原件 --warehouse 台账.db
        yaosu waive R2101 --dataset registeredResident --until 2027-03-31 --reason 历史数据分批核对 --warehouse 台账.db
        yaosu waive list --warehouse 台账.db
      """,
      """
      Fingerprints stand in the column fingerprint of a findings list. Findings about identity numbers are waived one by one.
      Examples:
        yaosu waive FINGERPRINT --until 2027-03-31 --reason "compared with the document" --warehouse w.db
        yaosu waive R2101 --dataset registeredResident --until 2027-03-31 --reason "old records, mended in parts" --warehouse w.db
        yaosu waive list --warehouse w.db
      """),
    subcommands: [Add.self, List.self], defaultSubcommand: Add.self)

  /// `yaosu waive TARGET`.
  struct Add: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: say("登记或取消暂缓（可省略 add）", "Waive findings, or take that back (add may be left out)"),
      discussion: say(
        "例：\n  yaosu waive G2004 --until 2027-03-31 --reason 正在补录户主 --warehouse 台账.db\n  yaosu waive G2004 --withdraw --reason 已补录 --warehouse 台账.db",
        "Examples:\n  yaosu waive G2004 --until 2027-03-31 --reason \"householders are being added\" --warehouse w.db\n  yaosu waive G2004 --withdraw --reason \"added\" --warehouse w.db"
      ))

    /// What is waived.
    @Argument(
      help: ArgumentHelp(
        say("问题的指纹（32 位），或规则代码", "A finding's fingerprint (32 digits), or a rule's code"), valueName: "fingerprint|code"))
    var target: String

    /// The last day.
    @Option(help: ArgumentHelp(say("截止日期，含当天（必填）", "The last day that it holds (needed)"), valueName: "YYYY-MM-DD"))
    var until: String?

    /// Whether a waiver is taken back.
    @Flag(help: ArgumentHelp(say("取消暂缓", "Take the waiver back")))
    var withdraw = false

    /// Why.
    @Option(help: ArgumentHelp(say("原因，记入审计链", "Why; kept in the audit chain"), valueName: "text"))
    var reason: String

    /// Where a rule of several kinds of rosters is waived for one of them only.
    @Option(help: ArgumentHelp(say("只暂缓这个数据集的问题", "Findings of this dataset only"), valueName: "name"))
    var dataset: String?

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions
    @OptionGroup var deed: DeedOptions

    /// Refuses options that do not go together.
    func validate() throws {
      if withdraw == (until != nil) {
        throw ValidationError(
          say("请用 --until 写明截止日期（取消暂缓用 --withdraw）", "Say with --until how long (or take it back with --withdraw)"))
      }
      if let until, CalendarDate(iso: Array(until.utf8).span) == nil {
        throw ValidationError(say("--until 应为日期，如 2027-03-31", "--until is a day, such as 2027-03-31"))
      }
      if reason.utf8.count > 1_000 {
        throw ValidationError(say("--reason 太长：最多 1000 字节", "--reason takes 1,000 bytes at most"))
      }
      if reason.allSatisfy(\.isWhitespace) { throw ValidationError(say("请用 --reason 写明原因", "Say why with --reason")) }
    }

    /// Runs the command.
    func run() throws {
      let configuration = try options.site.configuration()
      let language = try options.site.language(configuration)
      let day = until.flatMap { CalendarDate(iso: Array($0.utf8).span) }
      let today = try Day.parse(nil, configuration.timeZone)
      let order = WaiverOrder(target: target, dataset: dataset, until: day, reason: reason, today: today)
      // Waiving makes no warehouse.
      let path = try options.open().path
      let pack = try SchemaPackSource.pack(options.site)
      let (kept, finding) = try order.carryOut(
        pack, try Warehouse(path: path, mode: .write), try deed.head("waive", options.site))
      let text = WaiverText([kept], today: today)
      if options.json {
        let object = JSONValue.object([
          ("format", .integer(1)), ("command", .text("waive")), ("outcome", .text(withdraw ? "withdrawn" : "waived")),
          ("waiver", text.object(kept)),
        ])
        Console.data(object.pretty + "\n")
      }
      let done =
        withdraw
        ? say("已取消暂缓\n", "the waiver is taken back\n")
        : say("已登记暂缓整改；从下一次检查或入库起生效\n", "waived, from the next check or load on\n")
      let stays = configuration.waivers.contains { $0.waiver.name == kept.waiver.name && today <= $0.waiver.until }
      let hint =
        withdraw && stays ? say("waivers.yaml 里也有这一条，仍然暂缓；请在那里删去\n", "waivers.yaml waives it too: take it out there\n") : ""
      let told = finding.map { found in
        (language == .zh ? found.message : pack.book[found.code]?.title.en ?? found.message) + "\n"
      }
      Console.talk((told ?? "") + text.lines(language) + done + hint)
    }
  }

  /// `yaosu waive list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: say("列出暂缓整改", "List what is waived, and until when"),
      discussion: say("例：\n  yaosu waive list --warehouse 台账.db", "Example:\n  yaosu waive list --warehouse w.db"))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions

    /// Runs the command.
    func run() throws {
      let configuration = try options.site.configuration()
      let text = WaiverText(
        try options.open().waivers(), site: configuration.waivers.map(\.waiver),
        today: try Day.parse(nil, configuration.timeZone))
      if options.json { return Console.data(text.list.pretty + "\n") }
      Console.data(text.lines(try options.site.language(configuration)))
    }
  }
}
