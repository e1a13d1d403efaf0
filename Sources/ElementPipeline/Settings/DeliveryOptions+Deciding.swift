extension DeliveryOptions {
  private static let (complete, accept, scheme) = ("complete", "accept", "gridScheme=")

  /// What is asked that decides about rows, as a batch keeps it so that its files can be planned again.
  var deciding: [String] {
    get {
      let named = gridScheme ?? configuration.gridScheme
      return (isComplete ? [Self.complete] : []) + (acceptsOwners ? [Self.accept] : [])
        + (named.map { $0.utf8.contains(0x2C) ? [] : [Self.scheme + $0] } ?? [])
    }
    set {
      func has(_ word: String) -> Bool { newValue.contains { $0.utf8.elementsEqual(word.utf8) } }
      (isComplete, acceptsOwners) = (has(Self.complete), has(Self.accept))
      let named = newValue.first { $0.utf8.starts(with: Self.scheme.utf8) }
      gridScheme = named.map { String($0.dropFirst(Self.scheme.count)) } ?? gridScheme
    }
  }
}
