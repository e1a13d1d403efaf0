import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse
import Foundation

extension LoadMode: ExpressibleByArgument {}

/// Flags that `check` and `load` share.
struct RosterOptions: ParsableArguments {
  /// Rosters; a directory means the rosters in it; - is standard input.
  @Argument(
    help: ArgumentHelp(
      say(
        "名册文件（CSV、Excel、XML、JSON，可用 gzip 压缩）；目录表示其中的名册；- 表示标准输入",
        "Rosters (CSV, Excel, XML, JSON, also packed by gzip); a directory means the rosters in it; - is standard input"),
      valueName: "file"))
  var files: [String] = []

  /// Pin the dataset (else it is recognised from the header).
  @Option(
    help: ArgumentHelp(say("指定数据集（默认按表头识别）", "Pin the dataset (else it is recognised from the header)"), valueName: "name"))
  var dataset: String?

  /// Flags that several commands share.
  @OptionGroup var input: InputOptions

  /// The XML schema that XML files are validated by.
  @Option(
    help: ArgumentHelp(
      say(
        "用接口方的 XSD 校验 XML 文件；它引用的 XSD 应在同一文件夹",
        "Validate XML files by the interface's XML schema; schemas it refers to lie in its folder"),
      valueName: "file"))
  var xsd: String?

  /// A mapping of headings, made by yaosu sniff --save-mapping.
  @Option(
    help: ArgumentHelp(
      say("列名映射文件（yaosu sniff --save-mapping 生成）", "A mapping of headings, made by yaosu sniff --save-mapping"),
      valueName: "file"))
  var mapping: String?

  /// The sender's area (the beginning of a statistical code), for names of grids.
  @Option(
    help: ArgumentHelp(
      say("报送单位的区划（统计代码开头几位），用来识别网格名称", "The sender's area (the beginning of a statistical code), for names of grids"),
      valueName: "code"))
  var area: String?

  /// The sender's name.
  @Option(help: ArgumentHelp(say("报送单位名称", "The sender's name"), valueName: "name"))
  var sender: String?

  /// The sender declares the delivery complete: a household without householder is an error.
  @Flag(
    help: ArgumentHelp(
      say("报送方声明名册完整：没有户主的户算错误", "The sender declares the delivery complete: a household without householder is an error")))
  var complete = false

  /// The grid-code scheme: cjt349, unit15, stat12, stat12+N or a file.
  @Option(
    help: ArgumentHelp(
      say("网格编码规则：cjt349、unit15、stat12、stat12+N 或文件", "The grid-code scheme: cjt349, unit15, stat12, stat12+N or a file"),
      valueName: "name"))
  var gridScheme: String?

  /// Which version of a code set the senders use.
  @Option(
    help: ArgumentHelp(
      say(
        "有几套代码表的字段用的是哪一套，如 disputeTypeCode=disputeTypeFlat24（可多次给出）",
        "Which version of a code set the senders use, such as disputeTypeCode=disputeTypeFlat24 (may be repeated)"),
      valueName: "set=version"))
  var codeSet: [String] = []

  /// What rows may do.
  @Option(
    help: ArgumentHelp(
      say(
        "upsert 新增和更新（默认）；insert 只新增，已有的待更正；patch 只更新，没有的待更正；replace 替换一个范围，名册没有的关闭；close 关闭列出的记录（数据包的 deletions 文件）",
        "upsert (default); insert: only new rows, known keys wait; patch: only stored rows, unknown keys wait; replace: records of the scope that are not listed are closed; close: the records that are listed are closed (the deletions of a package)"
      ),
      valueName: "upsert|insert|patch|replace|close"))
  var mode: LoadMode = .upsert

  /// The part of the stored rows that is replaced.
  @Option(
    help: ArgumentHelp(
      say(
        "--mode replace 替换哪一部分：字段=值（不能是个人信息）、area=区划或网格编码、all；要关闭超过 5%（yaosu.yaml 的 maxRemoved）时先暂停",
        "What --mode replace replaces: FIELD=VALUE (no personal one), area=CODE or all; where it would close more than 5 % (maxRemoved in yaosu.yaml) the load is held"
      ),
      valueName: "scope"))
  var scope: String?

  /// Read datasets that need an opt-in; takes --purpose.
  @Flag(
    help: ArgumentHelp(say("允许读取受限数据集（须同时给出 --purpose）", "Read datasets that need an opt-in; takes --purpose")))
  var allowRestricted = false

  /// What restricted data is read for; kept with the batch.
  @Option(
    help: ArgumentHelp(say("读取受限数据的用途，记入批次", "What restricted data is read for; kept with the batch"), valueName: "text"))
  var purpose: String?

  /// The day that counts as today.
  @Option(help: ArgumentHelp(say("以哪一天为今天（默认当天）", "The day that counts as today"), valueName: "YYYY-MM-DD"))
  var asOf: String?

