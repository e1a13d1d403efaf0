import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse
import Synchronization

/// The way of the records of one dataset: read, check, enter, and decide about groups after the last one.
struct DatasetRun {
  /// The dataset.
  let dataset: Dataset
  /// Where its rows go.
  let sink: any RowSink
  /// The number of workers.
  let jobs: Int
  /// Whether the sender says that the delivery is complete.
  let isComplete: Bool
  /// What is kept of each input, in the order of the run.
  var states: [InputState]
  /// The keys seen so far.
  var keys = KeyIndex(expected: 0)
  /// The groups of each group rule.
  var tallies: [GroupTally]
  /// Errors that the end of the file decides on.
  var deferred: [(reference: RowReference, finding: Finding)] = []
  /// Rows that later datasets may refer to.
  var targets: [ReferenceIndex.Target] = []
  /// The fields that references to this dataset ask for: key, names, within.
  let targetFields: [Int]
  /// Counts how far the run is.
  let progress: ProgressMeter

  /// A run over the inputs of one dataset.
  init(
    dataset: Dataset, inputs: [(PreparedInput, CheckPlan)], sink: any RowSink, jobs: Int, isComplete: Bool, targetFields: [Int],
    progress: ProgressMeter
  ) {
    self.dataset = dataset
    self.sink = sink
    self.jobs = jobs
    self.isComplete = isComplete
    self.targetFields = targetFields
    self.progress = progress
    tallies = Array(repeating: GroupTally(), count: dataset.groups.count)
    states = inputs.map { input, plan in
      InputState(
        input: input, plan: plan, findings: FindingBuffer(limit: plan.findingLimit),
        tallies: Array(repeating: ColumnTally(), count: dataset.fields.count))
    }
  }

  /// Runs all inputs and decides about groups.
  mutating func run() throws {
    for index in states.indices {
      ColumnFindings.addHeader(&states[index])
      try readInput(index)
    }
    try decideGroups()
    for index in states.indices { ColumnFindings.addTallies(&states[index]) }
  }

  private mutating func readInput(_ index: Int) throws {
    let plan = states[index].plan
    let survey = states[index].input.survey
    // What has been kept often enough: workers see it late, which changes how much they keep, never what is kept here.
    let full = Mutex<Set<FindingBuffer.Key>>([])
    let reader = try orderedParallel(
      workers: sink.keepsRecords ? max(1, jobs - 1) : jobs > 1 ? jobs : 0, from: states[index].input.reader(),
      next: { reader in
        try Interruption.check()
        return try reader.nextBatch()
      },
      transform: { batch in
        DatasetRun.check(
          batch, survey.recordEncoding, plan, invalid: survey.invalidUTF8, saturated: full.withLock { $0 })
      },
      consume: { result in
        try take(result, index)
        full.withLock { $0 = states[index].findings.full }
      })
    states[index].blankLines = reader.blankLines
    try states[index].input.survey.original.confirmUnchanged()
  }

  /// Decodes and checks a batch.
  static func check(
    _ batch: consuming RecordBatch, _ encoding: TextEncoding, _ plan: CheckPlan, invalid: [Int]? = nil,
    saturated: Set<FindingBuffer.Key> = []
  ) -> BatchChecker.Result {
    BatchDecoder.decode(&batch, from: encoding, wanted: plan.wantedColumns, invalid: invalid)
    return BatchChecker.check(batch, plan, saturated: saturated)
  }

  /// Takes the records of a checked batch in order.
  private mutating func take(_ result: BatchChecker.Result, _ index: Int) throws {
    let checked = result.batch
    if states[index].counts.read == 0, index == 0 {
      keys = KeyIndex(expected: expectedRows(checked))
      try sink.prepare(expected: expectedRows(checked))
    }
    states[index].marks.add(checked.source.spots)
    let waiting = Dictionary(grouping: result.deferred, by: \.row)
    var fixed = Set<Int>()
    for fix in checked.fixes {
      fixed.insert(fix.record)
      if sink.keepsRecords {
        try sink.keep(fix, row: Int(checked.source.spots[fix.record].row), input: states[index].input.ordinal)
      }
    }
    states[index].counts.fixed += fixed.count
    states[index].findings.merge(checked.findings)
    states[index].fixCounts.merge(checked.fixCounts, uniquingKeysWith: +)
    for field in checked.tallies.indices { states[index].tallies[field].add(checked.tallies[field]) }
    let reasons = sink.keepsRecords ? Quarantine.reasons(checked.findings) : [:]
    var entered: [Int32] = []
    entered.reserveCapacity(checked.count)
    for record in 0..<checked.count where try enters(checked, record, index, reasons, waiting) { entered.append(Int32(record)) }
    states[index].counts.add(try sink.write(checked, entered, input: states[index].input.ordinal))
    if !targetFields.isEmpty { for record in entered { addTarget(checked, Int(record)) } }
    progress.add(bytes: checked.source.inputBytes, rows: checked.count, errors: checked.findings.count(.error))
  }

