package import ElementCore
package import ElementExpression

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
  /// Words over headings that mean the record itself, by `HeaderText` key: its own title, and what forms call it.
  package let subjects: Set<String>
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
  /// Rules over the rows of a group in their order.
  package let sequences: [SequenceRule]
  /// Numbers that must agree with the rows of other datasets.
  package let totals: [TotalRule]
  /// The field that holds the key of the row above, from 0; nil where rows form no tree.
  package let parent: Int?
  /// Fields that are filled from others where a form says the same in another way.
  package let derivations: [Derivation]
  /// What stands for the key of a row whose key is not known yet; nil where every row must have its key.
  package let interim: InterimKey?
  /// The number that is unique in a community only; nil where there is none.
  package let localNumber: LocalNumber?
  /// The codes and names of communities; nil where it has none.
  package let communities: CommunityFields?
  /// How its records say that they have ended; nil where they do not.
  package let closing: ClosingStatement?
  /// What work lists of it leave to be filled in; nil where there are none.
  package let workList: WorkListFields?
  /// What its columns mean to linkage; nil where it takes no part.
  package let linkage: DatasetLinkage?
  /// Fields, from 0, of which a header must show one to be recognised: what tells a dataset from others with the same key.
  package let marks: [Int]
  /// Why its rows need an explicit opt-in with a stated purpose; nil where they do not.
  package let restriction: LocalizedText?
  /// Whether standing in it says something sensitive of people, so that small numbers of it stay in the office.
  package let isSensitive: Bool
  /// Small rosters without findings, header first.
  package let examples: [String]
  /// The field that each heading means, by `HeaderText` key: identifiers, titles and aliases.
  package let fieldByHeading: [String: Int]

  /// The field, from 0, that says who a record is beside the key it is known by: the name of a person; nil where there is none.
  package var nameField: Int? {
    fields.indices.first { fields[$0].type == .text(.personName) && fields[$0].duty == .key && !key.contains($0) }
  }

  /// The field, from 0, that holds what a name was before; nil where there is none.
  package func formerName(of field: Int) -> Int? {
    // Names are ASCII by the pattern that schemas are read by.
    fields.indices.first { fields[$0].formerNameOf == fields[field].name }
  }

  /// The fields, from 0, that may be filled where a file has no column for them.
  package var filledFields: Set<Int> { Set(derivations.map(\.field) + (localNumber.map { [$0.scope] } ?? [])) }

  /// The field, from 0, that says where a number (from 0) was given; nil where the number needs none.
  package func scope(of field: Int) -> Int? { localNumber.flatMap { $0.number == field ? $0.scope : nil } }

  /// Whether rows are told apart, or put together, by a field (from 0) although it may be empty.
  package func mayBeEmpty(_ field: Int) -> Bool { localNumber?.scope == field }

  /// The place of a field, from 0; nil where there is none of that name.
  package func index(of name: String) -> Int? {
    // Identifiers are ASCII by the pattern that the loader enforces, so comparing strings compares bytes.
    fields.firstIndex { $0.name == name }
  }

  /// For each group rule the first one that groups and counts the same rows: what it found holds for both.
  package var groupings: [Int] {
    groups.map { rule in groups.firstIndex { $0.groups(as: rule) } ?? 0 }
  }

  /// The descriptors of all its rules that schemas wrote.
  package var descriptors: [RuleDescriptor] {
    rules.map(\.descriptor) + groups.compactMap(\.descriptor) + sequences.map(\.descriptor) + totals.map(\.descriptor)
  }

  /// The names of fields, from 0.
  package func names(of fields: [Int]) -> [String] { fields.map { self.fields[$0].name } }

  /// The fingerprint of chosen fields, from 0, of its records; those that are `empty` in every record are not looked at.
  package func rowHash(of fields: some Sequence<Int>, empty: Set<Int> = []) -> RowHash {
    RowHash(fields, names: self.fields.map(\.name), empty: empty)
  }

  /// Fields without which no roster is taken: the key, and for people the name.
  package var keyFields: [Int] { fields.indices.filter { fields[$0].duty == .key } }
}
