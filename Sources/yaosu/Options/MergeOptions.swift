import ArgumentParser
import ElementPipeline

/// Flags of commands that join people.
struct MergeOptions: ParsableArguments {
  /// Keeps nothing.
  @Flag(help: ArgumentHelp(say("只看结果，什么都不记", "Show what would happen and keep nothing")))
  var dryRun = false

  /// The most rows that may change their person.
  @Option(
    help: ArgumentHelp(
      say(
        "一次最多让百分之几的记录换人，超过就停下（默认 5，退出码 4；20 条以内不限）",
        "The most rows, in percent, that may change their person at once (default 5; exit code 4; up to 20 rows always may)"),
      valueName: "percent"))
  var maxMerges = 5.0

  /// Refuses what is no share.
  func validate() throws {
    guard (0...100).contains(maxMerges) else {
      throw ValidationError(say("--max-merges 应为 0 到 100", "--max-merges is from 0 to 100"))
    }
  }

  /// Says that a run is held, and ends with 4.
  static func held(_ error: TooManyMerges) -> ExitCode {
    Console.talk(
      say(
        "有 \(error.rows) 条记录会换人，超过上限 \(error.most) 条，什么都没有改；确认无误后用 --max-merges 放宽\n",
        "\(error.rows) rows would change their person, more than \(error.most): nothing was changed; allow more with --max-merges when that is right\n"
      ))
    return ExitCode(4)
  }
}
