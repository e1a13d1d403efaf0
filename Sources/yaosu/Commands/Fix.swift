import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema

/// `yaosu fix`: safe repairs in a copy of the file, each one listed.
struct Fix: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: say("修正可以放心改的写法，另存一份", "Repair what is safe to repair, in a copy"),
    discussion: say(
      """
      只改写法，不改内容：全角半角、大小写、空格和分隔符、看不见的字符、间隔号、日期写法、代码列里的名称、表示“无”的字样。
      格式不变；工作簿保留样式、批注和其他工作表，公式算出的值不动。每一处修改都写进修改清单，可用 --revert 还原。
      例：
        yaosu fix 居民.xlsx -o 居民-已修正.xlsx
        yaosu fix 居民.csv --diff                                   只看会改什么
        yaosu fix 居民-已修正.xlsx -o 居民-还原.xlsx --revert 居民-已修正.xlsx.changes.csv
      """,
      """
      Only how values are written changes, never what they say: width, case, blanks and separators, invisible characters, interpuncts, dates, names in a column of codes, words for nothing.
      The format stays; a workbook keeps its styles, notes and other sheets, and what formulas make is left alone. Every change is in the list of changes, by which --revert takes them back.
      Examples:
        yaosu fix residents.xlsx -o repaired.xlsx
        yaosu fix residents.csv --diff                              look only
        yaosu fix repaired.xlsx -o back.xlsx --revert repaired.xlsx.changes.csv
      """))

  /// Flags that several commands share.
  @OptionGroup var roster: RosterOptions

  /// The copy.
  @Option(name: .shortAndLong, help: ArgumentHelp(say("修正后的文件", "The repaired copy"), valueName: "file"))
  var output: String?

  /// The list of changes.
  @Option(
    help: ArgumentHelp(
      say(
        "修改清单（.csv 或 .json；默认在输出文件名后加 .changes.csv）",
        "The list of changes (.csv or .json; default: the copy's name and .changes.csv)"),
      valueName: "file"))
  var changes: String?

  /// Shows each change.
  @Flag(help: ArgumentHelp(say("逐条显示修改；不给 -o 时什么也不写", "Show each change; without -o nothing is written")))
  var diff = false

  /// Takes offers too.
  @Flag(
    name: .customLong("unsafe"),
    help: ArgumentHelp(
      say(
        "把问题里的建议也改上（须人工核对；含个人信息的列除外）",
        "Take what findings offer too, which a person must look at (not in columns of personal data)")))
  var takesOffers = false

  /// Takes changes back.
  @Option(help: ArgumentHelp(say("按修改清单还原", "Take the changes of this list back"), valueName: "list"))
  var revert: String?

  /// Replace existing outputs.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace existing outputs")))
  var force = false

  /// Print one JSON object on standard output.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Refuses options that do not go together.
  func validate() throws {
    if roster.files.count != 1 { throw ValidationError(say("一次修正一个文件", "fix takes one file")) }
    if output == nil, !diff {
      throw ValidationError(say("请用 -o 给出输出文件，或用 --diff 查看", "Name the copy with -o, or look with --diff"))
    }
    if revert != nil, output == nil || diff || takesOffers || changes != nil {
      throw ValidationError(say("--revert 只与 -o 同用", "--revert goes with -o alone"))
    }
    if let changes, !changes.hasSuffix(".csv"), !changes.hasSuffix(".json") {
      throw ValidationError(say("--changes 的文件名应以 .csv 或 .json 结尾", "--changes takes a name that ends in .csv or .json"))
    }
  }

  /// Repairs, or takes repairs back.
  func run() throws {
    let options = try roster.runOptions(.check, keepsAll: false)
    let language = try roster.site.language(options.configuration)
    guard options.paths.count == 1, options.paths[0] != "-" else {
      throw ValidationError(say("一次修正一个文件，不能是标准输入", "fix takes one file, not standard input"))
    }
    let list = changes ?? output.map { $0 + ".changes.csv" }
    try options.refuseOutputs([output, revert == nil && output != nil ? list : nil].compactMap { $0 })
    if let output { try MarkedCopy.confirm(options.paths, outputs: [output], limits: options.limits) }
    if let revert, let output { return try takeBack(options, revert, output) }
    let copy = try output.map { try PrivateFile($0, replaces: force) }
    let changed = try copy == nil ? nil : list.map { try PrivateFile($0, replaces: force) }
    let repair = RepairRun(options, isUnsafe: takesOffers)
    let bar = ProgressBar(.auto)
    var outcome = try repair.find(bar.show)
    bar.finish()
    if let copy { try repair.write(&outcome) { try copy.append($0) } }
    if let changed, let list { try changed.append(try RepairList.bytes(outcome.repairs, path: list)) }
    try copy?.finish()
    try changed?.finish()
    try tell(outcome, list, language)
  }

  private func takeBack(_ options: DeliveryOptions, _ list: String, _ output: String) throws {
    let pack = try SchemaPackSource.pack(roster.site)
    let repairs = try RepairList.read(list, pack, options)
    let copy = try PrivateFile(output, replaces: force)
    try RepairReversal(options, repairs).write { try copy.append($0) }
    try copy.finish()
    if json { Console.data(object([], formulas: 0, reverted: repairs.count)) }
    Console.talk(say("还原 \(repairs.count) 处，写入 \(output)\n", "\(repairs.count) changes taken back, in \(output)\n"))
  }

  private func tell(_ outcome: RepairRun.Outcome, _ list: String?, _ language: Language) throws {
    if json { Console.data(object(outcome.repairs, formulas: outcome.formulas.count, reverted: 0)) }
    if diff, !json {
      let text = RepairText(outcome.result, language, masks: Console.dataIsTerminal)
      for repair in outcome.repairs { Console.data(text.line(repair)) }
    }
    if !outcome.formulas.isEmpty {
      Console.talk(
        say(
          "\(outcome.formulas.count) 处由公式得出或不是单独的文字，没有改：\(outcome.formulas.prefix(5).map(\.cell).joined(separator: "、"))\n",
          "\(outcome.formulas.count) values are made by formulas, or are no texts of their own, and stay: \(outcome.formulas.prefix(5).map(\.cell).joined(separator: ", "))\n"
        ))
    }
    let (count, offers) = (outcome.repairs.count, outcome.repairs.count(where: \.isUnsafe))
    let rest = outcome.result.findings.count(.error)
    Console.talk(
      say(
        "修改 \(count) 处" + (offers > 0 ? "，其中 \(offers) 处按建议修改，须人工核对" : "")
          + (output.map { "；写入 \($0)，清单 \(list ?? "")" } ?? "（只查看，没有写入）") + "。仍须人工处理的错误 \(rest) 处，用 yaosu check 查看\n",
        "\(count) changes" + (offers > 0 ? ", \(offers) of them offers that a person must look at" : "")
          + (output.map { "; in \($0), listed in \(list ?? "")" } ?? " (looked only, nothing was written)")
          + ". \(rest) errors are left for a person; yaosu check shows them\n"))
  }

  private func object(_ repairs: [CellRepair], formulas: Int, reverted: Int) -> String {
    RepairText.object(repairs, formulas: formulas, reverted: reverted, version: Version.current).pretty + "\n"
  }
}
