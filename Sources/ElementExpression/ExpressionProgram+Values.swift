import ElementCore

extension ExpressionProgram {
  /// What the values of a step are.
  enum Kind {
    /// Conditions.
    case truth
    /// Numbers; dates are day numbers.
    case number
    case text
  }

  /// What the values of a step are.
  func kind(_ step: Int32) -> Kind {
    switch steps[Int(step)] {
    case .literal, .sexCode: .text
    case .field(_, let type): type.isText ? .text : type == .bool ? .truth : .number
    case .number, .today, .birthDate, .year, .size, .difference, .workdays, .otherwise, .sum, .shift: .number
    default: .truth
    }
  }

  /// The numbers of a step, record by record, dates as `CalendarDate.dayNumber`; NaN where unknown.
  func numbers(_ step: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape) -> [Double] {
    switch steps[Int(step)] {
    case .number(let number): return Array(repeating: number, count: shape.count)
    case .today: return Array(repeating: Double(shape.today.dayNumber), count: shape.count)
    case .field(let index, .date):
      return each(index, bytes, ranges, shape) { DayTime(iso: $0)?.dayNumber }
    case .field(let index, _): return each(index, bytes, ranges, shape) { String(validUTF8: $0).flatMap(Double.init) }
    case .birthDate(let index):
      return each(index, bytes, ranges, shape) { CitizenID.birthDate($0).map { Double($0.dayNumber) } }
    case .year(let inner):
      return numbers(inner, bytes, ranges, shape).map {
        // Years 1 to 9999; a day beyond has no year.
        $0.magnitude < 4_000_000 ? Double(CalendarDate.year(ofDay: Int($0))) : .nan
      }
    case .size(let inner): return sizes(inner, bytes, ranges, shape)
    case .difference(let left, let right), .sum(isMinus: true, let left, let right), .shift(isMinus: true, let left, let right):
      return zip(numbers(left, bytes, ranges, shape), numbers(right, bytes, ranges, shape)).map { $0 - $1 }
    case .sum(isMinus: false, let left, let right), .shift(isMinus: false, let left, let right):
      return zip(numbers(left, bytes, ranges, shape), numbers(right, bytes, ranges, shape)).map { $0 + $1 }
    case .workdays(let left, let right):
      return zip(numbers(left, bytes, ranges, shape), numbers(right, bytes, ranges, shape)).map(Self.workdays)
    case .otherwise(let inner, let number): return numbers(inner, bytes, ranges, shape).map { $0.isNaN ? number : $0 }
    default: bug("a step of an expression is no number")
    }
  }

  /// The days from Monday to Friday behind `start`, up to `end`; negative where `end` lies before.
  private static func workdays(_ end: Double, _ start: Double) -> Double {
    guard !end.isNaN, !start.isNaN else { return .nan }
    return Double(
      CalendarDate.workdays(upToDay: Int(end.rounded(.down))) - CalendarDate.workdays(upToDay: Int(start.rounded(.down))))
  }

  /// Whether a step is a date as it stands, not one that was counted from another.
  func isPlainDate(_ step: Int32) -> Bool {
    switch steps[Int(step)] {
    case .today, .birthDate, .field(_, .date): true
    default: false
    }
  }

  /// The dates of a plain step, record by record, as YYYYMMDD, with a fraction above 0 where the time of the day is known; NaN
  /// where unknown.
  func dates(_ step: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape) -> [Double] {
    switch steps[Int(step)] {
    case .today: return Array(repeating: Self.packed(shape.today), count: shape.count)
    case .birthDate(let index): return each(index, bytes, ranges, shape) { CitizenID.birthDate($0).map(Self.packed) }
    case .field(let index, _): return each(index, bytes, ranges, shape, Self.packed)
    default: bug("a step of an expression is no date")
    }
  }

  private static func packed(_ bytes: Span<UInt8>) -> Double? {
    if let day = CalendarDate(iso: bytes) { return packed(day) }
    return DayTime(iso: bytes).map { packed($0.day) + Double(($0.second ?? 0) + 1) / 86_401 }
  }

  private static func packed(_ day: CalendarDate) -> Double { Double(day.year * 10_000 + day.month * 100 + day.day) }

  /// Where a text of a record stands, and in which bytes; nil where it is unknown.
  @inline(__always)
  func text(
    _ step: Step, _ record: Int, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape
  ) -> (range: FieldRange, isLiteral: Bool)? {
    switch step {
    case .literal(let range): return (range, true)
    case .field(let index, _):
      let range = ranges[record * shape.width + Int(index)]
      return range.isEmpty ? nil : (range, false)
    case .sexCode(let index):
      let range = ranges[record * shape.width + Int(index)]
      guard let isMale = CitizenID.isMale(bytes.extracting(range.indices)) else { return nil }
      return (isMale ? FieldRange(0, 1) : FieldRange(1, 2), true)
    default: bug("a step of an expression is no text")
    }
  }

  @inline(__always)
  private func each(
    _ field: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape,
    _ value: (Span<UInt8>) -> Double?
  ) -> [Double] {
    var out = [Double](repeating: .nan, count: shape.count)
    var numbers = out.mutableSpan
    for record in numbers.indices {
      let range = ranges[record * shape.width + Int(field)]
      if !range.isEmpty, let number = value(bytes.extracting(range.indices)) { numbers[record] = number }
    }
    return out
  }

  private func sizes(_ inner: Int32, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ shape: ExpressionShape) -> [Double] {
    let step = steps[Int(inner)]
    let constants = literals.span
    return (0..<shape.count).map { record in
      guard let found = text(step, record, bytes, ranges, shape) else { return .nan }
      let count =
        found.isLiteral
        ? UTF8Scan.codePointCount(constants.extracting(found.range.indices))
        : UTF8Scan.codePointCount(bytes.extracting(found.range.indices))
      return Double(count)
    }
  }
}
