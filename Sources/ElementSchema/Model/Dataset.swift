package import ElementCore
package import ElementExpression

/// Fields that name a row of another dataset, by its key or by its names.
package struct Reference: Sendable, Hashable {
  /// The field that holds the reference, from 0.
  package let field: Int
  /// The dataset it names a row of.
  package let target: String
  /// The key field of the target.
  package let targetField: String
  /// Fields of the target whose values are accepted as names.
  package let nameFields: [String]
  /// The field of the target that says in what a name is unique, such as the community.
  package let within: String?
}

/// A rule over all rows that share the values of some fields.
package struct GroupRule: Sendable {
  /// The code of the rule.
  package let code: RuleCode
  /// The fields whose values make a group, from 0.
  package let by: [Int]
  /// Which rows are counted.
  package let condition: Expression
  /// The most rows of a group that may meet the condition; nil for no limit.
  package let most: Int?
  /// The least rows of a group that must meet the condition; nil for no limit.
  package let least: Int?
}

/// A rule over one record, written in the expression language.
package struct RecordRule: Sendable {
  /// All there is to know about it.
  package let descriptor: RuleDescriptor
  /// The field the finding stands at, from 0.
  package let field: Int
  /// When the rule applies; nil for always.
  package let condition: Expression?
  /// What must hold.
  package let assertion: Expression
  /// Which layer made it, and where.
  package let origin: SettingOrigin
}

/// A kind of record: its fields, its key and its rules.
package struct Dataset: Sendable {
  /// The name, such as `registeredResident`.
  package let name: String
  /// Person, place, thing, event, organization or workforce.
  package let element: String
  /// What it is called.
  package let title: LocalizedText
  /// Where it comes from.
  package let source: String
  /// The fields in order.
  package var fields: [Field]
  /// The fields of the key, from 0.
  package let key: [Int]
  /// References to other datasets.
  package let references: [Reference]
  /// Rules over groups of rows.
  package let groups: [GroupRule]
  /// Rules over one record.
  package let rules: [RecordRule]
  /// The field that each heading means, by `HeaderText` key: identifiers, titles and aliases.
  package let fieldByHeading: [String: Int]

  /// The place of a field, from 0; nil where there is none of that name.
  package func index(of name: String) -> Int? {
    // Identifiers are ASCII by the pattern that the loader enforces, so comparing strings compares bytes.
    fields.firstIndex { $0.name == name }
  }

  /// For each group rule the first one that groups and counts the same rows: what it found holds for both.
  package var groupings: [Int] {
    groups.map { rule in
      groups.firstIndex { $0.by == rule.by && $0.condition.source.utf8.elementsEqual(rule.condition.source.utf8) } ?? 0
    }
  }

  /// Fields without which no roster is taken: the key, and for people the name.
  package var keyFields: [Int] { fields.indices.filter { fields[$0].duty == .key } }
}
