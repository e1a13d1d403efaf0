import ElementCore
import ElementRules
import ElementSchema

/// What references need to know of the rows they name.
enum ReferenceTargets {
  /// The fields of a target dataset that references to it ask for, by name: key, within, then names.
  static func fields(of target: Dataset, in datasets: [Dataset]) -> [String] {
    for dataset in datasets {
      for reference in dataset.references where reference.target == target.name {
        return [reference.targetField, reference.within ?? reference.targetField] + reference.nameFields
      }
    }
    return []
  }

  /// A row from its values in the order of `fields`.
  static func target(_ values: [String], scheme: GridCodeScheme, keyIsGrid: Bool) -> ReferenceIndex.Target {
    let key = values[0]
    let area = keyIsGrid ? String(validUTF8: scheme.area(of: Array(key.utf8)).span) ?? "" : ""
    return ReferenceIndex.Target(key: key, names: Array(values.dropFirst(2)), within: values[1], area: area)
  }
}
