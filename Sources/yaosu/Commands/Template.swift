import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// `yaosu template`: a workbook to fill in.
struct Template: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: say("做一份空白填报表（.xlsx）", "Make a workbook to fill in"),
    discussion: say(
      """
      每个数据集一张表：官方项目名作表头，必填列有颜色，代码有下拉列表，号码、编码、日期都是文本格式；另有一张填表说明。
      例：
        yaosu template registeredResident -o 户籍人口.xlsx
        yaosu template registeredResident house -o 一户一表.xlsx
        yaosu template event -o 事件.xlsx --warehouse 台账.db        网格列列出本单位的网格
        yaosu check 户籍人口.xlsx                                    填好后校验
      """,
      """
      A sheet for each dataset: official titles as headings, required columns coloured, lists for codes, text format for numbers, codes and dates; and a guide.
      Examples:
        yaosu template registeredResident -o residents.xlsx
        yaosu template registeredResident house -o household.xlsx
        yaosu template event -o events.xlsx --warehouse w.db           the grids of the site as a list
        yaosu check residents.xlsx                                      when it is filled in
      """))

  /// The datasets.
  @Argument(
    help: ArgumentHelp(say("数据集名，见 yaosu schema list", "Datasets, as yaosu schema list names them"), valueName: "dataset"))
  var datasets: [String]

  /// The workbook.
  @Option(name: .shortAndLong, help: ArgumentHelp(say("输出的 .xlsx 文件", "The .xlsx file"), valueName: "file"))
  var output: String

  /// A warehouse that knows the site's grids.
  @Option(
    help: ArgumentHelp(say("从这个台账库取本单位的网格作下拉列表", "Take the site's grids for lists from this warehouse"), valueName: "file"))
  var warehouse: String?

  /// Replace an existing output.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Refuses what is no workbook.
  func validate() throws {
    guard output.hasSuffix(".xlsx") else {
      throw ValidationError(say("输出文件名应以 .xlsx 结尾", "The output takes a name that ends in .xlsx"))
    }
    guard Set(datasets).count == datasets.count else {
      throw ValidationError(say("同一数据集给出了两次", "A dataset is given twice"))
    }
  }

  /// Writes the workbook.
  func run() throws {
    let pack = try SchemaPackSource.pack(site)
    let language = try site.language(try site.configuration())
    let found = try datasets.map { try SchemaPackSource.dataset($0, in: pack) }
    var known = TemplateWorkbook.Known()
    if let warehouse { known.grids = try Warehouse(path: warehouse, mode: .read).gridCodes(limit: 5_000) }
    let file = try PrivateFile(output, replaces: force)
    try file.append(
      TemplateWorkbook(found, pack, known: known, language: language, version: Version.current).bytes)
    try file.finish()
    Console.talk(
      say(
        "已写入 \(output)：\(found.map { $0.title.zh }.joined(separator: "、"))\n",
        "Written to \(output): \(found.map(\.name).joined(separator: ", "))\n"))
  }
}
