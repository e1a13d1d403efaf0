import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import Foundation

/// The command `yaosu`: its parts, and what all of them share.
@main
struct Yaosu: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "yaosu", abstract: say("网格要素名册：检查、入库、核对", "Grid rosters: check, load, verify"),
    discussion: say(
      """
      例：
        yaosu check 居民.csv                              只检查，不写入
        yaosu load 网格.csv 居民.csv --warehouse 台账.db    检查并入库
        yaosu verify --warehouse 台账.db                   核对台账库

      退出码：0 完成；1 有问题；2 用法或配置错误；3 文件无法读取；4 已暂停入库；5 台账库错误；70 程序错误；130 中断
      """,
      """
      Examples:
        yaosu check residents.csv                             check only
        yaosu load grids.csv residents.csv --warehouse w.db   check and load
        yaosu verify --warehouse w.db                         verify a warehouse

      Exit codes: 0 done; 1 findings; 2 usage or configuration; 3 input unreadable; 4 held; 5 warehouse error; 70 our bug; 130 interrupted
      """),
    version: Version.current,
    subcommands: [
      Check.self, Fix.self, Template.self, Load.self, Parse.self, Sniff.self, Rule.self, Schema.self, Codes.self, Batch.self,
      Quarantine.self,
      Report.self, Export.self, Receipt.self, Profile.self, Package.self, Nightly.self, Watch.self, WorkList.self, Explain.self,
      Undo.self, Dedupe.self,
      Regrid.self, Waive.self,
      Verify.self,
      Audit.self,
      Backup.self, Migrate.self, Vacuum.self, Doctor.self,
    ])

  /// Runs the program and ends with its exit code.
  static func main() {
    ProcessSetup.run()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch let stopped as Interruption.Stopped {
      Console.talk("yaosu: \(stopped.message[Speech.early])\n")
      Foundation.exit(stopped.exitCode)
    } catch {
      if let trouble = Trouble(error) {
        printFailure(trouble)
        Console.tell(trouble, Speech.early)
        Foundation.exit(Int32(trouble.exitCode))
      }
      leave(error)
    }
  }

  /// Prints the object of a failure where `--json` was asked for: a script reads exactly one, whatever happens.
  private static func printFailure(_ trouble: Trouble) {
    let words = CommandLine.arguments.dropFirst()
    guard words.contains("--json") else { return }
    var verb: [String] = []
    var commands = configuration.subcommands
    for word in words {
      guard let next = commands.first(where: { name(of: $0) == word }) else { break }
      verb.append(word)
      commands = next.configuration.subcommands
    }
    let report = RunReport(verb: verb.joined(separator: " "), version: Version.current, language: Speech.early)
    Console.data(
      report.failure(outcome: trouble.outcome, exitCode: trouble.exitCode, trouble).pretty + "\n")
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? String(describing: command).lowercased()
  }

  /// Ends as ArgumentParser would, its usage code 64 made 2.
  private static func leave(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    // Words of the caller stand in it.
    let lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
    let message = lines.map { PrintableText.escape(String($0)) }.joined(separator: "\n")
    // The version has no words to translate.
    let text = message == Version.current ? message : UsageText.translated(message)
    if !code.isSuccess { printFailure(Trouble(usage: UsageText.translated(self.message(for: error)))) }
    if code.isSuccess { Console.data(text + "\n") } else { Console.talk(text + "\n") }
    Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
  }
}
