import ElementCore
import ElementFormats
import ElementSchema

/// Codes of letters and digits without a list.
struct CodeTextCheck: FieldCheck {
  fileprivate static let policy = VerdictPolicy(errors: [.spreadsheetScientific, .masked], warnings: .documentFormat)

  var isText: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let length = spec.field.length ?? .max
    field.each(bytes, ranges) { range in
      let value = bytes.extracting(range.indices)
      return range.count <= length && CodeFolding.isPlain(value) && !NothingWords.mayBe(text: value) ? .clean : .tricky
    }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkCodeText(record, spec, value)
  }

  func canBeRead(_ value: Span<UInt8>, _ basis: CheckBasis) -> Bool? { value.isASCII }
}

extension BatchNotes {
  /// A code of letters and digits without a list: folded like every code, but nothing inside is removed.
  fileprivate mutating func checkCodeText(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if CodeFolding.isPlain(value) { return checkLength(record, spec, value) }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    if SpreadsheetDamage.isScientific(folded.bytes.span) {
      report(.spreadsheetScientific, CodeTextCheck.policy, record, spec, value)
    }
    apply(folded.fixes, folded.bytes, record, spec, value)
    checkLength(record, spec, folded.bytes.span)
  }
}
