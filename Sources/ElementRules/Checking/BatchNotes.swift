import ElementCore
import ElementFormats
import ElementSchema

/// What checks note about the records of a batch: their values in canonical form, what was found and repaired, and which values are not
/// sound.
struct BatchNotes {
  /// What single values are checked against.
  let basis: CheckBasis
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

  /// Nothing noted yet of the records of a batch, whose values are as they stand there.
  init(_ batch: consuming CheckedBatch, _ basis: CheckBasis) {
    self.basis = basis
    base = batch.source.bytes.count
    unsound = Array(repeating: false, count: batch.values.count)
    isUnsound = Array(repeating: false, count: batch.count)
    isHopeless = isUnsound
    out = batch
  }

  /// Notes that a field of a record holds no sound value.
  mutating func markUnsound(_ record: Int, _ field: Int) {
    isUnsound[record] = true
    unsound[record * out.fieldCount + field] = true
  }

  /// Makes every field of a record whose shape is odd unsound.
  mutating func discard(_ record: Int) {
    for field in 0..<out.fieldCount { markUnsound(record, field) }
  }

  /// Whether one of some fields of a record holds no sound value.
  func isUnsound(_ record: Int, _ fields: [Int]) -> Bool {
    for field in fields where unsound[record * out.fieldCount + field] { return true }
    return false
  }

  /// Whether an empty value of a key field is judged with what stands for the key.
  func isInterimField(_ field: Int) -> Bool { basis.dataset.interim != nil && basis.dataset.key.first == field }

  /// Reports an empty value as the field's duty asks.
  mutating func checkEmpty(_ record: Int, _ spec: FieldSpec) {
    switch spec.field.duty {
    // Judged when all fields are read.
    case .key where isInterimField(spec.index): break
    case .key:
      let isMendable = !basis.dataset.key.contains(spec.index)
      if !isMendable { markUnsound(record, spec.index) }
      add(
        KeyMissing.descriptor.code, .error, record, field: spec.index, facts: ["otherwise": ""], isMendable: isMendable)
    case .required: add(RequiredMissing.descriptor.code, .error, record, field: spec.index, isMendable: true)
    case .expected: add(ExpectedMissing.descriptor.code, .info, record, field: spec.index)
    case .optional: break
    }
  }

  /// Notes a finding about a record or a field of it; the value is masked here. `isMendable` says that what is stored of the record may show
  /// that it is none, `isStorable` that its value has a place in its column.
  mutating func add(
    _ code: RuleCode, _ severity: Severity, _ record: Int, field: Int, value: String = "", expected: String = "",
    suggestion: Suggestion? = nil, facts: [String: String] = [:], isMendable: Bool = false,
    isStorable: Bool = true
  ) {
    let isWaived = severity == .error && isStorable && isWaived(code, record, field)
    if severity == .error, !isWaived {
      out.hasError[record] = true
      if !isMendable { isHopeless[record] = true }
    }
    guard out.findings.count(code, severity, field: field) || isWaived else { return }
    var found = finding(code, severity, record, field, value, expected, suggestion, facts)
    (found.isWaived, found.isWaivable) = (isWaived, isStorable)
    out.findings.keep(found)
  }

  /// Notes that a field holds no sound value: of a key whose error is accepted for a time it is one all the same.
  mutating func markUnsound(_ record: Int, _ field: Int, unlessWaived code: RuleCode) {
    if basis.dataset.key.contains(field), isWaived(code, record, field) { return }
    markUnsound(record, field)
  }

  /// Whether an error of a rule about a field of a record is accepted for a time.
  func isWaived(_ code: RuleCode, _ record: Int, _ field: Int) -> Bool {
    if basis.waiving.codes.contains(code) { return true }
    if out.accepted.isEmpty { return false }
    return out.accepted.contains(
      FindingPlace(row: Int(out.source.spots[record].row), code: code, field: field, severity: .error))
  }

  /// A finding about a record, its value masked.
  func finding(
    _ code: RuleCode, _ severity: Severity, _ record: Int, _ field: Int, _ value: String, _ expected: String,
    _ suggestion: Suggestion?, _ facts: [String: String]
  ) -> Finding {
    let spot = out.source.spots[record]
    let shown = field < 0 ? PrintableText.escape(value) : basis.dataset.fields[field].mask(value)
    var finding = Finding(
      code, severity, row: Int(spot.row), line: Int(spot.line), column: field < 0 ? 0 : (basis.columns[field] ?? -1) + 1,
      field: field,
      byte: Int(spot.byteStart), value: shown, expected: expected, suggestion: suggestion, facts: facts)
    if basis.unmasks, field >= 0 { finding.written = PrintableText.escape(value) }
    return finding
  }

  /// The value of a field as text, for a finding.
  func text(_ record: Int, _ field: Int) -> String {
    String(escapingInvalid: out.source.bytes.span.extracting(out.values[record * out.fieldCount + field].indices))
  }

  /// The normalised type stands in an earlier field; it may have been moved to the side buffer.
  func checkedValue(_ record: Int, _ field: Int) -> [UInt8] {
    let range = out.values[record * out.fieldCount + field]
    if Int(range.start) < base { return Array(out.source.bytes[range.indices]) }
    return Array(side[Int(range.start) - base..<Int(range.end) - base])
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

  // MARK: Ends

  /// Notes which values are unsound and which records with errors what is stored may mend, and sorts what was found.
  mutating func finish() {
    keepUnsound()
    out.mendable = (0..<out.count).filter { out.hasError[$0] && !isHopeless[$0] }
    out.findings.sort()
  }

  /// Notes which values are unsound.
  mutating func keepUnsound() {
    for record in 0..<out.count where isUnsound[record] {
      for field in 0..<out.fieldCount where unsound[record * out.fieldCount + field] {
        out.unsound.append(record * out.fieldCount + field)
      }
    }
  }
}
