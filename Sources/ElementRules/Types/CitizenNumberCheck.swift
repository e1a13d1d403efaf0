import ElementCore
import ElementFormats
import ElementSchema

/// Citizen identification numbers (GB 11643).
struct CitizenNumberCheck: FieldCheck {
  var isNumberOfNoQuantity: Bool { true }
  var isLong: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let tables = basis.tables
    field.eachRun(bytes, ranges) { $0.count == 18 ? FieldSweep.glance(CitizenID.check($0, tables)) : .tricky }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkCitizenID(record, spec, value)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    IdentifierReading.citizenID(value, basis.tables).verdict.isDisjoint(with: CitizenID.policy.errors)
  }

  func canBeRead(_ value: Span<UInt8>, _ basis: CheckBasis) -> Bool? {
    IdentifierReading.citizenID(value, basis.tables).verdict.isDisjoint(with: [.length, .charset])
  }
}

extension BatchNotes {
  /// A citizen number: sound as it stands, or read as people type it.
  mutating func checkCitizenID(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if value.count == 18, CodeFolding.isPlain(value) {
      let verdict = CitizenID.check(value, basis.tables)
      if verdict.isEmpty { return }
      if verdict.isDisjoint(with: CitizenID.policy.errors) { return reportCitizenID(verdict, record, spec, value) }
    }
    let read = IdentifierReading.citizenID(value, basis.tables)
    if read.bytes.isEmpty { return setBlank(record, spec, value) }
    if read.verdict.contains(.masked) { _ = reportMasked(record, spec, value, isName: false) }
    apply(read.verdict, read.bytes, record, spec, value)
    reportCitizenID(read.verdict.subtracting(.masked), record, spec, read.bytes.span)
  }

  private mutating func reportCitizenID(_ verdict: Verdict, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    var suggestion: Suggestion?
    if verdict.contains(.legacy15), CitizenID.upgraded(value) != nil {
      // Only the digits that are inserted are shown: the century. The rest would unmask the number.
      suggestion = Suggestion(value: "+19 → 18", safe: false)
    }
    report(verdict, CitizenID.policy, record, spec, value, expected: "18", suggestion: suggestion)
  }
}
