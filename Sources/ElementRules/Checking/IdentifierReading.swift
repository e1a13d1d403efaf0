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

  /// An identifier that is checked by itself.
  package static func identifier(
    _ value: Span<UInt8>, _ kind: IdentifierKind, _ tables: ReferenceTables
  ) -> (bytes: [UInt8], verdict: Verdict) {
    var folded = kind == .organizationCode ? organizationCode(value) : CodeFolding.fold(value, dropsSeparators: true)
    if kind == .plate { dropDots(&folded) }
    if folded.bytes.isEmpty { return ([], folded.fixes) }
    let verdict = kind.check(folded.bytes.span, tables)
    // The check character of a house code may be a star: only what is wrong with the rest makes it suspicious.
    let isSuspicious = kind == .houseNumberCode ? !verdict.isDisjoint(with: kind.policy.errors) : !verdict.isEmpty
    if isSuspicious, MaskedValue.isMasked(folded.bytes.span, isName: false) {
      return (folded.bytes, folded.fixes.union(.masked))
    }
    if !verdict.isDisjoint(with: kind.policy.errors), let repaired = withoutLookalikes(folded.bytes, kind) {
      let again = kind.check(repaired.span, tables)
      if again.isDisjoint(with: kind.policy.errors) { return (repaired, folded.fixes.union(again).union(.fixHomoglyph)) }
    }
    return (folded.bytes, folded.fixes.union(verdict))
  }

  /// The value with look-alikes replaced, to be kept only where it then checks; nil where the kind has no check to tell.
  private static func withoutLookalikes(_ value: [UInt8], _ kind: IdentifierKind) -> [UInt8]? {
    switch kind {
    case .registrationNumber: CodeFolding.withoutHomoglyphs(value, allowsX: false)
    case .creditOrRegistration where value.count == 15: CodeFolding.withoutHomoglyphs(value, allowsX: false)
    case .creditCode, .creditOrRegistration: CreditCode.withoutLookalikes(value)
    default: nil
    }
  }

  /// An organisation code with the hyphen that the standard writes; that it was missing, or another mark, is a repair.
  private static func organizationCode(_ value: Span<UInt8>) -> CodeFolding.Folded {
    let kept = CodeFolding.fold(value, dropsSeparators: false)
    let plain = CodeFolding.fold(value, dropsSeparators: true)
    guard let code = OrganizationCode.hyphenated(plain.bytes) else { return plain }
    return CodeFolding.Folded(bytes: code, fixes: code == kept.bytes ? kept.fixes : kept.fixes.union(.fixSeparator))
  }

  /// Plates are written with a dot behind the second character.
  private static func dropDots(_ folded: inout CodeFolding.Folded) {
    var out: [UInt8] = []
    var index = 0
    while index < folded.bytes.count {
      let scalar = UTF8Scan.scalar(folded.bytes.span, at: &index)
      if scalar == 0xB7 || scalar == 0x2022 || scalar == 0x2E || scalar == 0x30FB {
        folded.fixes.insert(.fixSeparator)
      } else {
        UTF8Scan.append(scalar, to: &out)
      }
    }
    folded.bytes = out
  }
}
