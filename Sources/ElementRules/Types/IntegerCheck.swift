import ElementCore
import ElementSchema

/// Whole numbers.
struct IntegerCheck: FieldCheck {
  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkNumber(record, spec, value, scale: 0)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    DecimalReading.canonical(folded.bytes) != nil
  }
}

extension BatchNotes {
  /// A whole number, or one with at most so many decimal places.
  mutating func checkNumber(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, scale: Int) {
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    guard let number = DecimalReading.canonical(folded.bytes) else {
      fail(
        UnreadableNumber.descriptor.code, record, spec, value, expected: scale == 0 ? "integer" : "number",
        isAlwaysError: scale == 0)
      return
    }
    if let range = DecimalReading.violation(
      number, digits: spec.field.digits, scale: scale, minimum: spec.field.minimum, maximum: spec.field.maximum)
    {
      // A whole number is kept as one: what is none, or longer than 18 digits, has no place in its column.
      let isKept = scale > 0 || (number.count <= 18 && !number.contains(0x2E))
      fail(
        NumberRange.descriptor.code, record, spec, value, expected: range.en, facts: ["range": range.zh, "rangeEn": range.en],
        isAlwaysError: !isKept)
      return isKept ? keep(number, record, spec, value) : ()
    }
    apply(folded.fixes, number, record, spec, value)
  }
}
