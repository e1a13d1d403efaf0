import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline

/// Flags that pin what is sniffed.
struct InputOptions: ParsableArguments {
  /// Pin the encoding: utf-8, gb18030, utf-16le, utf-16be.
  @Option(
    help: ArgumentHelp(
      say("指定编码：utf-8、gb18030、utf-16le、utf-16be", "Pin the encoding: utf-8, gb18030, utf-16le, utf-16be"), valueName: "name"))
  var encoding: String?

  /// Pin the delimiter: a character, or tab.
  @Option(help: ArgumentHelp(say("指定分隔符：一个字符，或 tab", "Pin the delimiter: a character, or tab"), valueName: "char"))
  var delimiter: String?

  /// Pin the line of the header (from 1).
  @Option(help: ArgumentHelp(say("指定表头所在的行（从 1 数）", "Pin the line of the header (from 1)"), valueName: "n"))
  var headerLine: Int?

  /// The file has no header; columns are mapped by number (from 1).
  @Flag(help: ArgumentHelp(say("文件没有表头，列按序号（从 1 数）映射", "The file has no header; columns are mapped by number (from 1)")))
  var noHeader = false

  /// Pin the format: csv, xlsx, xml, json or ndjson.
  @Option(
    help: ArgumentHelp(
      say(
        "指定格式：csv、xlsx、xml、json、ndjson；不写则按内容识别", "Pin the format: csv, xlsx, xml, json or ndjson; else it is told by content"),
      valueName: "name"))
  var format: String?

  /// The sheet of a workbook: its name, its number (from 1), or all.
  @Option(
    help: ArgumentHelp(
      say(
        "工作表：名称、序号（从 1 数）或 all；不写则读像名册的那一张", "The sheet: its name, its number (from 1), or all; else the one that is a roster"),
      valueName: "sheet"))
  var sheet: String?

  /// Where the records stand: a JSON Pointer to the array, or the path of an XML record.
  @Option(
    help: ArgumentHelp(
      say(
        "JSON 中记录数组的位置（JSON Pointer），如 /data/records",
        "Where the array of records stands in JSON (JSON Pointer), such as /data/records"),
      valueName: "path"))
  var records: String?

  /// How much of a file is taken: NAME=NUMBER.
  @Option(
    help: ArgumentHelp(
      say(
        "放宽或收紧读取上限：\(Self.limitNames)，写作 名称=数值，可重复",
        "Read more or less of a file: \(Self.limitNames), as NAME=NUMBER; may be repeated"),
      valueName: "name=n"))
  var limit: [String] = []

  /// Whether anything is said of how files are read.
  var saysHowFilesAreRead: Bool {
    noHeader || headerLine != nil || !limit.isEmpty || [encoding, delimiter, format, sheet, records].contains { $0 != nil }
  }

  private static var limitNames: String { ReadingLimits.Name.allCases.map(\.rawValue).joined(separator: say("、", ", ")) }

  /// Copies what is pinned into the options of a run.
  func pin(_ options: inout DeliveryOptions) throws {
    options.encoding = try pinnedEncoding()
    options.delimiter = try pinnedDelimiter()
    options.headerLine = headerLine
    options.hasNoHeader = noHeader
    options.format = format
    options.sheet = sheet
    options.records = records
    for text in limit where !options.limits.take(text) {
      throw ValidationError(
        say("--limit 应写作 名称=数值，名称为 \(Self.limitNames)", "--limit takes NAME=NUMBER, the name one of \(Self.limitNames)"))
    }
  }

  /// The encoding that was pinned; nil for none.
  func pinnedEncoding() throws -> TextEncoding? {
    guard let encoding else { return nil }
    guard let found = TextEncoding(name: encoding) else {
      throw ValidationError(
        say(
          "不认识的编码 \(encoding)，可用 utf-8、gb18030、utf-16le、utf-16be",
          "Unknown encoding \(encoding); use utf-8, gb18030, utf-16le or utf-16be"))
    }
    return found
  }

  /// The delimiter that was pinned; nil for none.
  func pinnedDelimiter() throws -> UInt8? {
    guard let delimiter else { return nil }
    guard let found = CSVDialect.delimiter(named: delimiter) else {
      throw ValidationError(say("分隔符应为一个 ASCII 字符或 tab", "A delimiter is one ASCII character, or tab"))
    }
    return found
  }

  /// Refuses options that do not go together.
  func validate() throws {
    if noHeader, headerLine != nil {
      throw ValidationError(say("--no-header 与 --header-line 不能同时使用", "--no-header and --header-line exclude each other"))
    }
    guard let format, !DeliveryOptions.formats.contains(where: { $0.utf8.elementsEqual(format.utf8) }) else { return }
    let names = DeliveryOptions.formats
    throw ValidationError(
      say(
        "不认识的格式 \(format)，可用 \(names.joined(separator: "、"))",
        "Unknown format \(format); use one of \(names.joined(separator: ", "))"))
  }
}
