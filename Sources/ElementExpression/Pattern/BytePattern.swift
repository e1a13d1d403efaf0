import ElementCore

/// A pattern compiled to a table: matching a value costs one look a byte, whatever the pattern.
package struct BytePattern: Sendable {
  /// The most states; a pattern that needs more is refused.
  static let stateLimit = 4096
  /// The most states of the automaton in all states of the table together: what a hostile pattern may cost.
  private static let workLimit = 200_000
  /// The class of each byte: bytes that every state treats alike share one.
  private let classes: [UInt8]
  private let classCount: Int
  /// The next state of each state and class; state 0 is the one that nothing leads out of.
  private let table: [UInt16]
  private let accepts: [Bool]

  /// Compiles a pattern, which always matches whole values.
  ///
  /// - Throws: `ExpressionError` with the offset in the pattern, where it is wrong or needs too many states.
  package init(_ source: String) throws(ExpressionError) {
    var parser = PatternParser(source)
    let automaton = try PatternAutomaton(try parser.parse())
    (classes, classCount) = Self.classes(of: automaton)
    (table, accepts) = try Self.table(automaton, classes, classCount)
  }

  /// Whether the pattern matches the whole value.
  package func matches(_ value: Span<UInt8>) -> Bool {
    var state = 1
    for index in value.indices { state = Int(table[state * classCount + Int(classes[Int(value[index])])]) }
    return accepts[state]
  }

  /// Bytes are alike where no range of the automaton begins or ends between them.
  private static func classes(of automaton: PatternAutomaton) -> ([UInt8], Int) {
    var isBorder = [Bool](repeating: false, count: 257)
    for state in automaton.states {
      for step in state.steps {
        isBorder[Int(step.bytes.lowerBound)] = true
        isBorder[Int(step.bytes.upperBound) + 1] = true
      }
    }
    var classes = [UInt8](repeating: 0, count: 256)
    var next = 0
    for byte in 0..<256 {
      if byte > 0, isBorder[byte] { next += 1 }
      classes[byte] = UInt8(next)
    }
    return (classes, next + 1)
  }

  /// The subset construction: each state of the table is a set of states of the automaton.
  private static func table(
    _ automaton: PatternAutomaton, _ classes: [UInt8], _ classCount: Int
  ) throws(ExpressionError) -> ([UInt16], [Bool]) {
    let first = closure([0], automaton)
    var numbers: [[Int]: Int] = [[]: 0, first: 1]
    var sets: [[Int]] = [[], first]
    var table = [UInt16](repeating: 0, count: 2 * classCount)
    var current = 1
    var work = 0
    while current < sets.count {
      var targets = [Set<Int>](repeating: [], count: classCount)
      for state in sets[current] {
        for step in automaton.states[state].steps {
          for place in classes[Int(step.bytes.lowerBound)]...classes[Int(step.bytes.upperBound)] {
            targets[Int(place)].insert(step.target)
          }
        }
      }
      for (place, target) in targets.enumerated() where !target.isEmpty {
        let set = closure(Array(target), automaton)
        if numbers[set] == nil {
          work += set.count
          guard sets.count < stateLimit, work < workLimit else {
            throw ExpressionError(
              0, zh: "样式需要的状态超过 \(stateLimit) 个，请简化", en: "the pattern needs more than \(stateLimit) states; simplify it")
          }
          numbers[set] = sets.count
          sets.append(set)
          table += [UInt16](repeating: 0, count: classCount)
        }
        table[current * classCount + place] = UInt16(numbers[set] ?? 0)
      }
      current += 1
    }
    return (table, sets.map { $0.contains(automaton.end) })
  }

  /// The states that can be reached without a byte, sorted.
  private static func closure(_ start: [Int], _ automaton: PatternAutomaton) -> [Int] {
    var seen = Set(start)
    var pending = start
    while let state = pending.popLast() {
      for target in automaton.states[state].jumps where seen.insert(target).inserted { pending.append(target) }
    }
    return seen.sorted()
  }
}
