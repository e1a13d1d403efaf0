import ElementCore
import ElementSchema

extension BatchNotes {
  /// Reports what normalising a text or a name showed, and notes what it repaired.
  mutating func report(_ traits: TextTraits, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, isName: Bool) {
    if traits.isEmpty { return }
    let errors: [(TextTraits, RuleCode)] = [
      (.replacement, ReplacementCharacter.descriptor.code), (.mojibake, Mojibake.descriptor.code),
      (.control, ControlCharacter.descriptor.code),
      (.questionMark, QuestionMarkLoss.descriptor.code), (.privateUse, PrivateUse.descriptor.code),
    ]
    if let error = errors.first(where: { traits.contains($0.0) }) { fail(error.1, record, spec, value) }
    if isName {
      let text = String(escapingInvalid: value)
      if traits.contains(.mixed) { add(NameMixed.descriptor.code, .warning, record, field: spec.index, value: text) }
      if traits.contains(.placeholder) {
        add(RareCharacterPlaceholder.descriptor.code, .warning, record, field: spec.index, value: text)
      }
    }
    let codes = basis.fixCodes
    let fixes: [(TextTraits, RuleCode, Bool)] = [
      (.fixInterpunct, codes.interpunct, false), (.fixInvisible, codes.invisible, true),
      (.fixInnerSpace, codes.innerSpace, true),
      (.fixRadical, codes.radical, true), (.fixPrivateUse, codes.privateUse, false), (.fixLineBreak, codes.lineBreak, false),
    ]
    for (trait, code, warns) in fixes where traits.contains(trait) {
      addFix(code, record, spec.index, raw: value)
      if warns { add(code, .warning, record, field: spec.index, value: String(escapingInvalid: value)) }
    }
  }
}
