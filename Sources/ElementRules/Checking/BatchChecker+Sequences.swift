import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// What the rules over neighbours keep of every record, rule by rule.
  mutating func placeInSequences() {
    notes.out.sequences = zip(plan.dataset.sequences, plan.sequenceHashes).map(points)
  }

  private func points(_ rule: SequenceRule, by hash: RowHash) -> [SequencePoint] {
    var points = [SequencePoint](repeating: SequencePoint(), count: notes.out.count)
    guard rule.fields.allSatisfy({ plan.columns[$0] != nil }) else { return points }
    let applies = rule.condition.map(truths)
    for record in 0..<notes.out.count where !(notes.isUnsound[record] && notes.isUnsound(record, rule.fields)) {
      let start = record * notes.out.fieldCount
      guard let order = number(record, rule.order), rule.by.allSatisfy({ !notes.out.values[start + $0].isEmpty }) else {
        continue
      }
      points[record].group = max(1, hash.hash(notes.out.source.bytes.span, notes.out.values.span, from: start))
      points[record].order = order
      if applies?.holds(record) ?? true { points[record].last = compared(record, rule.last, rule, plus: rule.plus ?? 0) }
      points[record].next = compared(record, rule.next, rule, plus: 0)
    }
    return points
  }

  /// A value as it is compared with a neighbour's: by size, or as a whole; 0 where it is empty.
  private func compared(_ record: Int, _ field: Int, _ rule: SequenceRule, plus: Int) -> UInt64 {
    switch rule.relation {
    case .nothing: return 1
    case .equal where rule.plus == nil:
      let range = notes.out.values[record * notes.out.fieldCount + field]
      return range.isEmpty ? 0 : max(1, XXH64.hash(notes.out.source.bytes.span.extracting(range.indices)))
    case .notAfter, .equal: return number(record, field).map { SequencePoint.ordered($0 + Double(plus)) } ?? 0
    }
  }

  /// A number, or a date as days; nil where the field is empty.
  private func number(_ record: Int, _ field: Int) -> Double? {
    let value = notes.out.source.bytes.span.extracting(notes.out.values[record * notes.out.fieldCount + field].indices)
    if value.isEmpty { return nil }
    switch plan.dataset.fields[field].type {
    case .date, .dateTime: return DayTime(iso: value)?.dayNumber
    default: return String(validUTF8: value).flatMap(Double.init)
    }
  }
}
