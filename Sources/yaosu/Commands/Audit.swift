import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse
import Foundation

/// `yaosu audit`: the chain of what was done to a warehouse.
struct Audit: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: say("审计链：谁在何时对台账库做了什么", "The audit chain: who did what to a warehouse, and when"),
    subcommands: [List.self, Verify.self, Incident.self])

  /// `yaosu audit list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: say("列出审计条目", "List the entries"),
      discussion: say("例：\n  yaosu audit list --warehouse 台账.db", "Example:\n  yaosu audit list --warehouse w.db"))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions

    /// Runs the command.
    func run() throws {
      let entries = try options.open().auditEntries()
      if options.json { return Console.data(AuditText.object(entries).pretty + "\n") }
      let language = try options.site.language(try options.site.configuration())
      for entry in entries { Console.data(AuditText.line(entry, language)) }
    }
  }

  /// `yaosu audit verify`.
  struct Verify: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: say("核对审计链：改动、删除、换位、截断都会指出", "Verify the chain: what was changed, removed, moved or cut off is named"),
      discussion: say(
        "例：\n  yaosu audit verify --warehouse 台账.db --anchor 台账.db.anchor",
        "Example:\n  yaosu audit verify --warehouse w.db --anchor w.db.anchor"))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions

    /// The file that the heads of the chain were appended to.
    @Option(
      help: ArgumentHelp(
        say(
          "锚点文件（默认台账库旁边的 .anchor），最好存放在别处；能查出被放回的旧台账库",
          "The anchor (default: that beside the warehouse), best kept elsewhere: it shows an old copy that was put back"),
        valueName: "file"))
    var anchor: String?

    /// The anchor that is named, else the configured one, else that beside the warehouse, where there is one.
    static func anchor(_ named: String?, _ options: WarehouseOptions) throws -> InputFile? {
      let setting = Setting(try options.site.configuration())
      if let path = setting.value(named, "anchor") { return try InputFile(path: path, limits: .unlimited) }
      let beside = Warehouse.anchor(of: setting.value(options.warehouse, "warehouse") ?? "")
      return FileManager.default.fileExists(atPath: beside) ? try InputFile(path: beside, limits: .unlimited) : nil
    }

    /// Runs the command; ends with 1 where something differs.
    func run() throws {
      let warehouse = try options.open()
      let found = try warehouse.verifyAudit(anchor: try Self.anchor(anchor, options))
      let language = try options.site.language(try options.site.configuration())
      if options.json {
        Console.data(AuditText.object(found, language).pretty + "\n")
      } else {
        Console.data(VerificationText.lines(found.differences, language))
      }
      let head = found.head ?? "-"
      Console.talk(
        say(
          "核对审计链 \(found.entries) 条，不符 \(found.differences.count) 处；链头 \(head)\n",
          "verified \(found.entries) entries of the chain: \(found.differences.count) differences; head \(head)\n"))
      if !found.differences.isEmpty { throw ExitCode(1) }
    }
  }
}
