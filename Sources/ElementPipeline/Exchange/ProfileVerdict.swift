import ElementCore
import ElementExchange
import ElementExpression
import ElementSchema
import ElementWarehouse

/// What the conditions of a profile say of some rows.
struct ProfileVerdict {
  private let filter: [Bool]?
  private let rules: [(condition: [Bool]?, assertion: Truths)]

  init(_ part: ProfileDataset, _ rows: PackageReader.Rows, read: [Int], today: CalendarDate) {
    guard part.filter != nil || !part.rules.isEmpty else {
      (filter, rules) = (nil, [])
      return
    }
    let width = part.dataset.fields.count
    var ranges = [FieldRange](repeating: .empty, count: rows.ids.count * width)
    for row in rows.ids.indices {
      for (slot, field) in read.enumerated() { ranges[row * width + field] = rows.ranges[row * read.count + slot] }
    }
    func truths(_ expression: Expression) -> Truths {
      expression.evaluate(rows.bytes.span, ranges.span, width: width, count: rows.ids.count, today: today)
    }
    func holds(_ expression: Expression) -> [Bool] {
      let truths = truths(expression)
      return rows.ids.indices.map(truths.holds)
    }
    filter = part.filter.map(holds)
    rules = part.rules.map { ($0.condition.map(holds), truths($0.assertion)) }
  }

  /// Whether a row, from 0, is to be handed on; where the condition cannot be told it is not.
  func isMeant(_ row: Int) -> Bool { filter?[row] ?? true }

  /// The first rule, from 0, that does not hold of a row.
  func broken(_ row: Int) -> Int? {
    rules.firstIndex { ($0.condition?[row] ?? true) && $0.assertion.fails(row) }
  }
}
