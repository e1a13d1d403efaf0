import ElementFormats
import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// `yaosu batch`: what was loaded.
struct Batch: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: say("入库批次", "What was loaded"), subcommands: [List.self, Show.self])

  /// `yaosu batch list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: say("列出批次", "List the batches"),
      discussion: say("例：\n  yaosu batch list --warehouse 台账.db", "Example:\n  yaosu batch list --warehouse w.db"))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions

    /// Runs the command.
    func run() throws {
      let batches = try options.open().batches()
      if options.json {
        let object = JSONValue.object([
          ("format", .integer(1)), ("command", .text("batch list")), ("batches", .list(batches.map(BatchText.object))),
        ])
        return Console.data(object.pretty + "\n")
      }
      let language = try options.site.language(try options.site.configuration())
      for batch in batches { Console.data(BatchText.line(batch, language)) }
    }
  }

  /// `yaosu batch show`.
  struct Show: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: say("显示一个批次", "Show a batch"),
      discussion: say("例：\n  yaosu batch show 1 --warehouse 台账.db", "Example:\n  yaosu batch show 1 --warehouse w.db"))

    /// The number of the batch.
    @Argument(help: ArgumentHelp(say("批次号", "The number of the batch"), valueName: "batch"))
    var number: Int

    /// A row of a file of the batch.
    @Option(help: ArgumentHelp(say("这一条（从 1 数）后来怎样了", "What became of this record, counted from 1"), valueName: "row"))
    var row: Int?

    /// Which file, where the batch has several.
    @Option(
      help: ArgumentHelp(say("第几个文件（从 1 数，默认 1）", "Which input of the batch, counted from 1 (default 1)"), valueName: "n"))
    var input = 1

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions

    /// Runs the command.
    func run() throws {
      let warehouse = try options.open()
      guard let batch = try warehouse.batches(id: number).first else {
        throw ValidationError(say("没有第 \(number) 批", "There is no batch \(number)"))
      }
      if let row { return try showFate(of: row, batch, warehouse) }
      let inputs = try warehouse.inputs(ofBatch: number)
      let findings = try warehouse.findingCounts(ofBatch: number)
      if options.json { return Console.data(BatchText.object(batch, inputs, findings).pretty + "\n") }
      let language = try options.site.language(try options.site.configuration())
      Console.data(BatchText.line(batch, language))
      for input in inputs {
        Console.data("  \(PrintableText.escape(input.path))  \(input.dataset)  \(input.encoding)  sha256 \(input.sha256)\n")
        Console.data("    \(RunSummary.balance(input.counts, language))\n")
      }
      for finding in findings { Console.data("  \(finding.code)  \(finding.severity)  \(finding.count)\n") }
    }

    private func showFate(of row: Int, _ batch: BatchSummary, _ warehouse: Warehouse) throws {
      let pack = try SchemaPackSource.pack(options.site)
      guard let fate = try warehouse.fate(batch: number, input: input - 1, row: row, { pack.dataset($0) }) else {
        throw ValidationError(
          say("第 \(number) 批的第 \(input) 个文件没有第 \(row) 条", "Input \(input) of batch \(number) has no record \(row)"))
      }
      let text = RowFateText(fate, batch, row: row, pack)
      if options.json { return Console.data(text.object.pretty + "\n") }
      Console.data(text.lines(try options.site.language(try options.site.configuration())))
    }
  }
}
