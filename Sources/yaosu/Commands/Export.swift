import ArgumentParser
import ElementCore
import ElementExchange
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse
import Foundation

/// `yaosu export`: a package for another system.
struct Export: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: say(
      "按方案生成数据包：全量或增量，带清单、摘要和签名", "A package for another system: full or a delta, with manifest, digests and signature"),
    discussion: say(
      """
      发什么、用什么列名和代码，由导出方案决定（yaosu profile list）；发给谁、凭什么发，由 recipients.yaml 决定。
      不写 --full 和 --since 时：上一个包已确认就发增量，否则发全量。不合对方要求的记录留下不发，列出原因，退出码 1。
      例：
        yaosu export --warehouse 台账.db --profile ledger -o 台账夹
        yaosu export --warehouse 台账.db --profile yaosu-exchange -o 包.zip --sign 签名密钥
        yaosu export --warehouse 台账.db --profile append-only-table --since last -o 增量
        yaosu export --profile-check 我的方案.yaml
      """,
      """
      The profile says what goes, under which names and codes (yaosu profile list); recipients.yaml says to whom, and by what right.
      Without --full and --since: a delta where the last package was acknowledged, else all. Records that the target would not take stay behind, each with its reason; exit code 1.
      Examples:
        yaosu export --warehouse w.db --profile ledger -o ledger
        yaosu export --warehouse w.db --profile yaosu-exchange -o package.zip --sign key
        yaosu export --warehouse w.db --profile append-only-table --since last -o delta
        yaosu export --profile-check own.yaml
      """))

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions
  @OptionGroup var deed: DeedOptions

  /// The profile by its name, or a file.
  @Option(help: ArgumentHelp(say("导出方案的名称或文件", "The export profile, by its name or as a file"), valueName: "profile"))
  var profile: String?

  /// Where the package is to stand.
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      say("写到哪里：文件夹，或 .zip（不能已有）", "Where it goes: a folder, or a .zip; it must not exist"), valueName: "dir|zip"))
  var output: String?

  /// All records.
  @Flag(help: ArgumentHelp(say("发全部记录", "All records")))
  var full = false

  /// What changed since a package.
  @Option(
    help: ArgumentHelp(
      say("增量的起点：包号、批次、日期或 last", "What changed since a package, a batch, a day or last"), valueName: "point"))
  var since: String?

  /// What was refused for a cause.
  @Option(
    help: ArgumentHelp(
      say("再发被退回的记录：theirs、ours", "Send refused records again: theirs, ours"), valueName: "cause"))
  var resend: String?

  /// The format.
  @Option(
    help: ArgumentHelp(say("方案有几种格式时选一种", "The format, where the profile has several"), valueName: "format"))
  var format: String?

  /// The recipient.
  @Option(
    help: ArgumentHelp(say("接收方在 recipients.yaml 中的名称", "The recipient, by its name in recipients.yaml"), valueName: "name"))
  var recipient: String?

  /// The register.
  @Option(
    help: ArgumentHelp(say("接收方登记簿（默认按配置文件）", "The register of recipients (else by the configuration)"), valueName: "file"))
  var recipients: String?

  /// Approvals beside those of the register.
  @Option(
    help: ArgumentHelp(
      say("批准：编号,单位,日期,有效期至；可写多次", "NUMBER,BODY,DATE,VALID-UNTIL; may be given several times"), valueName: "approval"))
  var approval: [String] = []

  /// The assessment of the impact.
  @Option(help: ArgumentHelp(say("个人信息保护影响评估的编号", "The reference of the impact assessment"), valueName: "reference"))
  var pia: String?

  /// Leaves it unencrypted.
  @Flag(help: ArgumentHelp(say("不加密送出（须同时给出 --approval）", "Leave it unencrypted; takes --approval")))
  var unencrypted = false

  /// For whom texts are written.
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      say("给谁看：people 防表格公式，systems 一字不改（默认按方案）", "people guards formulas, systems keeps the bytes (default by the profile)"),
      valueName: "reader"))
  var reader: String?

  /// The key that the manifest is signed with.
  @Option(
    help: ArgumentHelp(
      say("签名密钥（ssh-keygen -t ed25519，0600）", "The key to sign with (ssh-keygen -t ed25519, 0600)"), valueName: "file"))
  var sign: String?

  /// The file that makes names of people unknowable to the receiver.
  @Option(help: ArgumentHelp(say("假名密钥文件（0600）", "The key file of pseudonyms (0600)"), valueName: "file"))
  var pseudonymKey: String?

  /// Lets datasets leave that need an opt-in.
  @Flag(help: ArgumentHelp(say("允许导出受限数据集（须同时给出 --purpose）", "Let datasets leave that need an opt-in; takes --purpose")))
  var allowRestricted = false

  /// What it is for.
  @Option(
    help: ArgumentHelp(
      say("用途（默认按方案），记入清单和审计链", "What it is for (default by the profile); kept in manifest and chain"), valueName: "text"))
  var purpose: String?

  /// The day that counts as today.
  @Option(help: ArgumentHelp(say("以哪一天为今天（默认当天）", "The day that counts as today"), valueName: "YYYY-MM-DD"))
  var asOf: String?

  /// A profile that is checked only.
  @Option(help: ArgumentHelp(say("只检查一个方案文件，不导出", "Check the file of a profile, and export nothing"), valueName: "file"))
  var profileCheck: String?

  /// Refuses what contradicts itself.
  func validate() throws {
    if profileCheck != nil { return }
    guard profile != nil, output != nil else {
      throw ValidationError(say("请给出 --profile 和 -o", "Give --profile and -o"))
    }
    if output == "" || output == "-" {
      throw ValidationError(say("-o 应为文件夹或 .zip，不能是标准输出", "-o is a folder or a .zip, and not standard output"))
    }
    if [full, since != nil, resend != nil].count(where: { $0 }) > 1 {
      throw ValidationError(say("--full、--since、--resend 只能用一个", "--full, --since and --resend exclude each other"))
    }
    if let resend, !["theirs", "ours"].contains(resend) {
      throw ValidationError(say("--resend 应为 theirs 或 ours", "--resend takes theirs or ours"))
    }
    if let format, WrittenFormat(rawValue: format) == nil {
      throw ValidationError(say("--format 应为 csv、xlsx、json、ndjson 或 xml", "--format takes csv, xlsx, json, ndjson or xml"))
    }
    if let reader, !["people", "systems"].contains(reader) {
      throw ValidationError(say("--for 应为 people 或 systems", "--for takes people or systems"))
    }
    for text in approval where ExportApproval(text) == nil {
      throw ValidationError(
        say(
          "--approval 应为 编号,单位,日期,有效期至，日期写 YYYY-MM-DD",
          "--approval takes NUMBER,BODY,DATE,VALID-UNTIL, with days as YYYY-MM-DD"))
    }
  }

  /// Makes the package and says what became of the records.
  func run() throws {
    let pack = try SchemaPackSource.pack(options.site)
    let library = ProfileLibrary(try SchemaPackSource.files(options.site), pack)
    if let profileCheck { return try check(profileCheck, library) }
    guard let profile, let output else { bug("an export without a profile was let through") }
    let language = try options.site.language(try options.site.configuration())
    let bar = ProgressBar(.auto)
    defer { bar.finish() }
    let found = try library.profile(profile)
    let run = ExportRun(try exportOptions(output, pack), pack, language) { bar.show($0) }
    let result = try run.run(found)
    bar.finish()
    let text = ExportText(result, language)
    if options.json { Console.data(text.object(Version.current).pretty + "\n") }
    Console.talk(text.summary)
    if result.package.behind > 0 { throw ExitCode(1) }
  }

  private func check(_ path: String, _ library: ProfileLibrary) throws {
    let found = try library.profile(path)
    let parts = found.datasets.map { "\($0.dataset.name) \($0.columns.count)" }
    if options.json {
      return Console.data(
        JSONValue.object([
          ("format", .integer(1)), ("command", .text("export")), ("version", .text(Version.current)),
          ("outcome", .text("checked")),
          ("profile", .text(found.name)), ("profileSha256", .text(found.digest)), ("error", .null),
        ]).pretty + "\n")
    }
    Console.talk(
      say(
        "方案 \(found.name) 可用：\(parts.joined(separator: "、")) 列\n",
        "the profile \(found.name) is sound: \(parts.joined(separator: ", ")) columns\n"))
  }

  private func exportOptions(_ output: String, _ pack: SchemaPack) throws -> ExportOptions {
    let configuration = try options.site.configuration()
    let setting = Setting(configuration)
    guard let path = setting.value(options.warehouse, "warehouse") else {
      throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
    }
    let today = try Day.parse(setting.value(asOf, "as_of"), configuration.timeZone)
    var head = try deed.head("export", options.site, pack)
    head.purpose = purpose
    var wanted = ExportOptions(
      warehouse: path, output: output, head: head, now: Date(), today: today, zone: configuration.timeZone,
      sender: setting.value(nil, "area") ?? ExportOptions.noSender, toolVersion: Version.current)
    if full { wanted.extent = .full }
    if let since { wanted.extent = .since(since) }
    if let cause = resend.flatMap(ReceiptMapping.Cause.init) { wanted.extent = .resend(cause) }
    wanted.format = format.flatMap(WrittenFormat.init(rawValue:))
    wanted.isForPeople = reader.map { $0.utf8.elementsEqual("people".utf8) }
    wanted.register = try configuration.register(recipients)
    (wanted.request.recipient, wanted.request.impactAssessment, wanted.request.purpose) = (recipient, pia, purpose)
    (wanted.request.approvals, wanted.request.isUnencrypted) = (approval.compactMap(ExportApproval.init), unencrypted)
    wanted.request.allowsRestricted = allowRestricted
    wanted.signer = try sign.map { try SSHKey(path: $0) }
    wanted.pseudonyms = try pseudonymKey.map { try SecretFile.pseudonyms($0) }
    wanted.wait = max(0, options.wait)
    return wanted
  }
}
