import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse

/// `yaosu undo`: take a load back.
struct Undo: ParsableCommand {
  /// What becomes of rows that a later batch changed.
  enum Conflicts: String, ExpressibleByArgument, CaseIterable {
    case refuse
    case keepLater = "keep-later"
  }

  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: say("撤销一批", "Take a load back"),
    discussion: say(
      "例：\n  yaosu undo 3 --warehouse 台账.db --dry-run\n  yaosu undo 3 --warehouse 台账.db --reason 报错了街道",
      "Examples:\n  yaosu undo 3 --warehouse w.db --dry-run\n  yaosu undo 3 --warehouse w.db --reason \"another street's roster\""
    ))

  /// The number of the batch.
  @Argument(help: ArgumentHelp(say("批次号", "The number of the batch"), valueName: "batch"))
  var number: Int

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions

  /// Whether all is done and taken back again.
  @Flag(name: [.customShort("n"), .long], help: ArgumentHelp(say("试撤销：只说会怎样，台账库不改动", "Dry run: say what would be done")))
  var dryRun = false

  /// What becomes of rows that a later batch changed.
  @Option(
    help: ArgumentHelp(
      say("后来又被改动的行：refuse 不撤销（默认），keep-later 保留后来的改动", "Rows changed since: refuse (default), or keep-later"),
      valueName: "refuse|keep-later"))
  var conflicts = Conflicts.refuse

  /// Whether what it made leaves history too.
  @Flag(
    help: ArgumentHelp(
      say("从历史中也永久删除误入的内容，不能恢复（须写 --reason）", "Remove what it made from history too, for good (takes --reason)")))
  var erase = false

  /// Why.
  @Option(help: ArgumentHelp(say("撤销的原因，记入批次", "Why; kept with the batch"), valueName: "text"))
  var reason: String?

  /// Flags that several commands share.
  @OptionGroup var deed: DeedOptions

  /// Refuses options that do not go together.
  func validate() throws {
    if erase, conflicts == .keepLater || reason?.allSatisfy(\.isWhitespace) ?? true {
      throw ValidationError(
        say("--erase 须用 --reason 写明原因，且不能保留后来的改动", "--erase takes a --reason, and keeps no later changes"))
    }
  }

  /// Runs the command.
  func run() throws {
    let configuration = try options.site.configuration()
    let language = try options.site.language(configuration)
    let setting = Setting(configuration)
    guard let path = setting.value(options.warehouse, "warehouse") else {
      throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
    }
    let pack = try SchemaPackSource.pack(options.site)
    let order = Warehouse.UndoOrder(
      batch: number, keepsLater: conflicts == .keepLater, isDryRun: dryRun, reason: reason, erases: erase)
    var run = UndoRun(
      order, pack: pack, operatorName: deed.name(setting), toolVersion: Version.current,
      today: try Day.parse(nil, configuration.timeZone))
    run.origin = .here("undo", anchor: setting.value(nil, "anchor"))
    let text = UndoText(try run.run(path), order, pack)
    if options.json { Console.data(text.object.pretty + "\n") }
    Console.talk(text.lines(language))
    if text.exitCode != 0 { throw ExitCode(Int32(text.exitCode)) }
  }
}
