import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema

/// `yaosu schema lint`.
struct SchemaLintCommand: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: say("检查规范：代码集、列名、规则和覆盖层", "Look the schemas over: sets, headings, rules and overlays"),
    discussion: say("例：\n  yaosu schema lint --schemas my-schemas", "Example:\n  yaosu schema lint --schemas my-schemas"))

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Runs the command; exit 1 where something is wrong.
  func run() throws {
    let language = try site.language(try site.configuration())
    let lint = try SchemaLint(files: try SchemaPackSource.files(site))
    for finding in lint.findings {
      let place =
        finding.line == 0
        ? finding.file : "\(finding.file):\(finding.line)" + (finding.column == 0 ? "" : ":\(finding.column)")
      Console.data("\(place): \(finding.severity.name[language]): \(finding.message[language])\n")
    }
    guard lint.isClean else { throw ExitCode(1) }
    Console.talk(lint.findings.isEmpty ? say("规范没有问题\n", "the schemas are clean\n") : say("没有错误\n", "no errors\n"))
  }
}
