package import ElementCore

/// What the repairs and readings of values are like, for whoever writes values back.
package enum RepairKinds {
  /// A field filled from others: nothing was written there that could be repaired.
  package static let fills: Set<RuleCode> = [ReadDerived.descriptor.code, ReadMonth.descriptor.code]
  /// Names read for codes: both may be written.
  package static let names: Set<RuleCode> = [ReadLabel.descriptor.code, ReadName.descriptor.code]
  /// A day in another style than that of the standard.
  package static let dateStyle = ReadDateStyle.descriptor.code
  /// White space at the ends of a value.
  package static let trim = FixTrim.descriptor.code
  /// A name for a code.
  package static let label = ReadLabel.descriptor.code
  /// A word that stands for nothing.
  package static let nothing = FixNothing.descriptor.code
}
