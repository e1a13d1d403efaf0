import ArgumentParser

/// `yaosu dedupe`: the same person twice.
struct Dedupe: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "dedupe",
    abstract: say("查找同一个人的多条记录，核对后合并", "Find records of one person, and join them once somebody has looked"),
    subcommands: [
      DedupeFind.self, DedupeReview.self, DedupeApply.self, DedupeExplain.self, DedupeUnmerge.self, DedupeList.self,
      DedupeStatus.self,
      DedupeTrain.self, DedupeEvaluate.self,
    ])
}
