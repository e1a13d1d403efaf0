package import ElementCore

/// What a check of all that is stored found, sorted by fingerprint, in little memory however much it is.
package struct FoundToday: Sendable {
  /// The kinds that were found, in the order in which they came up.
  private(set) var kinds: [FindingKind] = []
  private var places: [FindingKind: Int] = [:]
  private var sorter: EntrySorter
  /// The datasets that were checked, by their identifiers: what is known of others stays as it is.
  package let datasets: Set<String>

  /// A finding of today.
  struct Entry {
    /// Its fingerprint: 16 bytes.
    let fingerprint: [UInt8]
    /// The place of its kind.
    let kind: Int
    /// The number of the stored row; the negative one of a row that waits; 0 for none.
    let record: Int64
  }

  /// Nothing was found yet of some datasets; what is too much for memory goes beside the first of `paths` that has room.
  package init(_ datasets: Set<String>, beside paths: [String]) {
    self.datasets = datasets
    sorter = EntrySorter(beside: paths, runSize: 8 << 20)
  }

  /// Adds a finding about a record by its number.
  ///
  /// - Throws: `SpillError` where there is no room on the disk.
  package mutating func add(_ fingerprint: FindingFingerprint, _ kind: FindingKind, record: Int64) throws(SpillError) {
    let place = places[kind] ?? kinds.count
    if place == kinds.count {
      places[kind] = place
      kinds.append(kind)
    }
    var entry: [UInt8] = []
    entry.reserveCapacity(28)
    fingerprint.append(to: &entry)
    // Of several findings with one fingerprint that of a stored row comes first.
    entry.append(integer: UInt64(bitPattern: record < 0 ? Int64.max + record : record).bigEndian)
    entry.append(integer: UInt32(place).bigEndian)
    sorter.add(entry.span)
    try sorter.settle()
  }

  /// Visits each fingerprint once, ascending.
  mutating func forEach(_ body: (Entry) throws -> Void) throws {
    var entries = try sorter.sorted()
    var last: [UInt8] = []
    while let (bytes, place) = entries.first {
      let entry = bytes.span.extracting(place)
      let fingerprint = Array(span: entry.extracting(0..<16))
      if fingerprint != last {
        let record = Int64(bitPattern: entry.word(at: 16).byteSwapped)
        try body(
          Entry(
            fingerprint: fingerprint, kind: Int(UInt32(truncatingIfNeeded: entry.word(at: 24, count: 4)).byteSwapped),
            record: record > Int64.max / 2 ? record - Int64.max : record))
        last = fingerprint
      }
      try entries.advance()
    }
  }
}
