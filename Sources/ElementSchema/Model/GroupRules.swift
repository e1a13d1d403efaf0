package import ElementCore
package import ElementExpression

/// A field that names a row of another dataset, by its key or by its names.
package struct Reference: Sendable {
  /// The field that holds the reference, from 0.
  package let field: Int
  /// The datasets one of which holds the row.
  package let targets: [String]
  /// The field of the targets that is named.
  package let targetField: String
  /// Fields of the target whose values are accepted as names.
  package let nameFields: [String]
  /// The field of the target that says in what a name is unique, such as the community.
  package let within: String?
  /// The field whose grid code says where the row was given its number, of a number that is unique in a community only; nil where the
  /// reference brings none.
  package let grid: Int?
  /// When the reference applies; nil for always.
  package let condition: Expression?
}

/// A rule over all rows that share the values of some fields.
package struct GroupRule: Sendable {
  /// What findings of the rule are counted and listed under.
  package let code: RuleCode
  /// All there is to know about it; nil for a built-in rule.
  package let descriptor: RuleDescriptor?
  /// How much it matters: rows of a group with too many matches wait where it is an error.
  package let severity: Severity
  /// The fields whose values make a group, from 0.
  package let by: [Int]
  /// Which rows are counted.
  package let condition: Expression
  /// Which rows are no members of their group, such as who has died; nil for none. Of these fields a file may lack some.
  package let exception: Expression?
  /// The most rows of a group that may meet the condition; nil for no limit.
  package let most: Int?
  /// The least rows of a group that must meet the condition; nil for no limit.
  package let least: Int?

  /// All fields that it looks at, from 0, each once, those that make a group first.
  package var fields: [Int] {
    (by + condition.fields + (exception?.fields ?? [])).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether it has the groups and counts the rows of another rule.
  package func groups(as other: GroupRule) -> Bool {
    func text(_ expression: Expression?) -> [UInt8] { Array((expression?.source ?? "").utf8) }
    return by == other.by && text(condition) == text(other.condition) && text(exception) == text(other.exception)
  }
}

/// A rule over neighbours: the rows of a group in their order.
package struct SequenceRule: Sendable {
  /// What must hold of a value of one row and a value of the next.
  package enum Relation: String, Sendable, CaseIterable {
    /// The earlier one is not greater.
    case notAfter
    /// Both are equal.
    case equal
    /// No row follows.
    case nothing

    /// Whether it holds of two values, as `SequencePoint` keeps them.
    package func holds(_ last: UInt64, _ next: UInt64) -> Bool {
      switch self {
      case .notAfter: last <= next
      case .equal: last == next
      case .nothing: false
      }
    }
  }

  /// All there is to know about it.
  package let descriptor: RuleDescriptor
  /// The fields whose values make a group, from 0.
  package let by: [Int]
  /// The field that orders the rows of a group, from 0: a number or a date.
  package let order: Int
  /// The field of the earlier row, from 0.
  package let last: Int
  /// The field of the next row, from 0.
  package let next: Int
  /// What must hold of the two.
  package let relation: Relation
  /// What is added to the number of the earlier row before both are compared for equality; nil where they are compared as
  /// they stand.
  package let plus: Int?
  /// When the earlier row is judged; nil for always.
  package let condition: Expression?
  /// Whether only rows are judged whose numbers in `order` follow each other: a row that is missing in between may explain
  /// what would be wrong.
  package let isAdjacent: Bool

  /// All fields that it looks at, from 0.
  package var fields: [Int] { by + [order, last, next] + (condition?.fields ?? []) }
}

/// A number, or a day, of a row that must agree with the rows of other datasets that name it.
package struct TotalRule: Sendable {
  /// What is taken from the rows.
  package enum Measure: Sendable {
    /// How many they are.
    case rows
    /// The days from one of their fields to the same field of a row that holds one of some codes, or else to another of
    /// their own, added up; days from Monday to Friday only where `isWorking`.
    case days(from: String, to: String, until: [(field: String, codes: [String])], isWorking: Bool)
    /// The latest day in one of their fields.
    case latest(String)
  }

  /// All there is to know about it.
  package let descriptor: RuleDescriptor
  /// The field that holds the number, from 0.
  package let field: Int
  /// The datasets whose rows are counted.
  package let datasets: [String]
  /// Their field that holds the key of this dataset's row.
  package let by: String
  /// Their fields of which the first that is filled counts once; a row without any counts by itself.
  package let distinct: [String]
  /// Their fields that must hold one of some codes, or nothing, for a row to count.
  package let only: [(field: String, codes: [String])]
  /// Their fields that must be empty for a row to count.
  package let without: [String]
  /// What is taken from them.
  package let measure: Measure
  /// Their fields beside `by` that it looks at; one of the datasets has each.
  package var fieldNames: [String] {
    let measured =
      switch measure {
      case .rows: [String]()
      case .days(let from, let to, let until, _): [from, to] + until.map(\.field)
      case .latest(let name): [name]
      }
    return distinct + only.map(\.field) + without + measured
  }

  /// Whether something else than the number of rows is taken: then a row that does not say its kind does not count.
  package var isMeasured: Bool {
    if case .rows = measure { false } else { true }
  }

  /// Whether an empty number says that nothing is there; otherwise it says nothing.
  package let emptyIsNone: Bool
}

/// A field that is filled where a form says the same in another way, such as 是否已死亡 instead of 人员状态.
package struct Derivation: Sendable {
  /// What it is filled with.
  package enum Source: Sendable {
    /// These bytes.
    case value([UInt8])
    /// The value of another field, from 0.
    case field(Int)
  }

  /// The field that is filled where it is empty, from 0.
  package let field: Int
  /// When.
  package let condition: Expression
  /// What the derived value is taken from.
  package let source: Source

  /// The fields that its condition looks at, from 0.
  package var conditionFields: [Int] { condition.fields }
}

/// What stands for a key that is not known yet, such as the number of a newborn child.
package struct InterimKey: Sendable {
  /// Fields that must be filled, from 0.
  package let must: [Int]
  /// Fields that tell namesakes apart where they are filled, from 0.
  package let may: [Int]

  /// All of them.
  package var fields: [Int] { must + may }
}
