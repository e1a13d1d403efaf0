package import ElementSchema

/// How what leaves stands to the people, houses or organisations that rows are about: the key `entity` of a part of a profile.
package enum EntityForm: String, Sendable, CaseIterable {
  /// One record a row, which says nothing of others.
  case none
  /// One record a row, and whose it is.
  case id
  /// One record a person, house or organisation, made of all rows that are of it.
  case golden
}

/// A dataset whose rows make golden records: which of its fields say what.
package struct GoldenSource: Sendable {
  /// Whose rows they are.
  package let dataset: Dataset
  /// Its field, from 0, for each field of the part's dataset, from 0, of which it says something: by the same name, else by the same role.
  package private(set) var fields: [Int: Int] = [:]
  /// The same before a recipient was denied any: what tells the age of a child is looked at, and not shown.
  package private(set) var allFields: [Int: Int] = [:]

  /// What a dataset says of the fields of another.
  init(_ dataset: Dataset, for target: Dataset) {
    self.dataset = dataset
    for (place, field) in target.fields.enumerated() {
      if let same = dataset.index(of: field.name) {
        fields[place] = same
      } else if let role = target.linkage?.roles.first(where: { $0.value.contains(place) }) {
        // The second telephone of one is the second of the other.
        let order = role.value.firstIndex(of: place) ?? 0
        if let own = dataset.linkage?.roles[role.key], order < own.count { fields[place] = own[order] }
      }
    }
    allFields = fields
  }

  /// The same, silent about what `isAdmitted` refuses of its own fields, from 0.
  func admitting(_ isAdmitted: (Int) -> Bool) -> GoldenSource {
    var source = self
    source.fields = fields.filter { isAdmitted($0.value) }
    return source
  }

  /// How much it is trusted beside the others; the smallest is the best.
  package var rank: Int { dataset.linkage?.rank ?? .max }
}
