package import ElementCore
import ElementExpression
package import ElementSchema

extension BatchChecker {
  /// Judges rows once more, completed by what is stored of them: what follows from other fields is derived anew, and rules over a record see
  /// the row as it will stand.
  ///
  /// - Parameters:
  ///   - rows: the completed rows; of each the `derived` names of columns beside the dataset, which stay.
  ///   - origins: where each value comes from.
  ///   - delivered: the batch with the records as they came.
  ///   - records: the place there of each row, from 0.
  ///   - isStrict: whether all is told that a row breaks, or only what the records alone do not.
  /// - Returns: the rows with their hashes and groups, findings that the records alone do not give, and those that they give and the rows do
  ///   not.
  package static func judge(
    _ rows: CheckedBatch, _ origins: [ValueOrigin], _ delivered: CheckedBatch, _ records: [Int], _ plan: CheckPlan,
    isStrict: Bool = false
  ) -> CheckedBatch {
    var accepted = delivered.accepted
    var none: [Finding] = []
    while true {
      var out = judge(rows, origins, delivered, records, plan, isStrict: isStrict, accepted: accepted)
      out.mark(plan.waiving, plan.dataset, &none)
      let before = accepted.count
      accepted.formUnion(out.findings.findings.filter { $0.severity == .error && $0.isWaived }.map(FindingPlace.init))
      if accepted.count == before || plan.waiving.fingerprints.isEmpty { return out }
    }
  }

  private static func judge(
    _ rows: CheckedBatch, _ origins: [ValueOrigin], _ delivered: CheckedBatch, _ records: [Int], _ plan: CheckPlan,
    isStrict: Bool, accepted: Set<FindingPlace>
  ) -> CheckedBatch {
    let alone = BatchChecker(rows: delivered.replacing(records) { delivered.value(records[$0], $1) }, delivered, records, plan)
    var checker = BatchChecker(rows: rows, delivered, records, plan)
    checker.notes.out.accepted = accepted
    checker.isWholeRow = true
    checker.derive(origins)
    checker.findScopes(origins)
    checker.hashGroups()
    if isStrict, !plan.dataset.sequences.isEmpty { checker.placeInSequences() }
    for spec in plan.rules {
      let (known, failing) = (Set(alone.failing(spec)), checker.failing(spec))
      for record in failing {
        let code = spec.rule.descriptor.code
        let isError = spec.rule.descriptor.severity == .error && !checker.notes.isWaived(code, record, spec.rule.field)
        if isStrict && isError || !known.contains(record) {
          checker.add(spec.rule, record)
        } else if isError, delivered.hasError[records[record]] {
          checker.notes.out.hasError[record] = true
        }
      }
      for record in known.subtracting(failing).sorted() {
        checker.mend(spec.rule.descriptor.code, record, spec.rule.field, spec.rule.descriptor.severity)
      }
    }
    for record in records.indices where isStrict || delivered.hasError[records[record]] {
      checker.judgeDuties(record, alone: delivered, records[record], tells: isStrict)
    }
    checker.notes.keepUnsound()
    var out = checker.notes.out
    let all = plan.dataset.rowHash(of: plan.dataset.fields.indices)
    let hashes = all.hashes(out.source.bytes.span, out.values.span, width: out.fieldCount, count: out.count)
    out.contentHash = hashes
    return out
  }

  /// The code of the error that a field is empty; nil where it may be.
  package static func code(ofMissing field: Field) -> RuleCode? {
    switch field.duty {
    case .key: KeyMissing.descriptor.code
    case .required: RequiredMissing.descriptor.code
    case .expected, .optional: nil
    }
  }

  /// Asks of a row whether it has what it must have beside its key, and tells what is missing where it `tells`.
  private mutating func judgeDuties(_ record: Int, alone: CheckedBatch, _ own: Int, tells: Bool) {
    for (place, field) in plan.dataset.fields.enumerated() where !plan.dataset.key.contains(place) {
      guard let code = BatchChecker.code(ofMissing: field) else { continue }
      let isAsked = field.duty == .key || plan.columns[place] != nil
      if !notes.out.values[record * notes.out.fieldCount + place].isEmpty {
        if isAsked, alone.value(own, place).isEmpty { mend(code, record, place, .error) }
      } else if isAsked {
        if !notes.isWaived(code, record, place) { notes.out.hasError[record] = true }
        if tells { notes.add(code, .error, record, field: place, facts: ["otherwise": ""]) }
      }
    }
  }

  /// Notes that a finding about a field of a record, if there was one, is none of the row that was put together.
  private mutating func mend(_ code: RuleCode, _ record: Int, _ field: Int, _ severity: Severity) {
    notes.out.mended.append(
      FindingPlace(row: Int(notes.out.source.spots[record].row), code: code, field: field, severity: severity))
  }

  /// Stored rows with the groups that they belong to.
  package static func grouped(_ rows: CheckedBatch, _ plan: CheckPlan) -> CheckedBatch {
    var checker = BatchChecker(rows: rows, rows, [], plan)
    checker.isWholeRow = true
    checker.hashGroups()
    return checker.notes.out
  }

  /// A checker of rows whose values are canonical; those of `delivered` that are unsound stay so.
  private init(rows: CheckedBatch, _ delivered: CheckedBatch, _ records: [Int], _ plan: CheckPlan) {
    self.plan = plan
    notes = BatchNotes(rows, plan.basis)
    notes.out.findings = FindingBuffer()
    notes.out.accepted = delivered.accepted
    if delivered.unsound.isEmpty { return }
    let places = Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1, $0) })
    for place in delivered.unsound {
      if let row = places[place / rows.fieldCount] { notes.markUnsound(row, place % rows.fieldCount) }
    }
  }
}
