import ElementFormats
import ArgumentParser
import ElementCore
import ElementPipeline
import ElementWarehouse

/// `yaosu doctor`: the health of the installation and of a warehouse.
struct Doctor: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: say("体检：版本、权限、磁盘空间、中断的入库", "Versions, permissions, free space, interrupted loads"),
    discussion: say("例：\n  yaosu doctor --warehouse 台账.db", "Example:\n  yaosu doctor --warehouse w.db"))

  /// The warehouse and the site.
  @OptionGroup var options: WarehouseOptions

  /// Looks, and ends with 1 where something is not well.
  func run() throws {
    let configuration = try options.site.configuration()
    var notes = HealthCheck.versions(program: Version.current)
    if let path = Setting(configuration).value(options.warehouse, "warehouse") { notes += HealthCheck.warehouse(path) }
    let language = try options.site.language(configuration)
    if options.json {
      let list = notes.map { note -> JSONValue in
        .object([("ok", .bool(note.isWell)), ("subject", .text(note.subject)), ("message", .text(note.message[language]))])
      }
      Console.data(
        JSONValue.object([("format", .integer(1)), ("command", .text("doctor")), ("notes", .list(list))]).pretty + "\n")
    } else {
      for note in notes { Console.data("\(note.isWell ? "✓" : "✗") \(note.subject)  \(note.message[language])\n") }
    }
    if notes.contains(where: { !$0.isWell }) { throw ExitCode(1) }
  }
}
