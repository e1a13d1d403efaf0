package import ElementLinkage
import ElementSchema

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
}

/// Finds the same people in files, before any of them is loaded.
package struct FileLinkage {
  private let options: DeliveryOptions
  private let progress: (RunProgress) -> Void

  /// A search in the files of a delivery.
  package init(_ options: DeliveryOptions, progress: @escaping (RunProgress) -> Void = { _ in }) {
    (self.options, self.progress) = (options, progress)
  }

  /// Searches; where it `trains`, by a model that is fitted to these very rows first.
  ///
  /// - Throws: `InputError`, `SchemaError`, `TooManyPairs`, `PersonTraining.Refusal`, or `SpillError`.
  package func run(_ request: LinkageRequest, trains: Bool = false) throws -> FileLinkageResult {
    if let plan = request.model.plan { return try ColumnLinkage(options, plan, request).run() }
    var opener = try DeliveryOpener(options)
    let delivery = try opener.open(Learned())
    let meter = ProgressMeter(total: { delivery.inputs.reduce(0) { $0 + $1.expectedSize } }, report: progress)
    var rows = try LinkageReading(delivery: delivery, meter: meter).rows()
    var request = request
    StartMemory.giveBack()
    var records = try PersonRecords(rows.takeStore(), request.model)
    StartMemory.giveBack()
    if trains {
      var counting = request
      counting.countsPatterns = true
      let patterns = try LinkageRun(records, counting).run().patterns
      request.model = try LinkageModel(
        text: try PersonTraining(request.model, patterns: patterns).run().text, file: request.model.name)
      records = records.weighed(by: request.model)
    }
    let outcome = try LinkageRun(records, request).run()
    return FileLinkageResult(
      rows: rows, comparisons: PersonComparison.allCases.map { ($0.name, $0.levels) }, model: request.model, outcome: outcome,
      crowdedValues: records.crowdedValues, isPlan: request.isPlan, isBestGuess: request.isBestGuess)
  }
}
