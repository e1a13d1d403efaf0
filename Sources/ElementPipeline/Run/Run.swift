import Crypto
package import ElementCore
import ElementFormats
import ElementRules
package import ElementSchema
import ElementWarehouse

/// A run of `check` or `load`: one delivery, taken in the order in which its datasets refer to each other.
package struct Run {
  private let options: RunOptions
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let book: RuleBook
  private let progress: (RunProgress) -> Void

  /// A run, its schemas read.
  ///
  /// - Throws: `SchemaError` where a schema, the scheme or the configuration is wrong.
  package init(_ options: RunOptions, progress: @escaping (RunProgress) -> Void = { _ in }) throws(SchemaError) {
    self.options = options
    self.progress = progress
    let schemeName = options.gridScheme ?? options.configuration.gridScheme
    let need = PackNeed.run(
      dataset: options.dataset, headings: options.dataset == nil ? HeaderPeek.headings(options.paths) : nil,
      scheme: schemeName ?? "cjt349")
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: need, options.configuration)
    scheme = try pack.gridScheme(schemeName)
    book = Run.book(pack)
  }

  /// The rules of a pack beside the built-in ones.
  package static func book(_ pack: SchemaPack) -> RuleBook {
    RuleBook(RuleCatalog.all + pack.datasets.flatMap { $0.rules.map(\.descriptor) })
  }

  /// Runs the delivery.
  ///
  /// - Throws: `InputError` or `WarehouseError`; nothing is kept then.
  package func run() throws -> RunResult {
    var inputs: [PreparedInput] = []
    for (ordinal, path) in options.paths.enumerated() {
      inputs.append(try PreparedInput(path: path, ordinal: ordinal, options: options, pack: pack))
    }
    let order = DependencyOrder.sort(inputs, pack.datasets)
    guard options.verb == .load, let path = options.warehouse else { return try check(order) }
    let digest = deliveryDigest(inputs)
    let warehouse = try Warehouse(path: path, mode: .write)
    if !options.again, !options.dryRun, let batch = try warehouse.standingBatch(deliveryDigest: digest) {
      var result = RunResult(outcome: .unchanged, batch: batch, asOf: options.today, sender: options.sender, book: book)
      result.inputs = inputs.map { InputResult($0) }
      return result
    }
    return try load(order, warehouse, digest)
  }

  private func check(_ inputs: [PreparedInput]) throws -> RunResult {
    guard let path = options.warehouse else {
      return try execute(inputs, source: nil, sinks: { _ in CountingSink(comparison: nil) })
    }
    let warehouse = try Warehouse(path: path, mode: .read, wait: options.wait)
    let datasets = inputs.map(\.map.dataset)
    var stored: [String: [[String]]] = [:]
    for target in pack.datasets { stored[target.name] = try storedRows(target, warehouse) }
    return try warehouse.comparing(datasets) { writers in
      try execute(
        inputs, source: { dataset, _ in stored[dataset] ?? [] },
        sinks: { dataset in CountingSink(comparison: writers[dataset.name]) })
    }
  }

  private func storedRows(_ target: Dataset, _ warehouse: Warehouse) throws -> [[String]] {
    let fields = ReferenceTargets.fields(of: target, in: pack.datasets)
    return fields.isEmpty ? [] : try warehouse.rows(of: target.name, fields: fields)
  }

  private func load(_ inputs: [PreparedInput], _ warehouse: Warehouse, _ digest: String) throws -> RunResult {
    let head = BatchHead(
      operatorName: options.operatorName, sender: options.sender, area: area, toolVersion: options.toolVersion,
      schemaDigest: pack.digest,
      deliveryDigest: digest, asOf: options.today.text)
    return try warehouse.load(head) { transaction in
      var result = try execute(
        inputs, source: { dataset, fields in try transaction.rows(of: dataset, fields: fields) },
        sinks: { dataset in
          WarehouseSink(load: transaction, writer: try transaction.writer(dataset, pack), dataset: dataset, pack: pack)
        })
      try keepFindings(result, transaction)
      let used = DependencyOrder.datasets(inputs)
      for dataset in used { try transaction.index(dataset, pack) }
      result.digest = try transaction.finish(
        inputs: batchInputs(result, inputs), counts: result.counts, datasets: used, notEvaluated: result.notEvaluated.count)
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
    _ inputs: [PreparedInput], source: ((String, [String]) throws -> [[String]])?, sinks: (Dataset) throws -> any RowSink
  ) throws -> RunResult {
    var result = RunResult(outcome: .checked, asOf: options.today, sender: options.sender, book: book)
    var delivered: [String: [ReferenceIndex.Target]] = [:]
    var results: [Int: InputResult] = [:]
    let meter = ProgressMeter(total: inputs.reduce(0) { $0 + $1.survey.text.size }, report: progress)
    for dataset in DependencyOrder.datasets(inputs) {
      let targets = try targets(of: dataset, delivered, source)
      let own = inputs.filter { $0.map.dataset.name == dataset.name }
      let plans = own.map { input in
        (
          input,
          CheckPlan(
            map: input.map, pack: pack, scheme: scheme, today: options.today,
            findingLimit: options.keepsAllFindings ? nil : 1_000,
            targets: targets, limits: input.layout.dialect, encoding: input.survey.encoding)
        )
      }
      let run = try DatasetRun(
        dataset: dataset, inputs: plans, jobs: options.jobs, isComplete: options.isComplete,
        targetFields: ReferenceTargets.fields(of: dataset, in: pack.datasets).compactMap(dataset.index)
      ).run(into: try sinks(dataset), meter)
      result.notEvaluated += notEvaluated(run, targets)
      delivered[dataset.name] = run.targets
      for state in run.states {
        results[state.input.ordinal] = InputResult(state)
        result.counts.add(state.counts)
      }
    }
    result.inputs = inputs.map(\.ordinal).sorted().compactMap { results[$0] }
    guard result.counts.balances else { bug("the counts of a run do not balance") }
    return result
  }

  /// What the references of a dataset are looked up in; a target without rows is not in it.
  private func targets(
    of dataset: Dataset, _ delivered: [String: [ReferenceIndex.Target]], _ source: ((String, [String]) throws -> [[String]])?
  ) throws -> [String: ReferenceIndex] {
    var out: [String: ReferenceIndex] = [:]
    for reference in dataset.references {
      guard let target = pack.dataset(reference.target) else { continue }
      let fields = ReferenceTargets.fields(of: target, in: pack.datasets)
      let keyIsGrid = target.index(of: reference.targetField).map { target.fields[$0].type == .gridCode } ?? false
      let stored = try source?(target.name, fields) ?? []
      let rows =
        (delivered[target.name] ?? []) + stored.map { ReferenceTargets.target($0, scheme: scheme, keyIsGrid: keyIsGrid) }
      if rows.isEmpty {
        continue
      }
      out[target.name] = ReferenceIndex(rows, area: area)
    }
    return out
  }

  /// The references that had values and nothing to look them up in, each said once.
  private func notEvaluated(_ run: DatasetRun, _ targets: [String: ReferenceIndex]) -> [NotEvaluated] {
    run.dataset.references.compactMap { reference in
      let isUsed = run.states.contains { $0.tallies[reference.field].filled > 0 }
      guard isUsed, targets[reference.target] == nil, let target = pack.dataset(reference.target) else { return nil }
      let field = run.dataset.fields[reference.field]
      return NotEvaluated(
        code: RuleCode("G2001"),
        why: LocalizedText(
          zh: "“\(run.dataset.title.zh)”的“\(field.title)”未核对：还没有“\(target.title.zh)”数据，请先导入",
          en: "\(run.dataset.name).\(field.name): there are no rows of \(target.name) yet; load them first"))
    }
  }

  /// The area that bare names lie in: given, or the sender's.
  private var area: String? {
    options.area ?? options.sender.flatMap { options.configuration.senders[$0]?.area } ?? options.configuration.settings["area"]
  }

  private func keepFindings(_ result: RunResult, _ transaction: LoadTransaction) throws {
    for (ordinal, input) in result.inputs.enumerated() {
      for finding in input.findings.findings {
        let message = FindingText(book: book, map: input.map, language: .zh).message(finding)
        try transaction.keep(finding, dataset: input.map.dataset, message: message, input: ordinal)
      }
    }
  }

  private func batchInputs(_ result: RunResult, _ inputs: [PreparedInput]) -> [BatchInput] {
    inputs.map { input in
      let found = result.inputs[input.ordinal]
      return BatchInput(
        ordinal: input.ordinal, path: found.path, sha256: found.sha256, bytes: found.bytes, format: "csv",
        encoding: found.encoding,
        evidence: found.evidence.en, dataset: input.map.dataset.name, mapping: input.mappingText, blankLines: found.blankLines,
        counts: found.counts)
    }
  }

  /// SHA-256 over the inputs' digests, the schemas, the scheme, the area and the mappings: equal for the same delivery only.
  private func deliveryDigest(_ inputs: [PreparedInput]) -> String {
    var hash = SHA256()
    for part in [pack.digest, scheme.name, area ?? ""]
      + inputs.flatMap({ [$0.survey.sha256, $0.map.dataset.name, $0.mappingText] })
    {
      hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
    }
    return Hexadecimal.text(hash.finalize())
  }
}

extension InputResult {
  /// What became of an input that was run.
  init(_ state: InputState) {
    var findings = state.findings
    findings.sort()
    self.init(state.input, counts: state.counts, blankLines: state.blankLines, findings: findings, fixCounts: state.fixCounts)
  }

  /// What is known of an input before, or beyond, its counts.
  init(
    _ input: PreparedInput, counts: RunCounts = RunCounts(), blankLines: Int = 0, findings: FindingBuffer = FindingBuffer(),
    fixCounts: [RuleCode: Int] = [:]
  ) {
    self.init(
      path: input.survey.original.path, sha256: input.survey.sha256, bytes: input.survey.original.size,
      encoding: input.survey.encoding.rawValue, evidence: input.survey.evidence, delimiter: input.layout.dialect.delimiterName,
      headerLine: input.layout.headerLine, map: input.map, counts: counts, blankLines: blankLines, findings: findings,
      fixCounts: fixCounts)
  }
}
