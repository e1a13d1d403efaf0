import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse

extension Audit {
  /// `yaosu audit incident`.
  struct Incident: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "incident",
      abstract: say("数据包丢失或泄露时：涉及哪些人、哪些字段、谁收到", "When a package went astray: which people, which fields, who received it"),
      discussion: say(
        "人员名单只写入文件（0600），用途记入审计链。\n例：\n  yaosu audit incident --package yaosu-exchange-20261201001008-000001 --warehouse 台账.db -o 涉及人员.xlsx --purpose 泄露告知",
        "The people are written to a file only (0600); what for stands in the chain.\nExample:\n  yaosu audit incident --package yaosu-exchange-20261201001008-000001 --warehouse w.db -o people.xlsx --purpose \"notice of a leak\""
      ))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions
    @OptionGroup var deed: DeedOptions

    /// Which one went astray.
    @Option(help: ArgumentHelp(say("包号或编号", "The package, by its identity or its number"), valueName: "id"))
    var package: String

    /// Where the people go.
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        say("涉及人员的名单（.xlsx 或 .csv），须给出 --purpose", "The list of people (.xlsx or .csv); takes --purpose"), valueName: "file"))
    var output: String?

    /// What the list is for.
    @Option(help: ArgumentHelp(say("用途，记入审计链", "What it is for; kept in the audit chain"), valueName: "text"))
    var purpose: String?

    /// Replaces a file that is there.
    @Flag(help: ArgumentHelp(say("覆盖已有的文件", "Replace a file that is there")))
    var force = false

    /// Refuses a list of people without a purpose.
    func validate() throws {
      guard output == nil || purpose?.isEmpty == false else {
        throw ValidationError(say("名单含个人信息，请用 --purpose 写明用途", "The list is personal: say what it is for with --purpose"))
      }
      if let output, ![.csv, .xlsx].contains(WrittenFormat(path: output)) {
        throw ValidationError(say("-o 应为 .xlsx 或 .csv", "-o is an .xlsx or a .csv"))
      }
    }

    /// Tells of the package, and writes the list.
    func run() throws {
      let reader = try options.open()
      let language = try options.site.language(try options.site.configuration())
      let pack = try SchemaPackSource.pack(options.site)
      let run = IncidentRun(pack, reader)
      guard let report = try run.report(on: package) else {
        throw ValidationError(
          say("没有数据包 \(package)；用 yaosu package list 查看", "There is no package \(package); yaosu package list shows them"))
      }
      var counts = (told: 0, lost: 0)
      if let output {
        let file = try PrivateFile(output, replaces: force)
        counts = try run.write(report, WrittenFormat(path: output) ?? .csv, language) { try file.append($0) }
        // Nothing is handed out that the chain does not tell of.
        var head = try deed.head("audit incident", options.site, pack)
        head.purpose = purpose
        let warehouse = try Warehouse(path: reader.path, mode: .write, wait: max(0, options.wait))
        try warehouse.tellExport(
          head, "incident=\(report.package.identity),rows=\(counts.told)", datasets: report.parts.map(\.dataset.name))
        try file.finish()
      }
      let text = IncidentText(report, language)
      if options.json {
        return Console.data(text.object(Version.current, list: output, told: counts.told, lost: counts.lost).pretty + "\n")
      }
      Console.data(text.text)
      if let output {
        Console.talk(
          say(
            "名单 \(counts.told) 条：\(PrintableText.escape(output))；已彻底清除、无法列出 \(counts.lost) 条\n",
            "\(counts.told) records in \(PrintableText.escape(output)); \(counts.lost) were removed for good and cannot be listed\n"
          ))
      }
    }
  }
}
