import ElementCore
import ElementSchema

extension BatchNotes {
  /// Reports the symbols of a verdict as the type's policy judges them.
  mutating func report(
    _ verdict: Verdict, _ policy: VerdictPolicy, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, expected: String = "",
    suggestion: Suggestion? = nil
  ) {
    if verdict.isEmpty { return }
    let reference = verdict.intersection(
      policy.severity(.regionRetired) == .warning ? Self.references : Self.withdrawnReferences)
    if !reference.isEmpty { out.tallies[spec.index].count(reference: reference.intersection(policy.told)) }
    if reference.intersection(policy.told).contains(.regionRetired), let code = division(value) {
      out.tallies[spec.index].count(withdrawn: code)
    }
    let rest = verdict.subtracting(reference)
    if rest.isEmpty { return }
    for (symbol, _) in Verdict.names where rest.contains(symbol) {
      guard var severity = policy.severity(symbol) else { continue }
      if severity == .error, !spec.field.isBinding { severity = .warning }
      let code = RuleCatalog.code(symbol)
      let isStorable = value.count <= BatchNotes.mostWaived
      if severity == .error, isStorable { markUnsound(record, spec.index, unlessWaived: code) }
      if severity == .error, !isStorable { markUnsound(record, spec.index) }
      var facts: [String: String] = [:]
      if symbol == .length { facts["actual"] = String(UTF8Scan.codePointCount(value)) }
      if symbol == .regionRetired {
        let found = division(value).map { basis.tables.divisions.withdrawal([$0]) } ?? LocalizedText(zh: "", en: "")
        (facts["successor"], facts["successorEn"]) = (found.zh, found.en)
      }
      add(
        code, severity, record, field: spec.index, value: String(escapingInvalid: value), expected: expected,
        suggestion: suggestion, facts: facts, isStorable: isStorable)
    }
  }

  /// Symbols about reference data: told once a column.
  private static let references: Verdict = [.sampleData, .regionAggregate, .regionNewerThanTable, .statOnlyZone, .virtualUnit]

  private static let withdrawnReferences = references.union(.regionRetired)

  /// The division that an identifier begins with, or that a grid code holds; nil where there is none.
  private func division(_ value: Span<UInt8>) -> Int? {
    guard value.count >= 6 else { return nil }
    let start = value.count == 20 ? 6 : value.count == 18 ? 2 : 0
    let digits = value.extracting(start..<start + 6)
    return digits.isDigits ? digits.number(0..<6) : nil
  }
}
