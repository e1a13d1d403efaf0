package import ElementCore
package import ElementExpression
package import ElementSchema

/// What a profile hands on of one dataset.
package struct ProfileDataset: Sendable {
  /// A rule of the target over one record.
  package struct Rule: Sendable {
    /// When it applies; nil for always.
    package let condition: Expression?
    /// What must hold.
    package let assertion: Expression
    /// What is wrong where it does not.
    package let message: LocalizedText
  }

  /// Numbers of records instead of records.
  package struct Aggregate: Sendable {
    /// The columns, from 0, whose values are counted by.
    package let by: [Int]
    /// The heading of the number.
    package let heading: String
    /// Numbers below it, but for 0, are not told.
    package let least: Int
  }

  /// Whose records they are, as the pack has it.
  package let dataset: Dataset
  /// What the target calls it.
  package let table: String
  /// Which records are handed on; nil for all that are open.
  package let filter: Expression?
  /// The columns in the order of the file.
  package private(set) var columns: [ProfileColumn]
  /// What the target demands of a record beside its columns.
  package let rules: [Rule]
  /// What is counted, where no records leave; nil for records.
  package let aggregate: Aggregate?
  /// How its records stand to those whose they are.
  package let entity: EntityForm
  /// The datasets of whose rows golden records are made, the most trusted first; none for records of rows.
  package private(set) var sources: [GoldenSource]

  /// What the ledger of a package calls its records: the dataset whose rows they are, or, of golden records, what they are about.
  package var ledgerName: String { entity == .golden ? dataset.linkage?.kind.rawValue ?? dataset.name : dataset.name }

  /// The fields, from 0, that its columns show, ascending.
  package var shownFields: [Int] { Set(columns.flatMap(\.fields)).sorted() }

  /// The fields, from 0, that its conditions look at, ascending.
  package var conditionFields: [Int] {
    let conditions = [filter] + rules.flatMap { [$0.condition, $0.assertion] }
    return Set(conditions.compactMap { $0?.fields }.flatMap { $0 }).sorted()
  }

  /// The fields, from 0, by which the age of the person of a record is known; none where it is of no person.
  package var ageFields: [Int] {
    guard dataset.element == "person" else { return [] }
    let days = dataset.fields.indices.filter { dataset.fields[$0].birthDateOf != nil }
    return days + dataset.key.filter { dataset.fields[$0].type == .citizenId }
  }

  /// The fields, from 0, that are read for it, ascending: those that are shown, those that conditions look at, the key, and what tells the age.
  package var readFields: [Int] { Set(shownFields + conditionFields + dataset.key + ageFields).sorted() }

  /// The columns, from 0, by which the target knows a record: those that show a field of the key; of golden records, whose they are.
  package var keyColumns: [Int] {
    if entity == .golden {
      return columns.indices.filter { [.stamp(.entity), .stamp(.replacedBy)].contains(columns[$0].source) }
    }
    return columns.indices.filter { place in columns[place].fields.contains { dataset.key.contains($0) } }
  }
}

extension ProfileDataset {
  /// The same with some of its columns, from 0.
  package func only(columns places: [Int]) -> ProfileDataset {
    var part = self
    part.columns = places.map { columns[$0] }
    return part
  }

  /// The same with columns that show nothing of some fields, from 0.
  package func withholding(_ hidden: Set<Int>) -> ProfileDataset {
    if hidden.isEmpty { return self }
    var part = self
    part.columns = columns.map { hidden.isDisjoint(with: $0.fields) ? $0 : $0.withheld }
    return part
  }

  /// The same, made of those datasets that `isNamed` and of those of their fields, from 0, that `admits`.
  func drawing(from isNamed: (Dataset) -> Bool, _ admits: (Dataset, Int) -> Bool) -> ProfileDataset {
    var part = self
    part.sources = sources.filter { isNamed($0.dataset) }.map { source in source.admitting { admits(source.dataset, $0) } }
    return part
  }
}
