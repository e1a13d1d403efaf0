import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension Run {
  /// Tells a comparer what rows of the delivery may do.
  func set(up comparer: RowComparer, _ delivery: Delivery) throws {
    try comparer.take(options.mode)
    comparer.ranks = SenderRanks(own: options.sender, options.configuration.senders.compactMapValues(\.rank))
    if options.acceptsOwners { return }
    try comparer.watchOwners(
      OwnershipClaim(
        sender: options.sender, area: delivery.area, today: options.today, days: options.configuration.ownerDays))
  }

  /// The part of a warehouse that the delivery replaces; nil for none.
  func replaced(by delivery: Delivery) -> RowSelection? {
    options.scope.map { RowSelection($0, delivery.pack, delivery.scheme, asOf: options.today.text) }
  }

  func load(_ delivery: Delivery, into warehouse: Warehouse, _ digest: String) throws -> Ending {
    let (inputs, pack) = (delivery.ordered, delivery.pack)
    var head = options.head(
      schemaDigest: pack.digest, deliveryDigest: digest, sender: options.sender, area: delivery.area)
    head.purpose = options.purpose
    head.reason = options.reason
    if options.retries { head.kind = "retry" }
    if let day = options.regrids { (head.kind, head.effective) = ("regrid", day.text) }
    if let (batch, reason) = options.resumes { (head.heldBatch, head.reason) = (batch, reason) }
    if !options.dryRun { HeldFolder.expire(beside: warehouse.path) }
    (head.request, head.mode, head.scope) = (options.dryRun ? nil : options.request, options.mode, options.scope?.text)
    let waivers = try RunWaivers(options, warehouse)
    head.options = options.deciding
    head.settings = [DeliveryOptions.scopeSetting: options.configuration.householdNumberScope.rawValue]
    return try warehouse.load(head) { transaction in
      let names = try options.retries ? transaction.waitingNames() : nil
      let scopes = try replaced(by: delivery).map { try transaction.scopedRows($0, in: DependencyOrder.datasets(inputs)) }
      let ending = try DeliveryRun(delivery, progress).execute(stored: transaction.visit, waivers) { dataset in
        let (comparer, applier) = try transaction.open(dataset, pack, replacing: scopes?[dataset.name])
        try set(up: comparer, delivery)
        return RowTarget.Parts(
          comparer: comparer, applier: applier, ledger: Ledger(transaction, dataset),
          waits: WaitEnds(try transaction.waitingKeys(dataset)), retried: names.map { RetriedRows($0, sender: options.sender) })
      }
      guard case .result(var result, let plan) = ending else { return (ending, .rollBack) }
      if let plan { try tell(plan) }
      let excesses = options.excesses(result, stored: transaction.storedCount)
      if !excesses.isEmpty {
        result.outcome = .held
        result.hold = RunResult.Hold(batch: options.dryRun ? nil : transaction.batch, limits: excesses)
        return (
          .result(result, plan),
          options.dryRun ? .rollBack : .hold(batchInputs(result, inputs), result.counts, held(delivery))
        )
      }
      try keepFindings(result, delivery.book, transaction)
      result.digest = try transaction.finish(
        inputs: batchInputs(result, inputs), counts: result.counts, datasets: DependencyOrder.datasets(inputs),
        notEvaluated: result.notEvaluated.count(where: \.mayChange), options: try waivers.words(used: result))
      result.endedWaits = try transaction.endedWaits()
      result.outcome = options.dryRun ? .dryRun : options.resumes == nil ? .loaded : .resumed
      if !options.dryRun { result.batch = transaction.batch }
      return (.result(result, plan), options.dryRun ? .rollBack : .commit)
    }
  }

  /// Keeps the findings of a load with their sentences.
  private func keepFindings(_ result: RunResult, _ book: RuleBook, _ transaction: LoadTransaction) throws {
    for (ordinal, input) in result.inputs.enumerated() {
      let (text, dataset) = (FindingText(book: book, map: input.map, language: .zh), input.map.dataset)
      try input.findings.forEach { finding in
        try transaction.keep(finding, dataset: dataset, message: text.message(finding), input: ordinal)
      }
    }
  }

  /// What a held load was asked for; nil where it cannot be gone on with.
  private func held(_ delivery: Delivery) -> HeldDelivery? {
    guard let (arguments, folder) = options.rerun else { return nil }
    var files: [InputFile] = []
    for input in delivery.inputs where !files.contains(where: { $0 === input.survey.original }) {
      files.append(input.survey.original)
    }
    return HeldDelivery(arguments: arguments, folder: folder, files: files)
  }

  private func batchInputs(_ result: RunResult, _ inputs: [PreparedInput]) -> [BatchInput] {
    inputs.map { input in
      let found = result.inputs[input.ordinal]
      guard let sha256 = found.sha256 else { bug("a load took no SHA-256") }
      return BatchInput(
        ordinal: input.ordinal, path: found.path, sha256: sha256, bytes: found.bytes,
        format: found.format,
        encoding: found.encoding,
        evidence: found.evidence.en, dataset: input.map.dataset.name, mapping: input.mappingText,
        headings: input.headingsText, rawEncoding: input.rawEncoding.rawValue, blankLines: found.blankLines,
        counts: found.counts)
    }
  }
}
