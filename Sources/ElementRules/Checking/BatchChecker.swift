package import ElementCore
import ElementExpression
import ElementFormats
import ElementSchema

/// Normalises and checks the records of one batch: phases S (shape), V (value) and R (record).
package struct BatchChecker {
  /// What is checked, and against what.
  let plan: CheckPlan
  /// The batch and what was found.
  var out: CheckedBatch
  /// Changed values; they move behind the input when all values are done, so their ranges start at `base`.
  var side: [UInt8] = []
  /// Where changed values will stand: behind the input.
  let base: Int
  /// Fields that hold no sound value, record by record: rules over them are not evaluated.
  var unsound: [Bool]
  /// Which records have such a field at all.
  var isUnsound: [Bool]
  /// Errors that the end of the file decides on.
  var deferred: [Finding] = []
  /// Which records have errors that nothing stored could mend.
  var isHopeless: [Bool]
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
    var checker = BatchChecker(consume batch, plan)
    checker.out.findings = FindingBuffer(FindingCounts(limit: plan.findingLimit, saturated: saturated))
    checker.checkWidths()
    for record in 0..<checker.out.count { checker.checkShape(record) }
    if let kinds { checker.report(kinds) }
    if !checker.out.source.violations.isEmpty { checker.reportViolations() }
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
    checker.keepUnsound()
    checker.out.mendable = (0..<checker.out.count).filter { checker.out.hasError[$0] && !checker.isHopeless[$0] }
    checker.out.findings.sort()
    return Result(batch: checker.out, deferred: checker.deferred)
  }

  /// Notes which values are unsound.
  mutating func keepUnsound() {
    for record in 0..<out.count where isUnsound[record] {
      for field in 0..<out.fieldCount where unsound[record * out.fieldCount + field] {
        out.unsound.append(record * out.fieldCount + field)
      }
    }
  }

  private init(_ batch: consuming RecordBatch, _ plan: CheckPlan) {
    self.plan = plan
    base = batch.bytes.count
    let count = batch.count
    out = CheckedBatch(source: consume batch, fieldCount: plan.dataset.fields.count)
    out.values = BatchChecker.ranges(out.source, plan.columns)
    if out.source.tellsAbsence { out.isMissing = out.values.map { $0.start == 0 && $0.isEmpty } }
    out.absentFields = plan.columns.indices.filter { plan.columns[$0] == nil }
    unsound = Array(repeating: false, count: count * plan.dataset.fields.count)
    isUnsound = Array(repeating: false, count: count)
    isHopeless = isUnsound
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
    let spot = out.source.spots[record]
    guard !spot.flags.isEmpty, let rule = Self.shapeRules.first(where: { spot.flags.contains($0.0) }) else { return }
    out.keyIsSound[record] = false
    discard(record)
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
    add(
      rule.1, .error, record, field: -1, expected: expected,
      facts: [
        "shape": shape.zh, "shapeEn": shape.en, "last": String(spot.line + spot.swallowedLines), "reason": reason.zh,
        "reasonEn": reason.en,
      ])
  }

  // MARK: Values

  private mutating func checkFields() {
    let input = out.source.bytes
    for spec in plan.specs { checkField(spec, input.span) }
  }

  /// Checks one field of all records: those that are clean at a glance together, the others one by one.
  private mutating func checkField(_ spec: FieldSpec, _ input: Span<UInt8>) {
    guard spec.column != nil else { return }
    if let column = spec.labelColumn { readLabels(spec, column) }
    let sweep = FieldSweep(spec, plan, input, out.values.span, width: out.fieldCount, count: out.count)
    out.tallies[spec.index].filled += sweep.clean
    if spec.countsCodes { out.tallies[spec.index].codeCounts = countCodes(spec, input) }
    if sweep.samples > 0 { out.tallies[spec.index].count(samples: sweep.samples) }
    for record in sweep.tricky where out.source.spots[Int(record)].flags.isEmpty {
      let place = Int(record) * out.fieldCount + spec.index
      if unsound[place] { continue }
      let range = out.values[place]
      if range.isEmpty {
        checkEmpty(Int(record), spec)
      } else {
        checkValue(Int(record), spec, input.extracting(range.indices))
      }
    }
  }

  /// Makes every field of a record whose shape is odd unsound.
  mutating func discard(_ record: Int) {
    for field in 0..<out.fieldCount { markUnsound(record, field) }
  }

  /// Reports an empty value as the field's duty asks.
  mutating func checkEmpty(_ record: Int, _ spec: FieldSpec) {
    switch spec.field.duty {
    // Judged when all fields are read.
    case .key where isInterimField(spec.index): break
    case .key:
      let isMendable = !plan.dataset.key.contains(spec.index)
      if !isMendable { markUnsound(record, spec.index) }
      add(
        KeyMissing.descriptor.code, .error, record, field: spec.index, facts: ["otherwise": ""], isMendable: isMendable)
    case .required: add(RequiredMissing.descriptor.code, .error, record, field: spec.index, isMendable: true)
    case .expected: add(ExpectedMissing.descriptor.code, .info, record, field: spec.index)
    case .optional: break
    }
  }

  // MARK: Ends

  /// Moves the changed values behind the input, so that all ranges point into one array; then it is known what is empty.
  private mutating func settle() {
    out.source.bytes.append(contentsOf: side)
    side = []
    // Fields were gone over one behind the other, and were not all.
    for spec in plan.specs where spec.field.clearing && spec.column != nil { clearEmpty(spec) }
    out.cleared.sort()
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
    for record in 0..<out.count where assertion.fails(record) {
      if let condition, !condition.holds(record) { continue }
      guard out.source.spots[record].flags.isEmpty else { continue }
      if isUnsound[record], isUnsound(record, spec.fields) { continue }
      failing.append(record)
    }
    return failing
  }

  /// What an expression comes to for each record.
  func truths(_ expression: Expression) -> Truths {
    expression.evaluate(
      out.source.bytes.span, out.values.span, width: out.fieldCount, count: out.count, today: plan.tables.today)
  }

  mutating func add(_ rule: RecordRule, _ record: Int) {
    add(
      rule.descriptor.code, rule.descriptor.severity, record, field: rule.field, value: text(record, rule.field),
      isMendable: true)
  }

  /// The value of a field as text, for a finding.
  func text(_ record: Int, _ field: Int) -> String {
    String(escapingInvalid: out.source.bytes.span.extracting(out.values[record * out.fieldCount + field].indices))
  }

  /// Records that the schema of their file does not allow wait; they are checked all the same.
  private mutating func reportViolations() {
    var next = 0
    for violation in out.source.violations {
      // Of a form that mixes kinds, only some rows are here.
      while next < out.count, out.source.spots[next].row < violation.row { next += 1 }
      guard next < out.count, out.source.spots[next].row == violation.row else { continue }
      // A row with the same values may be valid: what the schema objects to need not be one of them.
      out.keyIsSound[next] = false
      add(
        XSDInvalid.descriptor.code, .error, next, field: plan.columns.firstIndex { $0 != nil && $0 == violation.column } ?? -1,
        facts: [
          "element": PrintableText.escape(violation.element), "line": String(violation.line), "reason": violation.reason.zh,
          "reasonEn": violation.reason.en,
        ])
    }
  }

  // MARK: Reporting

  /// Notes that a field of a record holds no sound value.
  mutating func markUnsound(_ record: Int, _ field: Int) {
    isUnsound[record] = true
    unsound[record * out.fieldCount + field] = true
  }

  /// Notes a finding about a record or a field of it; the value is masked here. `isMendable` says that what is stored of the record may show
  /// that it is none.
  mutating func add(
    _ code: RuleCode, _ severity: Severity, _ record: Int, field: Int, value: String = "", expected: String = "",
    suggestion: Suggestion? = nil, facts: [String: String] = [:], isMendable: Bool = false
  ) {
    if severity == .error {
      out.hasError[record] = true
      if !isMendable { isHopeless[record] = true }
    }
    guard out.findings.count(code, severity, field: field) else { return }
    out.findings.keep(finding(code, severity, record, field, value, expected, suggestion, facts))
  }

  /// A finding about a record, its value masked.
  func finding(
    _ code: RuleCode, _ severity: Severity, _ record: Int, _ field: Int, _ value: String, _ expected: String,
    _ suggestion: Suggestion?, _ facts: [String: String]
  ) -> Finding {
    let spot = out.source.spots[record]
    let shown = field < 0 ? PrintableText.escape(value) : plan.dataset.fields[field].mask(value)
    return Finding(
      code, severity, row: Int(spot.row), line: Int(spot.line), column: field < 0 ? 0 : (plan.columns[field] ?? -1) + 1,
      field: field,
      byte: Int(spot.byteStart), value: shown, expected: expected, suggestion: suggestion, facts: facts)
  }

  /// Notes a repair with the value as it was written.
  mutating func addFix(_ code: RuleCode, _ record: Int, _ field: Int, raw: Span<UInt8>) {
    out.fixCounts[code, default: 0] += 1
    out.fixes.append(Fix(code: code, record: record, field: field, raw: [UInt8](span: raw)))
  }

  /// Makes changed bytes the value of a field.
  mutating func setValue(_ record: Int, _ field: Int, _ bytes: [UInt8]) {
    let start = base + side.count
    side.append(contentsOf: bytes)
    out.values[record * out.fieldCount + field] = FieldRange(start, start + bytes.count)
  }
}
