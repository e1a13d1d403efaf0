import ElementCore
import ElementExchange
import ElementRules

extension Misfit {
  /// The rule that tells of it.
  var rule: RuleDescriptor {
    switch reason {
    case .missing: TargetValueMissing.descriptor
    case .unmapped: TargetCodeUnmapped.descriptor
    case .partialDate: TargetDatePartial.descriptor
    case .tooLong: TargetValueTooLong.descriptor
    case .pattern: TargetPatternBroken.descriptor
    case .value: TargetValueUnknown.descriptor
    case .character: TargetCharacterLacking.descriptor
    case .rule: TargetRuleBroken.descriptor
    case .minor: MinorWithheld.descriptor
    }
  }
}
