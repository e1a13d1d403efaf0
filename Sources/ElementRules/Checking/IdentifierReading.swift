package import ElementCore

/// Reads identifiers as people type them: folded, look-alikes replaced where the check confirms it, then checked.
package enum IdentifierReading {
  /// A citizen identification number.
  package static func citizenID(_ value: Span<UInt8>, _ tables: ReferenceTables) -> (bytes: [UInt8], verdict: Verdict) {
    let folded = CodeFolding.fold(value, dropsSeparators: true)
    if folded.bytes.isEmpty { return ([], folded.fixes) }
    if MaskedValue.isMasked(folded.bytes.span, isName: false) { return (folded.bytes, folded.fixes.union(.masked)) }
    let verdict = CitizenID.check(folded.bytes.span, tables)
    if verdict.isDisjoint(with: CitizenID.policy.errors) { return (folded.bytes, folded.fixes.union(verdict)) }
    if let repaired = CodeFolding.withoutHomoglyphs(folded.bytes, allowsX: true) {
      let again = CitizenID.check(repaired.span, tables)
      if repaired.count == 18, again.isDisjoint(with: CitizenID.policy.errors) {
        return (repaired, folded.fixes.union(again).union(.fixHomoglyph))
      }
    }
    return (folded.bytes, folded.fixes.union(verdict))
  }

  /// A grid code of a scheme, or the name of a grid.
  package static func gridCode(
    _ value: Span<UInt8>, _ scheme: GridCodeScheme, _ tables: ReferenceTables
  ) -> (bytes: [UInt8], verdict: Verdict, isName: Bool) {
    let trimmed = CodeFolding.trimmed(value)
    let folded = CodeFolding.fold(value, dropsSeparators: true)
    if folded.bytes.isEmpty { return ([], folded.fixes, false) }
    if MaskedValue.isMasked(folded.bytes.span, isName: false) { return (folded.bytes, folded.fixes.union(.masked), false) }
    let verdict = scheme.check(folded.bytes.span, tables)
    if verdict.isDisjoint(with: GridCodeScheme.policy.errors) { return (folded.bytes, folded.fixes.union(verdict), false) }
    if let repaired = CodeFolding.withoutHomoglyphs(folded.bytes, allowsX: false) {
      let again = scheme.check(repaired.span, tables)
      if again.isDisjoint(with: GridCodeScheme.policy.errors) {
        return (repaired, folded.fixes.union(again).union(.fixHomoglyph), false)
      }
    }
    if !folded.bytes.span.isASCII {
      return ([UInt8](span: value.extracting(trimmed)), trimmed.count == value.count ? [] : .fixTrim, true)
    }
    return (folded.bytes, folded.fixes.union(verdict), false)
  }
}
