import ElementCore
import ElementSchema

extension BatchChecker {
  /// A citizen number: sound as it stands, or read as people type it.
  mutating func checkCitizenID(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if value.count == 18, CodeFolding.isPlain(value) {
      let verdict = CitizenID.check(value, plan.tables)
      if verdict.isEmpty { return }
      if verdict.isDisjoint(with: CitizenID.policy.errors) { return reportCitizenID(verdict, record, spec, value) }
    }
    let read = IdentifierReading.citizenID(value, plan.tables)
    if read.bytes.isEmpty { return setBlank(record, spec, value) }
    if read.verdict.contains(.masked) { _ = reportMasked(record, spec, value, isName: false) }
    apply(read.verdict, read.bytes, record, spec, value)
    reportCitizenID(read.verdict.subtracting(.masked), record, spec, read.bytes.span)
  }

  private mutating func reportCitizenID(_ verdict: Verdict, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    var suggestion: Suggestion?
    if verdict.contains(.legacy15), CitizenID.upgraded(value) != nil {
      // Only the digits that are inserted are shown: the century. The rest would unmask the number.
      suggestion = Suggestion(value: "+19 → 18", safe: false)
    }
    report(verdict, CitizenID.policy, record, spec, value, expected: "18", suggestion: suggestion)
  }

  /// A six-digit division, or its name.
  mutating func checkDivision(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if value.count == 6, value.isDigits {
      let verdict = DivisionCode.check(value, plan.tables)
      if !verdict.isEmpty { report(verdict, DivisionCode.policy, record, spec, value, expected: "6") }
      return
    }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    // A name in letters has no digit in it.
    if folded.bytes.span.isASCII, folded.bytes.contains(where: { $0 &- 0x30 <= 9 }) {
      apply(folded.fixes, folded.bytes, record, spec, value)
      let verdict = DivisionCode.check(folded.bytes.span, plan.tables)
      report(verdict, DivisionCode.policy, record, spec, folded.bytes.span, expected: "6")
      return
    }
    let text = String(escapingInvalid: folded.bytes.span)
    if let code = plan.tables.divisions.code(path: text) {
      out.fixCounts[plan.fixCodes.label, default: 0] += 1
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
    let verdict = DivisionCode.check(code.span, plan.tables)
    guard verdict.contains(.regionRetired) else {
      return report(verdict, DivisionCode.policy, record, spec, code.span, expected: "6")
    }
    let number = code.span.number(0..<6)
    let withdrawal = plan.tables.divisions.withdrawal([number])
    let successors = plan.tables.divisions.successors(number)
    add(
      RuleCatalog.code(.regionRetired), .info, record, field: spec.index, value: name,
      // Of several nobody knows which.
      suggestion: successors.utf8.count == 6 ? Suggestion(value: successors, safe: false) : nil,
      facts: ["successor": withdrawal.zh, "successorEn": withdrawal.en, "count": "1"])
  }

  /// A statistical code of so many digits.
  mutating func checkStatistical(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ length: Int) {
    let folded = CodeFolding.fold(value, dropsSeparators: true)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    apply(folded.fixes, folded.bytes, record, spec, value)
    let verdict = StatisticalCode.check(folded.bytes.span, length: length, plan.tables)
    let isDirect = StatisticalCode.isDirectTownship(folded.bytes.span)
    report(
      verdict, isDirect ? StatisticalCode.directPolicy : StatisticalCode.policy, record, spec, folded.bytes.span,
      expected: String(length))
    if verdict.isDisjoint(with: StatisticalCode.policy.errors.union(.level)) { lookUp(folded.bytes, record, spec) }
  }

  /// Looks a statistical code up in the site's townships and communities, where these have codes of its length and county.
  private mutating func lookUp(_ code: [UInt8], _ record: Int, _ spec: FieldSpec) {
    let table = plan.tables.statisticalDivisions
    if table.entries.isEmpty || table.find(code.span)?.isCode == true { return }
    guard let near = plan.statisticalCodes[CheckPlan.countyKey(code)] else { return }
    let text = String(escapingInvalid: code.span)
    let suggestion = NearMiss.best(for: text, among: near) { [$0.code] }
    add(
      UnknownStatisticalCode.descriptor.code, .warning, record, field: spec.index, value: text, expected: table.name,
      suggestion: suggestion.map { Suggestion(value: "\($0.code) \($0.label)", safe: false) })
  }

  /// A grid code, or the name of a grid, which the group phase looks up.
  mutating func checkGrid(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if value.count == plan.scheme.length, value.isDigits {
      let verdict = plan.scheme.check(value, plan.tables)
      if !verdict.isEmpty { reportGrid(verdict, record, spec, value) }
      return
    }
    let read = IdentifierReading.gridCode(value, plan.scheme, plan.tables)
    if read.bytes.isEmpty { return setBlank(record, spec, value) }
    if read.verdict.contains(.masked) {
      _ = reportMasked(record, spec, value, isName: false)
      return
    }
    if read.isName {
      out.tallies[spec.index].names += 1
      if spec.field.duty == .key { return fail(IdentifierCharset.descriptor.code, record, spec, value) }
      return apply(read.verdict, read.bytes, record, spec, value)
    }
    apply(read.verdict, read.bytes, record, spec, value)
    reportGrid(read.verdict, record, spec, read.bytes.span)
  }

  /// Errors of grid codes wait for the end of the file: where most codes miss the scheme, the setting is wrong.
  private mutating func reportGrid(_ verdict: Verdict, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let errors = verdict.intersection(GridCodeScheme.policy.errors)
    if errors.isEmpty { return report(verdict, GridCodeScheme.policy, record, spec, value) }
    out.tallies[spec.index].schemeMisses += 1
    markUnsound(record, spec.index)
    for (symbol, _) in Verdict.names where errors.contains(symbol) {
      deferred.append(
        finding(
          RuleCatalog.code(symbol), .error, record, spec.index, String(escapingInvalid: value), String(plan.scheme.length), nil,
          ["actual": String(value.count)]))
    }
  }

  /// A telephone number; a service number is another's only where a person's is asked for.
  mutating func checkPhone(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, isPersonal: Bool) {
    if value.count == 11, value[0] == 0x31, value.isDigits {
      let verdict = Phone.check(value)
      if !verdict.isEmpty { report(verdict, Phone.policy, record, spec, value) }
      return
    }
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, value.extracting(trimmed), isName: false) { return }
    let (bytes, verdict) = PhoneReading.read(value)
    apply(verdict, bytes, record, spec, value)
    report(isPersonal ? verdict : verdict.subtracting(.phoneShortCode), Phone.policy, record, spec, value)
  }

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
      if severity == .error { markUnsound(record, spec.index) }
      var facts: [String: String] = [:]
      if symbol == .length { facts["actual"] = String(UTF8Scan.codePointCount(value)) }
      if symbol == .regionRetired {
        let found = division(value).map { plan.tables.divisions.withdrawal([$0]) } ?? LocalizedText(zh: "", en: "")
        (facts["successor"], facts["successorEn"]) = (found.zh, found.en)
      }
      add(
        RuleCatalog.code(symbol), severity, record, field: spec.index, value: String(escapingInvalid: value),
        expected: expected,
        suggestion: suggestion, facts: facts)
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
