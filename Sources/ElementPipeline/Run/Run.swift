import Crypto
package import ElementCore
import ElementFormats
import ElementRules
package import ElementSchema
import ElementWarehouse

/// A run of `check` or `load`: one delivery, taken in the order in which its datasets refer to each other.
package struct Run {
  private var options: RunOptions
  private var pack: SchemaPack
  private let scheme: GridCodeScheme
  private var book: RuleBook
  /// The headings that the pack was chosen by, for each file; nil where it is whole.
  private var peeked: [Set<String>]?
  /// The survey of the first file; nil where it is to be made anew.
  private var ahead: SurveyAhead?
  private let progress: (RunProgress) -> Void

  /// A run, its schemas read.
  ///
  /// - Throws: `SchemaError` where a schema, the scheme or the configuration is wrong.
  package init(_ options: RunOptions, progress: @escaping (RunProgress) -> Void = { _ in }) throws(SchemaError) {
    self.options = options
    self.progress = progress
    ahead = options.paths.first.map { SurveyAhead(path: $0, options) }
    let schemeName = options.gridScheme ?? options.configuration.gridScheme
    let headings = options.dataset == nil ? HeaderPeek.headings(options.paths) : []
    let need = PackNeed.run(dataset: options.dataset, headings: headings, scheme: schemeName ?? "cjt349")
    peeked = need == .all || options.dataset != nil ? nil : headings
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: need, options.configuration)
    scheme = try pack.gridScheme(schemeName)
    book = Run.book(pack)
  }

  /// The rules of a pack beside the built-in ones.
  package static func book(_ pack: SchemaPack) -> RuleBook {
    RuleBook(RuleCatalog.all + pack.datasets.flatMap(\.descriptors))
  }

  /// Runs the delivery.
  ///
  /// - Throws: `InputError` or `WarehouseError`; nothing is kept then.
  package func run() throws -> RunResult {
    var run = self
    while true {
      do {
        return try run.attempt()
      } catch let late as LateColumns {
        // Nothing was kept; the reader went to the end, so no more can come up.
        let known = run.options.lateColumns[late.path, default: []]
        guard !late.names.allSatisfy(known.contains) else { bug("columns came up twice") }
        run.options.lateColumns[late.path] = known + late.names
        try run.widen()
      } catch is PackTooSmall {
        try run.widen()
      } catch let changed as LateEncoding {
        run.options.lateEncodings.insert(changed.path)
        if run.ahead?.path == changed.path { run.ahead = nil }
      }
    }
  }

  /// The beginning of a file did not show all headings, or showed none that is known: the run starts anew with all schemas.
  private struct PackTooSmall: Error {}

  private mutating func widen() throws(SchemaError) {
    guard peeked != nil else { return }
    peeked = nil
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: .all, options.configuration)
    book = Run.book(pack)
  }

  /// Opens the inputs; what is refused by a part of the schemas is asked of all.
  private func open() throws -> [PreparedInput] {
    guard let peeked else { return try inputs() }
    let opened: [PreparedInput]
    do {
      opened = try inputs()
    } catch let error as InputError where [.header, .dataset, .encoding, .foreignFormat, .usage].contains(error.kind) {
      throw PackTooSmall()
    }
    let seen = Dictionary(zip(options.paths, peeked)) { first, _ in first }
    for input in opened {
      let keys = seen[input.survey.original.path] ?? []
      if input.map.headings.contains(where: { keys.isDisjoint(with: HeaderPeek.keys($0)) }) { throw PackTooSmall() }
    }
    return opened
  }

  private func inputs() throws -> [PreparedInput] {
    var inputs: [PreparedInput] = []
    for (index, path) in options.paths.enumerated() {
      let survey = if index == 0, let ahead { try ahead.survey() } else { try FileSurvey(path: path, options) }
      do {
        let opened = try PreparedInput.recognise(survey, ordinal: inputs.count, options: options, pack: pack)
        inputs += try opened.map { try $0.admitted(options) }
      } catch {
        // That a file cannot be inflated is told before whatever else is wrong with it.
        _ = try survey.text.wholeSize
        throw error
      }
    }
    return inputs
  }

  private mutating func attempt() throws -> RunResult {
    let inputs = try open()
    // Whatever makes the run start anew: a stream can be read once only.
    for input in inputs { options.opened[input.survey.original.path] = input.survey.original }
    let order = DependencyOrder.sort(inputs, pack.datasets)
    guard options.verb == .load, let path = options.warehouse else { return try check(order) }
    let digest = try deliveryDigest(inputs)
    let warehouse = try Warehouse(path: path, mode: .write)
    for input in order { try options.refuseMixing(input, try warehouse.mappings(of: input.map.dataset.name)) }
    if !options.again, !options.dryRun, let batch = try warehouse.standingBatch(deliveryDigest: digest) {
      var result = RunResult(outcome: .unchanged, batch: batch, asOf: options.today, sender: options.sender, book: book)
      result.inputs = try inputs.map { try InputResult($0) }
      return result
    }
    return try load(order, warehouse, digest)
  }

  private func check(_ inputs: [PreparedInput]) throws -> RunResult {
    guard let path = options.warehouse else {
      return try execute(inputs, stored: nil, sinks: { _ in CountingSink(comparison: nil) })
    }
    let warehouse = try Warehouse(path: path, mode: .read, wait: options.wait)
    return try warehouse.comparing(inputs.map(\.map.dataset)) { writers, visit in
      try execute(inputs, stored: visit, sinks: { dataset in CountingSink(comparison: writers[dataset.name]) })
    }
  }

  private func load(_ inputs: [PreparedInput], _ warehouse: Warehouse, _ digest: String) throws -> RunResult {
    var head = BatchHead(
      operatorName: options.operatorName, sender: options.sender, area: area, toolVersion: options.toolVersion,
      schemaDigest: pack.digest,
      deliveryDigest: digest, asOf: options.today.text)
    head.purpose = options.purpose
    return try warehouse.load(head) { transaction in
      var result = try execute(
        inputs, stored: transaction.visit,
        sinks: { dataset in
          let own = inputs.filter { $0.map.dataset.name == dataset.name }.map { ($0.ordinal, text(of: $0.map)) }
          return WarehouseSink(
            load: transaction, writer: try transaction.writer(dataset, pack), dataset: dataset,
            texts: Dictionary(own, uniquingKeysWith: { first, _ in first }))
        })
      try keepFindings(result, transaction)
      result.digest = try transaction.finish(
        inputs: batchInputs(result, inputs), counts: result.counts, datasets: DependencyOrder.datasets(inputs),
        notEvaluated: result.notEvaluated.count(where: \.mayChange))
      if let limit = options.errorLimit, limit.isExceeded(result.counts.quarantined, of: result.counts.read) {
        result.outcome = .held
        result.hold = (limit.text, result.counts.quarantined)
        result.digest = nil
      } else {
        result.outcome = options.dryRun ? .dryRun : .loaded
        if !options.dryRun { result.batch = transaction.batch }
      }
      return (result, result.outcome == .loaded)
    }
  }

  /// Runs the inputs dataset by dataset, those first that others refer to.
  private func execute(
    _ inputs: [PreparedInput], stored: RowVisitor?, sinks: (Dataset) throws -> any RowSink
  ) throws -> RunResult {
    var result = RunResult(outcome: .checked, asOf: options.today, sender: options.sender, book: book)
    var references = ReferenceStore(DependencyOrder.datasets(inputs), pack: pack, scheme: scheme, area: area)
    var totals = TotalRun.tallies(DependencyOrder.datasets(inputs))
    var runs: [DatasetRun] = []
    let texts = inputs.map(\.survey.text)
    let meter = ProgressMeter(total: { texts.reduce(0) { $0 + $1.expectedSize } }, report: progress)
    for dataset in DependencyOrder.datasets(inputs) {
      let lookups = try references.lookups(of: dataset, stored)
      let own = inputs.filter { $0.map.dataset.name == dataset.name }
      let plans = own.map { input in
        (
          input,
          CheckPlan(
            map: input.map, pack: pack, scheme: scheme, today: options.today, zone: options.configuration.timeZone,
            findingLimit: options.keepsAllFindings ? nil : 1_000,
            lookups: lookups, versions: input.versions, limits: input.layout.dialect, encoding: input.survey.encoding)
        )
      }
      let beginning = DatasetRun.Beginning(
        targets: references.empty(for: dataset), storedTree: try references.tree(of: dataset, stored), totals: totals)
      let sink = try sinks(dataset)
      if own.reduce(0, { $0 + $1.survey.text.expectedSize }) > StartMemory.largeInput { StartMemory.giveBack() }
      var run = try DatasetRun(
        dataset: dataset, inputs: plans, jobs: options.jobs, isComplete: options.isComplete, beginning
      ).run(into: sink, meter)
      for lookup in lookups { for index in lookup?.indexes ?? [] { try index.confirmRead() } }
      result.notEvaluated += notEvaluated(run) + TotalRun.notEvaluated(run, DependencyOrder.datasets(inputs), pack)
      references.take(&run)
      totals = run.totals
      run.totals = []
      runs.append(run)
    }
    try TotalRun.tell(totals, &runs, isComplete: options.isComplete)
    var results: [Int: InputResult] = [:]
    for state in runs.flatMap(\.states) {
      results[state.input.ordinal] = try InputResult(state)
      result.counts.add(state.counts)
    }
    result.inputs = inputs.map(\.ordinal).sorted().compactMap { results[$0] }
    guard result.counts.balances else { bug("the counts of a run do not balance") }
    return result
  }

  /// The references that had values and nothing to look them up in, each said once.
  private func notEvaluated(_ run: DatasetRun) -> [NotEvaluated] {
    run.dataset.references.enumerated().compactMap { place, reference in
      let isUsed = run.states.contains { $0.unresolved.contains(place) }
      let targets = reference.targets.compactMap(pack.dataset)
      guard isUsed, !targets.isEmpty else { return nil }
      let field = run.dataset.fields[reference.field]
      let zh = targets.map(\.title.zh).joined(separator: "”“")
      let en = targets.map(\.name).joined(separator: ", ")
      return NotEvaluated(
        code: RuleCode("G2001"),
        why: LocalizedText(
          zh: "“\(run.dataset.title.zh)”的“\(field.title)”未核对：还没有“\(zh)”数据，请先导入",
          en: "\(run.dataset.name).\(field.name): there are no rows of \(en) yet; load them first"))
    }
  }

  /// The area that bare names lie in: given, or the sender's.
  private var area: String? {
    options.area ?? options.sender.flatMap { options.configuration.senders[$0]?.area } ?? options.configuration.settings["area"]
  }

  /// The sentences that are kept with findings.
  private func text(of map: HeaderMap) -> FindingText { FindingText(book: book, map: map, language: .zh) }

  /// Keeps the findings that were not kept with their rows.
  private func keepFindings(_ result: RunResult, _ transaction: LoadTransaction) throws {
    for (ordinal, input) in result.inputs.enumerated() {
      let (text, dataset) = (text(of: input.map), input.map.dataset)
      for finding in input.findings.findings {
        try transaction.keep(finding, dataset: dataset, message: text.message(finding), input: ordinal)
      }
    }
  }

  private func batchInputs(_ result: RunResult, _ inputs: [PreparedInput]) -> [BatchInput] {
    inputs.map { input in
      let found = result.inputs[input.ordinal]
      guard let sha256 = found.sha256 else { bug("a load took no SHA-256") }
      return BatchInput(
        ordinal: input.ordinal, path: found.path, sha256: sha256, bytes: found.bytes, format: found.format,
        encoding: found.encoding,
        evidence: found.evidence.en, dataset: input.map.dataset.name, mapping: input.mappingText,
        headings: input.headingsText, rawEncoding: input.rawEncoding.rawValue, blankLines: found.blankLines,
        counts: found.counts)
    }
  }

  /// SHA-256 over the inputs' digests, the schemas, the scheme, the area and the mappings: equal for the same delivery only.
  private func deliveryDigest(_ inputs: [PreparedInput]) throws(InputError) -> String {
    var hash = SHA256()
    var parts = [pack.digest, scheme.name, area ?? ""]
    for input in inputs {
      parts += [try input.survey.sha256 ?? "", input.layout.sheet ?? "", input.map.dataset.name, input.mappingText]
    }
    for part in parts { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
    return Hexadecimal.text(hash.finalize())
  }
}

extension InputResult {
  /// What became of an input that was run.
  ///
  /// - Throws: `InputError` where it could not be read to its end.
  init(_ state: InputState) throws(InputError) {
    var findings = state.findings
    findings.sort()
    try self.init(
      state.input, counts: state.counts, blankLines: state.blankLines, findings: findings, fixCounts: state.fixCounts)
    notStored = state.notStored
    sharesLines = state.sharesLines
  }

  /// What is known of an input before, or beyond, its counts.
  ///
  /// - Throws: `InputError` where it could not be read to its end.
  init(
    _ input: PreparedInput, counts: RunCounts = RunCounts(), blankLines: Int = 0, findings: FindingBuffer = FindingBuffer(),
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
