import ArgumentParser
import ElementLinkage
import ElementPipeline

/// Flags of a search that several processes share.
struct ShardOptions: ParsableArguments {
  /// One share of the work.
  @Option(
    help: ArgumentHelp(
      say(
        "几个进程分着比对时，本进程做第几份，如 2/7；须同时给出 --shards",
        "Which share this process compares where several do, such as 2/7; takes --shards"), valueName: "K/N"))
  var shard: KeyShare?

  /// Where shares go.
  @Option(help: ArgumentHelp(say("把这一份的结果写入哪个目录", "The folder that takes what the share finds"), valueName: "folder"))
  var shards: String?

  /// Where shares come from.
  @Option(
    help: ArgumentHelp(
      say("不再比对，合并这个目录里各份的结果", "Compare nothing; join what the shares in this folder found"), valueName: "folder"))
  var fromShards: String?

  /// Whether the work is shared.
  var isUsed: Bool { shard != nil || fromShards != nil }

  /// Refuses a share without a place, and both at once.
  func validate() throws {
    if (shard == nil) != (shards == nil) {
      throw ValidationError(say("--shard 和 --shards 须同时给出", "--shard and --shards go together"))
    }
    if shard != nil, fromShards != nil {
      throw ValidationError(say("--shard 和 --from-shards 只给一个", "--shard and --from-shards are not given together"))
    }
  }

  /// Refuses folders and files before anything is compared.
  func confirm(replaces: Bool) throws {
    if let folder = shards ?? fromShards { try ShardFolder(folder).confirm(shard, replaces: replaces) }
  }

  /// What this process does; nil where the work is not shared.
  func work(replaces: Bool) -> FileLinkageWork? {
    if let shard, let shards { return .shard(shard, ShardFolder(shards), replaces: replaces) }
    return fromShards.map { .shards(ShardFolder($0)) }
  }
}

extension KeyShare: ExpressibleByArgument {
  /// A share as it is written, such as 2/7.
  init?(argument: String) {
    let words = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard words.count == 2, let number = words[0], let count = words[1], (1...10_000).contains(count),
      (1...count).contains(number)
    else { return nil }
    self.init(number: number, count: count)
  }
}
