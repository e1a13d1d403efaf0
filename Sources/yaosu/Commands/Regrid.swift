import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// `yaosu regrid`: records to new grids.
struct Regrid: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "regrid",
    abstract: say("网格调整：按对照表把记录划到新网格", "Move records to new grids, by a table"),
    discussion: say(
      "对照表有“原网格编码”“新网格编码”两列；另加一列（如 房屋编码、楼栋编码、公民身份号码）时，只划转该列相符的记录。\n例：\n  yaosu regrid 对照.csv --effective 2026-11-30 --warehouse 台账.db --dry-run",
      "The table has the columns old and new; with another one, such as houseCode, buildingCode or a key, a row moves the records that hold its value.\nExample:\n  yaosu regrid map.csv --effective 2026-11-30 --warehouse w.db --dry-run"
    ))

  /// The table.
  @Argument(help: ArgumentHelp(say("对照表（CSV、Excel 等）", "The table (CSV, Excel and others)"), valueName: "file"))
  var map: String

  /// Since when.
  @Option(help: ArgumentHelp(say("从哪一天起", "From which day on"), valueName: "YYYY-MM-DD"))
  var effective: String

  /// Whether all is done and taken back again.
  @Flag(name: [.customShort("n"), .long], help: ArgumentHelp(say("试调整：走完全程后全部撤回", "Dry run: do everything, then roll back")))
  var dryRun = false

  /// Why.
  @Option(help: ArgumentHelp(say("原因，记入批次", "Why; kept with the batch"), valueName: "text"))
  var reason: String?

  /// The grid-code scheme: cjt349, unit15, stat12, stat12+N or a file.
  @Option(
    help: ArgumentHelp(
      say("网格编码规则：cjt349、unit15、stat12、stat12+N 或文件", "The grid-code scheme: cjt349, unit15, stat12, stat12+N or a file"),
      valueName: "name"))
  var gridScheme: String?

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions
  @OptionGroup var deed: DeedOptions

  /// Runs the command.
  func run() throws {
    let configuration = try options.site.configuration()
    let setting = Setting(configuration)
    guard let path = setting.value(options.warehouse, "warehouse") else {
      throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
    }
    guard let day = CalendarDate(iso: Array(effective.utf8).span) else {
      throw ValidationError(say("--effective 应为日期，如 2026-11-30", "--effective is a day, such as 2026-11-30"))
    }
    var wanted = DeliveryOptions(verb: .load, paths: [], today: try Day.parse(nil, configuration.timeZone))
    wanted.schemas = setting.value(options.site.schemas, "schemas")
    wanted.overlays = options.site.overlays(configuration)
    (wanted.configuration, wanted.toolVersion, wanted.operatorName) = (configuration, Version.current, deed.name(setting))
    (wanted.warehouse, wanted.dryRun, wanted.reason) = (path, dryRun, reason)
    wanted.gridScheme = setting.value(gridScheme, "grid_scheme")
    wanted.origin = .here("regrid", anchor: setting.value(nil, "anchor"))
    let pack = try SchemaPackSource.pack(options.site)
    let scheme = try pack.gridScheme(wanted.gridScheme ?? configuration.gridScheme)
    let table = try RegridMap(path: map, options: wanted, pack: pack, scheme: scheme)
    let report = try RegridRun(table, effective: day, wanted, pack, scheme).run()
    let text = RegridText(report, pack)
    if options.json { Console.data(text.object.pretty + "\n") }
    Console.talk(text.lines(try options.site.language(configuration)))
    if report.result.counts.quarantined > 0 { throw ExitCode(1) }
  }
}
