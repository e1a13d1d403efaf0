/// A pattern as a tree.
indirect enum PatternNode: Sendable {
  /// Nothing.
  case empty
  /// One character out of some, as ranges of scalars.
  case characters([ClosedRange<UInt32>])
  /// One behind the other.
  case sequence([PatternNode])
  /// One or the other.
  case either([PatternNode])
  /// As often as the bounds say; no upper bound for nil.
  case times(PatternNode, Int, Int?)
}
