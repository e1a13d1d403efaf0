/// A pattern as an automaton that may be in several states at once.
struct PatternAutomaton {
  /// A state: where a byte leads, or where it may go on without one.
  struct State {
    /// The bytes that lead on, with their targets.
    var steps: [(bytes: ClosedRange<UInt8>, target: Int)] = []
    /// Where it may go on without a byte.
    var jumps: [Int] = []
  }

  /// The most states; a pattern that needs more is refused.
  static let stateLimit = 20_000
  private(set) var states: [State] = [State()]
  /// The state behind the whole pattern; the first is 0.
  private(set) var end = 0

  /// The automaton of a pattern.
  ///
  /// - Throws: `ExpressionError` where it has too many states.
  init(_ node: PatternNode) throws(ExpressionError) {
    end = try add(node, from: 0)
  }

  private mutating func add(_ node: PatternNode, from start: Int) throws(ExpressionError) -> Int {
    switch node {
    case .empty: return start
    case .characters(let ranges):
      let target = try state()
      for range in ranges {
        for sequence in PatternRanges.sequences(range) { try add(sequence, from: start, to: target) }
      }
      return target
    case .sequence(let items):
      var place = start
      for item in items { place = try add(item, from: place) }
      return place
    case .either(let choices):
      let target = try state()
      for choice in choices {
        let entry = try state()
        states[start].jumps.append(entry)
        let exit = try add(choice, from: entry)
        states[exit].jumps.append(target)
      }
      return target
    case .times(let inner, let least, let most): return try add(inner, least, most, from: start)
    }
  }

  private mutating func add(_ sequence: [ClosedRange<UInt8>], from start: Int, to target: Int) throws(ExpressionError) {
    var place = start
    for (index, bytes) in sequence.enumerated() {
      let next = index == sequence.count - 1 ? target : try state()
      states[place].steps.append((bytes, next))
      place = next
    }
  }

  private mutating func add(_ inner: PatternNode, _ least: Int, _ most: Int?, from start: Int) throws(ExpressionError) -> Int {
    var place = start
    for _ in 0..<least { place = try add(inner, from: place) }
    guard let most else {
      let entry = try state()
      let target = try state()
      states[place].jumps += [entry, target]
      let exit = try add(inner, from: entry)
      states[exit].jumps += [entry, target]
      return target
    }
    let target = try state()
    states[place].jumps.append(target)
    for _ in least..<most {
      let entry = try state()
      states[place].jumps.append(entry)
      place = try add(inner, from: entry)
      states[place].jumps.append(target)
    }
    return target
  }

  private mutating func state() throws(ExpressionError) -> Int {
    guard states.count < Self.stateLimit else {
      throw ExpressionError(0, zh: "样式太大，请拆成几条规则", en: "the pattern is too large; make it several rules")
    }
    states.append(State())
    return states.count - 1
  }
}
