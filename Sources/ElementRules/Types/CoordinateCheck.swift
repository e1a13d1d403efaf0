import ElementCore
import ElementSchema

/// Longitudes and latitudes.
struct CoordinateCheck: FieldCheck {
  /// Which of the two.
  let axis: Coordinate.Axis

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkCoordinate(record, spec, value, axis)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    DecimalReading.canonical(folded.bytes) != nil
  }
}

extension BatchNotes {
  /// A longitude or latitude in degrees, with a fraction or in minutes and seconds.
  fileprivate mutating func checkCoordinate(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ axis: Coordinate.Axis) {
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    var bytes = folded.bytes
    // As it was written: zeros at the end are measured too.
    var decimals = folded.bytes.firstIndex(of: 0x2E).map { folded.bytes.count - $0 - 1 } ?? 0
    if let number = DecimalReading.canonical(folded.bytes) {
      apply(folded.fixes, number, record, spec, value)
      bytes = number
    } else if let degrees = Coordinate.degrees(sexagesimal: folded.bytes.span) {
      bytes = Array(DecimalReading.text(degrees.value, places: 6).utf8)
      setValue(record, spec.index, bytes)
      addFix(basis.fixCodes.sexagesimal, record, spec.index, raw: value)
      // A second of arc is thirty metres, a minute two kilometres.
      decimals = degrees.parts == 3 ? 4 : 2
    } else {
      return fail(UnreadableNumber.descriptor.code, record, spec, value, expected: "120.564309")
    }
    guard let degrees = String(validUTF8: bytes.span).flatMap(Double.init) else { bug("a canonical number is none") }
    let verdict = Coordinate.check(degrees, axis, decimals: decimals)
    // The value of the other column is the one that belongs here.
    let swap =
      verdict.contains(.coordinateSwapped)
      ? Suggestion(value: axis == .longitude ? "⇄ latitude" : "⇄ longitude", safe: false) : nil
    report(verdict, Coordinate.policy, record, spec, bytes.span, suggestion: swap)
  }
}
