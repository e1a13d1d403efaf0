import ElementCore

/// What a condition comes to for a record.
package enum Truth: UInt8, Sendable, Hashable {
  /// It does not hold.
  case no = 0
  /// It holds.
  case yes = 1
  /// An empty field, or a value that cannot be read, decides it: not evaluated.
  case unknown = 2
}

/// What a condition comes to for each record of a batch: a byte a record, compared as bytes.
@usableFromInline
package struct Truths: Sendable {
  /// Raw `Truth`, record by record.
  @usableFromInline let raw: [UInt8]

  /// Wraps raw values.
  init(raw: [UInt8]) { self.raw = raw }

  /// What it comes to for a record (from 0).
  package subscript(record: Int) -> Truth { Truth(rawValue: raw[record]) ?? .unknown }
  /// Whether it is true of a record, from 0: neither false nor unknown.
  @inlinable
  package func holds(_ record: Int) -> Bool { raw[record] == 1 }
  /// Whether it is known not to hold for a record.
  @inlinable
  package func fails(_ record: Int) -> Bool { raw[record] == 0 }
  /// All, record by record.
  package var all: [Truth] { raw.indices.map { self[$0] } }
}

/// How the values of a batch of records stand among their ranges, and what counts as today.
struct ExpressionShape: Sendable {
  /// The number of ranges a record.
  let width: Int
  /// The number of records.
  let count: Int
  /// The day that counts as today.
  let today: CalendarDate
}

extension ExpressionProgram {
  /// What the whole expression comes to, record by record, as raw `Truth`.
  func truths(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape) -> [UInt8] {
    truth(Int32(steps.count - 1), bytes, ranges, shape)
  }

  private func truth(_ step: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape) -> [UInt8] {
    switch steps[Int(step)] {
    case .truth(let flag): return Array(repeating: flag ? 1 : 0, count: shape.count)
    case .has(let index): return has(Int(index), ranges, shape)
    case .not(let inner): return truth(inner, bytes, ranges, shape).map { $0 == 2 ? 2 : 1 - $0 }
    case .and(let left, let right):
      return Self.join(truth(left, bytes, ranges, shape), truth(right, bytes, ranges, shape), absorbing: 0)
    case .or(let left, let right):
      return Self.join(truth(left, bytes, ranges, shape), truth(right, bytes, ranges, shape), absorbing: 1)
    case .isShortText(let index, let first, let count):
      return isShortText(Int(index), first..<first + count, bytes, ranges, shape)
    case .textTest(let test, let text, let part):
      return texts(text, part, bytes, ranges, shape) { test.holds($0, $1) }
    case .matches(let text, let pattern):
      let matcher = patterns[Int(pattern)]
      return texts(text, text, bytes, ranges, shape) { value, _ in matcher.matches(value) }
    case .compare(let comparison, let left, let right): return compare(comparison, left, right, bytes, ranges, shape)
    default: bug("a step of an expression is no condition")
    }
  }

  private func has(_ field: Int, _ ranges: Span<FieldRange>, _ shape: ExpressionShape) -> [UInt8] {
    var out = [UInt8](repeating: 1, count: shape.count)
    var truths = out.mutableSpan
    for record in truths.indices where ranges[record * shape.width + field].isEmpty { truths[record] = 0 }
    return out
  }

  /// `&&` (absorbing 0) and `||` (absorbing 1): the absorbing value wins over unknown.
  private static func join(_ left: [UInt8], _ right: [UInt8], absorbing: UInt8) -> [UInt8] {
    var out = left
    var joined = out.mutableSpan
    let other = right.span
    for index in joined.indices {
      let (first, second) = (joined[index], other[index])
      // Beside the absorbing value the greater one decides: unknown, or else the value that both have.
      joined[index] = first == absorbing || second == absorbing ? absorbing : max(first, second)
    }
    return out
  }

