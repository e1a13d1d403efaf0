import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse
import Synchronization

/// The way of the records of one dataset: read, check, enter, and decide about groups after the last one.
struct DatasetRun {
  let dataset: Dataset
  /// The number of workers.
  let jobs: Int
  /// Whether the sender says that the delivery is complete.
  let isComplete: Bool
  /// Whether rows are stored that might mend errors of records.
  private(set) var mendsErrors = false
  /// The errors of rows that are copies of others, by the place of the first: they are none where that goes in.
  var copies: [(first: RowReference, input: Int, errors: [FindingPlace])] = []
  /// What is kept of each input, in the order of the run.
  var states: [InputState]
  /// The keys seen so far.
  var keys = KeyIndex(expected: 0)
  /// The groups of each group rule.
  var tallies: [GroupTally]
  /// Fields with errors that the end of the file decides on.
  var deferred: [(reference: RowReference, field: Int)] = []
  /// Rows that later datasets of the delivery refer to.
  var targets: [ReferenceTargets.Want: ReferenceIndex]
  /// The communities that entered rows name.
  var communities: CommunityCodes
  /// The rows of a tree; nil for a dataset that is none.
  var tree: TreeTally?
  /// For each rule over neighbours: what was kept of the rows.
  var sequences: [[SequenceFact]]
  /// The same of records that several rows make, by the places of their first rows.
  var unitedSequences: [[UInt64: SequenceFact]]
  /// Numbers that must agree with the rows of other datasets, of the whole delivery.
  var totals: [TotalTally]
  /// The rows that wait while some of them come back, and which do; nil where none does.
  private(set) var retried: RetriedRows?
  /// The grids that were closed.
  private let closedGrids: ClosedGrids
  /// Whether notes are known again too.
  let knowsNotes: Bool
  private let repairs: RepairCollector?
  /// What the end of an input told that its beginning had not.
  private(set) var discovery: Discovery?
  /// What is told of rows when they were read again, to know it by what they are.
  var told: [ToldFinding] = []
  /// The grid codes of a roster of grids; nil where no rule looks at all of them.
  var gridCodes: GridCodeSet?

  /// What a run begins with, beside its inputs.
  struct Beginning {
    /// Where the findings of each input go, with none in it.
    var findings: FindingLog
    /// What later datasets of the delivery refer to.
    var targets: [ReferenceTargets.Want: ReferenceIndex]
    /// What stands in the warehouse, for a dataset that forms a tree.
    var storedTree: TreeTally.Stored
    /// The communities that are known so far.
    var communities: CommunityCodes
    /// Numbers that must agree with other rows, as far as they were counted.
    var totals: [TotalTally]
    /// The rows that wait while some of them come back; nil where none does.
    var retried: RetriedRows?
    /// The grids that were closed.
    var closedGrids: ClosedGrids
    /// Whether notes are known again too, of which nothing fails.
    var knowsNotes = false
    /// Gathers what a repair would write otherwise; nil where nobody asks.
    var repairs: RepairCollector?
  }

  /// A run over the inputs of one dataset.
  init(
    dataset: Dataset, inputs: [(PreparedInput, CheckPlan)], jobs: Int, isComplete: Bool, _ beginning: Beginning
  ) {
    self.dataset = dataset
    self.jobs = jobs
    self.isComplete = isComplete
    targets = beginning.targets
    communities = beginning.communities
    (totals, retried, closedGrids) = (beginning.totals, beginning.retried, beginning.closedGrids)
    (knowsNotes, repairs) = (beginning.knowsNotes, beginning.repairs)
    tree = dataset.parent.map { _ in TreeTally(stored: beginning.storedTree) }
    sequences = Array(repeating: [], count: dataset.sequences.count)
    unitedSequences = Array(repeating: [:], count: dataset.sequences.count)
    tallies = Array(repeating: GroupTally(expected: 0), count: dataset.groups.count)
    states = inputs.map { input, plan in
      InputState(
        input: input, plan: plan, findings: input.marking(beginning.findings, plan.waiving),
        tallies: Array(repeating: ColumnTally(), count: dataset.fields.count),
        marks: RowMarks(distance: input.layout.rowsPerMark))
    }
    if hasGridSetRules { gridCodes = states.first.map { GridCodeSet($0.plan.scheme) } }
  }

