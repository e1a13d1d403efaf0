import ElementCore
import ElementSchema

/// Numbers with a fraction.
struct DecimalCheck: FieldCheck {
  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkNumber(record, spec, value, scale: spec.field.scale ?? 8)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    DecimalReading.canonical(folded.bytes) != nil
  }
}
