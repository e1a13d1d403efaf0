import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline

/// `yaosu dedupe explain`: why rows are of one person.
struct DedupeExplain: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: say("说明为什么是（或不是）同一个人", "Why rows are of one person, or are asked about"),
    discussion: say(
      """
      例：
        yaosu dedupe explain P000123 --warehouse 台账.db
        yaosu dedupe explain 17 --warehouse 台账.db                    第 17 题
        yaosu dedupe explain P000123 P000456 --warehouse 台账.db -o 依据.html
      """,
      """
      Examples:
        yaosu dedupe explain P000123 --warehouse w.db
        yaosu dedupe explain 17 --warehouse w.db                    question 17
        yaosu dedupe explain P000123 P000456 --warehouse w.db -o why.html
      """))

  /// One or two people, or a question.
  @Argument(
    help: ArgumentHelp(
      say("人员编号（如 P000123），一个或两个；或题号", "Numbers of people such as P000123, one or two; or of a question"), valueName: "number"))
  var subjects: [String]

  /// Flags that several commands share.
  @OptionGroup var linkage: LinkageOptions

  /// Where the page goes.
  @Option(name: .shortAndLong, help: ArgumentHelp(say("写成网页（.html）", "Write a page (.html)"), valueName: "file"))
  var output: String?

  /// Replace an existing output.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Refuses more than two.
  func validate() throws {
    if subjects.count > 2 { throw ValidationError(say("最多给出两个编号", "Give two numbers at most")) }
  }

  /// Explains.
  func run() throws {
    let (pack, scheme, request, today) = try linkage.setting(of: subjects.first)
    let language = try linkage.language()
    if linkage.unmask { try linkage.tellShown("dedupe explain", pack, "explained=\(subjects.count)") }
    let explainer = LinkageExplainer(pack, scheme, request, today: today, unmasks: linkage.unmask)
    guard let explanation = try explainer.explain(subjects, in: try linkage.options.open()) else {
      Console.talk(
        say(
          "没有 \(subjects.joined(separator: "、"))；人员编号如 P000123，题号见 yaosu dedupe list\n",
          "there is no \(subjects.joined(separator: ", ")); people have numbers such as P000123, questions those of yaosu dedupe list\n"
        ))
      throw ExitCode(2)
    }
    let text = LinkageExplanationText(explanation, language)
    if let output {
      let file = try PrivateFile(output, replaces: force)
      try file.append(Array(text.page(Version.current).utf8))
      try file.finish()
      Console.talk(say("写入 \(output)\n", "written to \(output)\n"))
    } else if linkage.options.json {
      Console.data(text.object(Version.current).pretty + "\n")
    } else {
      Console.data(text.text)
    }
  }
}
