package import ElementLinkage

/// What was found in files.
package struct FileLinkageResult: Sendable {
  /// The rows, and where each stands.
  package let rows: LinkageRows
  /// What was compared: the name of each comparison, and those of its levels.
  package let comparisons: [(name: String, levels: [String])]
  /// The model by which they were compared.
  package let model: LinkageModel
  /// The pairs and groups.
  package let outcome: LinkageOutcome
  /// How many values say nothing because so many rows have them.
  package let crowdedValues: Int
  /// Whether blocks were counted only.
  package let isPlan: Bool
  /// Whether groups are a best guess.
  package let isBestGuess: Bool
  /// What is told beside them.
  package var findings: [LinkageFinding] { LinkageFinding.of(outcome, model) }
  /// What was found in one share of the keys; nil where all of them were searched, and rows are grouped.
  package var shard: LinkageShard?
}

/// What a search in files does with what it reads.
package enum FileLinkageWork: Sendable {
  /// Everything, by the model as it is.
  case whole
  /// Everything, by a model that is fitted to these very rows first.
  case trained
  /// One share of the keys: what is found goes into a folder, in place of an earlier file where it `replaces`.
  case shard(KeyShare, ShardFolder, replaces: Bool)
  /// Everything, from what was found in the shares.
  case shards(ShardFolder)
}

extension FileLinkageWork {
  /// What is found among records; of one share its rules alone, and what is kept of it.
  func outcome(
    _ records: some LinkableRecords, _ request: LinkageRequest
  ) throws -> (outcome: LinkageOutcome, shard: LinkageShard?) {
    switch self {
    case .whole, .trained: return (try LinkageRun(records, request).run(), nil)
    case .shard(let share, let folder, let replaces):
      var request = request
      request.share = share
      let shard = try LinkageRun(records, request).shard()
      try folder.write(shard, replaces: replaces)
      return (LinkageOutcome(rules: shard.rules, count: records.count), shard)
    case .shards(let folder):
      let shards = try folder.shards()
      do {
        return (try LinkageRun(records, request).run(from: shards), nil)
      } catch let mismatch as LinkageShard.Mismatch {
        throw folder.text(mismatch)
      }
    }
  }
}
