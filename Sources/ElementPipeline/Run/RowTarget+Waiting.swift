import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Adds to `reasons` the errors of their own of rows whom nothing stored has mended.
  func addOwn(_ reasons: inout [Int: [RuleCode]], _ decision: BatchDecision, _ actions: [RowAction], _ index: Int) {
    let checked = decision.checked
    let rows = zip(decision.entered, actions).filter { $1 == .wait && decision.hopeful.contains(Int($0)) }.map {
      Int(checked.source.spots[Int($0.0)].row)
    }
    if rows.isEmpty { return }
    let mended = mended[index]
    let own = RowTarget.reasons(
      checked.findings.findings.filter {
        !mended.contains(FindingPlace($0))
      })
    for row in rows { reasons[row] = (own[row] ?? []) + (reasons[row] ?? []) }
  }

  /// The codes of the errors of each row.
  static func reasons(_ found: [Finding]) -> [Int: [RuleCode]] {
    var reasons: [Int: [RuleCode]] = [:]
    for finding in found where finding.stops && reasons[finding.row]?.contains(finding.code) != true {
      reasons[finding.row, default: []].append(finding.code)
    }
    return reasons
  }

  /// Keeps the records that wait because of what is stored beside them; `reasons` says why, by row.
  func keepWaiting(_ checked: CheckedBatch, _ reasons: [Int: [RuleCode]], _ index: Int, _ ordinal: Int) throws {
    guard let ledger, !reasons.isEmpty else { return }
    for (record, spot) in checked.source.spots.enumerated() {
      guard let codes = reasons[Int(spot.row)] else { continue }
      try ledger.keep(Quarantine.record(checked, record, inputs[index].0, codes), input: ordinal)
    }
  }

  /// Notes of the records of a batch what a written plan tells.
  func note(_ checked: CheckedBatch, _ changes: Changes, _ later: [Int: [RuleCode]], _ index: Int) throws {
    // Of rows that were compared `later` says all.
    let reasons = Quarantine.reasons(checked.findings).merging(later) { $1 }
    for record in 0..<checked.count {
      let row = Int(checked.source.spots[record].row)
      let isWaiting = plan[index].rows[row] == .wait
      let words = isWaiting ? (reasons[row] ?? []).map(\.description) : changes[record]?.fields ?? []
      let content = isWaiting ? 0 : changes[record]?.content ?? checked.contentHash[record]
      try plan[index].note(PlannedInput.Note(row: row, key: checked.keyHash[record], content: content, words: words))
    }
  }
}
