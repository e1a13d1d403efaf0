import ArgumentParser
import ElementCore
import ElementFormats
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// `yaosu dedupe find`: which records are of one person.
struct DedupeFind: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: say("比对记录，找出同一个人", "Compare records and find those of one person"),
    discussion: say(
      """
      在台账库里，find 只记下结果和待核对的题目；--apply 才把有把握的合并为同一人。合并不改动任何记录，可用 yaosu dedupe unmerge 撤回。
      例：
        yaosu dedupe find --warehouse 台账.db
        yaosu dedupe find --warehouse 台账.db --apply
        yaosu dedupe find 户籍.csv 流动.xlsx --pairs 记录对.csv --entities 分组.csv     入库之前先查
        yaosu dedupe find 户籍.csv --plan                                              只看要比对多少对，不比对

      两份清单只有行号和比对等级，没有姓名和号码。
      """,
      """
      In a warehouse, find keeps what it found and the questions; --apply joins those that are sure. No record changes by it, and yaosu dedupe unmerge takes it back.
      Examples:
        yaosu dedupe find --warehouse w.db
        yaosu dedupe find --warehouse w.db --apply
        yaosu dedupe find registered.csv floating.xlsx --pairs pairs.csv --entities people.csv     before anything is loaded
        yaosu dedupe find registered.csv --plan                                                    how many pairs there are; compares none

      The lists hold row numbers and levels, no names and no numbers.
      """))

  /// Flags that several commands share.
  @OptionGroup var roster: RosterOptions

  /// By what the records are compared, and when a link is sure.
  @OptionGroup var model: ModelOptions

  /// Where pairs go.
  @Option(help: ArgumentHelp(say("把记录对写入 CSV", "Write the pairs as CSV"), valueName: "file"))
  var pairs: String?

  /// Where groups go.
  @Option(help: ArgumentHelp(say("把每条记录属于哪个人写入 CSV", "Write which person each record is of as CSV"), valueName: "file"))
  var entities: String?

  /// The least weight that links without a person.
  @Option(
    help: ArgumentHelp(
      say("达到多少比特自动合并（默认按模型，9）", "Bits from which pairs are linked without a person (default: as the model says, 9)"),
      valueName: "bits"))
  var auto: Double?

  /// The least weight that is asked about.
  @Option(
    help: ArgumentHelp(
      say("达到多少比特需人工核对（默认按模型，-3）", "Bits from which a person is asked (default: as the model says, -3)"), valueName: "bits"))
  var ask: Double?

  /// How groups must agree.
  @Option(
    name: .customLong("linkage"),
    help: ArgumentHelp(
      say("分组怎样才算一致：average（默认）、complete、single", "How groups must agree: average (default), complete or single"),
      valueName: "test"))
  var test: LinkageModel.GroupTest?

  /// Counts and compares nothing.
  @Flag(help: ArgumentHelp(say("只数要比对的记录对，不比对", "Count the pairs; compare none")))
  var plan = false

  /// Groups at a weight of 0.
  @Flag(
    help: ArgumentHelp(
      say("按最可能的情况分组，只用于统计和评估", "Join what is likelier one than two, for counts and measures only")))
  var bestGuess = false

  /// Fits the model to the rows first.
  @Flag(help: ArgumentHelp(say("先用这些记录校准模型（只用于文件）", "Fit the model to these rows first (files only)")))
  var train = false

  /// Flags of several processes that share the work.
  @OptionGroup var sharing: ShardOptions

  /// The most pairs.
  @Option(help: ArgumentHelp(say("超过多少对就停下（退出码 4）", "Stop at more pairs than this (exit code 4)"), valueName: "n"))
  var maxPairs: Int?

  /// The warehouse whose rows are compared, instead of files.
  @Option(help: ArgumentHelp(say("比对台账库里的记录，不读文件", "Compare the rows of this warehouse instead of files"), valueName: "file"))
  var warehouse: String?

  /// Whether waiting rows are left alone.
  @Flag(
    help: ArgumentHelp(
      say("不比对待更正的记录", "Do not compare rows that wait for correction")))
  var noQuarantine = false

  /// Which findings end the command with 1.
  @Option(
    help: ArgumentHelp(
      say(
        "有这一级及以上的发现时退出码为 1：error（默认）、warning、info、never",
        "Findings from this severity on end with 1: error (default), warning, info, never"),
      valueName: "severity"))
  var failOn = "error"

  /// Joins what is sure.
  @Flag(help: ArgumentHelp(say("把有把握的合并为同一人（需 --warehouse）", "Join what is sure (needs --warehouse)")))
  var apply = false

  /// Flags that several commands share.
  @OptionGroup var merges: MergeOptions

  /// How long a load that is writing is waited for.
  @Option(help: ArgumentHelp(say("台账库正在写入时最多等待几秒", "Seconds to wait for a load that is writing"), valueName: "seconds"))
  var wait = 60

  /// Flags that several commands share.
  @OptionGroup var deed: DeedOptions

  /// Replace existing outputs.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace existing outputs")))
  var force = false

  /// Print one JSON object on standard output.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Refuses what contradicts itself.
  func validate() throws {
    if plan, bestGuess || apply || pairs != nil || entities != nil {
      throw ValidationError(say("--plan 不比对，没有结果可写或合并", "--plan compares nothing: there is nothing to write or to join"))
    }
    if sharing.isUsed, warehouse != nil || plan || train || sharing.shard != nil && (pairs != nil || entities != nil) {
      throw ValidationError(
        say(
          "分片只用于比对文件，不与 --warehouse、--plan、--train 同用；清单由 --from-shards 写出",
          "Shares are of files, without --warehouse, --plan and --train; the lists are written with --from-shards"))
    }
    if [auto, ask].contains(where: { $0.map { !(-60...60).contains($0) } ?? false }) {
      throw ValidationError(
        say("--auto 和 --ask 应为 -60 到 60，如 --ask=-3", "--auto and --ask are from -60 to 60, such as --ask=-3"))
    }
    if failOn != "never", Severity(rawValue: failOn) == nil {
      throw ValidationError(say("--fail-on 应为 error、warning、info 或 never", "--fail-on is error, warning, info or never"))
    }
    guard warehouse != nil else {
      if apply || merges.dryRun {
        throw ValidationError(say("--apply 和 --dry-run 需要 --warehouse", "--apply and --dry-run need --warehouse"))
      }
      return
    }
    if !roster.files.isEmpty || pairs != nil || entities != nil {
      throw ValidationError(
        say(
          "比对台账库时不给文件、--pairs 和 --entities；结果记在台账库里",
          "Of a warehouse no files, --pairs and --entities are given: what is found is kept in it"))
    }
    if bestGuess || train {
      throw ValidationError(say("--best-guess 和 --train 只用于文件", "--best-guess and --train are for files only"))
    }
  }

  /// Finds, and tells what was found.
  func run() throws {
    let options = try roster.runOptions(.check, keepsAll: false, needsFiles: warehouse == nil)
    let language = try roster.site.language(options.configuration)
    if let warehouse { try find(in: warehouse, options, language) } else { try findInFiles(options, language) }
  }

  private func findInFiles(_ options: DeliveryOptions, _ language: Language) throws {
    try options.refuseOutputs([pairs, entities].compactMap { $0 })
    let lists = try [pairs, entities].map { try $0.map { try PrivateFile($0, replaces: force) } }
    try sharing.confirm(replaces: force)
    let request = try request(options)
    if train, request.model.plan != nil {
      throw ValidationError(say("只有人员模型可以校准", "only a model of people is fitted"))
    }
    let bar = ProgressBar(.auto)
    let result = try FileLinkage(options, progress: bar.show).run(
      request, sharing.work(replaces: force) ?? (train ? .trained : .whole))
    bar.finish()
    if let file = lists[0] {
      try LinkageLists(result).writePairs { try file.append($0) }
      try file.finish()
    }
    if let file = lists[1] {
      try LinkageLists(result).writeEntities { try file.append($0) }
      try file.finish()
    }
    try tell(LinkageText(result, language))
  }

  private func find(in path: String, _ options: DeliveryOptions, _ language: Language) throws {
    let pack = try SchemaPackSource.pack(roster.site)
    let scheme = try pack.gridScheme(roster.gridScheme ?? options.configuration.gridScheme)
    _ = try Warehouse(path: path, mode: .read, wait: max(0, wait))
    var wanted = WarehouseLinkage.Options(request: try request(options), today: options.today)
    (wanted.applies, wanted.isDryRun, wanted.mostMerges) = (apply, merges.dryRun, merges.maxMerges)
    wanted.leavesWaitingOut = noQuarantine
    let target = try Warehouse(path: path, mode: .write, wait: max(0, wait))
    guard let result = try WarehouseLinkage(pack, scheme, wanted).run(target, try deed.head("dedupe find", roster.site, pack))
    else { return }
    try tell(LinkageText(result, language))
  }

  private func tell(_ text: LinkageText) throws {
    if plan, !json { Console.data(text.plan) }
    if json { Console.data(text.object(Version.current).pretty + "\n") }
    Console.talk(text.summary)
    Console.talk(text.balance + "\n")
    if let least = Severity(rawValue: failOn), text.findings.contains(where: { $0.rule.severity >= least }) {
      throw ExitCode(1)
    }
  }

  private func request(_ options: DeliveryOptions) throws -> LinkageRequest {
    var request = LinkageRequest(model: try model.read(roster.site, options.configuration), jobs: options.jobs)
    if let auto { request.model.auto = LinkageModel.weight(ofBits: auto) }
    if let ask { request.model.ask = LinkageModel.weight(ofBits: ask) }
    guard request.model.auto >= request.model.ask else {
      throw ValidationError(say("--auto 不能低于 --ask", "--auto is not less than --ask"))
    }
    request.model.test = test ?? request.model.test
    (request.isPlan, request.isBestGuess, request.mostPairs) = (plan, bestGuess, maxPairs)
    return request
  }
}

extension LinkageModel.GroupTest: ExpressibleByArgument {}
