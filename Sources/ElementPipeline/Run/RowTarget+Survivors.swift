import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Counts values of records that go in which lost against what is stored, and keeps them with the batch.
  func noteLost(
    _ checked: CheckedBatch, _ records: [Int32], _ found: RowComparer.Comparison, _ index: Int, _ ordinal: Int
  ) throws {
    for (record, fields) in found.lost {
      let place = records.firstPlace { Int($0) >= record }
      if found.actions[place] == .wait { continue }
      for field in fields {
        lost[index, default: [:]][field, default: 0] += 1
        let fix = Fix(code: StoredKept.descriptor.code, record: record, field: field, raw: Array(checked.value(record, field)))
        try ledger?.keep(fix, row: Int(checked.source.spots[record].row), input: ordinal)
      }
    }
  }

  /// What there is to say of values of an input (from 0) that lost against what is stored.
  func lostFindings(_ index: Int) -> [Finding] {
    let rules = dataset.survivors
    return (lost[index] ?? [:]).sorted { $0.key < $1.key }.map { field, count in
      StoredKept.finding(
        count, column: (inputs[index].1.columns[field] ?? -1) + 1, field: field, isByDate: rules[field] != .sender)
    }
  }
}
