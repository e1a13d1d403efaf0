package import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// Judges rows once more, completed by what is stored of them: what follows from other fields is derived anew, and rules over a record see
  /// the row as it will stand.
  ///
  /// - Parameters:
  ///   - rows: the completed rows; of each the `derived` names of columns beside the dataset, which stay.
  ///   - origins: where each value comes from.
  ///   - delivered: the batch with the records as they came.
  ///   - records: the place there of each row, from 0.
  /// - Returns: the rows with their hashes and groups, and findings that the records alone do not give.
  package static func judge(
    _ rows: CheckedBatch, _ origins: [ValueOrigin], _ delivered: CheckedBatch, _ records: [Int], _ plan: CheckPlan
  ) -> CheckedBatch {
    let alone = BatchChecker(rows: delivered.replacing(records) { delivered.value(records[$0], $1) }, delivered, records, plan)
    var checker = BatchChecker(rows: rows, delivered, records, plan)
    checker.isWholeRow = true
    checker.derive(origins)
    checker.findScopes(origins)
    checker.hashGroups()
    for spec in plan.rules {
      let known = Set(alone.failing(spec))
      for record in checker.failing(spec) where !known.contains(record) { checker.add(spec.rule, record) }
    }
    checker.keepUnsound()
    var out = checker.out
    let all = plan.dataset.rowHash(of: plan.dataset.fields.indices)
    let hashes = all.hashes(out.source.bytes.span, out.values.span, width: out.fieldCount, count: out.count)
    out.contentHash = hashes
    return out
  }

  /// Stored rows with the groups that they belong to.
  package static func grouped(_ rows: CheckedBatch, _ plan: CheckPlan) -> CheckedBatch {
    var checker = BatchChecker(rows: rows, rows, [], plan)
    checker.isWholeRow = true
    checker.hashGroups()
    return checker.out
  }

  /// A checker of rows whose values are canonical; those of `delivered` that are unsound stay so.
  private init(rows: CheckedBatch, _ delivered: CheckedBatch, _ records: [Int], _ plan: CheckPlan) {
    self.plan = plan
    base = rows.source.bytes.count
    out = rows
    out.findings = FindingBuffer()
    unsound = Array(repeating: false, count: rows.values.count)
    isUnsound = Array(repeating: false, count: rows.count)
    if delivered.unsound.isEmpty { return }
    let places = Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1, $0) })
    for place in delivered.unsound {
      if let row = places[place / rows.fieldCount] { markUnsound(row, place % rows.fieldCount) }
    }
  }
}
