import ElementCore
import ElementExpression
import ElementSchema

/// Evaluates the rules of a dataset over generated records, so that clean ones keep all of them and dirty ones break one.
struct RuleKeeper {
  private let dataset: Dataset
  private let today: CalendarDate

  /// A keeper for a dataset; records are made for a day.
  init(_ dataset: Dataset) {
    self.dataset = dataset
    guard let day = CalendarDate(year: 2026, month: 1, day: 1) else { bug("a constant day is no day") }
    today = day
  }

  /// The rules that a record breaks; `columns` are the fields that are written, from 0.
  func broken(_ record: [String], columns: Set<Int>) -> [RecordRule] {
    let (bytes, ranges) = RuleKeeper.laidOut(record.enumerated().map { columns.contains($0) ? $1 : "" })
    return dataset.rules.filter { rule in
      guard truth(rule.assertion, bytes, ranges) == .no else { return false }
      return rule.condition.map { truth($0, bytes, ranges) == .yes } ?? true
    }
  }

  func holds(_ condition: Expression, _ record: [String]) -> Bool {
    let (bytes, ranges) = RuleKeeper.laidOut(record)
    return truth(condition, bytes, ranges) == .yes
  }

  private func truth(_ expression: Expression, _ bytes: [UInt8], _ ranges: [FieldRange]) -> Truth {
    expression.evaluate(bytes.span, ranges.span, width: ranges.count, count: 1, today: today)[0]
  }

  private static func laidOut(_ record: [String]) -> (bytes: [UInt8], ranges: [FieldRange]) {
    var bytes: [UInt8] = []
    let ranges = record.map { value in
      let start = bytes.count
      bytes += value.utf8
      return FieldRange(start, bytes.count)
    }
    return (bytes, ranges)
  }
}