  /// Runs all inputs into `target`, decides about groups, and returns the run as it was left; after a `discovery` nothing of it counts.
  consuming func run(into target: RowTarget, _ progress: ProgressMeter) throws -> DatasetRun {
    var run = self
    run.mendsErrors = target.comparer.map { $0.storedCount > 0 } ?? false
    let kept = target.keptTitles
    if !kept.isEmpty, !run.states.isEmpty { run.states[0].findings.add(KeptColumns.finding(kept)) }
    for index in run.states.indices {
      ColumnFindings.addHeader(&run.states[index])
      run = try run.reading(index, into: target, progress)
      if run.discovery != nil { return run }
    }
    // Deciding needs little of the code that checked rows, and what it keeps comes on top of what the rows left.
    if run.states.reduce(0, { $0 + $1.counts.read }) > StartMemory.manyRows { StartMemory.giveBack() }
    try run.decideGroups(target)
    for copy in run.copies where !target.isWaiting(copy.first) { target.mended[copy.input].formUnion(copy.errors) }
    for index in run.states.indices {
      if let local = run.dataset.localNumber { run.states[index].tallies[local.number].scopeless -= target.scopedCounts[index] }
      try target.addFindings(of: index, to: &run.states[index].findings)
      ColumnFindings.addTallies(&run.states[index])
      ColumnFindings.addNotes(&run.states[index])
      let kept = target.keptEmpty(run.states[index].input.ordinal)
      for (field, count) in kept.sorted(by: { $0.key < $1.key }) {
        run.states[index].findings.add(EmptyKept.finding(count, column: run.states[index].column(of: field), field: field))
      }
      for finding in target.lostFindings(index) { run.states[index].findings.add(finding) }
      run.states[index].take(target.plan[index].rows.counts)
    }
    return run
  }

  /// So many records are looked up together: what they look at stays at hand meanwhile.
  private static let warmRecords = 64
  /// Tables for more rows are kept tight.
  private static let roomyRows = 2_000_000

  private consuming func reading(_ index: Int, into target: RowTarget, _ progress: ProgressMeter) throws -> DatasetRun {
    let repairs = repairs
    let (plan, input) = (states[index].plan, states[index].input)
    let keepsRecords = target.ledger != nil
    // What has been kept often enough: workers see it late, which changes how much they keep, never what is kept here.
    let full = Mutex<Set<FindingCounts.Key>>([])
    let stages = OrderedStages<any RecordSource, DatasetRun, RecordBatch, BatchChecker.Result, BatchDecision>(
      next: { reader in
        try Interruption.check()
        guard let batch = try reader.nextBatch() else { return nil }
        try input.survey.text.limits.confirmRecords(batch, input.survey.original.path)
        return batch
      },
      transform: { (batch: consuming RecordBatch) in
        input.check(batch, plan, saturated: full.withLock { $0 })
      },
      settle: { run, result in
        let decision = try run.decide(result, index, keepsRecords: keepsRecords)
        full.withLock { $0 = run.states[index].findings.counts.full }
        return decision
      })
    // Where all rows are new, writing them takes the calling thread all of its time: it is one of the jobs. A worker more would take its
    // core from it at each of its wakings. Where most stand, it waits for the workers.
    let writesAll = keepsRecords && target.comparer?.storedCount == 0
    let workers = jobs > 1 ? jobs - (writesAll ? 1 : 0) : 0
    var (reader, run) = try stages.run(workers: workers, from: try input.reader(isAhead: jobs > 1), into: self) { decision in
      if let expected = decision.expectedRows { try target.prepare(expected: expected) }
      repairs?.take(decision.checked, input.map, input: input.ordinal)
      try target.take(decision, index, input.ordinal)
      // Statements are prepared and tables made with the first batch; the others need little code.
      if decision.expectedRows ?? 0 > StartMemory.manyRows { StartMemory.giveBack() }
      progress.add(bytes: decision.checked.source.inputBytes, rows: decision.checked.count, errors: decision.errors)
    }
    run.discovery = try DatasetRun.discovery(input, reader)
    if run.discovery != nil { return run }
    run.states[index].blankLines = input.route?.isHome ?? true ? reader.blankLines : 0
    run.states[index].notes = input.route?.isHome ?? true ? reader.notes : []
    for (kind, tally) in [
      (SourceNote.Kind.repeatedHeaders, run.states[index].repeatedHeaders), (.unanswered, run.states[index].unanswered),
      (.shortRows, run.states[index].otherWidths),
    ]
    where tally.count > 0 {
      run.states[index].notes.append(SourceNote(kind, count: tally.count, line: tally.line, place: ""))
    }
    try input.survey.confirmUnchanged()
    return run
  }

  /// What the end of a file told that its beginning had not.
  private static func discovery(_ input: PreparedInput, _ reader: any RecordSource) throws -> Discovery? {
    let path = input.survey.original.path
    if !reader.lateColumns.isEmpty { return .columns(path: path, names: reader.lateColumns) }
    return try input.survey.isConfirmed ? nil : .encoding(path: path)
  }

