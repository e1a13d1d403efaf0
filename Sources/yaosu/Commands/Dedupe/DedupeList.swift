import ArgumentParser
import ElementCore
import ElementFormats
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// `yaosu dedupe list`: the questions that wait.
struct DedupeList: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: say("列出待核对的题目（不含个人信息）", "The questions that wait, without personal data"))

  /// Flags that several commands share.
  @OptionGroup var linkage: LinkageOptions

  /// Only those in a state.
  @Option(
    help: ArgumentHelp(
      say("只列某种状态：open、stale、contradicted", "Only those in a state: open, stale, contradicted"), valueName: "state"))
  var state: StoredQuestion.State?

  /// Lists.
  func run() throws {
    let language = try linkage.language()
    let model = try linkage.setting().request.model
    let levels = LevelText(model, language)
    let questions = try linkage.options.open().readingLinkage(kind: model.kind.rawValue) { try $0.questions() }
      .filter { state == nil || $0.state == state }
    if linkage.options.json {
      Console.data(QuestionsText(questions, model).object(Version.current).pretty + "\n")
      return
    }
    for question in questions {
      let reason =
        question.link.barrier.flatMap(LinkageGuard.init(rawValue:)).map {
          say("（\($0.name.zh)）", " (\($0.name.en))")
        } ?? ""
      let rows = [question.link.left, question.link.right].map { "\($0.dataset):\($0.row)" }.joined(separator: " × ")
      Console.data(
        "\(question.id)\t\(question.state.rawValue)\t\(question.grid)\t\(rows)\t\(levels.sentence(UInt64(bitPattern: question.link.pattern)))\(reason)\n"
      )
    }
    Console.talk(say("\(questions.count) 题\n", "\(questions.count) questions\n"))
  }
}

extension StoredQuestion.State: ExpressibleByArgument {}

/// `yaosu dedupe status`: how many people there are, and what was done.
struct DedupeStatus: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: say("多少人，多少题待核对，做过哪些比对", "How many people, how many questions, and which runs there were"))

  /// Flags that several commands share.
  @OptionGroup var linkage: LinkageOptions

  /// Tells.
  func run() throws {
    let kind = try linkage.setting().request.model.kind
    let (totals, questions, runs) = try linkage.options.open().readingLinkage(kind: kind.rawValue) {
      (try $0.totals(), try $0.questions().count, try $0.runs())
    }
    if linkage.options.json {
      Console.data(LinkageStatusText(kind, totals, questions: questions, runs).object(Version.current).pretty + "\n")
      return
    }
    Console.data(
      say(
        "\(totals.rows) 条记录，\(totals.entities) \(kind.things.zh)，其中 \(totals.shared) 个有多条记录；待核对 \(questions) 题，已有结论 \(totals.decisions) 条\n",
        "\(totals.rows) rows of \(totals.entities) \(kind.things.en), \(totals.shared) of them with several; \(questions) questions wait, \(totals.decisions) answers\n"
      ))
    for run in runs.prefix(20) {
      Console.data(
        say(
          "第 \(run.id) 次  \(run.at)  \(run.operatorName)  \(run.rows) 条，比对 \(run.compared) 对，\(run.entities) \(kind.things.zh)\(run.isTakenBack ? "（已撤回）" : run.isApplied ? "" : "（没有合并）")\n",
          "run \(run.id)  \(run.at)  \(run.operatorName)  \(run.rows) rows, \(run.compared) pairs, \(run.entities) \(kind.things.en)\(run.isTakenBack ? " (taken back)" : run.isApplied ? "" : " (nothing joined)")\n"
        ))
    }
  }
}
