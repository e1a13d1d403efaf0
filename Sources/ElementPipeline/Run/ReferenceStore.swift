import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

/// The rows that the references of a delivery name: those that it brings, and those that stand in the warehouse.
struct ReferenceStore {
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let area: String?
  /// What is wanted of each dataset, and how many datasets of the delivery still want it.
  private var wanted: [ReferenceTargets.Want: Int] = [:]
  private var indexes: [ReferenceTargets.Want: ReferenceIndex] = [:]
  /// The communities of the site's list, of the warehouse and of the delivery, as far as it was read.
  private(set) var communities: CommunityCodes

  /// A store for the datasets of a delivery, with the rows that `stored` visits: all are read before the first row of the delivery is,
  /// so that a load finds what a check finds.
  init(_ datasets: [Dataset], pack: SchemaPack, scheme: GridCodeScheme, area: String?, _ stored: RowVisitor?) throws {
    self.pack = pack
    self.scheme = scheme
    self.area = area
    communities = CommunityCodes(suffixes: pack.lists.communitySuffixes)
    for entry in pack.codeSets["statisticalDivision"]?.entries ?? [] where entry.code.utf8.count == NumberScope.community.digits
    {
      communities.add(code: Array(entry.code.utf8), name: Array(entry.label.utf8))
    }
    for dataset in datasets {
      for want in Set(dataset.references.flatMap { ReferenceTargets.wants($0, pack) }) { wanted[want, default: 0] += 1 }
    }
    guard let stored else { return }
    for dataset in pack.datasets where datasets.contains(where: { $0.localNumber != nil }) {
      guard let fields = dataset.communities else { continue }
      try stored(dataset.name, dataset.names(of: [fields.code, fields.name])) { communities.add(code: $0[0], name: $0[1]) }
    }
    for want in wanted.keys {
      guard let dataset = pack.dataset(want.dataset) else { continue }
      var index = ReferenceIndex(area: area, suffixes: pack.lists.communitySuffixes)
      try stored(want.dataset, want.fields) { want.add(stored: $0, dataset, scheme, to: &index) }
      indexes[want] = index
    }
  }

  /// Indexes for a run of a dataset to fill with what others want of it.
  mutating func targets(in dataset: Dataset) -> [ReferenceTargets.Want: ReferenceIndex] {
    // Names of datasets are ASCII, so comparing strings compares bytes.
    let wants = wanted.keys.filter { $0.dataset == dataset.name }
    return Dictionary(
      uniqueKeysWithValues: wants.map {
        ($0, indexes.removeValue(forKey: $0) ?? ReferenceIndex(area: area, suffixes: pack.lists.communitySuffixes))
      })
  }

  /// Takes what a run has filled.
  mutating func take(_ run: inout DatasetRun) {
    indexes.merge(run.targets) { $1 }
    run.targets = [:]
    communities.add(run.communities)
  }

  /// What each reference of a dataset is looked up in; nil where none of its targets has rows. What no later dataset wants
  /// is forgotten.
  mutating func lookups(of dataset: Dataset) -> [ReferenceLookup?] {
    var out: [ReferenceLookup?] = []
    for reference in dataset.references {
      let wants = ReferenceTargets.wants(reference, pack)
      for want in wants { indexes[want]?.seal() }
      let filled = wants.compactMap { indexes[$0] }.filter { !$0.isEmpty }
      out.append(filled.isEmpty ? nil : ReferenceLookup(indexes: filled, isPartial: filled.count < wants.count))
    }
    for want in Set(dataset.references.flatMap { ReferenceTargets.wants($0, pack) }) {
      wanted[want, default: 1] -= 1
      if wanted[want] == 0 { indexes[want] = nil }
    }
    return out
  }

  /// The rows of a dataset that forms a tree, as they stand in the warehouse.
  func tree(of dataset: Dataset, _ stored: RowVisitor?) throws -> TreeTally.Stored {
    var rows = TreeTally.Stored()
    guard let parent = dataset.parent, let key = dataset.key.first, let stored else { return rows }
    try stored(dataset.name, [dataset.fields[key].name, dataset.fields[parent].name]) { values in
      let (own, above) = (values[0], values[1])
      rows.add(key: own.span, parent: above.span)
    }
    return rows
  }
}
