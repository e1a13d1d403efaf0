import ArgumentParser
import ElementPipeline
import ElementWarehouse

extension Quarantine {
  /// `yaosu quarantine retry`.
  struct Retry: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: say("交回改好的待更正行", "Take rows back that were mended"),
      discussion: say(
        "文件里的“待更正编号”一列说明每一行改的是哪一行；仍有错的行继续待更正，首次日期不变。\n例：\n  yaosu quarantine retry 待更正.xlsx --warehouse 台账.db",
        "The column \"Waiting row\" of the file says which row each one mends; what is still wrong waits on, with the date of the first time.\nExample:\n  yaosu quarantine retry waiting.xlsx --warehouse w.db"
      ))

    /// Flags that several commands share.
    @OptionGroup var roster: RosterOptions
    @OptionGroup var output: OutputOptions

    /// The warehouse that the rows wait in.
    @Option(help: ArgumentHelp(say("台账库文件", "The warehouse"), valueName: "file"))
    var warehouse: String?

    /// Whether all is done and taken back again.
    @Flag(name: [.customShort("n"), .long], help: ArgumentHelp(say("试导入：走完全程后全部撤回", "Dry run: do everything, then roll back")))
    var dryRun = false

    /// Whether records that another office confirmed lately are taken over.
    @Flag(
      help: ArgumentHelp(
        say("归属待确认的记录确已迁入本单位（记入审计链）", "Records that another office confirmed lately have moved here; told in the audit chain")))
    var accept = false

    /// Flags that several commands share.
    @OptionGroup var deed: DeedOptions

    /// Refuses options that do not go together.
    func validate() throws {
      if roster.mode == .replace || roster.scope != nil {
        throw ValidationError(
          say(
            "改好的待更正行不是完整的名册：不能用 --mode replace 或 --scope",
            "Mended rows are no whole roster: --mode replace and --scope do not go with them"))
      }
    }

    /// Runs the command.
    func run() throws {
      try RosterRun(verb: .load, roster: roster, output: output, planFile: nil).run { options, setting in
        guard let path = setting.value(warehouse, "warehouse") else {
          throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
        }
        // What is taken back makes no warehouse.
        _ = try Warehouse(path: path, mode: .read, wait: options.wait)
        (options.warehouse, options.dryRun, options.retries, options.acceptsOwners) = (path, dryRun, true, accept)
        options.origin = .here("quarantine retry", anchor: setting.value(nil, "anchor"))
        options.operatorName = deed.name(setting)
      }
    }
  }
}
