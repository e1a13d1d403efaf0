import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline

/// `yaosu parse`: raw records, no schema.
struct Parse: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: say("原样输出记录，可换一种格式；不检查", "Raw records, in another format if wanted; no schema"),
    discussion: say(
      """
      例：
        yaosu parse 居民.xlsx --to csv -o 居民.csv
        yaosu parse 居民.csv --to xlsx -o 居民.xlsx
        yaosu parse 居民.csv --json-lines > 居民.jsonl     每条记录一个 JSON 数组，表头在前

      --for system（默认）：值一字不改。--for people：CSV 供 Excel 打开（带标记、CRLF，像公式的值前加撇号）。
      """,
      """
      Examples:
        yaosu parse residents.xlsx --to csv -o residents.csv
        yaosu parse residents.csv --to xlsx -o residents.xlsx
        yaosu parse residents.csv --json-lines > residents.jsonl     a JSON array a record, header first

      --for system (the default): every value as it is. --for people: CSV for Excel (a mark, CRLF, an apostrophe before
      what looks like a formula).
      """))

  /// Who reads the output.
  enum Reader: String, ExpressibleByArgument, CaseIterable {
    /// Another program.
    case system
    /// A person with a spreadsheet.
    case people
  }

  /// A file; - is standard input.
  @Argument(help: ArgumentHelp(say("文件，- 表示标准输入", "A file; - is standard input"), valueName: "file"))
  var file: String

  /// Flags that several commands share.
  @OptionGroup var input: InputOptions
  @OptionGroup var site: SiteOptions

  /// One JSON array a line.
  @Flag(help: ArgumentHelp(say("每条记录一行 JSON 数组", "One JSON array a line")))
  var jsonLines = false

  /// The format to write.
  @Option(
    help: ArgumentHelp(
      say("输出格式：csv、xlsx、json、ndjson、xml（不写则看 -o 的扩展名）", "Write csv, xlsx, json, ndjson or xml (else by the ending of -o)"),
      valueName: "format"))
  var to: String?

  /// The output file; - is standard output.
  @Option(
    name: .shortAndLong, help: ArgumentHelp(say("输出文件，- 表示标准输出", "The output file; - is standard output"), valueName: "file"))
  var output: String?

  /// Who reads the CSV: system or people.
  @Option(name: .customLong("for"), help: ArgumentHelp(say("CSV 给谁看：system 或 people", "Who reads the CSV: system or people")))
  var reader = Reader.system

  /// The encoding of the CSV: utf-8 or gb18030.
  @Option(help: ArgumentHelp(say("CSV 的编码：utf-8 或 gb18030", "The encoding of the CSV: utf-8 or gb18030"), valueName: "name"))
  var outputEncoding = "utf-8"

  /// Replace an existing output.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Refuses options that do not go together.
  func validate() throws {
    guard jsonLines != (to != nil || output != nil) else {
      throw ValidationError(
        say("请给出 --json-lines，或 --to 与 -o", "Give either --json-lines, or --to and -o"))
    }
    if jsonLines { return }
    guard output != nil else { throw ValidationError(say("请用 -o 给出输出文件", "Name the output file with -o")) }
    if try format() != .csv, reader == .people || outputEncoding != "utf-8" {
      throw ValidationError(
        say("--for people 和 --output-encoding 只用于 csv", "--for people and --output-encoding are for csv only"))
    }
    let encoding = TextEncoding(name: outputEncoding)
    guard encoding == .utf8 || encoding == .gb18030 else {
      throw ValidationError(say("--output-encoding 应为 utf-8 或 gb18030", "--output-encoding is utf-8 or gb18030"))
    }
  }

  /// Runs the command.
  func run() throws {
    guard !Console.dataIsTerminal || (output != nil && output != "-") else {
      throw ValidationError(
        say("原始记录含个人信息，不在终端显示；请重定向到文件", "Raw records are personal; redirect them to a file instead of a terminal"))
    }
    let pack = try SchemaPackSource.pack(site)
    var options = DeliveryOptions(verb: .check, paths: [file], today: try Day.parse(nil))
    try input.pin(&options)
    var records = RawRecords(path: file, options: options, pack: pack)
    if jsonLines {
      try records.eachLine { Console.data($0 + "\n") }
    } else {
      try write(&records)
    }
    try report(records)
  }

  private func write(_ records: inout RawRecords) throws {
    var form = reader == .people ? CSVForm.people : .system
    form.encoding = TextEncoding(name: outputEncoding) ?? .utf8
    if form.encoding == .gb18030 { form.hasMark = false }
    let (format, sheet) = (try format(), say("名册", "roster"))
    guard let output, output != "-" else {
      return try records.write(format, form, sheet: sheet) { Console.data($0) }
    }
    let file = try PrivateFile(output, replaces: force)
    try records.write(format, form, sheet: sheet) { try file.append($0) }
    try file.finish()
  }

  private func format() throws -> WrittenFormat {
    guard let format = to.map(WrittenFormat.init(rawValue:)) ?? output.flatMap(WrittenFormat.init(path:)) else {
      throw ValidationError(say("--to 应为 csv、xlsx、json、ndjson 或 xml", "--to is csv, xlsx, json, ndjson or xml"))
    }
    return format
  }

  /// Says what could not be handed on, and where; then the command ends with 1.
  private func report(_ records: RawRecords) throws {
    let (undecodable, unreadable) = (records.undecodable, records.unreadable)
    if undecodable.count > 0 {
      Console.talk(
        say(
          "\(undecodable.count) 条记录有无法解码的字节，对应值未输出：第 \(Self.list(undecodable)) 条\n",
          "\(undecodable.count) records hold bytes that cannot be decoded; those values are missing: records \(Self.list(undecodable))\n"
        ))
    }
    if unreadable.count > 0 {
      Console.talk(
        say(
          "\(unreadable.count) 条记录无法读出，未输出：第 \(Self.list(unreadable)) 条；用 yaosu check 查看原因\n",
          "\(unreadable.count) records cannot be read and are missing: records \(Self.list(unreadable)); yaosu check says why\n"
        ))
    }
    if records.strayCount > 0 {
      Console.talk(
        say(
          "表头各列之外的 \(records.strayCount) 个单元格（或记录之外的元素）未输出；用 yaosu check 查看位置\n",
          "\(records.strayCount) cells beside the columns of the header, or elements beside the records, are missing; yaosu check says where\n"
        ))
    }
    for note in records.oddities { Console.talk(Self.oddity(note)) }
    if undecodable.count + unreadable.count + records.strayCount > 0 { throw ExitCode(1) }
  }

  /// What is odd about rows that were written as they stand.
  private static func oddity(_ note: SourceNote) -> String {
    switch note.kind {
    case .spacedQuotes:
      say(
        "\(note.count) 个字段的引号前有空格，已按加引号的字段读取，第一个在第 \(note.line) 行\n",
        "\(note.count) fields have blanks before their quotes and were read as quoted ones, the first on line \(note.line)\n")
    case .marks:
      say(
        "\(note.count) 行以标记（BOM）开头，已去掉，第一个在第 \(note.line) 行\n",
        "\(note.count) rows begin with a byte order mark, which was removed, the first on line \(note.line)\n")
    default:
      say(
        "\(note.count) 行的列数与表头不同，已照原样输出，第一个在第 \(note.line) 行；用 yaosu check 查看哪些不能入库\n",
        "\(note.count) rows have another number of columns than the header and were written as they stand, the first on line \(note.line); yaosu check says which cannot be loaded\n"
      )
    }
  }

  private static func list(_ trouble: RawRecords.Trouble) -> String {
    trouble.rows.map(String.init).joined(separator: ", ") + (trouble.count > trouble.rows.count ? " …" : "")
  }
}
