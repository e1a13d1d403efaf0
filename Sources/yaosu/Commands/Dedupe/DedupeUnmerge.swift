import ArgumentParser
import ElementCore
import ElementPipeline
import ElementWarehouse

/// `yaosu dedupe unmerge`: people who were joined and are two.
struct DedupeUnmerge: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "unmerge",
    abstract: say("把合并错的分开，或撤回一次合并", "Part people who were joined wrongly, or take a run back"),
    discussion: say(
      """
      分开后记下“不是同一人”，以后不会再合并；各记录本身从来没有变过。原来的编号会恢复。
      例：
        yaosu dedupe unmerge P000123 --warehouse 台账.db                          回到合并之前的各部分
        yaosu dedupe unmerge P000123 --rows floatingResident:45 --warehouse 台账.db   把这条记录分出去
        yaosu dedupe unmerge --run 3 --warehouse 台账.db                          撤回第 3 次
      """,
      """
      What is parted is kept as not same and is not joined again; no row has ever changed by it. Numbers come back.
      Examples:
        yaosu dedupe unmerge P000123 --warehouse w.db                             the parts it was made of
        yaosu dedupe unmerge P000123 --rows floatingResident:45 --warehouse w.db  this row leaves
        yaosu dedupe unmerge --run 3 --warehouse w.db                             takes run 3 back
      """))

  /// Whom.
  @Argument(help: ArgumentHelp(say("人员编号，如 P000123", "The number of a person such as P000123"), valueName: "number"))
  var entity: String?

  /// Rows that leave.
  @Option(
    help: ArgumentHelp(
      say("要分出去的记录：数据集:记录号，多个用逗号分开", "The rows that leave: DATASET:ROW, several parted by commas"), valueName: "rows"))
  var rows: String?

  /// A run that is taken back.
  @Option(name: .customLong("run"), help: ArgumentHelp(say("撤回第几次合并", "The run that is taken back"), valueName: "n"))
  var takenBack: Int?

  /// Flags that several commands share.
  @OptionGroup var linkage: LinkageOptions

  /// Refuses what contradicts itself.
  func validate() throws {
    guard (entity == nil) != (takenBack == nil), rows == nil || entity != nil else {
      throw ValidationError(say("请给出人员编号，或 --run", "Give the number of a person, or --run"))
    }
    _ = try names()
  }

  private func names() throws -> [RowName]? {
    try rows.map { text in
      try text.split(separator: ",").map { part in
        let pieces = part.split(separator: ":")
        guard pieces.count == 2, let row = Int64(pieces[1]) else {
          throw ValidationError(
            say("--rows 写作 数据集:记录号，如 floatingResident:45", "--rows takes DATASET:ROW, such as floatingResident:45"))
        }
        return RowName(String(pieces[0]), row)
      }
    }
  }

  /// Parts, and says what came of it.
  func run() throws {
    let (pack, scheme, request, today) = try linkage.setting(of: entity)
    let head = try linkage.head("dedupe unmerge", pack)
    let language = try linkage.language()
    let unmerge = LinkageUnmerge(pack, scheme, request, today: today)
    do {
      if let takenBack {
        let count = try unmerge.takeBack(takenBack, in: try linkage.target(), head)
        Console.talk(
          say(
            "第 \(takenBack) 次已撤回，\(count) 个人回到合并之前；这些记录不会再自动合并\n",
            "run \(takenBack) was taken back; \(count) people are as they were, and are not joined again without a person\n"))
        return
      }
      guard let entity, let result = try unmerge.part(entity, rows: try names(), in: try linkage.target(), head) else {
        Console.talk(say("\(entity ?? "") 没有可分开的部分，或者没有这个编号\n", "\(entity ?? "") has no parts, or there is no such number\n"))
        throw ExitCode(2)
      }
      Console.talk(LinkageText(result, language).summary)
    } catch let error as LinkageSession.TakeBackRefusal {
      switch error {
      case .unknown(let run):
        Console.talk(say("没有第 \(run) 次合并，或者它已撤回\n", "there is no run \(run) that joined people, or it was taken back\n"))
        throw ExitCode(2)
      case .changedSince(let rows):
        Console.talk(
          say(
            "之后的合并又改动了其中 \(rows) 条记录；请先撤回后面的，什么都没有改\n",
            "later runs changed \(rows) of its rows: take those back first; nothing was changed\n"))
        throw ExitCode(1)
      }
    }
  }
}
