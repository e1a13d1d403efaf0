import ElementCore
import ElementFormats
import ElementSchema

/// Telephone numbers.
struct PhoneCheck: FieldCheck {
  /// Whether a person's is asked for, not that of an organisation or a place.
  let isPersonal: Bool

  var isNumberOfNoQuantity: Bool { true }
  var isLong: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let phones = basis.tables.phones
    field.each(bytes, ranges) { range in
      let value = bytes.extracting(range.indices)
      return value.count == 11 && value[0] == 0x31 && value.isDigits && Phone.check(value, phones).isEmpty ? .clean : .tricky
    }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkPhone(record, spec, value, isPersonal: isPersonal)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    PhoneReading.read(value, basis.tables.phones).verdict.isDisjoint(with: Phone.policy.errors)
  }
}

extension BatchNotes {
  /// A telephone number; a service number is another's only where a person's is asked for.
  fileprivate mutating func checkPhone(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, isPersonal: Bool) {
    if value.count == 11, value[0] == 0x31, value.isDigits {
      let verdict = Phone.check(value, basis.tables.phones)
      if !verdict.isEmpty { report(verdict, Phone.policy, record, spec, value) }
      return
    }
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, value.extracting(trimmed), isName: false) { return }
    let (bytes, verdict) = PhoneReading.read(value, basis.tables.phones)
    apply(verdict, bytes, record, spec, value)
    report(isPersonal ? verdict : verdict.subtracting(.phoneShortCode), Phone.policy, record, spec, value)
  }
}
