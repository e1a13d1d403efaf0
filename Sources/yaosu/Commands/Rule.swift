import ArgumentParser
import ElementCore
import ElementPipeline

/// `yaosu rule`: what a rule means and how to fix it.
struct Rule: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: say("规则说明；不给代码时列出全部", "What a rule means and how to fix it; all rules without a code"),
    discussion: say("例：\n  yaosu rule V1103", "Example:\n  yaosu rule V1103"))

  /// A rule code such as V1103.
  @Argument(help: ArgumentHelp(say("规则代码，如 V1103", "A rule code such as V1103"), valueName: "code"))
  var code: String?

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Runs the command.
  func run() throws {
    let book = try SchemaPackSource.pack(site).book
    let language = try site.language(try site.configuration())
    guard let code else {
      for rule in book.all { Console.data("\(rule.code)  \(rule.severity.rawValue)  \(rule.title[language])\n") }
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
}
