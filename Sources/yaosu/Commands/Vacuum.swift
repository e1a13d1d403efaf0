import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse

/// `yaosu vacuum`: give back the room that a warehouse does not need any more.
struct Vacuum: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "vacuum",
    abstract: say("收回台账库不再用的空间", "Give back the room that a warehouse does not need any more"),
    discussion: say(
      "在旁边写一份新的，核对无误后替换；需要和台账库一样大的空闲空间。\n例：\n  yaosu vacuum 台账.db",
      "A new file is written beside it, verified, and takes its place; it needs as much free space as the warehouse has.\nExample:\n  yaosu vacuum w.db"
    ))

  @Argument(help: ArgumentHelp(say("台账库文件", "The warehouse"), valueName: "file"))
  var warehouse: String

  /// Whether one JSON object is printed.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions
  @OptionGroup var deed: DeedOptions

  /// Writes the file anew, and says what came of it.
  func run() throws {
    let (before, report) = try Warehouse.vacuum(warehouse, try deed.head("vacuum", site))
    if json {
      Console.data(
        JSONValue.object([
          ("format", .integer(1)), ("command", .text("vacuum")), ("bytesBefore", .integer(before)),
          ("bytes", .integer(report.bytes)), ("rows", .integer(report.rows)), ("digest", .text(report.digest)),
        ]).pretty + "\n")
    }
    Console.talk(
      say(
        "已整理并核对：\(report.rows) 行，由 \(before) 字节变为 \(report.bytes) 字节；摘要 \(report.digest)\n",
        "written anew and verified: \(report.rows) rows, \(report.bytes) bytes instead of \(before); digest \(report.digest)\n")
    )
  }
}
