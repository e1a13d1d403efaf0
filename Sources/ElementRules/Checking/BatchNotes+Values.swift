import ElementCore
import ElementSchema

extension BatchNotes {

  /// Reports a masked value; true where it is one, and then nothing else is asked of it.
  mutating func reportMasked(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, isName: Bool) -> Bool {
    guard MaskedValue.isMasked(value, isName: isName) else { return false }
    out.tallies[spec.index].masked += 1
    markUnsound(record, spec.index)
    add(Masked.descriptor.code, .error, record, field: spec.index, value: String(escapingInvalid: value))
    return true
  }

  /// Reports a value that is longer than its field allows.
  mutating func checkLength(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    guard let limit = spec.field.length, value.count > limit else { return }
    let count = UTF8Scan.codePointCount(value)
    guard count > limit else { return }
    fail(TextTooLong.descriptor.code, record, spec, value, expected: String(limit), facts: ["actual": String(count)])
  }

  /// A value of blanks only counts as empty.
  mutating func setBlank(_ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>) {
    out.tallies[spec.index].filled -= 1
    setValue(record, spec.index, [])
    addFix(basis.fixCodes.trim, record, spec.index, raw: raw)
    checkEmpty(record, spec)
  }

  /// Empties a value that stands for nothing, which is told once a column; a key or an item that is demanded must say something.
  mutating func setNothing(_ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>, _ form: Int) {
    guard spec.field.duty < .required else {
      markUnsound(record, spec.index)
      let text = String(escapingInvalid: raw)
      return add(
        NothingInKey.descriptor.code, .error, record, field: spec.index, value: text, facts: ["word": NothingWords.forms[form]])
    }
    out.tallies[spec.index].nothing[form, default: 0] += 1
    out.fixCounts[FixNothing.descriptor.code, default: 0] += 1
    setValue(record, spec.index, [])
    checkEmpty(record, spec)
  }

  /// Notes that the stored value goes; what a row is known by and what it must say stays.
  mutating func setCleared(_ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>) {
    guard spec.field.duty < .required else {
      markUnsound(record, spec.index)
      return add(
        ClearRefused.descriptor.code, .error, record, field: spec.index, value: String(escapingInvalid: raw))
    }
    setValue(record, spec.index, [])
    out.cleared.append(record * out.fieldCount + spec.index)
  }

  /// Keeps a normalised value where it differs from what was written.
  mutating func keep(_ bytes: [UInt8], _ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>) {
    if !bytes.span.equals(raw) { setValue(record, spec.index, bytes) }
  }

  /// Notes repairs and keeps the repaired value.
  mutating func apply(_ fixes: Verdict, _ bytes: [UInt8], _ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>) {
    keep(bytes, record, spec, raw)
    if fixes.isEmpty { return }
    for (symbol, _) in Verdict.names where fixes.contains(symbol) && Verdict.fixes.contains(symbol) {
      addFix(RuleCatalog.code(symbol), record, spec.index, raw: raw)
    }
  }

  /// Wrong values of so many bytes are accepted for a time.
  static let mostWaived = 256

  /// Reports a violation: an error, or a warning where the field's source is of low confidence.
  mutating func fail(
    _ code: RuleCode, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, expected: String = "",
    facts: [String: String] = [:], isAlwaysError: Bool = false
  ) {
    let severity: Severity = spec.field.isBinding || isAlwaysError ? .error : .warning
    // What is always wrong has no place in its column; what takes up more than any item does, neither.
    let isStorable = !isAlwaysError && value.count <= BatchNotes.mostWaived
    if isStorable { markUnsound(record, spec.index, unlessWaived: code) } else { markUnsound(record, spec.index) }
    add(
      code, severity, record, field: spec.index,
      value: String(escapingInvalid: value),
      expected: expected, facts: facts, isStorable: isStorable)
  }

  /// Of a field whose stored value an empty one takes away: notes where it is empty.
  mutating func clearEmpty(_ spec: FieldSpec) {
    let known = Set(out.cleared)
    for record in 0..<out.count where out.source.spots[record].flags.isEmpty && !out.isAbsent(record, spec.index) {
      let place = record * out.fieldCount + spec.index
      if out.values[place].isEmpty, !unsound[place], !known.contains(place) { out.cleared.append(place) }
    }
  }
}
