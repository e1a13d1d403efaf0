import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline

/// `yaosu parse`: raw records, no schema.
struct Parse: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: say("输出原始记录（JSON 数组，表头在前），不检查", "Raw records as JSON arrays, header first; no schema"),
    discussion: say(
      "例：\n  yaosu parse 居民.csv --json-lines > 居民.jsonl", "Example:\n  yaosu parse residents.csv --json-lines > residents.jsonl"
    ))

  /// A file; - is standard input.
  @Argument(help: ArgumentHelp(say("文件，- 表示标准输入", "A file; - is standard input"), valueName: "file"))
  var file: String

  /// Flags that several commands share.
  /// Flags that several commands share.
  @OptionGroup var input: InputOptions
  @OptionGroup var site: SiteOptions

  /// One JSON array a line.
  @Flag(help: ArgumentHelp(say("每条记录一行 JSON", "One JSON array a line")))
  var jsonLines = false

  /// Refuses options that do not go together.
  func validate() throws {
    guard jsonLines else { throw ValidationError(say("请加 --json-lines", "Add --json-lines")) }
  }

  /// Runs the command.
  func run() throws {
    guard !Console.dataIsTerminal else {
      throw ValidationError(
        say("原始记录含个人信息，不在终端显示；请重定向到文件", "Raw records are personal; redirect them to a file instead of a terminal"))
    }
    let pack = try SchemaPackSource.pack(site)
    var options = RunOptions(verb: .check, paths: [file], today: try Day.parse(nil))
    try input.pin(&options)
    let records = RawRecords(path: file, options: options, pack: pack)
    let unreadable = try records.each { Console.data($0 + "\n") }
    guard unreadable > 0 else { return }
    Console.talk(
      say(
        "\(unreadable) 条记录有无法解码的字节，对应值输出为 null\n",
        "\(unreadable) records hold bytes that cannot be decoded; those values are null\n"))
    throw ExitCode(1)
  }
}