  private func isShortText(
    _ field: Int, _ list: Range<Int32>, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape
  ) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: shape.count)
    var truths = out.mutableSpan
    // Spans: an array of a structure is counted with every look at it.
    let texts = shortTexts.span.extracting(Int(list.lowerBound)..<Int(list.upperBound))
    for record in truths.indices {
      let range = ranges[record * shape.width + field]
      let count = range.count
      if count == 0 { truths[record] = 2 }
      guard count > 0, count <= 8 else { continue }
      let word = bytes.word(at: Int(range.start), count: count)
      for place in texts.indices where texts[place].bytes == word && texts[place].count == Int32(count) { truths[record] = 1 }
    }
    return out
  }

  private func compare(
    _ comparison: ExpressionNode.Comparison, _ left: Int32, _ right: Int32, _ bytes: Span<UInt8>,
    _ ranges: Span<FieldRange>, _ shape: ExpressionShape
  ) -> [UInt8] {
    switch kind(left) {
    case .text where comparison == .equal || comparison == .notEqual:
      if case .field(let first, _) = steps[Int(left)], case .field(let second, _) = steps[Int(right)] {
        return equal(Int(first), Int(second), bytes, ranges, shape, if: comparison == .equal ? 1 : 0)
      }
      return texts(left, right, bytes, ranges, shape) { comparison.holds($0, $1) }
    case .text: return texts(left, right, bytes, ranges, shape) { comparison.holds($0, $1) }
    case .truth:
      let (first, second) = (truth(left, bytes, ranges, shape), truth(right, bytes, ranges, shape))
      return zip(first, second).map { $0 == 2 || $1 == 2 ? 2 : comparison.holds(Double($0), Double($1)) ? 1 : 0 }
    case .number:
      // Two dates as they stand need no calendar to be compared.
      let isDate = isPlainDate(left) && isPlainDate(right)
      let first = isDate ? dates(left, bytes, ranges, shape) : numbers(left, bytes, ranges, shape)
      let second = isDate ? dates(right, bytes, ranges, shape) : numbers(right, bytes, ranges, shape)
      return isDate ? Self.compareDates(comparison, first, second) : Self.compare(comparison, first, second)
    }
  }

  /// A day compared with a time is the whole day: 10 o'clock of the last day is not after it.
  private static func compareDates(
    _ comparison: ExpressionNode.Comparison, _ first: [Double], _ second: [Double]
  ) -> [UInt8] {
    var out = [UInt8](repeating: 2, count: first.count)
    var truths = out.mutableSpan
    let (left, right) = (first.span, second.span)
    for record in truths.indices where !left[record].isNaN && !right[record].isNaN {
      let (leftDay, rightDay) = (left[record].rounded(.down), right[record].rounded(.down))
      let isDay = leftDay == left[record] || rightDay == right[record]
      let isTrue = isDay ? comparison.holds(leftDay, rightDay) : comparison.holds(left[record], right[record])
      truths[record] = isTrue ? 1 : 0
    }
    return out
  }

  private static func compare(_ comparison: ExpressionNode.Comparison, _ first: [Double], _ second: [Double]) -> [UInt8] {
    var out = [UInt8](repeating: 2, count: first.count)
    var truths = out.mutableSpan
    let (left, right) = (first.span, second.span)
    for record in truths.indices where !left[record].isNaN && !right[record].isNaN {
      truths[record] = comparison.holds(left[record], right[record]) ? 1 : 0
    }
    return out
  }

  /// Whether two fields are equal, record by record, as `same` says for equal ones: lengths tell most apart.
  private func equal(
    _ first: Int, _ second: Int, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape, if same: UInt8
  ) -> [UInt8] {
    var out = [UInt8](repeating: 2, count: shape.count)
    var truths = out.mutableSpan
    for record in truths.indices {
      let (one, other) = (ranges[record * shape.width + first], ranges[record * shape.width + second])
      if one.isEmpty || other.isEmpty { continue }
      let isEqual = one.count == other.count && bytes.extracting(one.indices).equals(bytes.extracting(other.indices))
      truths[record] = isEqual ? same : 1 - same
    }
    return out
  }

  /// What holds of two texts, record by record; unknown where one is empty.
  @inline(__always)
  private func texts(
    _ left: Int32, _ right: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape,
    _ holds: (Span<UInt8>, Span<UInt8>) -> Bool
  ) -> [UInt8] {
    let (first, second) = (steps[Int(left)], steps[Int(right)])
    var out = [UInt8](repeating: 2, count: shape.count)
    let constants = literals.span
    for record in 0..<shape.count {
      guard let one = text(first, record, bytes, ranges, shape), let other = text(second, record, bytes, ranges, shape) else {
        continue
      }
      let isTrue =
        switch (one.isLiteral, other.isLiteral) {
        case (false, false): holds(bytes.extracting(one.range.indices), bytes.extracting(other.range.indices))
        case (false, true): holds(bytes.extracting(one.range.indices), constants.extracting(other.range.indices))
        case (true, false): holds(constants.extracting(one.range.indices), bytes.extracting(other.range.indices))
        case (true, true): holds(constants.extracting(one.range.indices), constants.extracting(other.range.indices))
        }
      out[record] = isTrue ? 1 : 0
    }
    return out
  }
}
