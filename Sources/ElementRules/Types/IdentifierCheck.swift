import ElementCore
import ElementFormats
import ElementSchema

/// Identifiers that are checked by their own value.
struct IdentifierCheck: FieldCheck {
  let kind: IdentifierKind

  var isNumberOfNoQuantity: Bool { true }
  var isLong: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let tables = basis.tables
    field.eachRun(bytes, ranges) { CodeFolding.isPlain($0) ? FieldSweep.glance(kind.check($0, tables)) : .tricky }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkIdentifier(record, spec, value, kind)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    IdentifierReading.identifier(value, kind, basis.tables).verdict.isDisjoint(with: kind.policy.errors)
  }

  func canBeRead(_ value: Span<UInt8>, _ basis: CheckBasis) -> Bool? {
    IdentifierReading.identifier(value, kind, basis.tables).verdict.isDisjoint(with: [.length, .charset])
  }
}

extension BatchNotes {
  /// An identifier: sound as it stands, or read as people type it.
  mutating func checkIdentifier(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ kind: IdentifierKind) {
    let read = IdentifierReading.identifier(value, kind, basis.tables)
    if read.bytes.isEmpty { return setBlank(record, spec, value) }
    if read.verdict.contains(.masked) {
      _ = reportMasked(record, spec, value, isName: false)
      return
    }
    apply(read.verdict, read.bytes, record, spec, value)
    var suggestion: Suggestion?
    if kind == .postcode, let longer = Postcode.withLeadingZero(read.bytes.span) {
      suggestion = Suggestion(value: String(escapingInvalid: longer.span), safe: false)
    }
    report(
      read.verdict, kind.policy, record, spec, read.bytes.span, expected: kind.expected, suggestion: suggestion)
  }
}
