package import ElementCore

/// The rows of a dataset that form a tree, by the hashes of their keys: 40 bytes a row.
package struct TreeTally: Sendable {
  /// A row with a parent.
  private struct Entry: Sendable {
    let key: UInt64
    let parent: UInt64
    let row: RowReference
  }

  private var keys: KeySet
  private var entries: [Entry] = []
  private var delivered = KeySet()
  /// What rows say together with others of their key, by their places; nil for one at the top.
  private var united: [UInt64: Entry?] = [:]
  /// The parents of rows that stand in the warehouse.
  private let storedParents: [UInt64: UInt64]

  /// A tally beside the rows that stand in the warehouse.
  package init(stored: Stored) {
    keys = stored.keys
    storedParents = stored.parents
  }

  /// The rows of a tree that stand in the warehouse, by the hashes of their keys.
  package struct Stored: Sendable {
    private(set) var keys = KeySet()

    /// Nothing stands there.
    package init() {}

    /// The parents of rows that have one.
    private(set) var parents: [UInt64: UInt64] = [:]

    /// Adds a row.
    package mutating func add(key: Span<UInt8>, parent: Span<UInt8>) {
      keys.insert(XXH64.hash(key))
      if !parent.isEmpty { parents[XXH64.hash(key)] = XXH64.hash(parent) }
    }
  }

  /// Notes a row; `parent` is empty at the top.
  package mutating func add(key: Span<UInt8>, parent: Span<UInt8>, _ row: RowReference) {
    let hash = XXH64.hash(key)
    keys.insert(hash)
    delivered.insert(hash)
    if !parent.isEmpty { entries.append(Entry(key: hash, parent: XXH64.hash(parent), row: row)) }
  }

  /// Notes a row whose record several rows make, in the place of what it says alone.
  package mutating func unite(key: Span<UInt8>, parent: Span<UInt8>, _ row: RowReference) {
    let hash = XXH64.hash(key)
    keys.insert(hash)
    delivered.insert(hash)
    united[row.place] = parent.isEmpty ? Entry?.none : Entry(key: hash, parent: XXH64.hash(parent), row: row)
  }

  /// The rows that have a parent, as their records say it.
  private var known: [Entry] {
    united.isEmpty ? entries : entries.filter { united[$0.row.place] == nil } + united.values.compactMap { $0 }
  }

  /// The rows whose parent is not there, in the order of the delivery.
  package var orphans: [RowReference] { known.filter { !keys.contains($0.parent) }.map(\.row).sorted() }

  /// The rows that lead back to themselves, circle by circle.
  package var cycles: [[RowReference]] {
    let entries = known
    let byKey = Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var settled: Set<UInt64> = []
    var out: [[RowReference]] = []
    for entry in entries where !settled.contains(entry.key) {
      var path: [UInt64] = []
      var places: [UInt64: Int] = [:]
      var next: UInt64? = entry.key
      while let key = next, !settled.contains(key), places[key] == nil {
        places[key] = path.count
        path.append(key)
        // What the delivery says goes before what is stored.
        next = byKey[key]?.parent ?? (delivered.contains(key) ? nil : storedParents[key])
      }
      if let key = next, let start = places[key] {
        let rows = path[start...].compactMap { byKey[$0]?.row }.sorted()
        if !rows.isEmpty { out.append(rows) }
      }
      settled.formUnion(path)
    }
    return out.sorted { $0[0] < $1[0] }
  }
}
