import ArgumentParser
import ElementPipeline
import ElementWarehouse
import Foundation

/// `yaosu load`: the same as `check`, then load.
struct Load: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: say("检查并入库", "Check rosters and load them into a warehouse"),
    discussion: say(
      "例：\n  yaosu load 网格.csv 房屋.csv 居民.csv --warehouse 台账.db\n  yaosu load 居民.csv --warehouse 台账.db --dry-run\n  yaosu load 居民.csv --warehouse 台账.db --max-errors 5%",
      "Examples:\n  yaosu load grids.csv houses.csv residents.csv --warehouse w.db\n  yaosu load residents.csv --warehouse w.db --dry-run\n  yaosu load residents.csv --warehouse w.db --max-errors 5%"
    ))

  /// Flags that several commands share.
  /// Flags that several commands share.
  @OptionGroup var roster: RosterOptions
  @OptionGroup var output: OutputOptions

  /// The warehouse (made where it does not exist).
  @Option(help: ArgumentHelp(say("台账库文件（不存在则新建）", "The warehouse (made where it does not exist)"), valueName: "file"))
  var warehouse: String?

  /// Dry run: do everything, then roll back.
  @Flag(name: [.customShort("n"), .long], help: ArgumentHelp(say("试导入：走完全程后全部撤回", "Dry run: do everything, then roll back")))
  var dryRun = false

  /// Load a delivery again that was loaded before.
  @Flag(help: ArgumentHelp(say("同一批文件也重新入库", "Load a delivery again that was loaded before")))
  var again = false

  /// Hold the load above N or P% waiting rows.
  @Option(help: ArgumentHelp(say("待更正超过 N 行或 P% 时暂停入库", "Hold the load above N or P% waiting rows"), valueName: "N|P%"))
  var maxErrors: String?

  /// What whoever asks calls the load.
  @Option(
    help: ArgumentHelp(
      say("请求编号：同一编号绝不重复入库，中断后可放心重试", "The name of the request: it is never loaded twice, so trying again is safe"),
      valueName: "id"))
  var request: String?

  /// Writes what is done with each row.
  @Option(
    help: ArgumentHelp(
      say("把对每一行的处理写入文件（.csv 或 JSON Lines）", "Write what is done with each row (.csv or JSON Lines)"), valueName: "file"))
  var plan: String?

  /// Loads only what a plan says.
  @Option(help: ArgumentHelp(say("只有与这份计划一致才入库", "Load only if it comes to this plan"), valueName: "file"))
  var planCheck: String?

  /// Go on with a held load.
  @Option(help: ArgumentHelp(say("继续入库：暂停的第几批", "Go on with a held load, by its batch"), valueName: "batch"))
  var resume: Int?

  /// Give a held load up.
  @Option(help: ArgumentHelp(say("作废暂停的第几批，并删除其文件", "Give a held load up, and remove its files"), valueName: "batch"))
  var discard: Int?

  /// Why a held load goes on, or is given up.
  @Option(help: ArgumentHelp(say("继续或作废的原因，记入批次和审计链", "Why; kept with the batch and in the audit chain"), valueName: "text"))
  var reason: String?

  /// Flags that several commands share.
  @OptionGroup var deed: DeedOptions

  /// Refuses options that do not go together.
  func validate() throws {
    if let request,
      request.utf8.count > 200 || request.allSatisfy(\.isWhitespace) || request.utf8.contains(where: { $0 < 0x20 })
    {
      throw ValidationError(say("--request 应为 1 至 200 个字节，不含控制字符", "--request takes 1 to 200 bytes without control characters"))
    }
    if (resume != nil || discard != nil) && !(roster.files.isEmpty && (resume == nil || discard == nil)) {
      throw ValidationError(
        say(
          "--resume 和 --discard 只写一个，且不写文件：用的是暂停时的文件",
          "Give one of --resume and --discard, and no files: those of the held load are taken"))
    }
    if resume != nil,
      roster.scope != nil || roster.sender != nil || roster.dataset != nil || roster.mode != .upsert || roster.mapping != nil
    {
      throw ValidationError(
        say(
          "--resume 按暂停时的选项继续，不能另写 --sender、--dataset、--mode、--mapping",
          "--resume goes on as the load was asked for: it takes no --sender, --dataset, --mode or --mapping"))
    }
    if resume != nil, reason?.allSatisfy(\.isWhitespace) ?? true {
      throw ValidationError(say("请用 --reason 说明为什么继续入库", "Say with --reason why it goes on"))
    }
    if let maxErrors, RowLimit(maxErrors) == nil {
      throw ValidationError(say("--max-errors 应为整数或百分数", "--max-errors is a number or a percentage"))
    }
  }

  /// Runs the command.
  func run() throws {
    if let batch = resume ?? discard { return try HeldLoad(batch: batch, command: self).decide() }
    try run { _ in }
  }

  /// Loads the rosters; `change` says what else is asked for.
  func run(_ change: (inout DeliveryOptions) -> Void) throws {
    try RosterRun(verb: .load, roster: roster, output: output, planFile: plan).run { options, setting in
      guard let path = setting.value(warehouse, "warehouse") else {
        throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
      }
      options.warehouse = path
      options.dryRun = dryRun
      options.again = again
      options.request = request
      options.origin = .here("load", anchor: setting.value(nil, "anchor"))
      options.planCheck = planCheck
      options.errorLimit = maxErrors.flatMap(RowLimit.init)
      options.operatorName = deed.name(setting)
      options.rerun = (Array(CommandLine.arguments.dropFirst(2)), FileManager.default.currentDirectoryPath)
      change(&options)
    }
  }
}
