import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

/// The way of a delivery that is opened through all stages, dataset by dataset.
struct DeliveryRun {
  private let delivery: Delivery
  private let progress: (RunProgress) -> Void
  private var options: DeliveryOptions { delivery.options }

  /// The way of a delivery.
  init(_ delivery: Delivery, _ progress: @escaping (RunProgress) -> Void) {
    (self.delivery, self.progress) = (delivery, progress)
  }

  /// Runs the inputs dataset by dataset, those first that others refer to; `parts` says where the rows of each go.
  func execute(
    stored: RowVisitor?, _ waivers: RunWaivers, parts: (Dataset) throws -> RowTarget.Parts
  ) throws -> Run.Ending {
    let (inputs, pack, scheme) = (delivery.ordered, delivery.pack, delivery.scheme)
    let datasets = DependencyOrder.datasets(inputs)
    var result = RunResult(outcome: .checked, asOf: options.today, sender: options.sender, book: delivery.book)
    var references = try ReferenceStore(datasets, pack: pack, scheme: scheme, area: delivery.area, stored)
    let closedGrids = try ClosedGrids(pack, by: options.today, options.regrids == nil ? stored : nil)
    var totals = TotalRun.tallies(datasets)
    var (runs, planned): ([DatasetRun], [PlannedInput]) = ([], [])
    let meter = ProgressMeter(total: { inputs.reduce(0) { $0 + $1.expectedSize } }, report: progress)
    for dataset in datasets {
      let lookups = references.lookups(of: dataset)
      let own = inputs.filter { $0.map.dataset.name == dataset.name }
      let scopes = ScopeReading(options.configuration.householdNumberScope, area: delivery.area, references.communities)
      let waiving = waivers.of(dataset, delivery.book)
      let plans = own.map { ($0, checkPlan(of: $0, lookups, scopes, waiving)) }
      let parts = try parts(dataset)
      let beginning = DatasetRun.Beginning(
        findings: options.findingLog, targets: references.targets(in: dataset),
        storedTree: try references.tree(of: dataset, stored), communities: references.communities, totals: totals,
        retried: parts.retried, closedGrids: closedGrids, knowsNotes: options.recordsDay, repairs: options.repairs)
      let target = try RowTarget(
        dataset, parts, plans, findings: options.findingLog,
        notesBeside: options.wantsPlan ? Warehouse.spillPlaces(options.warehouse) : nil,
        waiting: planned.reduce(0) { $0 + $1.rows.counts.quarantined }, mostWaiting: options.mostWaiting)
      if own.reduce(0, { $0 + $1.expectedSize }) > StartMemory.largeInput { StartMemory.giveBack() }
      var run = try DatasetRun(
        dataset: dataset, inputs: plans, jobs: options.jobs, isComplete: options.isComplete, beginning
      ).run(into: target, meter)
      if let discovery = run.discovery { return .discovery(discovery) }
      for lookup in lookups { for index in lookup?.indexes ?? [] { try index.confirmRead() } }
      result.notEvaluated += notEvaluated(run, pack) + TotalRun.notEvaluated(run, datasets, pack)
      references.take(&run)
      totals = run.totals
      run.totals = []
      runs.append(run)
      planned += target.plan
      if let presence = target.outcome { result.presences.append(RunResult.Presence(dataset: dataset.name, outcome: presence)) }
    }
    try TotalRun.tell(totals, &runs, isComplete: options.isComplete)
    var results: [Int: InputResult] = [:]
    for place in runs.indices {
      try runs[place].tellKnown()
      try runs[place].tellEnded(waivers.waivers)
    }
    for state in runs.flatMap(\.states) {
      var input = try InputResult(state, waived: state.waived())
      input.path = options.givenPaths[input.path] ?? input.path
      results[state.input.ordinal] = input
      result.counts.add(state.counts)
    }
    result.inputs = inputs.map(\.ordinal).sorted().compactMap { results[$0] }
    guard result.counts.balances else { bug("the counts of a run do not balance") }
    let plan =
      options.wantsPlan ? try LoadPlan(delivery, zip(runs.flatMap(\.states).map(\.input), planned), result.presences) : nil
    return .result(result, plan)
  }

  private func checkPlan(
    of input: PreparedInput, _ lookups: [ReferenceLookup?], _ scopes: ScopeReading, _ waiving: Waiving
  ) -> CheckPlan {
    CheckPlan(
      map: input.map, pack: delivery.pack, scheme: delivery.scheme, today: options.today,
      zone: options.configuration.timeZone, findingLimit: options.findingLimit, lookups: lookups,
      versions: input.versions, limits: input.layout.dialect, encoding: input.survey.encoding, scopes: scopes,
      corrects: options.mode.isAboutStored, waiving: waiving, unmasks: options.unmasks)
  }

  /// The references that had values and nothing to look them up in, each said once.
  private func notEvaluated(_ run: DatasetRun, _ pack: SchemaPack) -> [NotEvaluated] {
    run.dataset.references.enumerated().compactMap { place, reference in
      let isUsed = run.states.contains { $0.unresolved.contains(place) }
      let targets = reference.targets.compactMap(pack.dataset)
      guard isUsed, !targets.isEmpty else { return nil }
      let field = run.dataset.fields[reference.field]
      let zh = targets.map(\.title.zh).joined(separator: "”“")
      let en = targets.map(\.name).joined(separator: ", ")
      return NotEvaluated(
        code: ReferenceUnknown.descriptor.code,
        why: LocalizedText(
          zh: "“\(run.dataset.title.zh)”的“\(field.title)”未核对：还没有“\(zh)”数据，请先导入",
          en: "\(run.dataset.name).\(field.name): there are no rows of \(en) yet; load them first"))
    }
  }
}

extension InputResult {
  /// What became of an input that was run.
  ///
  /// - Throws: `InputError` where it could not be read to its end.
  init(_ state: InputState, waived: [FindingCounts.Key: Int]) throws(InputError) {
    try self.init(
      state.input, counts: state.counts, blankLines: state.blankLines, findings: state.findings, fixCounts: state.fixCounts)
    notStored = state.notStored
    sharesLines = state.sharesLines
    table = state.input.layout.table
    self.waived = waived
  }

  /// What is known of an input before, or beyond, its counts.
  ///
  /// - Throws: `InputError` where it could not be read to its end.
  init(
    _ input: PreparedInput, counts: RunCounts = RunCounts(), blankLines: Int = 0, findings: FindingLog = FindingLog(),
    fixCounts: [RuleCode: Int] = [:]
  ) throws(InputError) {
    self.init(
      path: input.survey.original.path, sha256: try input.survey.sha256, bytes: input.survey.original.size,
      format: input.layout.format, sheet: input.layout.sheet, recordPath: input.layout.recordPath,
      encoding: input.survey.encoding.rawValue,
      evidence: try input.survey.evidence, delimiter: input.layout.delimiterName,
      headerLine: input.layout.headerLine, map: input.map, counts: counts, blankLines: blankLines, findings: findings,
      fixCounts: fixCounts)
  }
}
