import ElementCore
import ElementFormats
import ElementSchema

/// Codes of a list.
struct CodeCheck: FieldCheck {
  /// The list.
  let table: CodeTable
  /// Whether values outside the list are kept as they stand.
  let isOpen: Bool
  /// Codes outside the list of so many bytes are accepted for a time.
  fileprivate static let mostWaived = 32

  func knows(_ value: Span<UInt8>) -> Bool { table.find(value.extracting(CodeFolding.trimmed(value))) != nil }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    field.each(bytes, ranges) { table.isShortCode(bytes, $0) ? .clean : .tricky }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkCode(record, spec, value, table)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    isOpen ? nil : table.find(value) != nil || table.find(folded.bytes.span) != nil
  }
}

extension BatchNotes {
  /// A code of a list, or a label or another word of it, which gives the code.
  fileprivate mutating func checkCode(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ table: CodeTable) {
    if let found = table.find(value) {
      if !found.isCode {
        out.fixCounts[basis.fixCodes.label, default: 0] += 1
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
    let offer = basis.codeOffers.offer(value, field: spec.index, table)
    let near = offer.near
    let severity: Severity = spec.field.isBinding && table.entries.first?.confidence ?? "A" <= "B" ? .error : .warning
    let isStorable = folded.bytes.count <= CodeCheck.mostWaived
    if severity == .error {
      markUnsound(record, spec.index, unlessWaived: UnknownCode.descriptor.code)
      if isStorable, isWaived(UnknownCode.descriptor.code, record, spec.index) { keep(folded.bytes, record, spec, value) }
    }
    // A number in place of nothing may as well be a code of another list.
    let isZero = value.count == 1 && value[0] == 0x30
    add(
      UnknownCode.descriptor.code, severity, record, field: spec.index, value: text, expected: table.name,
      suggestion: offer.sure.map { Suggestion(value: $0, safe: false) },
      facts: [
        "blank": isZero ? "；没有内容时请留空" : "", "blankEn": isZero ? "; leave it empty where there is nothing" : "",
        "near": near.isEmpty ? "" : "；相近的有 \(near.joined(separator: "、"))",
        "nearEn": near.isEmpty ? "" : "; near it are \(near.joined(separator: ", "))",
      ], isStorable: isStorable)
  }
}
