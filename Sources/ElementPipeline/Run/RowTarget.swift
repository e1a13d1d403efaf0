import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

/// Where the rows of one dataset go: they are compared with what is stored, planned, and, in a load, carried out.
final class RowTarget {
  /// What becomes of the rows of each input, in the order of the run.
  var plan: [PlannedInput]
  /// Findings, repairs and waiting rows; nil where nothing is kept.
  private(set) var ledger: Ledger?
  let dataset: Dataset
  /// The field that holds the name of the person whose number is the key; nil where there is none.
  let nameField: Int?
  /// The fields of which it is asked what a stored row holds that changes, from 0.
  private(set) var watchedFields: [Int] = []
  /// Compares with what is stored; nil where there is no warehouse: then every row is new.
  let comparer: RowComparer?
  /// Carries decisions out; nil where nothing is written.
  private(set) var applier: RowApplier?
  /// The inputs of the run, and how their records are checked.
  let inputs: [(PreparedInput, CheckPlan)]
  /// What was found of each input beside what is stored.
  var findings: [FindingLog]
  /// The rows of each input of which what was found so counts no more, and what was found of the records that they are part of.
  var retracted: [Set<Int>]
  var united: [FindingLog]
  /// The findings of records alone, of each input, that what is stored of them mends.
  var mended: [Set<FindingPlace>]
  /// How many numbers of each input were given where only what is stored says.
  private(set) var scopedCounts: [Int]
  /// The stored rows, by their numbers, that rows of the run go on for, by their places, where a row may not find its own by its key.
  private(set) var ids: [UInt64: Int64] = [:]
  private var keepsIDs: Bool { applier != nil && dataset.localNumber.map { dataset.key.contains($0.number) } ?? false }
  /// How many values of each field of each input lost against what is stored.
  var lost: [Int: [Int: Int]] = [:]
  /// Where stored rows came from that findings name, by their numbers.
  var origins: [Int64: LocalizedText] = [:]
  /// What the rows change in groups of stored rows; none where nothing is stored, or there are no groups.
  var groups: [GroupsBeside] = []
  /// What becomes of stored rows that the delivery lists or lacks; nil before all is decided, and where it changes nothing.
  var outcome: RowPresence.Outcome?
  /// Rows of the inputs whose key was accepted for a time: they may have waited before as rows without one.
  var accepted: [(record: QuarantineRecord, row: RowReference)] = []
  /// What waited before, and which records end it.
  private var waits: WaitEnds?
  /// How many rows may wait before nothing of the delivery is loaded; nil for any number.
  private let mostWaiting: Int?
  /// How many rows of earlier datasets wait.
  private let waitingCount: Int
  /// The place of each input in the run, by that in the delivery.
  private let indexes: [Int: Int]

  /// What a target is made of.
  struct Parts {
    /// Compares with what is stored; nil for no warehouse.
    var comparer: RowComparer?
    /// Carries decisions out; nil where nothing is written.
    var applier: RowApplier?
    /// Keeps what is told of rows; nil where nothing is kept.
    var ledger: Ledger?
    /// What waited before; nil where nothing is kept.
    var waits: WaitEnds?
    /// The rows that wait while some of them come back; nil where none does.
    var retried: RetriedRows?
  }