  /// Decides about a record; true where it is to be written.
  private mutating func enters(
    _ checked: CheckedBatch, _ record: Int, _ index: Int, _ reasons: [Int: [RuleCode]], _ waiting: [Int: [Finding]]
  ) throws -> Bool {
    let row = Int(checked.source.spots[record].row)
    let hasError = checked.hasError[record]
    states[index].counts.read += 1
    let reference = RowReference(input: index, row: row, standing: hasError ? .quarantined : .written)
    var outcome = KeyIndex.Outcome.first
    if checked.keyIsSound[record] {
      outcome = keys.insert(key: checked.keyHash[record], content: checked.contentHash[record], row: reference)
    }
    if case .first = outcome { addToGroups(checked, record, reference) }
    if !waiting.isEmpty {
      for finding in waiting[row] ?? [] { deferred.append((hasError ? reference : outcome.reference(reference), finding)) }
    }
    if hasError {
      states[index].counts.quarantined += 1
      if sink.keepsRecords {
        let waiting = Quarantine.record(checked, record, states[index].input, reasons[row] ?? [])
        try sink.keep(waiting, input: states[index].input.ordinal)
      }
      return false
    }
    switch outcome {
    case .first: return true
    case .duplicate(let first):
      states[index].counts.duplicate += 1
      try addDuplicate(checked, record, index, first)
    // Decided after the last record, with all rows of the key.
    case .conflict: break
    }
    return false
  }

  private mutating func addToGroups(_ checked: CheckedBatch, _ record: Int, _ reference: RowReference) {
    for rule in checked.groupHash.indices where !checked.groupHash[rule].isEmpty && checked.groupHash[rule][record] != 0 {
      tallies[rule].add(group: checked.groupHash[rule][record], matches: checked.groupMatch[rule][record], row: reference)
    }
  }

  private mutating func addDuplicate(_ checked: CheckedBatch, _ record: Int, _ index: Int, _ first: RowReference) throws {
    let spot = checked.source.spots[record]
    let line = try lineOfEarlier(first, checked, index)
    let input = states[first.input].input
    let others = first.input == index ? String(line) : "\(PrintableText.escape(input.survey.original.path)):\(line)"
    states[index].findings.add(
      Finding(
        RuleCode("G2006"), .info, row: Int(spot.row), line: Int(spot.line), byte: Int(spot.byteStart),
        facts: ["others": others],
        related: [RelatedRow(input: input.ordinal, row: first.row, line: line)]))
  }

  /// The physical line of a row that came before, in this batch or an earlier one.
  private func lineOfEarlier(_ row: RowReference, _ checked: CheckedBatch, _ index: Int) throws -> Int {
    let spots = checked.source.spots
    if row.input == index, let first = spots.first, row.number >= first.row { return Int(spots[row.row - Int(first.row)].line) }
    return try states[row.input].line(of: row.row)
  }

  /// How many rows the inputs may hold, judging by the first batch.
  private func expectedRows(_ first: CheckedBatch) -> Int {
    let bytes = states.reduce(0) { $0 + $1.input.survey.text.size }
    let bytesPerRow = max(1, first.source.inputBytes / max(1, first.count))
    return bytes / bytesPerRow
  }

  /// Remembers a row that others may refer to.
  private mutating func addTarget(_ checked: CheckedBatch, _ record: Int) {
    guard let first = targetFields.first else { return }
    let texts = targetFields.map { String(escapingInvalid: checked.value(record, $0).span) }
    targets.append(
      ReferenceTargets.target(texts, scheme: states[0].plan.scheme, keyIsGrid: dataset.fields[first].type == .gridCode))
  }
}

extension KeyIndex.Outcome {
  /// How a sound row stands that came to this.
  fileprivate func reference(_ row: RowReference) -> RowReference {
    switch self {
    case .first: row
    case .duplicate: row.standing(.duplicate)
    case .conflict: row.standing(.pending)
    }
  }
}
