import ElementCore
import ElementFormats
package import ElementLinkage
import ElementSchema

/// Finds the same people in files, before any of them is loaded.
package struct FileLinkage {
  private let options: DeliveryOptions
  private let progress: (RunProgress) -> Void

  /// A search in the files of a delivery.
  package init(_ options: DeliveryOptions, progress: @escaping (RunProgress) -> Void = { _ in }) {
    (self.options, self.progress) = (options, progress)
  }

  /// Searches.
  ///
  /// - Throws: `InputError`, `SchemaError`, `OutputError`, `TooManyPairs`, `PersonTraining.Refusal`, or `SpillError`.
  package func run(_ request: LinkageRequest, _ work: FileLinkageWork = .whole) throws -> FileLinkageResult {
    if let plan = request.model.plan, request.model.kind == .person {
      return try ColumnLinkage(options, plan, request).run(work)
    }
    var opener = try DeliveryOpener(options)
    let delivery = try opener.open(Learned())
    let meter = ProgressMeter(total: { delivery.inputs.reduce(0) { $0 + $1.expectedSize } }, report: progress)
    var rows = try LinkageReading(delivery: delivery, meter: meter, model: request.model).rows()
    var request = request
    if let plan = request.model.plan {
      let records = ColumnRecords(rows.values, plan, prior: request.model.prior, shares: plan.columns.map(\.shares))
      return result(try work.outcome(records, request), rows, request, crowdedValues: 0)
    }
    StartMemory.giveBack()
    var records = try PersonRecords(rows.takeStore(), request.model)
    StartMemory.giveBack()
    if case .trained = work {
      var counting = request
      counting.countsPatterns = true
      let patterns = try LinkageRun(records, counting).run().patterns
      request.model = try LinkageModel(
        text: try PersonTraining(request.model, patterns: patterns).run().text, file: request.model.name)
      records = records.weighed(by: request.model)
    }
    return result(try work.outcome(records, request), rows, request, crowdedValues: records.crowdedValues)
  }

  private func result(
    _ found: (outcome: LinkageOutcome, shard: LinkageShard?), _ rows: LinkageRows, _ request: LinkageRequest, crowdedValues: Int
  ) -> FileLinkageResult {
    FileLinkageResult(
      rows: rows, comparisons: request.model.comparisons, model: request.model, outcome: found.outcome,
      crowdedValues: crowdedValues, isPlan: request.isPlan, isBestGuess: request.isBestGuess, shard: found.shard)
  }
}
