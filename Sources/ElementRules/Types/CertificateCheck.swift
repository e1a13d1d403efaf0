import ElementCore
import ElementSchema

/// Certificate numbers, judged by the type beside them (GA/T 517).
struct CertificateCheck: FieldCheck {
  fileprivate static let policy = VerdictPolicy(errors: [.spreadsheetScientific, .masked], warnings: .documentFormat)

  /// The field that holds the type, from 0; -1 for none.
  let typeField: Int

  var isNumberOfNoQuantity: Bool { true }

  func check(_ checker: inout BatchChecker, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    checker.checkCertificate(record, spec, value, typeField)
    if checker.unsound[record * checker.out.fieldCount + spec.index] { return }
    checker.checkLength(record, spec, checker.checkedValue(record, spec.index).span)
  }
}

extension BatchChecker {
  /// A certificate number is judged by the type beside it (GA/T 517); types without a known form are folded text.
  fileprivate mutating func checkCertificate(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ typeField: Int) {
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
      CertificateCheck.policy, record, spec, value)
  }

  /// The normalised type stands in an earlier field; it may have been moved to the side buffer.
  func checkedValue(_ record: Int, _ field: Int) -> [UInt8] {
    let range = out.values[record * out.fieldCount + field]
    if Int(range.start) < base { return Array(out.source.bytes[range.indices]) }
    return Array(side[Int(range.start) - base..<Int(range.end) - base])
  }
}
