import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

/// The way of the records of one dataset: read, check, enter, and decide about groups after the last one.
struct DatasetRun {
  let dataset: Dataset
  let sink: any RowSink
  let jobs: Int
  let isComplete: Bool
  var states: [InputState]
  var keys = KeyIndex(expected: 0)
  var tallies: [GroupTally]
  var deferred: [(reference: RowReference, finding: Finding)] = []
  var targets: [ReferenceIndex.Target] = []
  /// The fields that references to this dataset ask for: key, names, within.
  let targetFields: [Int]
  let progress: ProgressMeter

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
    var reader = states[index].input.reader()
    let plan = states[index].plan
    let survey = states[index].input.survey
    try orderedParallel(
      width: jobs > 1 ? jobs + 1 : 1,
      next: {
        try Interruption.check()
        guard let batch = try reader.nextBatch() else { return nil }
        return (batch, states[index].findings.full)
      },
      transform: { batch, saturated in
        DatasetRun.check(batch, survey.recordEncoding, plan, invalid: survey.invalidUTF8, saturated: saturated)
      },
      consume: { result in try take(result, index) })
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
    if states[index].counts.read == 0, index == 0 { keys = KeyIndex(expected: expectedRows(checked)) }
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
    for record in 0..<checked.count { try take(checked, record, index, reasons, waiting) }
    progress.add(bytes: checked.source.inputBytes, rows: checked.count, errors: checked.findings.count(.error))
  }

  private mutating func take(
    _ checked: CheckedBatch, _ record: Int, _ index: Int, _ reasons: [Int: [RuleCode]], _ waiting: [Int: [Finding]]
  ) throws {
    let row = Int(checked.source.spots[record].row)
    let hasError = checked.hasError[record]
    states[index].counts.read += 1
    let reference = RowReference(input: index, row: row, standing: hasError ? .quarantined : .written)
    var outcome = KeyIndex.Outcome.first
    if checked.keyIsSound[record] {
      outcome = keys.insert(key: checked.keyHash[record], content: checked.contentHash[record], row: reference)
    }
    if case .first = outcome { addToGroups(checked, record, reference) }
    for finding in waiting[row] ?? [] { deferred.append((hasError ? reference : outcome.reference(reference), finding)) }
    if hasError {
      states[index].counts.quarantined += 1
      if sink.keepsRecords {
        let waiting = Quarantine.record(checked, record, states[index].input, reasons[row] ?? [])
        try sink.keep(waiting, input: states[index].input.ordinal)
      }
      return
    }
    switch outcome {
    case .first:
      states[index].counts.count(try sink.write(checked, record, input: states[index].input.ordinal))
      addTarget(checked, record)
    case .duplicate(let first):
      states[index].counts.duplicate += 1
      try addDuplicate(checked, record, index, first)
    // Decided after the last record, with all rows of the key.
    case .conflict: break
    }
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
        RuleCode("G2006"), .info, row: Int(spot.row), line: Int(spot.line), byte: Int(spot.byteStart), facts: ["others": others],
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
