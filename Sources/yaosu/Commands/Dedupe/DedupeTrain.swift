import ArgumentParser
import ElementCore
import ElementFormats
import ElementLinkage
import ElementPipeline
import ElementWarehouse

/// `yaosu dedupe train`: a model that fits the office's own people.
struct DedupeTrain: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: say("用现有记录校准比对模型", "Fit the model to the office's own rows"),
    discussion: say(
      """
      号码相同的记录对教会模型“同一人”是什么样，两个有效号码不同的教会“两个人”是什么样；其余由统计得出。样本太少或结果不可信时保留原模型（退出码 1）。
      例：
        yaosu dedupe train --warehouse 台账.db -o 本地.yaml
        yaosu dedupe find --warehouse 台账.db --model 本地.yaml
      """,
      """
      Pairs with one number teach what one person looks like, pairs of two valid numbers what two do; the rest follows. Where there are too few, or what is learned cannot be, the model stays (exit code 1).
      Examples:
        yaosu dedupe train --warehouse w.db -o ours.yaml
        yaosu dedupe find --warehouse w.db --model ours.yaml
      """))

  /// Flags that several commands share.
  @OptionGroup var roster: RosterOptions

  /// The warehouse whose rows teach, instead of files.
  @Option(help: ArgumentHelp(say("用台账库里的记录，不读文件", "Learn from the rows of this warehouse instead of files"), valueName: "file"))
  var warehouse: String?

  /// What the learning begins with.
  @OptionGroup var model: ModelOptions

  /// Where the fitted model goes.
  @Option(
    name: .shortAndLong, help: ArgumentHelp(say("写入的模型文件（.yaml）", "Where the fitted model goes (.yaml)"), valueName: "file"))
  var output: String

  /// Replace an existing output.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Refuses files beside a warehouse.
  func validate() throws {
    if warehouse != nil, !roster.files.isEmpty {
      throw ValidationError(say("用 --warehouse 时不给文件", "With --warehouse no files are given"))
    }
  }

  /// Learns, and writes the model.
  func run() throws {
    let options = try roster.runOptions(.check, keepsAll: false, needsFiles: warehouse == nil)
    let first = try model.read(roster.site, options.configuration)
    guard first.plan == nil else {
      throw ValidationError(say("只有人员模型可以校准", "only a model of people is fitted"))
    }
    let file = try PrivateFile(output, replaces: force)
    let training = TrainingRun(LinkageRequest(model: first, jobs: options.jobs))
    let learned: PersonTraining.Learned
    if let warehouse {
      let pack = try SchemaPackSource.pack(roster.site)
      let scheme = try pack.gridScheme(roster.gridScheme ?? options.configuration.gridScheme)
      learned = try training.run(try Warehouse(path: warehouse, mode: .read), pack, scheme, today: options.today)
    } else {
      let bar = ProgressBar(.auto)
      learned = try training.run(options, progress: bar.show)
      bar.finish()
    }
    try file.append(Array(learned.text.utf8))
    try file.finish()
    let share = Int((learned.prior * 100).rounded())
    Console.talk(
      say(
        "学自 同一人 \(learned.same) 对、不是同一人 \(learned.different) 对；其余候选中约 \(share)% 是同一人。\n\(Self.text(learned.audit))。写入 \(output)\n",
        "learned from \(learned.same) pairs of one person and \(learned.different) of two; of the others some \(share) % are one.\n\(Self.text(learned.audit)). Written to \(output)\n"
      ))
  }

  /// What a model would do to pairs that are surely two people, in words.
  private static func text(_ audit: SelfAudit) -> String {
    let expected = Int(audit.expectedFalse.rounded(.up))
    return say(
      "自检：两个有效号码不同的 \(audit.vetoed) 对若不看号码，有 \(audit.passing) 对会自动合并；折合没有号码的记录里最多约 \(expected) 对误并（自动合并 \(audit.linked) 对）",
      "Self-audit: without their numbers \(audit.passing) of \(audit.vetoed) pairs of two people would be joined; among records without numbers that is some \(expected) wrong ones at most, of \(audit.linked) that are joined"
    )
  }
}
