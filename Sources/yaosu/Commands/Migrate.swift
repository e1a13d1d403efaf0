import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse
import Foundation

/// `yaosu migrate`: a warehouse of an older format becomes one of this program's, behind a verified backup.
struct Migrate: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: say("升级台账库的格式（先备份并核对）", "Bring a warehouse up to date, behind a verified backup"),
    discussion: say("例：\n  yaosu migrate 台账.db -o 台账-升级前.db", "Example:\n  yaosu migrate w.db -o w-before.db"))

  @Argument(help: ArgumentHelp(say("台账库文件", "The warehouse"), valueName: "file"))
  var warehouse: String

  /// Where the copy of before goes.
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      say("备份写到哪个文件（默认在台账库旁边，名称加上格式号和 .bak）", "The copy of before (default: beside it, its name with the format and .bak)"),
      valueName: "file"))
  var output: String?

  /// Whether one JSON object is printed.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Refuses to replace a file.
  func validate() throws {
    if let output, FileManager.default.fileExists(atPath: output) {
      throw ValidationError(say("备份文件已存在；请换一个文件名", "the backup exists; choose another name"))
    }
  }

  /// Copies, changes, verifies, and says what came of it.
  func run() throws {
    let report = try Warehouse.migrate(warehouse, backup: output)
    if json {
      Console.data(
        JSONValue.object([
          ("format", .integer(1)), ("command", .text("migrate")), ("from", .integer(report.from)), ("to", .integer(report.to)),
          ("backup", JSONValue.optional(report.backup)), ("rows", .integer(report.rows)), ("digest", .text(report.digest)),
        ]).pretty + "\n")
    }
    guard let backup = report.backup else {
      return Console.talk(say("已是格式 \(report.to)，无需升级\n", "has format \(report.to) already\n"))
    }
    let shown = PrintableText.escape(backup)
    Console.talk(
      say(
        "已从格式 \(report.from) 升级到 \(report.to)，并核对 \(report.rows) 行；升级前的备份：\(shown)\n",
        "from format \(report.from) to \(report.to), \(report.rows) rows verified; the copy of before: \(shown)\n"))
  }
}
