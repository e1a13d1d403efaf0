package import ElementSchema

/// The values that generated datasets refer to each other by.
package struct KeyPools: Sendable {
  private var values: [String: [String]] = [:]
  /// The grids of rows that are named by a number of their own community.
  private var grids: [String: [String: String]] = [:]

  /// No values.
  package init() {}

  /// Adds records of a dataset: of each the fields that some reference names.
  package mutating func add(_ records: [[String]], of dataset: Dataset, in pack: SchemaPack) {
    let named = KeyPools.named(dataset, pack).compactMap { name in dataset.index(of: name).map { (name, $0) } }
    for record in records {
      for (name, field) in named where !record[field].isEmpty {
        values["\(dataset.name).\(name)", default: []].append(record[field])
        if let local = dataset.localNumber, local.number == field, let grid = local.grid {
          grids["\(dataset.name).\(name)", default: [:]][record[field]] = record[grid]
        }
      }
    }
  }

  /// The numbers of cases, in the order they were made.
  var cases: [String] { values["event.serialNumber"] ?? [] }

  /// A grid, where any was made.
  func anyGrid(_ random: inout SeededRandom) -> String? { values["grid.gridCode"].map { random.pick($0) } }

  /// The grid of the row that a reference names by a number; nil where it is none, or has none.
  func grid(of number: String, _ reference: Reference) -> String? {
    reference.targets.lazy.compactMap { grids["\($0).\(reference.targetField)"]?[number] }.first { !$0.isEmpty }
  }

  /// What a reference may name: the values of all its targets that have any; nil where none has.
  func pools(_ reference: Reference) -> [[String]]? {
    let found = reference.targets.compactMap { values["\($0).\(reference.targetField)"] }
    return found.isEmpty ? nil : found
  }

  private static func named(_ dataset: Dataset, _ pack: SchemaPack) -> Set<String> {
    Set(pack.datasets.flatMap(\.references).filter { $0.targets.contains(dataset.name) }.map(\.targetField))
  }
}
