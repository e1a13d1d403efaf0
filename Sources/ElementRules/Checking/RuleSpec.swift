import ElementExpression
import ElementSchema

/// What a check by one rule over a record needs, made once a run; a reference, because every batch of every worker takes it up.
final class RuleSpec: Sendable {
  let rule: RecordRule
  /// The fields that it looks at (from 0), of which the file has one at least.
  let fields: [Int]

  /// What a check by a rule needs; nil where the file has none of the fields that it looks at.
  init?(_ rule: RecordRule, _ columns: [Int?]) {
    self.rule = rule
    fields = rule.assertion.fields + (rule.condition?.fields ?? [])
    if fields.allSatisfy({ columns[$0] == nil }) { return nil }
  }
}
