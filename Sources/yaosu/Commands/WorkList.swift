import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// `yaosu worklist`: what each grid member has to do.
struct WorkList: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "worklist",
    abstract: say("每个网格的工作清单：待更正、待走访、待核查、超期事件", "What each grid has to do: to correct, to visit, to verify, overdue cases"),
    discussion: say(
      """
      每个网格一个文件夹，每张清单一个 .xlsx，A4 打印。走访和核查填好后原样交回：yaosu load 按编号认得，没填的行跳过，重复交不会重复入库。
      特殊家庭每季度都走访，其他对象半年走访一遍，核查从最久没有确认的开始，每周一份。清单含个人信息，记入审计链。
      例：
        yaosu worklist --warehouse 台账.db -o 工作清单
        yaosu worklist --warehouse 台账.db -o 工作清单 --scope area=320699001 --list visit
      """,
      """
      A folder a grid, an .xlsx a list, for A4 paper. Visits and verifications come back filled in: yaosu load knows the rows by their numbers, passes over those left blank, and takes none twice.
      Families that are looked after are due each quarter, all others each half-year; verifications begin with what nobody confirmed for the longest time, a share a week. Lists hold personal data, and the audit chain tells of them.
      Examples:
        yaosu worklist --warehouse w.db -o lists
        yaosu worklist --warehouse w.db -o lists --scope area=320699001 --list visit
      """))

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions
  @OptionGroup var deed: DeedOptions

  /// The folder that the lists are written into.
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(say("清单写入哪个文件夹（不能已有）", "The folder for the lists, which must not exist"), valueName: "dir"))
  var output: String

  /// The lists, parted by commas.
  @Option(
    help: ArgumentHelp(
      say(
        "哪几张清单：correction、visit、verification、overdue，用逗号分开",
        "Which lists: correction, visit, verification, overdue, parted by commas"),
      valueName: "lists"))
  var list = WorkListKind.allCases.map(\.rawValue).joined(separator: ",")

  /// The part whose grids have lists.
  @Option(
    help: ArgumentHelp(
      say("只要一个范围：area=320699001 或 gridCode=…", "A part only: area=320699001 or gridCode=…"), valueName: "scope"))
  var scope: String?

  /// The day that counts as today.
  @Option(help: ArgumentHelp(say("清单的日期（默认今天）", "The day of the lists (default today)"), valueName: "YYYY-MM-DD"))
  var asOf: String?

  /// What they are for.
  @Option(help: ArgumentHelp(say("用途，记入审计链", "What they are for; kept in the audit chain"), valueName: "text"))
  var purpose: String?

  /// Replaces lists that are there.
  @Flag(help: ArgumentHelp(say("覆盖已有的清单", "Replace lists that are there")))
  var force = false

  /// Refuses lists and scopes that there are none of.
  func validate() throws {
    for name in list.split(separator: ",", omittingEmptySubsequences: false) where WorkListKind(rawValue: String(name)) == nil {
      throw ValidationError(
        say(
          "没有清单 \(name)；可用 correction、visit、verification、overdue",
          "There is no list \(name); use correction, visit, verification, overdue"))
    }
    if scope != nil, ReportOffice(scope: scope) == nil {
      throw ValidationError(say("--scope 应为 area=数字 或 gridCode=编码", "--scope is area=DIGITS or gridCode=CODE"))
    }
  }

  /// Writes the lists and says how many.
  func run() throws {
    let configuration = try options.site.configuration()
    let language = try options.site.language(configuration)
    let setting = Setting(configuration)
    let day = try Day.parse(asOf, configuration.timeZone)
    let run = try WorkListRun(
      schemas: setting.value(options.site.schemas, "schemas"), overlays: options.site.overlays(configuration),
      gridScheme: setting.value(nil, "grid_scheme"), configuration, day: day, language)
    let reader = try options.open()
    let folder = try PrivateFolder(output, replaces: force)
    let kinds = WorkListKind.allCases.filter { list.split(separator: ",").contains(Substring($0.rawValue)) }
    let grids = try run.lists(reader, kinds, ReportOffice(scope: scope) ?? .all)
    for work in grids {
      for (kind, rows) in work.lists {
        let name = "\(PrivateFolder.name(work.grid))/\(kind.title[language]).xlsx"
        try folder.write(try ReportForm.bytes(work.workbook(kind, rows), name), to: name)
      }
    }
    let count = grids.reduce(0) { $0 + $1.count }
    if count > 0 {
      // Nothing is handed out that the chain does not tell of.
      var head = try deed.head("worklist", options.site)
      head.purpose = purpose
      let warehouse = try Warehouse(path: reader.path, mode: .write, wait: max(0, options.wait))
      try warehouse.tellExport(head, "rows=\(count)", datasets: kinds.map(\.rawValue))
    }
    try folder.finish()
    tell(grids, count, folder.path)
  }

  private func tell(_ grids: [GridWork], _ count: Int, _ path: String) {
    if options.json {
      let lists = WorkListKind.allCases.map { kind in
        (kind.rawValue, JSONValue.integer(grids.reduce(0) { $0 + ($1.lists.first { $0.kind == kind }?.rows.count ?? 0) }))
      }
      return Console.data(
        JSONValue.object([
          ("format", .integer(1)), ("command", .text("worklist")), ("version", .text(Version.current)),
          ("outcome", .text("exported")), ("folder", .text(path)), ("grids", .integer(grids.count)), ("rows", .object(lists)),
          ("error", .null),
        ]).pretty + "\n")
    }
    Console.talk(say("\(grids.count) 个网格，\(count) 行：\(path)\n", "\(grids.count) grids, \(count) rows: \(path)\n"))
  }
}
