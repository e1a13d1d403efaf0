import ArgumentParser

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
}
