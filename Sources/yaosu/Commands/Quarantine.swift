import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse
import Foundation

/// `yaosu quarantine`: the rows that wait for correction.
struct Quarantine: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: say("待更正行：查看、导出、改好交回、放弃", "Rows that wait: list them, hand them out, take them back, give them up"),
    discussion: say(
      """
      例：
        yaosu quarantine list --warehouse 台账.db --by sender
        yaosu quarantine export --warehouse 台账.db -o 待更正.xlsx      在“待更正编号”后面的各列里改正
        yaosu quarantine retry 待更正.xlsx --warehouse 台账.db
      """,
      """
      Examples:
        yaosu quarantine list --warehouse w.db --by sender
        yaosu quarantine export --warehouse w.db -o waiting.xlsx       correct the columns behind "Waiting row"
        yaosu quarantine retry waiting.xlsx --warehouse w.db
      """),
    subcommands: [List.self, Export.self, Retry.self, Discard.self])

  /// `yaosu quarantine list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: say("列出待更正行：等了几天、为什么", "List the rows that wait: since when, and why"),
      discussion: say(
        "例：\n  yaosu quarantine list --warehouse 台账.db --by cause",
        "Example:\n  yaosu quarantine list --warehouse w.db --by cause"))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions
    @OptionGroup var waiting: WaitingOptions

    /// Counts instead of rows.
    @Option(
      help: ArgumentHelp(
        say("只列数目：按报送单位、数据集、批次或原因", "Counts only: by sender, dataset, batch or cause"), valueName: "sender|dataset|batch|cause")
    )
    var by: WaitingText.Grouping?

    /// Runs the command.
    func run() throws {
      let configuration = try options.site.configuration()
      let language = try options.site.language(configuration)
      let text = WaitingText(
        try SchemaPackSource.pack(options.site), today: try Day.parse(nil, configuration.timeZone), configuration.timeZone)
      let filter = try waiting.filter(options.site)
      var rows: [WaitingRow] = []
      try options.open().forEachWaiting(filter) { rows.append($0) }
      if options.json { return Console.data(text.object(rows, by: by).pretty + "\n") }
      if let by {
        Console.data(text.lines(rows, by: by, language))
      } else {
        for row in rows { Console.data(text.line(row, language)) }
      }
      Console.talk(text.ending(rows, language))
    }
  }

  /// `yaosu quarantine discard`.
  struct Discard: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "discard",
      abstract: say("放弃待更正行（可以撤销）", "Give waiting rows up (undo brings them back)"),
      discussion: say(
        "例：\n  yaosu quarantine discard B12-F1-R345 --reason 重复报送 --warehouse 台账.db\n  yaosu quarantine discard --batch 12 --reason 整批作废 --warehouse 台账.db",
        "Examples:\n  yaosu quarantine discard B12-F1-R345 --reason \"sent twice\" --warehouse w.db\n  yaosu quarantine discard --batch 12 --reason \"the whole list is void\" --warehouse w.db"
      ))

    /// The names of rows, as `list` shows them.
    @Argument(help: ArgumentHelp(say("待更正编号（不写则按下面的条件）", "Names of rows (else those of the options below)"), valueName: "name"))
    var names: [String] = []

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions
    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var deed: DeedOptions

    /// Why.
    @Option(help: ArgumentHelp(say("放弃的原因，记入批次和审计链", "Why; kept with the batch and in the audit chain"), valueName: "text"))
    var reason: String

    /// Whether nothing is kept.
    @Flag(name: [.customShort("n"), .long], help: ArgumentHelp(say("只说会放弃几行", "Dry run: say how many rows")))
    var dryRun = false

    /// Runs the command.
    func run() throws {
      var filter = try waiting.filter(options.site)
      if !names.isEmpty {
        filter.names = Set(
          try names.map { name in
            guard let known = WaitingName(name) else { throw WaitingRefusal.notWaiting(name, file: nil, row: 0) }
            return known
          })
      }
      guard !filter.isOpen, !reason.allSatisfy(\.isWhitespace) else {
        throw ValidationError(
          say("请写明待更正编号或条件，并用 --reason 说明原因", "Name rows, or say which ones, and why with --reason"))
      }
      // Giving up makes no warehouse.
      let path = try options.open().path
      var head = try deed.head("quarantine discard", options.site)
      head.reason = reason
      let found = try Warehouse(path: path, mode: .write).discardWaiting(filter, head, isDryRun: dryRun)
      if options.json {
        let object = JSONValue.object([
          ("format", .integer(1)), ("command", .text("quarantine discard")),
          ("outcome", .text(dryRun ? "dryRun" : "discarded")), ("batch", found.batch.map(JSONValue.integer) ?? .null),
          ("rows", .integer(found.count)),
        ])
        Console.data(object.pretty + "\n")
      }
      Console.talk(
        found.batch.map { batch in
          say(
            "已放弃 \(found.count) 行（记为第 \(batch) 批）；要取回，请运行 yaosu undo \(batch)\n",
            "\(found.count) rows are given up (as batch \(batch)); yaosu undo \(batch) would bring them back\n")
        } ?? say("没有放弃：将会放弃 \(found.count) 行；台账库未改动\n", "dry run: \(found.count) rows would be given up; nothing was changed\n")
      )
    }
  }
}

extension WaitingText.Grouping: ExpressibleByArgument {}
