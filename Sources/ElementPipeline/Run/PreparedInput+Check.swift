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
    if !repeated.isEmpty {
      var result = checkDecoded(batch.keeping((0..<batch.count).filter { !repeated.contains($0) }), plan, saturated)
      if route?.isHome ?? true {
        for record in repeated { result.batch.repeatedHeaders.add(line: Int(batch.spots[record].line)) }
      }
      return result
    }
    return checkDecoded(consume batch, plan, saturated)
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