  /// A target for the inputs of a dataset; `findings` is a log with none in it, and `notesBeside` says where the notes of a plan to be
  /// written stand.
  init(
    _ dataset: Dataset, _ parts: Parts, _ inputs: [(PreparedInput, CheckPlan)], findings: FindingLog, notesBeside: [String]?,
    waiting: Int, mostWaiting: Int?
  ) throws {
    (self.dataset, self.inputs, nameField) = (dataset, inputs, dataset.nameField)
    self.findings = Array(repeating: findings, count: inputs.count)
    united = self.findings
    retracted = Array(repeating: [], count: inputs.count)
    mended = Array(repeating: [], count: inputs.count)
    scopedCounts = Array(repeating: 0, count: inputs.count)
    indexes = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { ($1.0.ordinal, $0) })
    (comparer, applier, ledger, waits) = (parts.comparer, parts.applier, parts.ledger, parts.waits)
    (waitingCount, self.mostWaiting) = (waiting, mostWaiting)
    plan = Array(repeating: PlannedInput(notesBeside: notesBeside), count: inputs.count)
    if let comparer {
      groups = try Set(dataset.groupings).sorted().compactMap { try GroupsBeside(comparer, dataset, rule: $0) }
    }
    let ending = dataset.closing.map { [$0.field] + $0.takenBackBy.map(\.field) } ?? []
    let grid = (dataset.gridField.map { [$0] } ?? []) + dataset.gridStructure
    watchedFields = Set(groups.flatMap(\.fields) + ending + grid).union(nameField.map { [$0] } ?? []).sorted()
    stopBeyondLimit(waiting)
  }

  /// What stored columns are called that the dataset has no field for, in Chinese and English.
  var keptTitles: [(zh: String, en: String)] { comparer?.keptTitles ?? [] }

  /// Adds what was found of an input (from 0) beside what is stored to a log.
  func addFindings(of index: Int, to log: inout FindingLog) throws {
    log.take(back: mended[index])
    let retracted = retracted[index]
    try log.merge(findings[index]) { !retracted.contains($0.row) }
    try log.merge(united[index])
  }

  /// How many empty values of an input kept what is stored, by field.
  func keptEmpty(_ ordinal: Int) -> [Int: Int] { comparer?.keptEmpty[ordinal] ?? [:] }

  /// Gets ready for about so many records.
  func prepare(expected: Int) throws {
    try comparer?.prepare(expected: expected)
    applier?.prepare(expected: expected)
  }

  /// Takes a batch of an input of the run.
  func take(_ decision: BatchDecision, _ index: Int, _ ordinal: Int) throws {
    // Rows that wait for others of their key may turn out to be one record with them.
    if plan.allSatisfy(\.rows.isEmpty) {
      stopBeyondLimit(waitingCount + decision.checked.hasError.count { $0 } - decision.hopeful.count)
    }
    if let ledger { try decision.keep(in: ledger, ordinal) }
    noteAccepted(decision.checked, index)
    let (actions, changes, found) = try compare(decision, index, ordinal)
    for finding in found { findings[index].add(finding) }
    try findings[index].settle()
    var reasons = RowTarget.reasons(found)
    addOwn(&reasons, decision, actions, index)
    try keepWaiting(decision.checked, reasons, index, ordinal)
    try noteWaiting(decision, index)
    let spots = decision.checked.source.spots
    for place in actions.indices {
      plan[index].rows.set(Int(spots[Int(decision.entered[place])].row), actions[place])
    }
    try listWaiting(decision)
    for (record, action) in decision.settled { plan[index].rows.set(Int(spots[Int(record)].row), action) }
    if plan[index].isNoted { try note(decision.checked, changes, reasons, index) }
  }

  /// What is known of the records of a batch that do not say by themselves where they stand in groups.
  struct Completed {
    /// The records, from 0, that were put together, ascending.
    var records: [Int] = []
    /// Them as they will stand.
    var rows: CheckedBatch?
    /// What the stored rows held where groups look, of records that change there.
    var stored: [Int: [Int: [UInt8]]] = [:]
  }

  /// Fields of a record that change, by their names, and the fingerprint of what is stored of it.
  typealias Changes = [Int: (content: UInt64, fields: [String])]

  /// What becomes of the records of a batch that are compared with what is stored, and, in a load, is done with them.
  func compare(
    _ decision: BatchDecision, _ index: Int, _ ordinal: Int
  ) throws -> ([RowAction], Changes, [Finding]) {
    guard let comparer else { return (Array(repeating: .create, count: decision.entered.count), [:], []) }
    let (checked, isNoted) = (decision.checked, plan[index].isNoted)
    var changes: Changes = [:]
    var completed = Completed()
    var names: [Finding] = []
    let found = try comparer.compare(checked, decision.entered) { record in
      RowReference(input: ordinal, row: Int(checked.source.spots[record].row), standing: .written).place
    } judge: { rows, origins, records in
      let rows = BatchChecker.judge(rows, origins, checked, records, inputs[index].1)
      (completed.rows, completed.records) = (rows, records)
      return rows
    } admit: { change, record in
      try admits(change, (checked, record), index, &names, &completed)
    } change: { change, record in
      if isNoted { changes[record] = (change.row.contentHash[change.place], try comparer.changedNames(change)) }
      try applier?.replace(change, input: ordinal)
    } remark: { change, key in
      try applier?.remark(change, key: key, input: ordinal)
    }
    if let applier {
      let fresh = zip(decision.entered, found.actions).filter { $1 == .create }.map(\.0)
      try applier.insert(checked, fresh, of: found.actions.count, firstID: found.firstID, input: ordinal)
      // Who is struck out is not confirmed.
      let confirms = comparer.mode != .close
      for place in found.actions.indices where confirms && found.actions[place] == .unchanged {
        applier.confirm(found.ids[place])
      }
    }
    // What a row says that stands is not all that is stored of it.
    for place in found.actions.indices where isNoted && found.actions[place] == .unchanged {
      changes[Int(decision.entered[place])] = (found.hashes[place], [])
    }
    waits?.take(checked, decision.entered, found.actions, index)
    if !groups.isEmpty { try noteGroups(checked, decision.entered, found, completed, index) }
    for record in found.unwanted { names.append(unwantedFinding(checked, record, index)) }
    names += found.foreign.compactMap { ownerFinding(checked, $0.record, $0.row, index) }
    for record in found.ambiguous { names.append(ambiguityFinding(checked, record, index, isTaken: false)) }
    for record in found.taken { names.append(ambiguityFinding(checked, record, index, isTaken: true)) }
    for place in names.indices { mark(&names[place], checked, index) }
    for (record, id) in zip(decision.entered.lazy.map(Int.init), found.ids) where id != 0 && keepsIDs {
      ids[RowReference(input: index, row: Int(checked.source.spots[record].row), standing: .written).place] = id
    }
    try noteLost(checked, decision.entered, found, index, ordinal)
    guard let judged = completed.rows else { return (found.actions, changes, names) }
    mended[index].formUnion(judged.mended)
    if let local = dataset.localNumber {
      scopedCounts[index] += completed.records.enumerated().count { row, record in
        checked.value(record, local.scope).isEmpty && !checked.value(record, local.number).isEmpty
          && !judged.value(row, local.scope).isEmpty
      }
    }
    // What a row says that is stored as it stands was told when it was stored.
    var standing: Set<Int> = []
    for record in completed.records {
      let place = decision.entered.firstPlace { Int($0) >= record }
      if found.actions[place] == .unchanged { standing.insert(Int(checked.source.spots[record].row)) }
    }
    return (found.actions, changes, judged.findings.findings.filter { !standing.contains($0.row) } + names)
  }

  /// A load that a limit will hold, as its first rows tell already, is not carried out; all else goes on as it would.
  private func stopBeyondLimit(_ waiting: Int) {
    guard let mostWaiting, waiting > mostWaiting else { return }
    (applier, ledger) = (nil, nil)
    comparer?.stopWriting()
  }

  /// Whether a row waits already.
  func isWaiting(_ row: RowReference) -> Bool { plan[row.input].rows[row.row] == .wait }

  /// Is told of a row that was entered and will be taken back: of each, before the rows end.
  func willTakeBack(_ member: RowsAgain.Member, _ row: RowReference) {
    if !isWaiting(row) { applier?.willTakeBack(member.checked, member.record) }
  }

  /// Ends the rows: called once, after the last one and before the first is taken back.
  func finishRows() throws { try applier?.finishRows() }

  /// Ends the waits of rows whose records came again, when all is decided.
  func endWaits(_ named: [RetriedRows.Named]) throws {
    guard let ledger else { return }
    try waits?.settle(named, plan, inputs.map(\.0.ordinal), ledger)
    for (record, row) in accepted {
      for id in try ledger.waiting(record) {
        if isWaiting(row) {
          try ledger.replace(id, by: row.row, input: inputs[row.input].0.ordinal)
        } else {
          try ledger.resolve(id)
        }
      }
    }
  }

  /// Takes a row back that was entered.
  func withdraw(_ member: RowsAgain.Member, _ row: RowReference) throws {
    guard let action = plan[row.input].rows[row.row] else { bug("a row to take back was never planned") }
    comparer?.release(at: RowReference(input: inputs[row.input].0.ordinal, row: row.row, standing: .written).place)
    try list(member.checked, member.record)
    try applier?.withdraw(member.checked, member.record, action, id: ids[row.place])
  }

  /// Makes a row wait for what other rows say; of such rows each comes behind those before it.
  func wait(_ row: RowReference, key: UInt64, _ reasons: [RuleCode]) throws {
    try plan[row.input].wait(row.row, key: key, reasons)
  }

  /// The row of the run at a place in the delivery; nil for none.
  func row(_ place: UInt64?) -> RowReference? {
    guard let row = place.map(RowReference.init(place:)) else { return nil }
    guard let index = indexes[row.input] else { bug("a row of an input that the run does not have") }
    return RowReference(input: index, row: row.row, standing: row.standing)
  }
}
