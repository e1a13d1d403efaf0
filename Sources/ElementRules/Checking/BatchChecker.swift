package import ElementCore
import ElementExpression
import ElementFormats
import ElementSchema

/// Normalises and checks the records of one batch: phases S (shape), V (value) and R (record).
package struct BatchChecker {
  /// What is checked, and against what.
  let plan: CheckPlan
  /// The batch and what was found.
  var notes: BatchNotes
  /// Why records with fewer fields than there are columns are not whole, by their place.
  var shortReasons: [Int: ShortReason] = [:]
  /// Whether records are whole rows: more may be known of them than their file has columns for.
  var isWholeRow = false
  /// What the targets of the reference that is looked up are called.
  var targetTitle = LocalizedText(zh: "", en: "")

  /// What was found about grid codes: it counts only where most codes of the file fit the scheme.
  package struct Result: Sendable {
    /// The records with their values in canonical form and what was found in them.
    package var batch: CheckedBatch
    /// Errors that the end of the file decides on.
    package var deferred: [Finding]
  }

  /// Checks a decoded batch.
  ///
  /// Findings that are `saturated` are counted and not kept.
  package static func check(
    _ batch: consuming RecordBatch, _ plan: CheckPlan, saturated: Set<FindingCounts.Key> = [], _ kinds: UnknownKinds? = nil
  ) -> Result {
    if plan.waiving.fingerprints.isEmpty {
      var result = check(consume batch, plan, saturated, kinds, accepted: [])
      result.batch.mark(plan.waiving, plan.dataset, &result.deferred)
      return result
    }
    // What is accepted is known by the record's key, which the check makes; what depends on it is looked at then.
    var accepted: Set<FindingPlace> = []
    while true {
      var result = check(copy batch, plan, saturated, kinds, accepted: accepted)
      result.batch.mark(plan.waiving, plan.dataset, &result.deferred)
      let found = (result.batch.findings.findings + result.deferred).filter { $0.severity == .error && $0.isWaived }
      let before = accepted.count
      accepted.formUnion(found.map(FindingPlace.init))
      if accepted.count == before { return result }
    }
  }

  private static func check(
    _ batch: consuming RecordBatch, _ plan: CheckPlan, _ saturated: Set<FindingCounts.Key>, _ kinds: UnknownKinds?,
    accepted: Set<FindingPlace>
  ) -> Result {
    var checker = BatchChecker(consume batch, plan)
    checker.notes.out.accepted = accepted
    checker.notes.out.findings = FindingBuffer(FindingCounts(limit: plan.findingLimit, saturated: saturated))
    checker.checkWidths()
    for record in 0..<checker.notes.out.count { checker.checkShape(record) }
    if let kinds { checker.report(kinds) }
    if !checker.notes.out.source.violations.isEmpty { checker.reportViolations() }
    checker.checkNumbers()
    checker.checkLists()
    checker.checkNested()
    checker.checkDays()
    checker.checkFields()
    checker.settle()
    for spec in plan.specs where spec.labelColumn != nil { checker.checkLabels(spec) }
    checker.derive()
    checker.checkKeys()
    let scoped = plan.scopedReferences
    for (place, lookup) in plan.lookups.enumerated() where !scoped.contains(place) { checker.resolve(place, lookup) }
    checker.findScopes()
    // By then it is known where the numbers that they name were given.
    for place in scoped { checker.resolve(place, plan.lookups[place]) }
    checker.checkRules()
    checker.hash()
    if !plan.dataset.sequences.isEmpty { checker.placeInSequences() }
    checker.notes.finish()
    return Result(batch: checker.notes.out, deferred: checker.notes.deferred)
  }

  private init(_ batch: consuming RecordBatch, _ plan: CheckPlan) {
    self.plan = plan
    var checked = CheckedBatch(source: consume batch, fieldCount: plan.dataset.fields.count)
    checked.values = BatchChecker.ranges(checked.source, plan.columns)
    if checked.source.tellsAbsence { checked.isMissing = checked.values.map { $0.start == 0 && $0.isEmpty } }
    checked.absentFields = plan.columns.indices.filter { plan.columns[$0] == nil }
    notes = BatchNotes(checked, plan.basis)
  }

  /// Where the value of each field stands, record by record; empty where the file has no column for it.
  private static func ranges(_ batch: borrowing RecordBatch, _ columns: [Int?]) -> [FieldRange] {
    var out = [FieldRange](repeating: .empty, count: batch.count * columns.count)
    var ranges = out.mutableSpan
    let (fields, spots) = (batch.fields.span, batch.spots.span)
    let wanted = columns.enumerated().compactMap { field, column in column.map { (field: field, column: $0) } }
    for record in spots.indices {
      let (first, count) = (Int(spots[record].firstField), Int(spots[record].fieldCount))
      for (field, column) in wanted where column < count { ranges[record * columns.count + field] = fields[first + column] }
    }
    return out
  }

  // MARK: Shape

  private static let shapeRules: [(RecordFlags, RuleCode)] = [
    (.unterminatedQuote, UnterminatedQuote.descriptor.code), (.tooLong, RecordTooLong.descriptor.code),
    (.textAfterQuote, TextAfterQuote.descriptor.code),
    (.nul, NulByte.descriptor.code), (.undecodable, Undecodable.descriptor.code), (.fieldTooLong, FieldTooLong.descriptor.code),
    (.malformed, MalformedRecord.descriptor.code), (.tooDeep, TooDeep.descriptor.code),
    (.duplicateKey, DuplicateKey.descriptor.code),
    (.loneSurrogate, LoneSurrogate.descriptor.code), (.mixedText, MixedText.descriptor.code),
    (.ragged, RaggedRow.descriptor.code),
  ]

  /// Reports the first thing that makes a record's shape unusable; what follows from it is not reported again.
  private mutating func checkShape(_ record: Int) {
    let spot = notes.out.source.spots[record]
    guard !spot.flags.isEmpty, let rule = Self.shapeRules.first(where: { spot.flags.contains($0.0) }) else { return }
    notes.out.keyIsSound[record] = false
    notes.discard(record)
    let expected =
      switch rule.0 {
      case .ragged: String(plan.columnCount)
      case .tooLong: String(plan.limits.recordLimit)
      case .fieldTooLong: String(plan.limits.fieldLimit)
      case .undecodable: plan.encoding.rawValue
      default: ""
      }
    let reason = shortReasons[record]?.text(plan.dataset) ?? shapeReason(spot)
    let shape = shape(spot, isParted: shortReasons[record] != nil)
    notes.add(
      rule.1, .error, record, field: -1, expected: expected,
      facts: [
        "shape": shape.zh, "shapeEn": shape.en, "last": String(spot.line + spot.swallowedLines), "reason": reason.zh,
        "reasonEn": reason.en,
      ])
  }

  // MARK: Ends

  /// Moves the changed values behind the input, so that all ranges point into one array; then it is known what is empty.
  private mutating func settle() {
    notes.out.source.bytes.append(contentsOf: notes.side)
    notes.side = []
    // Fields were gone over one behind the other, and were not all.
    for spec in plan.specs where spec.field.clearing && spec.column != nil { notes.clearEmpty(spec) }
    notes.out.cleared.sort()
  }

  /// Evaluates the rules over one record where every field they look at is sound.
  private mutating func checkRules() {
    for spec in plan.rules { for record in failing(spec) { add(spec.rule, record) } }
  }

  /// The records of sound shape and fields that fail a rule.
  func failing(_ spec: RuleSpec) -> [Int] {
    let assertion = truths(spec.rule.assertion)
    let condition = spec.rule.condition.map(truths)
    var failing: [Int] = []
    for record in 0..<notes.out.count where assertion.fails(record) {
      if let condition, !condition.holds(record) { continue }
      guard notes.out.source.spots[record].flags.isEmpty else { continue }
      if notes.isUnsound[record], notes.isUnsound(record, spec.fields) { continue }
      failing.append(record)
    }
    return failing
  }

  /// What an expression comes to for each record.
  func truths(_ expression: Expression) -> Truths {
    expression.evaluate(
      notes.out.source.bytes.span, notes.out.values.span, width: notes.out.fieldCount, count: notes.out.count,
      today: plan.tables.today)
  }

  mutating func add(_ rule: RecordRule, _ record: Int) {
    notes.add(
      rule.descriptor.code, rule.descriptor.severity, record, field: rule.field, value: notes.text(record, rule.field),
      isMendable: true)
  }

  /// Records that the schema of their file does not allow wait; they are checked all the same.
  private mutating func reportViolations() {
    var next = 0
    for violation in notes.out.source.violations {
      // Of a form that mixes kinds, only some rows are here.
      while next < notes.out.count, notes.out.source.spots[next].row < violation.row { next += 1 }
      guard next < notes.out.count, notes.out.source.spots[next].row == violation.row else { continue }
      // A row with the same values may be valid: what the schema objects to need not be one of them.
      notes.out.keyIsSound[next] = false
      notes.add(
        XSDInvalid.descriptor.code, .error, next, field: plan.columns.firstIndex { $0 != nil && $0 == violation.column } ?? -1,
        facts: [
          "element": PrintableText.escape(violation.element), "line": String(violation.line), "reason": violation.reason.zh,
          "reasonEn": violation.reason.en,
        ])
    }
  }
}
