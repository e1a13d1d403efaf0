import ElementFormats
import ArgumentParser
import ElementCore
import ElementPipeline
import ElementWarehouse
import Foundation

/// `yaosu backup`: a consistent copy of a warehouse, verified.
struct Backup: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: say("备份台账库，并核对备份", "Copy a warehouse and verify the copy"),
    discussion: say("例：\n  yaosu backup 台账.db -o 台账-备份.db", "Example:\n  yaosu backup w.db -o w-backup.db"))

  @Argument(help: ArgumentHelp(say("台账库文件", "The warehouse"), valueName: "file"))
  var warehouse: String

  /// Where the copy goes.
  @Option(name: .shortAndLong, help: ArgumentHelp(say("备份写到哪个文件", "The copy"), valueName: "file"))
  var output: String

  /// Who may read the copy beside its owner.
  @Option(help: ArgumentHelp(say("允许这个用户组读取备份（0640）", "Let this group read the copy (0640)"), valueName: "group"))
  var group: String?

  /// Whether an existing copy is replaced.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Whether one JSON object is printed.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Refuses to replace a file that nobody said to replace.
  func validate() throws {
    if !force, FileManager.default.fileExists(atPath: output) {
      throw ValidationError(
        say("输出文件已存在；请换一个文件名，或加 --force 覆盖", "the output exists; choose another name, or add --force to replace it"))
    }
  }

  /// Copies, verifies, and says what came of it.
  func run() throws {
    let report = try Warehouse(path: warehouse, mode: .read).backup(to: output, group: group)
    if json {
      Console.data(
        JSONValue.object([
          ("format", .integer(1)), ("command", .text("backup")), ("output", .text(output)), ("bytes", .integer(report.bytes)),
          ("rows", .integer(report.rows)), ("digest", .text(report.digest)),
        ]).pretty + "\n")
    }
    Console.talk(
      say(
        "已备份并核对：\(report.rows) 行，\(report.bytes) 字节；摘要 \(report.digest)\n",
        "copied and verified: \(report.rows) rows, \(report.bytes) bytes; digest \(report.digest)\n"))
  }
}
