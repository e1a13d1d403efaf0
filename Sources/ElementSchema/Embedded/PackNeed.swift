/// What a run needs of the shipped pack.
package enum PackNeed: Sendable, Hashable {
  /// Everything.
  case all
  /// These datasets, those that they refer to, and a grid-code scheme.
  case datasets([String], scheme: String)

  /// What a run needs that pins its dataset, or whose files hold these headings (as `HeaderText` keys, for each file): everything
  /// where that is not known of one of them.
  package static func run(dataset: String?, headings: [Set<String>], scheme: String) -> PackNeed {
    // A scheme of the site's own may name any code set.
    if scheme.contains("/") || scheme.contains(".") { return .all }
    let index = PackIndex.shipped
    if let dataset { return index.entries.contains { $0.dataset == dataset } ? .datasets([dataset], scheme: scheme) : .all }
    let candidates = headings.map(index.candidates)
    if candidates.isEmpty || candidates.contains(where: \.isEmpty) { return .all }
    return .datasets(Set(candidates.joined()).sorted(), scheme: scheme)
  }

  /// Sets that identifiers are checked against, whatever the dataset.
  private static let identifierSets: Set<String> = [
    "division", "nationality", "creditCodeKind", "objectClass", "statisticalDivision",
  ]

  /// The files that are needed.
  func files(_ all: [PackFile]) -> [PackFile] {
    guard case .datasets(let names, let scheme) = self else { return all }
    let entries = PackIndex.shipped.entries.filter { names.contains($0.dataset) }
    let datasets = Set(entries.flatMap(\.files))
    let sets = Self.identifierSets.union(entries.flatMap(\.sets))
    return all.filter { file in
      let parts = file.path.split(separator: "/")
      let stem = parts.last.map { String($0.prefix { $0 != "." }) } ?? ""
      switch parts.first {
      case "datasets": return datasets.contains(file.path)
      case "codes": return sets.contains(stem)
      // `stat12+3` stands on the scheme stat12, whose ranges are those of statistical codes too.
      case "grid-codes": return scheme.hasPrefix(stem) || stem == "stat12"
      case "overlays": return false
      default: return true
      }
    }
  }
}
