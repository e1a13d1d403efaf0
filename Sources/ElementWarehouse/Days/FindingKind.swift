package import ElementCore
import GRDB

/// A rule at a field of a dataset: what findings have in common that are counted together.
package struct FindingKind: Sendable, Hashable {
  /// Which rule is broken.
  package let code: RuleCode
  /// The identifier of the dataset.
  package let dataset: String
  /// The name of the field; empty for the record as a whole.
  package let field: String
  /// How much such findings matter.
  package let severity: Severity

  /// The kind of a finding.
  package init(code: RuleCode, dataset: String, field: String, severity: Severity) {
    (self.code, self.dataset, self.field, self.severity) = (code, dataset, field, severity)
  }
}

extension FindingKind {
  /// The kinds that a warehouse knows, by their numbers there.
  static func known(_ db: Database) throws -> [Int: FindingKind] {
    let rows = try Row.fetchAll(db, sql: "SELECT id, code, dataset, field, severity FROM finding_kind")
    let kinds = rows.compactMap { row -> (Int, FindingKind)? in
      guard let code = RuleCode(parsing: row[1]), let severity = Severity(rawValue: row[4]) else { return nil }
      return (row[0], FindingKind(code: code, dataset: row[2], field: row[3], severity: severity))
    }
    return Dictionary(uniqueKeysWithValues: kinds)
  }
}

/// Why a finding began or ended to be found. The first of these that holds counts, in this order.
package enum LifeCause: Int, Sendable, CaseIterable {
  /// The record changed, or one that it refers to or shares a group with, or a row that waits came or went.
  case data = 1
  /// The rule, its text, or a list that it looks at became another.
  case rules = 2
  /// Nothing changed but the day.
  case time = 3

  /// What reports call it.
  package var title: LocalizedText {
    switch self {
    case .data: LocalizedText(zh: "数据变动", en: "data")
    case .rules: LocalizedText(zh: "规则变动", en: "rules")
    case .time: LocalizedText(zh: "到期", en: "time")
    }
  }
}
