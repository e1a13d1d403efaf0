import ArgumentParser
import ElementPipeline
import ElementWarehouse

/// `yaosu check`: read, normalise, check; write nothing.
struct Check: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: say("检查名册，不写入", "Check rosters; write nothing"),
    discussion: say(
      "例：\n  yaosu check 居民.csv\n  yaosu check 居民.csv --findings 问题.csv\n  yaosu check 居民.xlsx --annotate 居民-校验.xlsx\n  yaosu check 网格.csv 居民.csv --area 320682001001",
      "Examples:\n  yaosu check residents.csv\n  yaosu check residents.csv --findings findings.csv\n  yaosu check residents.xlsx --annotate marked.xlsx\n  yaosu check grids.csv residents.csv --area 320682001001"
    ))

  /// Flags that several commands share.
  @OptionGroup var roster: RosterOptions
  @OptionGroup var output: OutputOptions

  /// Check what the warehouse holds, by today's rules, instead of files.
  @Flag(
    help: ArgumentHelp(
      say(
        "不读文件，按今天的规则检查台账库里已有的数据（需 --warehouse）",
        "Check what the warehouse holds by today's rules, instead of files (needs --warehouse)")))
  var stored = false

  /// Keep what was found as that of the day, for reports.
  @Flag(
    help: ArgumentHelp(
      say(
        "把这次的结果记为当日的记录，报告用它比较新发现、已整改（需 --stored）",
        "Keep what is found as that of the day: reports tell from it what is new and what was fixed (needs --stored)")))
  var record = false

  /// Compare with this warehouse (read only).
  @Option(help: ArgumentHelp(say("与这个台账库比对（只读）", "Compare with this warehouse (read only)"), valueName: "file"))
  var warehouse: String?

  /// How long a load that is writing is waited for.
  @Option(help: ArgumentHelp(say("台账库正在写入时最多等待几秒", "Seconds to wait for a load that is writing"), valueName: "seconds"))
  var wait = 60

  /// Writes what a load would do with each row.
  @Option(
    help: ArgumentHelp(
      say(
        "把入库时对每一行的处理写入文件（.csv 或 JSON Lines；需 --warehouse）",
        "Write what a load would do with each row (.csv or JSON Lines; needs --warehouse)"),
      valueName: "file"))
  var plan: String?

  /// Gives the files back with what was found marked in them.
  @Option(
    help: ArgumentHelp(
      say(
        "把问题标在原文件的副本上（.xlsx 标色、批注和结果列，.csv 在前面加列）；多个文件时给出文件夹",
        "Write a copy of the file with what was found marked in it (.xlsx: colours, notes, a column of results; .csv: columns first); a folder for several files"
      ), valueName: "file"))
  var annotate: String?

  /// Flags that several commands share.
  @OptionGroup var deed: DeedOptions

  /// Refuses options that do not go together.
  func validate() throws {
    if stored { try confirmStored() }
    if record, !stored || roster.dataset != nil {
      throw ValidationError(
        say(
          "--record 需要 --stored，且不能只选一个数据集：记录的是整个台账库的一天",
          "--record needs --stored, and all datasets: it keeps a day of the whole warehouse"))
    }
    if roster.mode != .upsert, warehouse == nil {
      throw ValidationError(
        say("--mode 需要 --warehouse：哪些记录已有，取决于台账库", "--mode needs --warehouse: what is stored decides which rows wait"))
    }
    if plan != nil, warehouse == nil {
      throw ValidationError(
        say("--plan 需要 --warehouse：计划取决于台账库里已有的数据", "--plan needs --warehouse: a plan depends on what is stored"))
    }
  }

  /// Refuses what belongs to files where none are read.
  private func confirmStored() throws {
    if warehouse == nil { throw ValidationError(say("--stored 需要 --warehouse", "--stored needs --warehouse")) }
    let hasRoster =
      annotate != nil || !roster.files.isEmpty || plan != nil || roster.mode != .upsert || roster.mapping != nil
      || roster.xsd != nil
    if hasRoster || roster.input.saysHowFilesAreRead {
      throw ValidationError(
        say(
          "--stored 检查台账库里已有的数据，不能同时给出文件、--plan、--mode、--mapping、--xsd 或怎样读文件的选项（如 --encoding、--sheet）",
          "--stored checks what the warehouse holds: no files, --plan, --mode, --mapping, --xsd, and nothing of how files are read, such as --encoding and --sheet, go with it"
        ))
    }
  }

  /// Checks and ends with the exit code of the contract.
  func run() throws {
    try RosterRun(
      verb: .check, roster: roster, output: output, planFile: plan, annotate: annotate, isStored: stored, recordsDay: record
    ).run { options, setting in
      options.warehouse = warehouse
      options.operatorName = deed.name(setting)
      options.origin = .here("check", anchor: setting.value(nil, "anchor"))
      options.wait = max(0, wait)
    }
  }
}
