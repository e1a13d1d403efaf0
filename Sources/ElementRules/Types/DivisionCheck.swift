import ElementCore
import ElementFormats
import ElementSchema

/// Six-digit divisions (GB/T 2260).
struct DivisionCheck: FieldCheck {
  var isNumberOfNoQuantity: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let tables = basis.tables
    field.eachRun(bytes, ranges) { FieldSweep.glance(DivisionCode.check($0, tables)) }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkDivision(record, spec, value)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    folded.bytes.count == 6 && folded.bytes.span.isDigits
      ? DivisionCode.check(folded.bytes.span, basis.tables).isDisjoint(with: [.regionUnknown, .regionProvince])
      : basis.tables.divisions.code(path: String(escapingInvalid: folded.bytes.span)) != nil
  }
}

extension BatchNotes {
  /// A six-digit division, or its name.
  fileprivate mutating func checkDivision(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if value.count == 6, value.isDigits {
      let verdict = DivisionCode.check(value, basis.tables)
      if !verdict.isEmpty { report(verdict, DivisionCode.policy, record, spec, value, expected: "6") }
      return
    }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    // A name in letters has no digit in it.
    if folded.bytes.span.isASCII, folded.bytes.contains(where: { $0 &- 0x30 <= 9 }) {
      apply(folded.fixes, folded.bytes, record, spec, value)
      let verdict = DivisionCode.check(folded.bytes.span, basis.tables)
      report(verdict, DivisionCode.policy, record, spec, folded.bytes.span, expected: "6")
      return
    }
    let text = String(escapingInvalid: folded.bytes.span)
    if let code = basis.tables.divisions.code(path: text) {
      out.fixCounts[basis.fixCodes.label, default: 0] += 1
      let bytes = Array(code.utf8)
      setValue(record, spec.index, bytes)
      reportName(text, bytes, record, spec)
    } else {
      let inner = [UInt8](span: value.extracting(CodeFolding.trimmed(value)))
      apply(folded.fixes.intersection(.fixTrim), inner, record, spec, value)
      add(UnknownDivisionName.descriptor.code, .warning, record, field: spec.index, value: text)
    }
  }

  /// What is to be said of the code that a name led to: of a withdrawn one also what took over.
  private mutating func reportName(_ name: String, _ code: [UInt8], _ record: Int, _ spec: FieldSpec) {
    let verdict = DivisionCode.check(code.span, basis.tables)
    guard verdict.contains(.regionRetired) else {
      return report(verdict, DivisionCode.policy, record, spec, code.span, expected: "6")
    }
    let number = code.span.number(0..<6)
    let withdrawal = basis.tables.divisions.withdrawal([number])
    let successors = basis.tables.divisions.successors(number)
    add(
      RuleCatalog.code(.regionRetired), .info, record, field: spec.index, value: name,
      // Of several nobody knows which.
      suggestion: successors.utf8.count == 6 ? Suggestion(value: successors, safe: false) : nil,
      facts: ["successor": withdrawal.zh, "successorEn": withdrawal.en, "count": "1"])
  }
}
