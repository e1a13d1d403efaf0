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
  let progress: (RunProgress) -> Void

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
      return try DeliveryRun(delivery, progress).execute(stored: nil, RunWaivers(options, nil)) { _ in RowTarget.Parts() }
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
    if options.mode.isAboutStored { _ = try Warehouse(path: path, mode: .read, wait: options.wait) }
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
      return try DeliveryRun(delivery, progress).execute(stored: visit, waivers) {
        RowTarget.Parts(comparer: comparers[$0.name])
      }
    }
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
}
