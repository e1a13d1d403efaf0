import ElementCore
import ElementSchema

extension BatchChecker {
  /// An identifier: sound as it stands, or read as people type it.
  mutating func checkIdentifier(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ kind: IdentifierKind) {
    let read = IdentifierReading.identifier(value, kind, plan.tables)
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

  /// A certificate number is judged by the type beside it (GA/T 517); types without a known form are folded text.
  mutating func checkCertificate(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ typeField: Int) {
    let type = typeField < 0 ? [] : checkedValue(record, typeField)
    switch CertificateForm(type: type.span) {
    case .citizen: return checkCitizenID(record, spec, value)
    case .foreignResident:
      let isOld = CodeFolding.fold(value, dropsSeparators: true).bytes.count == 15
      return isOld ? checkIdentifier(record, spec, value, .foreignResident) : checkCitizenID(record, spec, value)
    case .document(let document): return checkIdentifier(record, spec, value, .travelDocument(document))
    case .other: break
    }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    apply(folded.fixes, folded.bytes, record, spec, value)
    let hasDigit = folded.bytes.contains { $0 &- 0x30 <= 9 }
    report(
      SpreadsheetDamage.isScientific(folded.bytes.span) ? .spreadsheetScientific : hasDigit ? [] : .documentFormat,
      FieldPolicies.code, record, spec, value)
  }

  /// The normalised type stands in an earlier field; it may have been moved to the side buffer.
  func checkedValue(_ record: Int, _ field: Int) -> [UInt8] {
    let range = out.values[record * out.fieldCount + field]
    if Int(range.start) < base { return Array(out.source.bytes[range.indices]) }
    return Array(side[Int(range.start) - base..<Int(range.end) - base])
  }

  /// A longitude or latitude in degrees, with a fraction or in minutes and seconds.
  mutating func checkCoordinate(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ axis: Coordinate.Axis) {
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
      addFix(plan.fixCodes.sexagesimal, record, spec.index, raw: value)
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
