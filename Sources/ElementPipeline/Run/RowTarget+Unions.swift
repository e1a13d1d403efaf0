import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Puts a row in the place of those of its key: of the first one it has the place, and the others are duplicates, unless it waits for what
  /// is stored beside it: then all of them do. Returns whether it waits.
  ///
  /// - Parameters:
  ///   - row: the row as it was put together, alone in its batch.
  ///   - rows: the rows of the key as they were read, the first one first.
  func unite(_ row: CheckedBatch, _ rows: [KeyUnions.Part]) throws -> Bool {
    let first = rows[0].row
    let (index, ordinal) = (first.input, inputs[first.input].0.ordinal)
    if first.standing == .written, let action = plan[index].rows[first.row] {
      // What was said of the first row alone counts no more.
      retracted[index].insert(first.row)
      if action == .wait {
        try ledger?.forget(row: first.row, input: ordinal)
      } else {
        try applier?.withdraw(row, 0, action, id: ids[first.place])
        // Of a row that changed nothing nothing was noted.
        if action != .unchanged {
          comparer?.forget(at: RowReference(input: ordinal, row: first.row, standing: .written).place)
        }
      }
    }
    var decision = BatchDecision(checked: row, errors: 0)
    decision.entered = [0]
    let (actions, changes, found) = try compare(decision, index, ordinal)
    for finding in found { united[index].add(finding) }
    let codes = RowTarget.reasons(found)[first.row] ?? []
    guard actions[0] == .wait else {
      let words = changes[0]?.fields ?? []
      plan[index].replace(first.row, actions[0], content: changes[0]?.content ?? row.contentHash[0], words: words)
      for (other, _) in rows.dropFirst() { plan[other.input].rows.set(other.row, .duplicate) }
      // What a part alone lacks the others have, or what is stored.
      mended[index].formUnion(row.mended)
      for (other, member) in rows { mended[other.input].formUnion(ownErrors(member, other.row)) }
      return false
    }
    try keepWaiting(rows, found, codes)
    return true
  }

  /// Lets the rows of one record wait for what was found of the first of them.
  func keepWaiting(_ rows: [KeyUnions.Part], _ found: [Finding], _ codes: [RuleCode]) throws {
    for (place, (other, member)) in rows.enumerated() {
      plan[other.input].replace(other.row, .wait, content: 0, words: codes.map(\.description))
      let input = inputs[other.input].0
      try ledger?.keep(Quarantine.record(member.checked, member.record, input, codes), input: input.ordinal)
      let spot = member.checked.source.spots[member.record]
      for finding in found where place > 0 && finding.stops {
        var copy = finding
        (copy.row, copy.line, copy.byte) = (other.row, Int(spot.line), Int(spot.byteStart))
        copy.column = finding.field < 0 ? 0 : (inputs[other.input].1.columns[finding.field] ?? -1) + 1
        united[other.input].add(copy)
      }
    }
  }

  /// The errors of a row's own.
  func ownErrors(_ member: RowsAgain.Member, _ row: Int) -> [FindingPlace] {
    member.checked.findings.findings.filter { $0.row == row && $0.stops }.map(FindingPlace.init)
  }
}