  /// Enters the records of a checked batch in the ledger, in order, and says what is to be written.
  private mutating func decide(_ result: BatchChecker.Result, _ index: Int, keepsRecords: Bool) throws -> BatchDecision {
    var checked = result.batch
    try retried?.take(&checked, states[index].input, index)
    var decision = BatchDecision(checked: checked, errors: checked.findings.counts.count(.error))
    if states[index].counts.read == 0, index == 0 {
      let expected = expectedRows(checked)
      // A load needs the memory for its own tables, and very large files need it for these.
      let isRoomy = !keepsRecords && expected <= DatasetRun.roomyRows
      decision.expectedRows = expected
      keys = KeyIndex(expected: expected, isRoomy: isRoomy)
      for want in targets.keys { targets[want]?.prepare(expected: expected) }
      tallies = checked.groupHash.map { hashes in
        GroupTally(expected: expected * Set(hashes).count / max(1, checked.count), isRoomy: isRoomy)
      }
    }
    states[index].marks.add(checked.source)
    states[index].unresolved.formUnion(checked.unresolved)
    states[index].otherWidths.add(checked.otherWidths)
    if !states[index].sharesLines, !states[index].input.layout.isHeaded {
      let spots = checked.source.spots
      states[index].sharesLines = zip(spots, spots.dropFirst()).contains { $0.line == $1.line }
    }
    states[index].repeatedHeaders.add(checked.repeatedHeaders)
    states[index].unanswered.add(checked.unanswered)
    for column in states[index].input.map.unnamed {
      states[index].unnamedCounts[column, default: 0] += checked.source.countFilled(column)
    }
    states[index].counts.fixed += Set(checked.fixes.map(\.record)).count
    states[index].findings.merge(checked.findings)
    if !closedGrids.isEmpty { tellClosedGrids(checked, index) }
    try states[index].findings.settle()
    states[index].fixCounts.merge(checked.fixCounts, uniquingKeysWith: +)
    for field in checked.tallies.indices { states[index].tallies[field].add(checked.tallies[field]) }
    let waiting = Dictionary(grouping: result.deferred, by: \.row)
    let hopeful = mendsErrors ? Set(checked.mendable.filter { checked.keyIsSound[$0] }) : []
    decision.entered.reserveCapacity(checked.count)
    for start in stride(from: 0, to: checked.count, by: DatasetRun.warmRecords) {
      let records = start..<min(checked.count, start + DatasetRun.warmRecords)
      keys.warm(checked.keyHash.span.extracting(records))
      for (rule, hashes) in checked.groupHash.enumerated() where !hashes.isEmpty {
        tallies[rule].warm(hashes.span.extracting(records))
      }
      for record in records {
        let hasError = checked.hasError[record] && !hopeful.contains(record)
        if let action = try enter(checked, record, index, waiting, hasError: hasError) {
          decision.settled.append((Int32(record), action))
        } else {
          decision.entered.append(Int32(record))
        }
      }
    }
    decision.hopeful = hopeful
    if keepsRecords { decision.waiting = Quarantine.records(checked, states[index].input, besides: hopeful) }
    // What becomes of the hopeful is not known yet: most stay, but nothing may refer to one that does not.
    let sure = hopeful.isEmpty ? decision.entered : decision.entered.filter { !hopeful.contains(Int($0)) }
    if gridCodes != nil { addGridCodes(checked, decision.entered, index) }
    keepTargets(checked, sure)
    keepEntered(checked, decision.entered, index)
    return decision
  }

  /// How many rows the inputs may hold, judging by the first batch.
  private func expectedRows(_ first: CheckedBatch) -> Int {
    let bytes = states.reduce(0) { $0 + $1.input.expectedSize }
    let bytesPerRow = max(1, first.source.inputBytes / max(1, first.count))
    return bytes / bytesPerRow
  }

  /// Tells which rows name a grid that was closed.
  private mutating func tellClosedGrids(_ checked: CheckedBatch, _ index: Int) {
    guard let field = dataset.gridField, !dataset.isGridRoster else { return }
    for (record, spot) in checked.source.spots.enumerated() {
      let grid = checked.value(record, field)
      guard let successor = closedGrids.successor(of: grid) else { continue }
      var found = GridClosed.finding(
        spot, column: states[index].column(of: field), field: field, value: String(escapingInvalid: Array(grid).span),
        successor: String(escapingInvalid: successor.span))
      let waiving = states[index].plan.waiving
      if let subject = waiving.subject(checked, record, dataset) { waiving.mark(&found, subject, dataset) }
      states[index].findings.add(found)
    }
  }
}
