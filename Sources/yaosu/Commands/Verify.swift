import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse

/// `yaosu verify`: recompute every digest and balance.
struct Verify: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: say("核对台账库：重新计算摘要和行数平衡", "Recompute every digest and balance of a warehouse"),
    discussion: say(
      "例：\n  yaosu verify --warehouse 台账.db\n  yaosu verify --warehouse 台账.db --batch 1 --source 居民.csv",
      "Examples:\n  yaosu verify --warehouse w.db\n  yaosu verify --warehouse w.db --batch 1 --source residents.csv"))

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions

  /// The batch whose source is to be proved.
  @Option(help: ArgumentHelp(say("要证明来源的批次", "The batch whose source is to be proved"), valueName: "n"))
  var batch: Int?

  /// The files that the batch was loaded from.
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      say("该批次的原始文件（一批有几个文件就全部给出）", "The files that the batch was loaded from, all of them"), valueName: "file"))
  var source: [String] = []

  /// A state of the past.
  @Option(
    help: ArgumentHelp(
      say("核对过去某时的状态：批次号、日期或时间（办公地时区）", "Verify the state of a moment: a batch, a day or a time (the office's zone)"),
      valueName: "batch|time"))
  var at: String?

  /// Compares all rows anew.
  @Flag(
    help: ArgumentHelp(
      say(
        "再按最近一次查重的模型把全部记录重新比对，核对记录对和归属（用时与 yaosu dedupe find 相同）",
        "Compare all rows anew by the model of the last run of linkage, and hold pairs and people against it (takes as long as yaosu dedupe find)"
      )))
  var linkage = false

  /// Refuses options that do not go together.
  func validate() throws {
    if (batch == nil) != source.isEmpty {
      throw ValidationError(say("--batch 与 --source 要一起使用", "--batch and --source go together"))
    }
    if at != nil, batch != nil { throw ValidationError(say("--at 与 --batch 不能一起使用", "--at and --batch do not go together")) }
  }

  /// Runs the command.
  func run() throws {
    let warehouse = try options.open()
    if let at { return try verify(warehouse, at: at) }
    var report = try warehouse.verify()
    // What of the chain itself differs is among these already.
    let chain = try warehouse.verifyAudit(anchor: try Audit.Verify.anchor(nil, options)).differences
    report.differences += chain.filter { !report.differences.contains($0) }
    let language = try options.site.language(try options.site.configuration())
    if linkage { report.differences += try proveLinkage(warehouse) }
    let proof = try batch.map { try proveSource(of: $0, warehouse, &report, language) }
    if options.json {
      Console.data(VerificationText.object(report, proof, language).pretty + "\n")
    } else {
      Console.data(VerificationText.lines(report.differences, language))
    }
    let head = report.auditHead ?? "-"
    Console.talk(
      say(
        "核对 \(report.rows) 行、\(report.batches) 批，不符 \(report.differences.count) 处；摘要 \(report.digest)；审计链头 \(head)\n",
        "verified \(report.rows) rows and \(report.batches) batches: \(report.differences.count) differences; digest \(report.digest); head of the audit chain \(head)\n"
      ))
    if !report.differences.isEmpty { throw ExitCode(1) }
  }

  /// Does the last run of each kind again, and says so.
  private func proveLinkage(_ warehouse: Warehouse) throws -> [Difference] {
    let configuration = try options.site.configuration()
    let pack = try SchemaPackSource.pack(options.site)
    let scheme = try pack.gridScheme(Setting(configuration).value(nil, "grid_scheme"))
    let found = try LinkageAgain(pack, scheme, jobs: Setting(configuration).jobs()).run(warehouse)
    for run in found.runs {
      Console.talk(
        say(
          "查重（\(run.kind)）第 \(run.run) 次：重新比对，\(run.pairs) 对\n",
          "linkage of \(run.kind), run \(run.run): done again, \(run.pairs) pairs\n"))
    }
    for kind in found.behind {
      Console.talk(
        say(
          "查重（\(kind)）：最近一次之后有变动，没有核对；先运行 yaosu dedupe find --apply --kind \(kind)\n",
          "linkage of \(kind): something changed since the last run, so nothing was held against it; run yaosu dedupe find --apply --kind \(kind) first\n"
        ))
    }
    return found.differences
  }

  /// Proves where the rows of a batch's files went, and says so.
  private func proveSource(
    of batch: Int, _ warehouse: Warehouse, _ report: inout VerificationReport, _ language: Language
  ) throws -> SourceProof.Report {
    let configuration = try options.site.configuration()
    var wanted = DeliveryOptions(verb: .load, paths: source, today: try Day.parse(nil, configuration.timeZone))
    wanted.schemas = Setting(configuration).value(options.site.schemas, "schemas")
    wanted.overlays = options.site.overlays(configuration)
    (wanted.configuration, wanted.toolVersion, wanted.operatorName) = (configuration, Version.current, "verify")
    guard let proof = try SourceProof(batch, warehouse, wanted) else {
      throw ValidationError(
        say(
          "台账库中没有第 \(batch) 批，或它不是导入；用 yaosu batch list 查看",
          "the warehouse has no batch \(batch) whose rows were kept; yaosu batch list shows them"))
    }
    let found = try proof.run()
    for path in source where path != "-" {
      report.differences += try warehouse.verify(batch: batch, source: try InputFile(path: path, limits: .unlimited))
    }
    report.differences += found.differences.filter { !report.differences.contains($0) }
    Console.talk(VerificationText.lines(found, batch: batch, language))
    return found
  }

  /// Makes a state of the past up from history, and holds it against the digest of then.
  private func verify(_ warehouse: Warehouse, at text: String) throws {
    let configuration = try options.site.configuration()
    guard let moment = PastMoment(text, configuration.timeZone) else {
      throw ValidationError(
        say(
          "--at 应为批次号、日期（2026-11-28）或时间（2026-11-28T17:30）", "--at is a batch, a day (2026-11-28) or a time (2026-11-28T17:30)"))
    }
    guard let state = try warehouse.state(at: moment) else {
      throw ValidationError(
        say(
          "那时还没有入库，或没有这一批；用 yaosu batch list 查看",
          "nothing was loaded by then, or there is no such batch; yaosu batch list shows them"))
    }
    let text = PastStateText(state)
    if options.json { Console.data(text.object.pretty + "\n") }
    Console.talk(text.line(try options.site.language(configuration)))
    if !state.isProved { throw ExitCode(1) }
  }
}
