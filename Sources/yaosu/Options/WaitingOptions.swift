import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// Flags that say which of the waiting rows.
struct WaitingOptions: ParsableArguments {
  /// Rows of which records count, by the identifier.
  @Option(help: ArgumentHelp(say("只看这个数据集", "Of this dataset only"), valueName: "dataset"))
  var dataset: String?

  /// Whose rows count, by the name that `--sender` gave.
  @Option(help: ArgumentHelp(say("只看这个报送单位", "Of this sender only"), valueName: "name"))
  var sender: String?

  /// The number of the batch whose rows count.
  @Option(help: ArgumentHelp(say("只看这一批", "Of this batch only"), valueName: "batch"))
  var batch: Int?

  /// With an error of one code.
  @Option(help: ArgumentHelp(say("只看有这个规则问题的", "With this error only"), valueName: "code"))
  var cause: String?

  /// What they ask for.
  func filter(_ site: SiteOptions) throws -> WaitingRow.Filter {
    var filter = WaitingRow.Filter()
    if let dataset { filter.dataset = try SchemaPackSource.dataset(dataset, in: try SchemaPackSource.pack(site)).name }
    (filter.sender, filter.batch) = (sender, batch)
    if let cause {
      guard let code = RuleCode(parsing: cause.uppercased()) else {
        throw ValidationError(say("--cause 应为规则编号，如 V1103", "--cause is the code of a rule, such as V1103"))
      }
      filter.cause = code
    }
    return filter
  }
}
