/// How much a finding matters.
package enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
  /// Worth knowing; nothing need be done.
  case info
  /// Doubtful: somebody should look.
  case warning
  /// Wrong: the row waits for correction.
  case error

  /// Info is below warning, warning below error.
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
}

/// Another row that a finding speaks of.
package struct RelatedRow: Sendable, Hashable {
  /// The input of the delivery, from 0.
  package let input: Int
  /// The data row, from 1.
  package let row: Int
  /// The physical line, from 1.
  package let line: Int

  /// Another row.
  package init(input: Int, row: Int, line: Int) {
    self.input = input
    self.row = row
    self.line = line
  }
}

/// A suggested replacement, masked like a value.
package struct Suggestion: Sendable, Hashable {
  /// The replacement, shown only as far as it changes.
  package let value: String
  /// Whether it may be applied without a person looking.
  package let safe: Bool

  /// A suggestion.
  package init(value: String, safe: Bool) {
    self.value = value
    self.safe = safe
  }
}

/// A fact about the data: what, where, and what was seen. Sentences come from the catalog.
///
/// Values are masked when a finding is made; a finding never holds what a reader may not see: only a run that was asked for them, with a
/// purpose that the audit chain keeps, has them as they were written.
package struct Finding: Sendable, Hashable {
  /// The rule that is broken, such as `V1001`.
  package var code: RuleCode
  /// How much it matters here; a list of low confidence lowers it.
  package var severity: Severity
  /// The data row, from 1; 0 for the file as a whole.
  package var row: Int
  /// The physical line, from 1; 0 for the file as a whole.
  package var line: Int
  /// The column in the file, from 1; 0 for the record as a whole.
  package var column: Int
  /// The field of the dataset, from 0; -1 for none.
  package var field: Int
  /// The offset of the record in the file, from 0.
  package var byte: Int
  /// The value, masked.
  package var value: String
  /// The value as it was written, where somebody may see it; nil elsewhere.
  package var written: String?
  /// What would be right.
  package var expected: String
  /// What could stand there instead.
  package var suggestion: Suggestion?
  /// More facts for the message, by name.
  package var facts: [String: String]
  /// Other rows the finding speaks of.
  package var related: [RelatedRow]
  /// For how many rows the finding stands; 1 but for findings about a column.
  package var count: Int
  /// By what it is known again; nil where no warehouse gives a secret for it.
  package var fingerprint: FindingFingerprint?
  /// Whether it may be accepted for a time, as far as the value goes: what has no place in its column may not.
  package var isWaivable = true
  /// Whether somebody accepted it for a time: it counts, and no row waits for it.
  package var isWaived = false

  /// Whether a row waits for it.
  package var stops: Bool { severity == .error && !isWaived }

  /// A finding.
  package init(
    _ code: RuleCode, _ severity: Severity, row: Int = 0, line: Int = 0, column: Int = 0, field: Int = -1, byte: Int = 0,
    value: String = "", expected: String = "", suggestion: Suggestion? = nil, facts: [String: String] = [:],
    related: [RelatedRow] = [], count: Int = 1
  ) {
    self.code = code
    self.severity = severity
    self.row = row
    self.line = line
    self.column = column
    self.field = field
    self.byte = byte
    self.value = value
    self.expected = expected
    self.suggestion = suggestion
    self.facts = facts
    self.related = related
    self.count = count
  }
}
