import ElementCore

extension ExpressionProgram {
  /// What the expression comes to for a record: `bytes` holds its values, `ranges` says where they stand.
  func value(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, today: CalendarDate) -> Operand {
    value(Int32(steps.count - 1), bytes, ranges, today)
  }

  private func value(_ step: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ today: CalendarDate) -> Operand {
    switch steps[Int(step)] {
    case .constant(let operand): return operand
    case .today: return .day(today.dayNumber)
    case .has(let index): return .bool(!ranges[Int(index)].isEmpty)
    case .field(let index, let type): return Self.field(bytes, ranges[Int(index)], type)
    case .not(let inner):
      guard case .bool(let flag) = value(inner, bytes, ranges, today) else { return .unknown }
      return .bool(!flag)
    case .and(let left, let right): return join(left, right, bytes, ranges, today, absorbing: false)
    case .or(let left, let right): return join(left, right, bytes, ranges, today, absorbing: true)
    case .compare(let comparison, let left, let right):
      return compare(comparison, value(left, bytes, ranges, today), value(right, bytes, ranges, today), bytes)
    case .isIn(let item, let first, let count): return isIn(item, first..<first + count, bytes, ranges, today)
    case .isShortText(let index, let first, let count):
      let range = ranges[Int(index)]
      if range.isEmpty { return .unknown }
      return .bool(isShortText(bytes, range, first..<first + count))
    case .birthDate(let index):
      return CitizenID.birthDate(bytes.extracting(ranges[Int(index)].indices)).map { .day($0.dayNumber) } ?? .unknown
    case .sexCode(let index):
      guard let isMale = CitizenID.isMale(bytes.extracting(ranges[Int(index)].indices)) else { return .unknown }
      return .literal(isMale ? FieldRange(0, 1) : FieldRange(1, 2))
    case .year(let inner):
      guard case .day(let day) = value(inner, bytes, ranges, today) else { return .unknown }
      return .number(Double(Self.year(of: day)))
    }
  }

  private static func field(_ bytes: Span<UInt8>, _ range: FieldRange, _ type: ExpressionType) -> Operand {
    if range.isEmpty { return .unknown }
    switch type {
    case .date: return CalendarDate(iso: bytes.extracting(range.indices)).map { .day($0.dayNumber) } ?? .unknown
    case .number: return String(validUTF8: bytes.extracting(range.indices)).flatMap(Double.init).map { .number($0) } ?? .unknown
    default: return .text(range)
    }
  }

  /// `&&` (absorbing false) and `||` (absorbing true): the absorbing value wins over unknown.
  private func join(
    _ left: Int32, _ right: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ today: CalendarDate, absorbing: Bool
  ) -> Operand {
    let first = value(left, bytes, ranges, today)
    if case .bool(absorbing) = first { return first }
    let second = value(right, bytes, ranges, today)
    if case .bool(absorbing) = second { return second }
    if case .unknown = first { return .unknown }
    return second
  }

  private func isIn(
    _ item: Int32, _ list: Range<Int32>, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ today: CalendarDate
  ) -> Operand {
    let wanted = value(item, bytes, ranges, today)
    if case .unknown = wanted { return .unknown }
    var sawUnknown = false
    for place in list {
      let candidate = value(lists[Int(place)], bytes, ranges, today)
      if case .unknown = candidate { sawUnknown = true } else if isEqual(wanted, candidate, bytes) { return .bool(true) }
    }
    return sawUnknown ? .unknown : .bool(false)
  }

  private func isShortText(_ bytes: Span<UInt8>, _ range: FieldRange, _ list: Range<Int32>) -> Bool {
    guard range.count <= 8 else { return false }
    let word = bytes.word(at: Int(range.start), count: range.count)
    for place in list where shortTexts[Int(place)] == (word, Int32(range.count)) { return true }
    return false
  }

  private func compare(
    _ comparison: ExpressionNode.Comparison, _ first: Operand, _ second: Operand, _ bytes: Span<UInt8>
  ) -> Operand {
    if case .unknown = first { return .unknown }
    if case .unknown = second { return .unknown }
    switch comparison {
    case .equal: return .bool(isEqual(first, second, bytes))
    case .notEqual: return .bool(!isEqual(first, second, bytes))
    case .less: return .bool(isLess(first, second, bytes))
    case .lessOrEqual: return .bool(!isLess(second, first, bytes))
    case .greater: return .bool(isLess(second, first, bytes))
    case .greaterOrEqual: return .bool(!isLess(first, second, bytes))
    }
  }

  private func isEqual(_ left: Operand, _ right: Operand, _ bytes: Span<UInt8>) -> Bool {
    switch (left, right) {
    case (.bool(let first), .bool(let second)): first == second
    case (.number(let first), .number(let second)): first == second
    case (.day(let first), .day(let second)): first == second
    case (.text(let first), .text(let second)):
      bytes.extracting(first.indices).equals(bytes.extracting(second.indices))
    case (.text(let first), .literal(let second)), (.literal(let second), .text(let first)):
      bytes.extracting(first.indices).equals(literals.span.extracting(second.indices))
    case (.literal(let first), .literal(let second)):
      literals.span.extracting(first.indices).equals(literals.span.extracting(second.indices))
    default: false
    }
  }

  private func isLess(_ left: Operand, _ right: Operand, _ bytes: Span<UInt8>) -> Bool {
    switch (left, right) {
    case (.number(let first), .number(let second)): first < second
    case (.day(let first), .day(let second)): first < second
    case (.text(let first), .text(let second)):
      Self.precedes(bytes.extracting(first.indices), bytes.extracting(second.indices))
    case (.text(let first), .literal(let second)):
      Self.precedes(bytes.extracting(first.indices), literals.span.extracting(second.indices))
    case (.literal(let first), .text(let second)):
      Self.precedes(literals.span.extracting(first.indices), bytes.extracting(second.indices))
    case (.literal(let first), .literal(let second)):
      Self.precedes(literals.span.extracting(first.indices), literals.span.extracting(second.indices))
    default: false
    }
  }

  /// Whether bytes come before others in the order of bytes.
  private static func precedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] { return left[index] < right[index] }
    return left.count < right.count
  }

  /// The year of a day number.
  static func year(of day: Int) -> Int {
    // A day number grows by 365.2425 a year from 0000-03-01; the first of January falls 306 days later.
    var year = day * 400 / 146_097
    while let first = CalendarDate(year: year + 1, month: 1, day: 1), first.dayNumber <= day { year += 1 }
    while let first = CalendarDate(year: year, month: 1, day: 1), first.dayNumber > day { year -= 1 }
    return year
  }
}
