import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema

/// `yaosu schema emit`: a dataset in the schema languages of others, or as a data dictionary to print.
struct SchemaEmitCommand: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "emit",
    abstract: say("输出为其他系统用的结构定义，或可打印的数据字典", "A dataset in the schema languages of others, or as a data dictionary"),
    discussion: say(
      "例：\n  yaosu schema emit --as html -o 数据字典.html\n  yaosu schema emit registeredResident --as xsd",
      "Examples:\n  yaosu schema emit --as html -o dictionary.html\n  yaosu schema emit registeredResident --as xsd"))

  /// A form of output.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    /// JSON Schema 2020-12.
    case jsonschema
    /// XML Schema 1.0.
    case xsd
    /// Frictionless Table Schema.
    case tableschema
    /// SQL for SQLite.
    case sql
    /// A data dictionary.
    case html
  }

  /// A dataset.
  @Argument(
    help: ArgumentHelp(
      say("数据集名（html 和 sql 可省略，表示全部）", "A dataset (html and sql: all where it is left out)"), valueName: "dataset"))
  var dataset: String?

  /// jsonschema, xsd, tableschema, sql or html.
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      say("jsonschema、xsd、tableschema、sql 或 html", "jsonschema, xsd, tableschema, sql or html"), valueName: "form"))
  var form: Form

  /// Where the output goes (default stdout).
  @Option(
    name: .shortAndLong, help: ArgumentHelp(say("输出文件（默认标准输出）", "Where the output goes (default stdout)"), valueName: "file"))
  var output: String?

  /// Replace the output file where it exists.
  @Flag(help: ArgumentHelp(say("覆盖已存在的输出文件", "Replace the output file where it exists")))
  var force = false

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Runs the command.
  func run() throws {
    let pack = try SchemaPackSource.pack(site)
    let datasets = try dataset.map { [try SchemaPackSource.dataset($0, in: pack)] } ?? pack.datasets
    guard datasets.count == 1 || form == .html || form == .sql else {
      throw ValidationError(say("\(form.rawValue) 请指定一个数据集", "Name a dataset for \(form.rawValue)"))
    }
    let configuration = try site.configuration()
    let zone = configuration.timeZone.name
    let text =
      switch form {
      case .jsonschema: JSONSchemaEmitter.schema(datasets[0], in: pack, timeZone: zone).pretty + "\n"
      case .tableschema: TableSchemaEmitter.schema(datasets[0], in: pack).pretty + "\n"
      case .xsd: XSDEmitter.schema(datasets[0], in: pack)
      case .sql: SQLEmitter.schema(datasets, in: pack)
      case .html: DataDictionary(datasets, in: pack, language: try site.language(configuration), timeZone: zone).html
      }
    guard let output, output != "-" else { return Console.data(text) }
    try PrivateFile.write(text, to: output, replaces: force)
  }
}
