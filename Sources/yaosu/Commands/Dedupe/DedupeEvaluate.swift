import ArgumentParser
import ElementFormats
import ElementLinkage
import ElementPipeline

/// `yaosu dedupe evaluate`: how well a search did where the truth is known.
struct DedupeEvaluate: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: say("用已知的真值衡量查重结果", "Measure a search by a known truth"),
    discussion: say(
      """
      真值是 CSV 或 TSV，每行一条记录，有 entity 列（属于哪个人）；有 row 列时按行号，否则按名册的顺序。
      例：
        yaosu dedupe find 名册.csv --pairs 记录对.csv --entities 分组.csv
        yaosu dedupe evaluate --truth 真值.tsv --entities 分组.csv --pairs 记录对.csv
      """,
      """
      A truth is CSV or TSV, a row a record, with a column entity: whose record it is. Rows are those of its column row, else in the order of the roster.
      Example:
        yaosu dedupe find roster.csv --pairs pairs.csv --entities people.csv
        yaosu dedupe evaluate --truth truth.tsv --entities people.csv --pairs pairs.csv
      """))

  /// Who is who: a row a record, with a column `entity`.
  @Option(help: ArgumentHelp(say("真值", "The truth"), valueName: "file"))
  var truth: String

  /// The groups.
  @Option(
    help: ArgumentHelp(say("dedupe find --entities 写出的分组", "The groups that dedupe find --entities wrote"), valueName: "file"))
  var entities: String

  /// What was found of single pairs.
  @Option(help: ArgumentHelp(say("dedupe find --pairs 写出的记录对", "The pairs that dedupe find --pairs wrote"), valueName: "file"))
  var pairs: String?

  /// The least F1.
  @Option(help: ArgumentHelp(say("分组的 F1 低于此值时退出码为 1", "Exit with 1 where the F1 of groups is less"), valueName: "share"))
  var mustF1: Double?

  /// Print one JSON object on standard output.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Measures, and ends with 1 where it is not enough.
  func run() throws {
    let pack = try SchemaPackSource.pack(site)
    let options = DeliveryOptions(
      verb: .check, paths: [truth, entities] + [pairs].compactMap { $0 }, today: try Day.parse(nil))
    let evaluation = try LinkageEvaluator(options, pack).evaluate(truth: truth, entities: entities, pairs: pairs)
    let text = LinkageEvaluationText(evaluation, try site.language(try site.configuration()))
    if json { Console.data(text.object(Version.current).pretty + "\n") } else { Console.data(text.text) }
    if let mustF1, evaluation.groups.f1 < mustF1 { throw ExitCode(1) }
  }
}
