import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse

/// `yaosu dedupe apply`: what people answered.
struct DedupeApply: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: say("读入核对结论，并合并有把握的", "Take in what people answered, and join what is sure"),
    discussion: say(
      """
      一份核对表要么全部读入，要么都不读入（--partial 只读没有问题的）；同一份读两遍不变。两个不同的有效号码永远不会合并。
      例：
        yaosu dedupe apply 核对.xlsx --warehouse 台账.db
        yaosu dedupe apply --auto --warehouse 台账.db         不读核对表，只合并有把握的
      """,
      """
      All answers of a list are taken, or none (--partial takes the sound ones); the same list twice changes nothing. Two different valid numbers are never joined.
      Examples:
        yaosu dedupe apply questions.xlsx --warehouse w.db
        yaosu dedupe apply --auto --warehouse w.db         no list: joins what is sure
      """))

  /// The list.
  @Argument(help: ArgumentHelp(say("填好的核对表（.xlsx 或 .csv）", "The list with answers (.xlsx or .csv)"), valueName: "file"))
  var file: String?

  /// Flags that several commands share.
  @OptionGroup var linkage: LinkageOptions

  /// Joins what is sure, without a list.
  @Flag(help: ArgumentHelp(say("不读核对表，只合并有把握的", "Join what is sure, without a list")))
  var auto = false

  /// Takes the sound answers of a list that has others.
  @Flag(help: ArgumentHelp(say("有问题的跳过，其余照样读入", "Take the sound answers, pass over the others")))
  var partial = false

  /// Flags that several commands share.
  @OptionGroup var merges: MergeOptions

  /// Refuses what contradicts itself.
  func validate() throws {
    guard auto == (file == nil) else {
      throw ValidationError(say("请给出核对表，或 --auto", "Name a list with answers, or give --auto"))
    }
  }

  /// Takes in, joins, and says what came of it.
  func run() throws {
    let (pack, scheme, request, today) = try linkage.setting()
    let language = try linkage.language()
    var wanted = WarehouseLinkage.Options(request: request, today: today)
    (wanted.applies, wanted.isDryRun, wanted.mostMerges) = (true, merges.dryRun, merges.maxMerges)
    var reading: ReviewReading?
    if let file {
      let input = DeliveryOptions(verb: .check, paths: [file], today: today)
      wanted.says = { session in
        let found = try ReviewReading(path: file, session, input, pack)
        reading = found
        if found.isForeign || !found.objections.isEmpty && !partial { return nil }
        return found.decisions
      }
    }
    let result = try WarehouseLinkage(pack, scheme, wanted).run(try linkage.target(), try linkage.head("dedupe apply", pack))
    tell(reading, isTaken: result != nil)
    if let result {
      let text = LinkageText(result, language)
      if linkage.options.json { Console.data(text.object(Version.current, applied: true).pretty + "\n") }
      Console.talk(text.summary + text.balance + "\n")
    }
    if reading?.isForeign ?? false { throw ExitCode(3) }
    if !(reading?.objections.isEmpty ?? true) { throw ExitCode(1) }
  }

  private func tell(_ reading: ReviewReading?, isTaken: Bool) {
    guard let reading else { return }
    for objection in reading.objections {
      let place = objection.row > 0 ? say("第 \(objection.row) 行：", "row \(objection.row): ") : ""
      Console.talk(place + say(objection.message.zh, objection.message.en) + "\n")
    }
    let same = reading.decisions.count { $0.answer == .same }
    let notSame = reading.decisions.count { $0.answer == .notSame }
    let unsure = reading.decisions.count - same - notSame
    Console.talk(
      isTaken
        ? say(
          "读入 同一人 \(same)、不是同一人 \(notSame)、不确定 \(unsure)；已知 \(reading.known)，未填 \(reading.unanswered)\n",
          "taken: \(same) same, \(notSame) not same, \(unsure) unsure; \(reading.known) known, \(reading.unanswered) unanswered\n"
        )
        : say(
          "有 \(reading.objections.count) 处问题，整份核对表都没有读入；改正后再读，或用 --partial\n",
          "\(reading.objections.count) answers cannot be taken, so none was; mend them, or use --partial\n"))
  }
}
