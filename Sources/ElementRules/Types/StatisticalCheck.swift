import ElementCore
import ElementSchema

/// Statistical division codes.
struct StatisticalCheck: FieldCheck {
  /// The number of digits.
  let length: Int

  var isNumberOfNoQuantity: Bool { true }
  var isLong: Bool { true }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkStatistical(record, spec, value, length)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    folded.bytes.count == length && folded.bytes.span.isDigits
  }
}

extension BatchNotes {
  /// A statistical code of so many digits.
  fileprivate mutating func checkStatistical(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ length: Int) {
    let folded = CodeFolding.fold(value, dropsSeparators: true)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    apply(folded.fixes, folded.bytes, record, spec, value)
    let verdict = StatisticalCode.check(folded.bytes.span, length: length, basis.tables)
    let isDirect = StatisticalCode.isDirectTownship(folded.bytes.span)
    report(
      verdict, isDirect ? StatisticalCode.directPolicy : StatisticalCode.policy, record, spec, folded.bytes.span,
      expected: String(length))
    if verdict.isDisjoint(with: StatisticalCode.policy.errors.union(.level)) { lookUp(folded.bytes, record, spec) }
  }

  /// Looks a statistical code up in the site's townships and communities, where these have codes of its length and county.
  private mutating func lookUp(_ code: [UInt8], _ record: Int, _ spec: FieldSpec) {
    let table = basis.tables.statisticalDivisions
    if table.entries.isEmpty || table.find(code.span)?.isCode == true { return }
    guard let near = basis.statisticalCodes(beside: code) else { return }
    let text = String(escapingInvalid: code.span)
    let suggestion = NearMiss.best(for: text, among: near) { [$0.code] }
    add(
      UnknownStatisticalCode.descriptor.code, .warning, record, field: spec.index, value: text, expected: table.name,
      suggestion: suggestion.map { Suggestion(value: "\($0.code) \($0.label)", safe: false) })
  }
}
