import ElementCore
import ElementFormats
import ElementRules
import ElementSchema

extension PreparedInput {
  /// Decodes and checks the records of a batch that belong to its dataset; findings that are `saturated` are counted and not kept.
  func check(
    _ batch: consuming RecordBatch, _ plan: CheckPlan, saturated: Set<FindingCounts.Key> = []
  ) -> BatchChecker.Result {
    var wanted = plan.wantedColumns
    if let route { wanted[route.column] = true }
    BatchDecoder.decode(&batch, from: survey.recordEncoding, wanted: wanted, invalid: survey.invalidUTF8)
    // What was handed out for a spreadsheet has apostrophes before what that would take for a formula.
    if isHandedOut { CSVWriter.removeGuards(&batch) }
    let repeated = repeatedHeaders(batch)
    let unanswered = unansweredRows(batch, plan)
    if repeated.isEmpty, unanswered.isEmpty { return checkDecoded(consume batch, plan, saturated) }
    let passed = Set(repeated).union(unanswered)
    var result = checkDecoded(batch.keeping((0..<batch.count).filter { !passed.contains($0) }), plan, saturated)
    if route?.isHome ?? true {
      for record in repeated { result.batch.repeatedHeaders.add(line: Int(batch.spots[record].line)) }
      for record in unanswered { result.batch.unanswered.add(line: Int(batch.spots[record].line)) }
    }
    return result
  }

  /// The records of a decoded batch, from 0, of a work list that nobody filled in: they have the number that the list gave, and no answer.
  private func unansweredRows(_ batch: borrowing RecordBatch, _ plan: CheckPlan) -> [Int] {
    guard let list = map.dataset.workList, layout.table == nil, let number = plan.columns[list.number] else { return [] }
    let answers = list.answers.compactMap { plan.columns[$0] }
    return (0..<batch.count).filter { record in
      WorkListNumber.isOne(batch.bytes.span.extracting(batch.range(record, number).indices))
        && answers.allSatisfy { column in
          let value = batch.bytes.span.extracting(batch.range(record, column).indices)
          return CodeFolding.trimmed(value).isEmpty
        }
    }
  }

  private func checkDecoded(
    _ batch: consuming RecordBatch, _ plan: CheckPlan, _ saturated: Set<FindingCounts.Key>
  ) -> BatchChecker.Result {
    guard let route else { return BatchChecker.check(consume batch, plan, saturated: saturated) }
    let (own, unknown) = route.sort(batch)
    let kinds = UnknownKinds(
      records: unknown, heading: map.headings[route.column], column: route.column,
      known: route.form.kinds.entries.map(\.label).joined(separator: "、"))
    return BatchChecker.check(batch.keeping(own), plan, saturated: saturated, kinds)
  }
}