  /// Workers (default 2; never changes the output).
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(say("并行数（默认 2，不影响结果）", "Workers (default 2; never changes the output)"), valueName: "n"))
  var jobs: Int?

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Refuses numbers that mean nothing.
  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError(say("--jobs 至少是 1", "--jobs is 1 at least")) }
  }

  /// The options of a run, flags before environment before configuration.
  func runOptions(_ verb: DeliveryOptions.Verb, keepsAll: Bool, needsFiles: Bool = true) throws -> DeliveryOptions {
    if files.isEmpty, needsFiles { throw ValidationError(say("缺少参数 <file>", "Missing expected argument '<file> ...'")) }
    let configuration = try site.configuration()
    let setting = Setting(configuration)
    let today = try Day.parse(setting.value(asOf, "as_of"), configuration.timeZone)
    let rosters = try Self.expand(files, closes: mode == .close, replaces: mode == .replace)
    var options = DeliveryOptions(verb: verb, paths: rosters.map(\.path), today: today)
    for case (let path, let dataset?) in rosters { options.pin(path, to: dataset) }
    let isPackage = rosters.contains { $0.dataset != nil && WrittenFormat(path: $0.path) == .json }
    options.dataset = setting.value(dataset, "dataset")
    try input.pin(&options)
    if isPackage, options.records == nil { options.records = ReceivedPackage.recordsPointer }
    options.xsd = try xsd.map { try XSDFile(path: $0, limits: options.limits) }
    options.schemas = setting.value(site.schemas, "schemas")
    options.overlays = site.overlays(configuration)
    options.area = setting.environment(area, "area")
    options.sender = setting.value(sender, "sender")
    options.isComplete = complete
    options.gridScheme = setting.value(gridScheme, "grid_scheme")
    if let name = options.sender, !configuration.senders.isEmpty, configuration.senders[name] == nil {
      throw ValidationError(say("配置文件中没有报送单位 \(name)", "The configuration has no sender \(name)"))
    }
    if let area = options.area, area.utf8.count > 12 || !area.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      throw ValidationError(
        say("--area 应为统计用区划代码开头的 2 至 12 位数字", "--area takes the first 2 to 12 digits of a statistical code"))
    }
    options.jobs = setting.jobs(jobs)
    options.configuration = configuration
    options.keepsAllFindings = keepsAll
    options.allowsRestricted = allowRestricted
    options.purpose = purpose
    options.mode = mode
    options.scope = try replacedScope()
    options.codeSets = try codeSets()
    options.toolVersion = Version.current
    if let mapping {
      let file = try MappingFile(
        path: mapping,
        pack: try SchemaPack.site(
          schemas: options.schemas, overlays: options.overlays, configuration))
      options.mapping = file.columns
      options.dataset = dataset ?? file.dataset
    }
    return options
  }

  /// The part of the stored rows that is replaced; nil for another mode.
  private func replacedScope() throws -> AreaScope? {
    guard let scope else {
      if mode != .replace { return nil }
      throw ValidationError(
        say(
          "--mode replace 须用 --scope 说明名册包括哪一部分：字段=值、area=区划或网格编码、all",
          "--mode replace takes --scope, which says what the roster is the whole of: FIELD=VALUE, area=CODE or all"))
    }
    if mode != .replace {
      throw ValidationError(say("--scope 只与 --mode replace 一起使用", "--scope goes with --mode replace only"))
    }
    guard let wanted = AreaScope(scope) else {
      throw ValidationError(
        say(
          "--scope 应为 字段=值、area=2 至 20 位数字 或 all", "--scope is FIELD=VALUE, area= and 2 to 20 digits, or all"))
    }
    return wanted
  }

  /// What `--code-set` declares: a field or its code set, and one of its versions.
  private func codeSets() throws -> [String: String] {
    if codeSet.isEmpty { return [:] }
    var out: [String: String] = [:]
    let fields = try SchemaPackSource.pack(site).datasets.flatMap(\.fields)
    let known = Set(
      fields.flatMap { field in
        guard case .code(let set) = field.type else { return [String]() }
        return field.versions.flatMap { ["\(field.name)=\($0)", "\(set)=\($0)"] }
      })
    for text in codeSet {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw ValidationError(say("--code-set 应为 代码集=版本", "--code-set takes set=version"))
      }
      guard known.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
        let choices = known.sorted().joined(separator: ", ")
        throw ValidationError(
          say("--code-set 没有 \(text)；可用：\(choices)", "--code-set knows no \(text); there are \(choices)"))
      }
      if let other = out.updateValue(parts[1], forKey: parts[0]), !other.utf8.elementsEqual(parts[1].utf8) {
        throw ValidationError(
          say(
            "--code-set 对 \(parts[0]) 指定了两套代码表：\(other) 和 \(parts[1])",
            "--code-set names two lists for \(parts[0]): \(other) and \(parts[1])"))
      }
    }
    return out
  }

  /// The names by which files in a directory are taken for rosters; what they are is told by content.
  private static let extensions = [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xml", ".json", ".ndjson", ".jsonl"]

  /// Whether a name, in lower case, ends as those of rosters do, packed or not.
  private static func isRoster(_ name: String) -> Bool {
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return extensions.contains { plain.hasSuffix($0) }
  }

  /// Whether a path leads to a regular file, through links too: nothing else is waited for.
  private static func isRegular(_ path: String) -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return (try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType) == .typeRegular
  }

  /// A directory means its regular files with a known extension, sorted; that of a package its data files, whose datasets are known.
  private static func expand(
    _ files: [String], closes: Bool, replaces: Bool
  ) throws -> [(path: String, dataset: String?)] {
    try files.flatMap { file -> [(path: String, dataset: String?)] in
      let kind = try? FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
      guard kind == .typeDirectory else {
        try ReceivedPackage.refuseArchive(file)
        return [(file, nil)]
      }
      if let package = try ReceivedPackage.rosters(in: file, closes: closes, replaces: replaces) {
        return package.map { ($0.path, $0.dataset) }
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: file).sorted()
      // What Excel leaves beside an open workbook begins with a tilde.
      let known = names.filter { name in
        !name.hasPrefix("~$") && Self.isRoster(name.lowercased()) && Self.isRegular(file + "/" + name)
      }
      guard !known.isEmpty else {
        throw ValidationError(
          say(
            "目录 \(PrintableText.escape(file)) 中没有名册文件（\(Self.extensions.joined(separator: "、"))）",
            "\(PrintableText.escape(file)) has no rosters (\(Self.extensions.joined(separator: ", ")))"))
      }
      return known.map { (file + "/" + $0, nil) }
    }
  }
}
