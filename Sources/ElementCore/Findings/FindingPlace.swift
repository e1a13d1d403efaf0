/// What a finding is about: enough to find it among those of its input.
package struct FindingPlace: Sendable, Hashable {
  /// The data row, from 1.
  package let row: Int
  /// The rule that is broken.
  package let code: RuleCode
  /// The field of the dataset, from 0; -1 for none.
  package let field: Int
  /// How much it matters.
  package let severity: Severity

  /// The place of a finding.
  package init(row: Int, code: RuleCode, field: Int, severity: Severity) {
    (self.row, self.code, self.field, self.severity) = (row, code, field, severity)
  }

  /// The place of a finding that was made.
  package init(_ finding: Finding) {
    self.init(row: finding.row, code: finding.code, field: finding.field, severity: finding.severity)
  }
}
