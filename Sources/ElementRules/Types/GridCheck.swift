import ElementCore
import ElementFormats
import ElementSchema

/// Grid codes of the scheme, or names of grids.
struct GridCheck: FieldCheck {
  var isNumberOfNoQuantity: Bool { true }
  var isLong: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let (scheme, tables) = (basis.scheme, basis.tables)
    field.eachRun(bytes, ranges) { FieldSweep.glance(scheme.check($0, tables)) }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkGrid(record, spec, value)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    IdentifierReading.gridCode(value, basis.scheme, basis.tables).verdict.isDisjoint(with: GridCodeScheme.policy.errors)
  }

  func canBeRead(_ value: Span<UInt8>, _ basis: CheckBasis) -> Bool? {
    IdentifierReading.gridCode(value, basis.scheme, basis.tables).verdict.isDisjoint(with: [.length, .charset])
  }
}

extension BatchNotes {
  /// A grid code, or the name of a grid, which the group phase looks up.
  fileprivate mutating func checkGrid(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if value.count == basis.scheme.length, value.isDigits {
      let verdict = basis.scheme.check(value, basis.tables)
      if !verdict.isEmpty { reportGrid(verdict, record, spec, value) }
      return
    }
    let read = IdentifierReading.gridCode(value, basis.scheme, basis.tables)
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
    for (symbol, _) in Verdict.names where errors.contains(symbol) {
      markUnsound(record, spec.index, unlessWaived: RuleCatalog.code(symbol))
      if isWaived(RuleCatalog.code(symbol), record, spec.index) {
        add(
          RuleCatalog.code(symbol), .error, record, field: spec.index, value: String(escapingInvalid: value),
          expected: String(basis.scheme.length), facts: ["actual": String(value.count)])
        continue
      }
      deferred.append(
        finding(
          RuleCatalog.code(symbol), .error, record, spec.index, String(escapingInvalid: value), String(basis.scheme.length),
          nil,
          ["actual": String(value.count)]))
    }
  }
}
