import ElementSchema

/// The order of a delivery: datasets that others refer to come first, whatever the order on the line.
enum DependencyOrder {
  /// The inputs in that order; inputs of one dataset keep theirs.
  static func sort(_ inputs: [PreparedInput], _ datasets: [Dataset]) -> [PreparedInput] {
    let depths = Dictionary(uniqueKeysWithValues: datasets.map { ($0.name, depth($0, datasets, seen: [])) })
    return inputs.sorted { left, right in
      let (first, second) = (left.map.dataset.name, right.map.dataset.name)
      return (depths[first] ?? 0, first, left.ordinal) < (depths[second] ?? 0, second, right.ordinal)
    }
  }

  /// The datasets of sorted inputs, each once.
  static func datasets(_ inputs: [PreparedInput]) -> [Dataset] {
    var out: [Dataset] = []
    for input in inputs where !out.contains(where: { $0.name == input.map.dataset.name }) { out.append(input.map.dataset) }
    return out
  }

  private static func depth(_ dataset: Dataset, _ all: [Dataset], seen: Set<String>) -> Int {
    guard !seen.contains(dataset.name) else { return 0 }
    let names = dataset.references.flatMap(\.targets)
    let targets = all.filter { names.contains($0.name) && $0.name != dataset.name }
    return (targets.map { depth($0, all, seen: seen.union([dataset.name])) + 1 }.max()) ?? 0
  }
}
