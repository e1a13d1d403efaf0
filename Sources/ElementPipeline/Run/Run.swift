import ElementCore
import ElementFormats
import ElementRules
package import ElementSchema
import ElementWarehouse

/// A run of `check` or `load`: one delivery, taken in the order in which its datasets refer to each other.
package struct Run {
  let options: DeliveryOptions
  private let opener: DeliveryOpener
  /// Where the plan of what is done goes; nil where none is wanted.
  private let planFile: PlanFile?
  private let progress: (RunProgress) -> Void

  /// A run, its schemas read; `plan` takes the plan of what it does, where one is wanted.
  ///
  /// - Throws: `SchemaError` where a schema, the scheme or the configuration is wrong.
  package init(
    _ options: DeliveryOptions, plan: PlanFile? = nil, progress: @escaping (RunProgress) -> Void = { _ in }
  ) throws(SchemaError) {
    self.options = options
    (planFile, self.progress) = (plan, progress)
    opener = try DeliveryOpener(options)
  }

  /// How a delivery that was opened ends.
  enum Ending {
    /// With a result, and the plan of what was done, where one is wanted.
    case result(RunResult, LoadPlan?)
    /// With a discovery, and nothing kept: it is to be opened anew.
    case discovery(Discovery)
  }

  /// Runs the delivery.
  ///
  /// - Throws: `InputError`, `SchemaError` or `WarehouseError`; nothing is kept then.
  package func run() throws -> RunResult {
    do {
      return try runAsAsked().result
    } catch let refusal as WaitingRefusal {
      guard let pinned = options.pinned(by: refusal) else { throw refusal }
      return try Run(pinned, plan: planFile, progress: progress).run()
    }
  }

  /// Runs the delivery, and says what it does with each row; its options want a plan.
  ///
  /// - Throws: as `run` does.
  func planned() throws -> (result: RunResult, plan: LoadPlan) {
    guard case let (result, plan?) = try runAsAsked() else { bug("a run that was asked for a plan made none") }
    return (result, plan)
  }

  private func runAsAsked() throws -> (result: RunResult, plan: LoadPlan?) {
    // A plan that cannot be read is told before the work.
    if let path = options.planCheck { _ = try PlanCheck(path) }
    var opener = opener
    var learned = Learned()
    while true {
      let delivery = try opener.open(learned)
      learned = delivery.learned
      switch try take(delivery) {
      case .result(let result, let plan): return (result, plan)
      case .discovery(let discovery): learned.add(discovery)
      }
    }
  }

  private func take(_ delivery: Delivery) throws -> Ending {
    for dataset in DependencyOrder.datasets(delivery.ordered) { _ = try options.scope?.condition(in: dataset, delivery.pack) }
    guard let path = options.warehouse else {
      return try execute(delivery, stored: nil, RunWaivers(options, nil)) { _ in RowTarget.Parts() }
    }
    guard options.verb == .load else {
      let warehouse = try Warehouse(path: path, mode: .read, wait: options.wait)
      try refuseMixing(delivery, warehouse)
      let ending = try compare(delivery, with: warehouse)
      if case .result(_, let plan?) = ending { try tell(plan) }
      return ending
    }
    let digest = try delivery.digest()
    if let (batch, _) = options.resumes {
      let held = try Warehouse(path: path, mode: .read, wait: options.wait).heldLoad(batch)
      if !held.deliveryDigest.utf8.elementsEqual(digest.utf8) { throw HoldRefusal.changed(batch) }
    }
    // Corrections make no warehouse.
    if options.mode == .patch { _ = try Warehouse(path: path, mode: .read, wait: options.wait) }
    let warehouse = try Warehouse(path: path, mode: .write)
    try refuseMixing(delivery, warehouse)
    if let batch = try options.answered(warehouse, digest: digest) { return try standing(delivery, batch) }
    // A new request is kept with a batch of its own, so that it is known when it comes again.
    guard !options.again, !options.dryRun, !options.retries, options.resumes == nil, options.request == nil,
      options.mode == .upsert,
      let batch = try warehouse.standingBatch(deliveryDigest: digest)
    else {
      return try load(delivery, into: warehouse, digest)
    }
    if options.wantsPlan {
      guard case .result(let compared, let plan?) = try compare(delivery, with: warehouse),
        compared.counts.created + compared.counts.updated == 0
      else { return try load(delivery, into: warehouse, digest) }
      // What is skipped is planned only where there is nothing to do.
      try tell(plan)
    }
    return try standing(delivery, batch)
  }

  /// The end of a delivery that a batch was loaded from already.
  private func standing(_ delivery: Delivery, _ batch: Int) throws -> Ending {
    var result = RunResult(
      outcome: .unchanged, batch: batch, asOf: options.today, sender: options.sender, book: delivery.book)
    result.inputs = try delivery.inputs.map { try InputResult($0) }
    return .result(result, nil)
  }

  /// Refuses codes of another version of a code set than those that are stored, and household numbers that are known otherwise.
  private func refuseMixing(_ delivery: Delivery, _ warehouse: Warehouse) throws {
    try options.refuseOtherScope(try warehouse.setting(DeliveryOptions.scopeSetting))
    for input in delivery.ordered { try options.refuseIdlePatch(input) }
    for input in delivery.ordered { try options.refuseMixing(input, try warehouse.mappings(of: input.map.dataset.name)) }
  }

  /// Checks a delivery beside the rows of a warehouse, which is only read.
  private func compare(_ delivery: Delivery, with warehouse: Warehouse) throws -> Ending {
    let waivers = try RunWaivers(options, warehouse)
    return try warehouse.comparing(DependencyOrder.datasets(delivery.ordered), replacing: replaced(by: delivery)) {
      comparers, visit in
      for comparer in comparers.values { try set(up: comparer, delivery) }
      return try execute(delivery, stored: visit, waivers) { RowTarget.Parts(comparer: comparers[$0.name]) }
    }
  }

  /// Runs the inputs dataset by dataset, those first that others refer to; `parts` says where the rows of each go.
  func execute(
    _ delivery: Delivery, stored: RowVisitor?, _ waivers: RunWaivers, parts: (Dataset) throws -> RowTarget.Parts
  ) throws -> Ending {
    let (inputs, pack, scheme) = (delivery.ordered, delivery.pack, delivery.scheme)
    let datasets = DependencyOrder.datasets(inputs)
    var result = RunResult(outcome: .checked, asOf: options.today, sender: options.sender, book: delivery.book)
    var references = try ReferenceStore(datasets, pack: pack, scheme: scheme, area: delivery.area, stored)
    let closedGrids = try ClosedGrids(pack, by: options.today, options.regrids == nil ? stored : nil)
    var totals = TotalRun.tallies(datasets)
    var (runs, planned): ([DatasetRun], [PlannedInput]) = ([], [])
    let texts = inputs.map(\.survey.text)
    let meter = ProgressMeter(total: { texts.reduce(0) { $0 + $1.expectedSize } }, report: progress)
    for dataset in datasets {
      let lookups = references.lookups(of: dataset)
      let own = inputs.filter { $0.map.dataset.name == dataset.name }
      let scopes = ScopeReading(options.configuration.householdNumberScope, area: delivery.area, references.communities)
      let waiving = waivers.of(dataset, delivery.book)
      let plans = own.map { ($0, checkPlan(of: $0, delivery, lookups, scopes, waiving)) }
      let parts = try parts(dataset)
      let beginning = DatasetRun.Beginning(
        findings: options.findingLog, targets: references.targets(in: dataset),
        storedTree: try references.tree(of: dataset, stored), communities: references.communities, totals: totals,
        retried: parts.retried, closedGrids: closedGrids)
      let target = try RowTarget(
        dataset, parts, plans, findings: options.findingLog,
        notesBeside: options.wantsPlan ? Warehouse.spillPlaces(options.warehouse) : nil,
        waiting: planned.reduce(0) { $0 + $1.rows.counts.quarantined }, mostWaiting: options.mostWaiting)
      if own.reduce(0, { $0 + $1.survey.text.expectedSize }) > StartMemory.largeInput { StartMemory.giveBack() }
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
    of input: PreparedInput, _ delivery: Delivery, _ lookups: [ReferenceLookup?], _ scopes: ScopeReading,
    _ waiving: Waiving
  ) -> CheckPlan {
    CheckPlan(
      map: input.map, pack: delivery.pack, scheme: delivery.scheme, today: options.today,
      zone: options.configuration.timeZone, findingLimit: options.findingLimit, lookups: lookups,
      versions: input.versions, limits: input.layout.dialect, encoding: input.survey.encoding, scopes: scopes,
      corrects: options.mode == .patch, waiving: waiving, unmasks: options.unmasks)
  }

  /// Writes the plan, and compares it with one that was written before.
  func tell(_ plan: LoadPlan) throws {
    try planFile?.write(plan)
    guard let path = options.planCheck else { return }
    do {
      try PlanCheck(path).confirm(plan)
    } catch let error as PlanMismatch {
      // The new plan is left to be laid beside the old one.
      try planFile?.finish()
      throw error
    }
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
