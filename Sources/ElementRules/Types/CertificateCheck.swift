import ElementCore
import ElementSchema

/// Certificate numbers, judged by the type beside them (GA/T 517).
struct CertificateCheck: FieldCheck {
  fileprivate static let policy = VerdictPolicy(errors: [.spreadsheetScientific, .masked], warnings: .documentFormat)

  /// The field that holds the type, from 0; -1 for none.
  let typeField: Int

  var isNumberOfNoQuantity: Bool { true }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkCertificate(record, spec, value, typeField)
    if notes.unsound[record * notes.out.fieldCount + spec.index] { return }
    notes.checkLength(record, spec, notes.checkedValue(record, spec.index).span)
  }
}

extension BatchNotes {
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

}
