import ElementCore
import ElementSchema

/// Values of lists.
extension BatchChecker {
  /// A yes or no in any of the words for it; kept as 1 or 0.
  mutating func checkBoolean(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    guard let flag = FieldPolicies.flag(folded.bytes) else {
      if FieldPolicies.isOtherFlag(folded.bytes) { out.tallies[spec.index].foreignCodes += 1 }
      fail(UnknownCode.descriptor.code, record, spec, value, expected: "1/0", facts: ["blank": "", "near": ""])
      return
    }
    apply(folded.fixes, [flag ? 0x31 : 0x30], record, spec, value)
  }

  /// A code of a list, or a label or another word of it, which gives the code.
  mutating func checkCode(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ table: CodeTable) {
    if let found = table.find(value) {
      if !found.isCode {
        out.fixCounts[plan.fixCodes.label, default: 0] += 1
        setValue(record, spec.index, table.code(found.row))
      }
      return
    }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if let found = table.find(folded.bytes.span) {
      apply(folded.fixes, table.code(found.row), record, spec, value)
      return
    }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    reportUnknown(record, spec, value, folded, table)
  }

  /// A value outside its list: kept where the list is open, else reported with the code it may mean.
  private mutating func reportUnknown(
    _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ table: CodeTable
  ) {
    let text = String(escapingInvalid: value)
    if spec.field.isOpen {
      apply(
        folded.fixes.intersection(.fixTrim), [UInt8](span: value.extracting(CodeFolding.trimmed(value))), record, spec, value)
      if table.entries.isEmpty, folded.bytes.span.isDigits, folded.bytes.count == spec.field.digits { return }
      return add(CodeNotListed.descriptor.code, .info, record, field: spec.index, value: text, expected: table.name)
    }
    out.tallies[spec.index].foreignCodes += 1
    let offer = plan.codeOffers.offer(value, field: spec.index, table)
    let near = offer.near
    let severity: Severity = spec.field.isBinding && table.entries.first?.confidence ?? "A" <= "B" ? .error : .warning
    if severity == .error { markUnsound(record, spec.index) }
    // A number in place of nothing may as well be a code of another list.
    let isZero = value.count == 1 && value[0] == 0x30
    add(
      UnknownCode.descriptor.code, severity, record, field: spec.index, value: text, expected: table.name,
      suggestion: offer.sure.map { Suggestion(value: $0, safe: false) },
      facts: [
        "blank": isZero ? "；没有内容时请留空" : "", "blankEn": isZero ? "; leave it empty where there is nothing" : "",
        "near": near.isEmpty ? "" : "；相近的有 \(near.joined(separator: "、"))",
        "nearEn": near.isEmpty ? "" : "; near it are \(near.joined(separator: ", "))",
      ])
  }
}
