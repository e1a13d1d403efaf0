import ElementCore
import ElementFormats
import ElementSchema

/// Free texts and addresses.
struct TextCheck: FieldCheck {
  var isText: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let normaliser = basis.normaliser
    let length = spec.field.length ?? .max
    field.each(bytes, ranges) { range in
      let value = bytes.extracting(range.indices)
      guard normaliser.isPlainText(value), !CodeFolding.mayHaveBlankEnds(value), !NothingWords.mayBe(text: value),
        !EqualsQuoted.mayBe(value)
      else { return .tricky }
      return value.count <= length || UTF8Scan.codePointCount(value) <= length ? .clean : .tricky
    }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkText(record, spec, value)
  }
}

extension BatchNotes {
  fileprivate mutating func checkText(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    if trimmed.count == value.count, basis.normaliser.isPlainText(value) { return checkLength(record, spec, value) }
    let inner = value.extracting(trimmed)
    let (bytes, traits) = basis.normaliser.text(inner)
    report(traits, record, spec, value, isName: false)
    if trimmed.count != value.count { addFix(basis.fixCodes.trim, record, spec.index, raw: value) }
    keep(bytes, record, spec, value)
    checkLength(record, spec, bytes.span)
  }
}
