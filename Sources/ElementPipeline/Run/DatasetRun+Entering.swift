import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension DatasetRun {
  /// What becomes of a record without looking at what is stored; nil where that decides.
  mutating func enter(
    _ checked: CheckedBatch, _ record: Int, _ index: Int, _ waiting: [Int: [Finding]], hasError: Bool
  ) throws -> RowAction? {
    let row = Int(checked.source.spots[record].row)
    states[index].counts.read += 1
    let reference = RowReference(input: index, row: row, standing: hasError ? .quarantined : .written)
    var outcome = KeyOutcome.first
    if checked.keyIsSound[record] {
      outcome = keys.insert(
        KeyFact(key: checked.keyHash[record], content: checked.saidHash(record), row: reference))
    }
    if case .first = outcome { addToGroups(checked, record, reference) }
    if !waiting.isEmpty {
      for field in Set((waiting[row] ?? []).map(\.field)).sorted() {
        deferred.append((hasError ? reference : outcome.reference(reference), field))
      }
    }
    if hasError { return .wait }
    switch outcome {
    case .first: return nil
    case .duplicate(let first):
      try addDuplicate(checked, record, index, first)
      if checked.hasError[record] {
        let errors = checked.findings.findings.filter { $0.row == row && $0.stops }
        copies.append((first, index, errors.map(FindingPlace.init)))
      }
      return .duplicate
    // Why is said after the last record, with all rows of the key.
    case .conflict: return .wait
    }
  }

  private mutating func addToGroups(_ checked: CheckedBatch, _ record: Int, _ reference: RowReference) {
    for rule in checked.groupHash.indices {
      let place = checked.groupPlace(record, rule: rule)
      if place.group != 0 { tallies[rule].add(reference, in: place) }
    }
  }

  private mutating func addDuplicate(_ checked: CheckedBatch, _ record: Int, _ index: Int, _ first: RowReference) throws {
    let spot = checked.source.spots[record]
    let line = lineOfEarlier(first, checked, index)
    let input = states[first.input].input
    let others = first.input == index ? String(line) : "\(PrintableText.escape(input.survey.original.path)):\(line)"
    states[index].findings.add(
      DuplicateRow.finding(
        row: Int(spot.row), line: Int(spot.line), byte: Int(spot.byteStart),
        earlier: RelatedRow(input: input.ordinal, row: first.row, line: line), place: others))
  }

  /// The physical line of a row that came before, in this batch or an earlier one.
  private func lineOfEarlier(_ row: RowReference, _ checked: CheckedBatch, _ index: Int) -> Int {
    let spots = checked.source.spots
    if row.input == index, let first = spots.first, row.number >= UInt32(first.row) {
      // Rows of other kinds may be missing in between.
      let place = row.row - Int(first.row)
      if spots.indices.contains(place), Int(spots[place].row) == row.row { return Int(spots[place].line) }
      if let spot = spots.first(where: { Int($0.row) == row.row }) { return Int(spot.line) }
    }
    return states[row.input].line(of: row.row)
  }

  /// Keeps of records that surely go in what later datasets refer to.
  mutating func keepTargets(_ checked: CheckedBatch, _ records: [Int32]) {
    for want in Array(targets.keys) {
      // Taken out while it is filled: looking it up for every record would cost more than filling it.
      guard var index = targets.removeValue(forKey: want) else { continue }
      for record in records { want.add(checked, Int(record), dataset, states[0].plan.scheme, to: &index) }
      targets[want] = index
    }
    if let fields = dataset.communities {
      for record in records.lazy.map(Int.init) {
        communities.add(code: Array(checked.value(record, fields.code)), name: Array(checked.value(record, fields.name)))
      }
    }
  }

  /// Keeps of entered records what the rules over all rows ask for.
  mutating func keepEntered(_ checked: CheckedBatch, _ records: [Int32], _ index: Int) {
    for place in totals.indices { totals[place].add(checked, records, dataset, input: index) }
    guard tree != nil || !sequences.isEmpty else { return }
    for record in records {
      let row = RowReference(input: index, row: Int(checked.source.spots[Int(record)].row), standing: .written)
      if let parent = dataset.parent, let key = dataset.key.first {
        tree?.add(key: checked.value(Int(record), key).span, parent: checked.value(Int(record), parent).span, row)
      }
      for place in sequences.indices where checked.sequences[place][Int(record)].group != 0 {
        sequences[place].append(SequenceFact(point: checked.sequences[place][Int(record)], row: row))
      }
    }
  }
}

extension KeyOutcome {
  /// How a sound row stands that came to this.
  fileprivate func reference(_ row: RowReference) -> RowReference {
    switch self {
    case .first: row
    case .duplicate: row.standing(.duplicate)
    case .conflict: row.standing(.conflicting)
    }
  }
}
