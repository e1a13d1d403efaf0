import ArgumentParser
import ElementCore
import ElementFormats
import ElementLinkage
import ElementPipeline
import ElementReports
import ElementSchema
import ElementWarehouse

/// `yaosu dedupe review`: the questions as a list that people answer.
struct DedupeReview: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: say(
      "核对题目：在终端逐题判定，或导出给熟悉情况的人", "Answer the questions on the terminal, or hand them out to whoever knows the people"),
    discussion: say(
      """
      每题两行；在“判定”里选 同一人、不是同一人、不确定，填好后用 yaosu dedupe apply 读入。可排序、筛选。号码只显示不同的几位。
      例：
        yaosu dedupe review --warehouse 台账.db                        在终端逐题判定，每题按一个键
        yaosu dedupe review --warehouse 台账.db -o 核对.xlsx
        yaosu dedupe review --warehouse 台账.db -o 核对表 --by grid      每个网格一份
      """,
      """
      A question has two rows; choose same, not same or unsure in the column answer, and read the list back with yaosu dedupe apply. Rows may be sorted and filtered. Of numbers only the places that differ are shown.
      Examples:
        yaosu dedupe review --warehouse w.db                          one by one on the terminal, a key an answer
        yaosu dedupe review --warehouse w.db -o questions.xlsx
        yaosu dedupe review --warehouse w.db -o questions --by grid      a workbook a grid
      """))

  /// What lists are parted by.
  enum Parting: String, ExpressibleByArgument, CaseIterable {
    /// A list a grid.
    case grid
  }

  /// Flags that several commands share.
  @OptionGroup var linkage: LinkageOptions

  /// Where the list goes.
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      say("写入 .xlsx 或 .csv；与 --by grid 一起时是文件夹", "A .xlsx or .csv file; with --by grid a folder"), valueName: "file"))
  var output: String?

  /// A list a grid.
  @Option(help: ArgumentHelp(say("每个网格一份", "A list a grid"), valueName: "grid"))
  var by: Parting?

  /// The most questions.
  @Option(help: ArgumentHelp(say("最多几题", "The most questions"), valueName: "n"))
  var limit: Int?

  /// Only those of a guard.
  @Option(
    name: .customLong("guard"),
    help: ArgumentHelp(say("只要某一种拦截原因的题，如 twin", "Only questions of one guard, such as twin"), valueName: "name"))
  var barrier: String?

  /// Instead of questions what the office that keeps the register must look at.
  @Option(
    help: ArgumentHelp(
      say(
        "不出题，列出交给人口登记管理单位的清单：one-number 一个号码两个人，two-numbers 两个号码可能是一个人",
        "No questions: the list for the office that keeps the register: one-number (of two people), two-numbers (perhaps of one)"
      ),
      valueName: "name"))
  var register: RegisterList?

  /// A list for the office that keeps the register.
  enum RegisterList: String, ExpressibleByArgument, CaseIterable {
    /// One number of two people.
    case oneNumber = "one-number"
    /// Two valid numbers that are perhaps of one person.
    case twoNumbers = "two-numbers"
  }

  /// Replace an existing output.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Refuses a folder that is not named.
  func validate() throws {
    if let barrier, LinkageGuard(rawValue: barrier) == nil {
      let names = LinkageGuard.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(say("没有拦截原因 \(barrier)，可用：\(names)", "there is no guard \(barrier); use one of \(names)"))
    }
    if register != nil, output == nil {
      throw ValidationError(say("--register 须用 -o 给出文件", "--register takes a file with -o"))
    }
    if by != nil, output == nil { throw ValidationError(say("--by grid 须用 -o 给出文件夹", "--by grid takes a folder with -o")) }
  }

  /// Asks on the terminal, or writes the list.
  func run() throws {
    let (pack, scheme, request, today) = try linkage.setting()
    let language = try linkage.language()
    var options = ReviewList.Options(request.model, language: language)
    (options.limit, options.barrier, options.unmasks) = (limit, barrier, linkage.unmask)
    options.register = register.flatMap { LinkageGuard(rawValue: $0.rawValue) }
    let keys = output == nil ? TerminalKeys() : nil
    if output == nil, keys == nil {
      throw ValidationError(say("这里不是终端；请用 -o 导出核对表", "this is no terminal: hand the questions out with -o"))
    }
    let warehouse = try linkage.options.open()
    let list = try warehouse.readingLinkage(kind: request.model.kind.rawValue) {
      try ReviewList($0, pack, options, today: today)
    }
    if list.items.isEmpty {
      Console.talk(
        register == nil ? say("没有待核对的题目\n", "no question waits\n") : say("没有这样的记录\n", "there are no such rows\n"))
      return
    }
    try linkage.tellShown("dedupe review", pack, "questions=\(list.items.count)")
    if let keys { return try ask(list, keys, pack, scheme, request, today, language) }
    try write(list, stamp: "\(today.text) \(say("共", "total")) \(list.items.count)")
  }

  private func write(_ list: ReviewList, stamp: String) throws {
    guard let output else { return }
    if by == .grid {
      let folder = try PrivateFolder(output, replaces: force)
      for (grid, part) in list.byGrid {
        try folder.write(try ReportForm.bytes(part, stamp, grid), to: PrivateFolder.name(grid) + ".xlsx")
      }
      try folder.finish()
    } else {
      let file = try PrivateFile(output, replaces: force)
      if output.hasSuffix(".csv") {
        try list.csv { try file.append($0) }
      } else {
        try file.append(try ReportForm.bytes(list, stamp, output))
      }
      try file.finish()
    }
    if register != nil {
      Console.talk(
        say(
          "\(list.items.count) 对写入 \(output)；请交给管理人口登记的单位核实\n",
          "\(list.items.count) pairs in \(output), for the office that keeps the register\n"))
      return
    }
    Console.talk(
      say(
        "\(list.items.count) 题写入 \(output)；填好判定后用 yaosu dedupe apply 读入\n",
        "\(list.items.count) questions in \(output); yaosu dedupe apply reads the answers\n"))
  }

  private func ask(
    _ list: ReviewList, _ keys: TerminalKeys, _ pack: SchemaPack, _ scheme: GridCodeScheme, _ request: LinkageRequest,
    _ today: CalendarDate, _ language: Language
  ) throws {
    let head = try linkage.head("dedupe review", pack)
    let (target, reader) = (try linkage.target(), try linkage.options.open())
    let explainer = LinkageExplainer(pack, scheme, request, today: today, unmasks: linkage.unmask)
    let review = TerminalReview(
      list: list,
      explain: { question in
        try explainer.explain(["\(question.id)"], in: reader).map { LinkageExplanationText($0, language).text } ?? ""
      },
      keep: { decision in
        try target.linking(kind: request.model.kind.rawValue, head) { session in
          try session.keep([decision], head)
          return ((), true)
        }
      }, language: language, kind: request.model.kind)
    let count = try review.run(keys)
    Console.talk(
      say(
        "记下 \(count) 个结论；用 yaosu dedupe apply --auto 按它们合并\n",
        "\(count) answers are kept; yaosu dedupe apply --auto joins by them\n"))
  }
}

extension ReportForm {
  /// What the workbook of a list of questions holds.
  static func bytes(_ list: ReviewList, _ stamp: String, _ path: String) throws(OutputError) -> [UInt8] {
    do throws(UnwritableValue) { return try list.workbook(stamp: stamp) } catch {
      throw OutputError(
        .output, path: path, message: LocalizedText(zh: "有一个值太长，单元格放不下", en: "has a value that is too long for a cell"),
        hint: LocalizedText(zh: "请改用 .csv", en: "Use .csv"))
    }
  }
}
