import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse
import Foundation

extension Quarantine {
  /// `yaosu quarantine export`.
  struct Export: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: say("导出待更正行，供原单位改正", "Hand waiting rows out to be mended"),
      discussion: say(
        "原因在前，后面是原来的各列、原来的表头。值一字不改，文件只有本人可读，并记入审计链。几种表头的，-o 写一个目录，每种一个文件。\n例：\n  yaosu quarantine export --warehouse 台账.db --sender 示例街道 -o 待更正.xlsx",
        "What is wrong comes first, then the row's own columns under its own headings. Values are as they were written, the file is its owner's alone, and the audit chain tells of it. Rows of several headings go to a folder, a file each.\nExample:\n  yaosu quarantine export --warehouse w.db --sender office -o waiting.xlsx"
      ))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions
    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var deed: DeedOptions

    /// The file, or a folder that exists.
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        say("输出文件（.xlsx 或 .csv），或已有的目录", "The file (.xlsx or .csv), or a folder that exists"), valueName: "file|folder"))
    var output: String

    /// Replace an existing output.
    @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
    var force = false

    /// Hand out rows of datasets that need an opt-in.
    @Flag(
      help: ArgumentHelp(say("允许导出受限数据集（须同时给出 --purpose）", "Hand out datasets that need an opt-in; takes --purpose")))
    var allowRestricted = false

    /// What they are for.
    @Option(help: ArgumentHelp(say("用途，记入审计链", "What they are for; kept in the audit chain"), valueName: "text"))
    var purpose: String?

    /// Runs the command.
    func run() throws {
      let configuration = try options.site.configuration()
      let language = try options.site.language(configuration)
      let pack = try SchemaPackSource.pack(options.site)
      let path = try options.open().path
      let warehouse = try Warehouse(path: path, mode: .write)
      let text = WaitingText(pack, today: try Day.parse(nil, configuration.timeZone), configuration.timeZone)
      let export = WaitingExport(warehouse, try waiting.filter(options.site), text, pack, language)
      let tables = try export.tables()
      if tables.isEmpty { return tell([], 0) }
      var admission = DeliveryOptions(verb: .check, paths: [], today: try Day.parse(nil, configuration.timeZone))
      (admission.allowsRestricted, admission.purpose) = (allowRestricted, purpose)
      for (table, _) in tables { if let dataset = pack.dataset(table.dataset) { try admission.admit(dataset, path) } }
      var files: [(path: String, file: PrivateFile)] = []
      for ((table, _), path) in zip(tables, try paths(tables, export)) {
        let file = try PrivateFile(path, replaces: force)
        try export.write(table, WrittenFormat(path: path) ?? .xlsx) { try file.append($0) }
        files.append((path, file))
      }
      let count = tables.reduce(0) { $0 + $1.count }
      var head = try deed.head("quarantine export", options.site)
      head.purpose = purpose
      // Nothing is handed out that the chain does not tell of.
      let datasets = Set(tables.map(\.table.dataset)).sorted()
      try warehouse.tellExport(head, "rows=\(count)", datasets: datasets)
      for (_, file) in files { try file.finish() }
      tell(files.map(\.path), count)
    }

    private func tell(_ paths: [String], _ count: Int) {
      if options.json {
        let object = JSONValue.object([
          ("format", .integer(1)), ("command", .text("quarantine export")), ("outcome", .text("exported")),
          ("rows", .integer(count)), ("files", .list(paths.map { .text($0) })),
        ])
        Console.data(object.pretty + "\n")
      }
      let names = paths.map(PrintableText.escape)
      Console.talk(
        paths.isEmpty
          ? say("没有待更正行，没有写文件\n", "no row waits; nothing was written\n")
          : say(
            "已导出 \(count) 行：\(names.joined(separator: "、"))。改好后运行 yaosu quarantine retry 交回\n",
            "\(count) rows were written to \(names.joined(separator: ", ")); yaosu quarantine retry takes them back\n"))
    }

    /// Where each table goes.
    private func paths(_ tables: [(table: WaitingExport.Table, count: Int)], _ export: WaitingExport) throws -> [String] {
      // A link to a folder is one too.
      if FileManager.default.fileExists(atPath: output + "/.") {
        let folder = output.hasSuffix("/") ? output : output + "/"
        return tables.enumerated().map { place, table in
          folder + say("待更正-\(export.title(table.table))", "waiting-\(table.table.dataset)") + "-\(place + 1).xlsx"
        }
      }
      guard let format = WrittenFormat(path: output), format == .csv || format == .xlsx else {
        throw ValidationError(
          say("-o 应为 .xlsx、.csv 文件，或已有的目录", "-o is a file that ends in .xlsx or .csv, or a folder that exists"))
      }
      if tables.count == 1 { return [output] }
      let list = tables.map { say("\(export.title($0.table)) \($0.count) 行", "\($0.count) of \(export.title($0.table))") }
      throw ValidationError(
        say(
          "待更正行有 \(tables.count) 种表头（\(list.joined(separator: "、"))）：-o 请写一个已有的目录，或用 --dataset、--batch 选一种",
          "The rows have \(tables.count) kinds of headings (\(list.joined(separator: ", "))): name a folder with -o, or choose with --dataset or --batch"
        ))
    }
  }
}
