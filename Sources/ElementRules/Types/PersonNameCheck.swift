import ElementCore
import ElementFormats
import ElementSchema

/// Names of people.
struct PersonNameCheck: FieldCheck {
  var isText: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let normaliser = basis.normaliser
    let length = spec.field.length ?? .max
    field.each(bytes, ranges) { range in
      let value = bytes.extracting(range.indices)
      return range.count / 3 <= length && normaliser.isPlainName(value) && !NothingWords.mayBe(name: value) ? .clean : .tricky
    }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkName(record, spec, value)
  }
}

extension BatchNotes {
  fileprivate mutating func checkName(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if basis.normaliser.isPlainName(value) {
      checkLength(record, spec, value)
      return
    }
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    let inner = value.extracting(trimmed)
    if reportMasked(record, spec, inner, isName: true) { return }
    let (bytes, traits) = basis.normaliser.name(inner)
    report(traits, record, spec, value, isName: true)
    if traits.contains(.strayDot) {
      let without = String(escapingInvalid: TextNormaliser.withoutStrayDots(bytes.span).span)
      add(
        NameStrayDot.descriptor.code, .warning, record, field: spec.index, value: String(escapingInvalid: value),
        suggestion: without.isEmpty ? nil : Suggestion(value: spec.field.mask(without), safe: false))
    }
    if trimmed.count != value.count { addFix(basis.fixCodes.trim, record, spec.index, raw: value) }
    keep(bytes, record, spec, value)
    checkLength(record, spec, bytes.span)
  }
}
