import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import Foundation

/// `yaosu sniff`: what we think a file is, and why.
struct Sniff: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "sniff",
    abstract: say("说明怎样理解一个文件，以及依据", "What a file is taken for, and why"),
    discussion: say(
      "例：\n  yaosu sniff 居民.csv\n  yaosu sniff 居民.csv --save-mapping 映射.yaml",
      "Examples:\n  yaosu sniff residents.csv\n  yaosu sniff residents.csv --save-mapping mapping.yaml"))

  /// A file; - is standard input.
  @Argument(help: ArgumentHelp(say("文件，- 表示标准输入", "A file; - is standard input"), valueName: "file"))
  var file: String

  /// Pin the dataset.
  @Option(help: ArgumentHelp(say("指定数据集", "Pin the dataset"), valueName: "name"))
  var dataset: String?

  /// Flags that several commands share.
  @OptionGroup var input: InputOptions
  @OptionGroup var site: SiteOptions

  /// Write the mapping of headings to a file.
  @Option(help: ArgumentHelp(say("把列名映射写入文件", "Write the mapping of headings to a file"), valueName: "file"))
  var saveMapping: String?

  /// Replace an existing output.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Print one JSON object on standard output.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Runs the command.
  func run() throws {
    var options = DeliveryOptions(verb: .check, paths: [file], today: try Day.parse(nil))
    options.dataset = dataset
    options.showsDuplicates = true
    try input.pin(&options)
    let inputs = try PreparedInput.open(path: file, options: options, pack: try SchemaPackSource.pack(site))
    for input in inputs { try input.survey.confirmUnchanged() }
    let language = try site.language(try site.configuration())
    let report = try SniffReport(inputs, language: language)
    let refusal = inputs.lazy.compactMap(\.duplicateRefusal).first
    // Programs get one object: what is taken for what, or why not.
    if json, saveMapping == nil, let refusal { throw refusal }
    Console.data(json ? report.object.pretty + "\n" : report.text)
    if let saveMapping { try PrivateFile.write(MappingFile.text(inputs, language), to: saveMapping, replaces: force) }
    // Two columns of one field have to be parted before anything is read from them.
    if let refusal {
      guard let saveMapping else { throw refusal }
      Console.talk(
        "\(refusal.message[language])\n"
          + say(
            "请在 \(PrintableText.escape(saveMapping)) 中为留空的一行填上字段，再用 --mapping 指定\n",
            "Give the empty line in \(PrintableText.escape(saveMapping)) a field, and pin it with --mapping\n"))
    }
  }
}
