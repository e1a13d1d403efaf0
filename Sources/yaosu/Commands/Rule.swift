import ArgumentParser
import ElementCore
import ElementPipeline

/// `yaosu rule`: what a rule means and how to fix it.
struct Rule: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: say("规则说明；不给代码时列出全部", "What a rule means and how to fix it; all rules without a code"),
    discussion: say(
      "例：\n  yaosu rule V1103\n  yaosu rule --search 身份证\n\n一时改不了的问题用 yaosu waive 暂缓；什么级别算失败用 --fail-on 设定。",
      "Examples:\n  yaosu rule V1103\n  yaosu rule --search identity\n\nyaosu waive accepts a finding for a time; what makes a run fail is set by --fail-on."
    ))

  /// A rule code such as V1103.
  @Argument(help: ArgumentHelp(say("规则代码，如 V1103", "A rule code such as V1103"), valueName: "code"))
  var code: String?

  /// Words to look for instead.
  @Option(
    help: ArgumentHelp(
      say("按字词查找规则（代码、标题、说明、办法）", "Look for rules by words of their code, title, message or remedy"), valueName: "text"))
  var search: String?

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Refuses a code beside words.
  func validate() throws {
    if code != nil, search != nil { throw ValidationError(say("规则代码和 --search 不能同时给出", "Give a code or --search, not both")) }
  }

  /// Runs the command.
  func run() throws {
    let book = try SchemaPackSource.pack(site).book
    let language = try site.language(try site.configuration())
    if let search { return try list(RuleIndex(book, language).matching(search), search, language) }
    guard let code else {
      Console.data(RuleIndex(book, language).text)
      return
    }
    guard let parsed = RuleCode(parsing: code.uppercased()), let rule = book[parsed] else {
      let near = NearMiss.best(for: code.uppercased(), among: book.all) { [$0.code.description] }
      throw ValidationError(
        say("没有规则 \(code)", "There is no rule \(code)")
          + (near.map { say("，是否为 \($0.code)", "; did you mean \($0.code)") } ?? "")
          + say("；覆盖层的规则用 --overlay 查看", "; rules of an overlay show with --overlay"))
    }
    Console.data(RulePage(rule, language: language).markdown)
  }

  private func list(_ rules: [RuleDescriptor], _ search: String, _ language: Language) throws {
    if rules.isEmpty { throw ValidationError(say("没有找到含“\(search)”的规则", "No rule says “\(search)”")) }
    for rule in rules { Console.data(RuleIndex.line(rule, language)) }
  }
}
