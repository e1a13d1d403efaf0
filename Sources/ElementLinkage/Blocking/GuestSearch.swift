package import ElementCore

/// A record that is compared with all others and belongs to none of them: one that waits for correction, and the likeliest that it fits.
package struct GuestFit: Sendable, Hashable {
  /// The place of the guest among the guests, from 0.
  package let guest: Int
  /// The place of the record that it fits.
  package let place: UInt32
  /// What the two are to each other.
  package let judgement: PairJudgement
}

/// Finds whom records fit that are not among those compared: their keys are held, all others pass by once, and nothing of what is found among
/// these changes by it.
package struct GuestSearch<Records: LinkableRecords> {
  private let records: Records
  private let guests: [Records.Record]
  private let limits: BlockingLimits

  /// A search for the fits of some guests.
  package init(_ records: Records, guests: [Records.Record], limits: BlockingLimits) {
    (self.records, self.guests, self.limits) = (records, guests, limits)
  }

  /// For each guest that fits the one record best, at `least` bits or more (in 1/1024): those that fit two of different numbers as well fit nobody.
  package func run(least: Int32) throws(SpillError) -> [GuestFit] {
    var index = GuestKeys()
    var keys: [UInt64] = []
    for (place, guest) in guests.enumerated() {
      self.keys(of: guest, into: &keys)
      for key in keys { index.add(key, place) }
    }
    index.sort()
    // What is met under a key counts first: a value that so many share says nothing of one.
    var hits: [(entry: UInt32, place: UInt32)] = []
    try records.forEach { (place, record) throws(SpillError) in
      self.keys(of: record, into: &keys)
      for key in keys { if let entry = index.meet(key, most: limits.cap) { hits.append((entry, UInt32(place))) } }
    }
    var fits: [[GuestFit]] = Array(repeating: [], count: guests.count)
    var (met, last): ([Int], UInt32) = ([], .max)
    for hit in hits where index.isSmall(hit.entry, most: limits.cap) {
      if hit.place != last { met.removeAll(keepingCapacity: true) }
      last = hit.place
      let record = try records.record(Int(hit.place))
      for guest in index.guests(hit.entry) where !met.contains(guest) {
        met.append(guest)
        let judgement = records.judge(guests[guest], record)
        if judgement.weight < least || judgement.barrier?.isVeto == true { continue }
        fits[guest].append(GuestFit(guest: guest, place: hit.place, judgement: judgement))
      }
    }
    var found: [GuestFit] = []
    for some in fits { if let best = try best(some) { found.append(best) } }
    return found
  }

  /// The best of the fits of a guest; nil where two of different numbers fit almost as well.
  private func best(_ fits: [GuestFit]) throws(SpillError) -> GuestFit? {
    guard let best = fits.max(by: { ($0.judgement.weight, $1.place) < ($1.judgement.weight, $0.place) }) else { return nil }
    var numbers: Set<UInt64> = []
    for fit in fits where best.judgement.weight - fit.judgement.weight <= Rivals<Records>.closeness {
      let number = records.identity(of: try records.record(Int(fit.place)))
      if number != 0 { numbers.insert(number) }
    }
    return numbers.count > 1 ? nil : best
  }

  /// The keys of a record under all rules, none twice: four bits of the rule above 32 of the key.
  private func keys(of record: Records.Record, into keys: inout [UInt64]) {
    keys.removeAll(keepingCapacity: true)
    var some: [UInt32] = []
    for rule in records.ruleNames.indices {
      some.removeAll(keepingCapacity: true)
      records.appendKeys(of: record, rule: rule, to: &some)
      for key in some { keys.append(UInt64(rule) << 32 | UInt64(key)) }
    }
  }
}

/// The keys of guests, sorted, with how many records were met under each.
private struct GuestKeys {
  /// A key of 36 bits above the place of the guest, of 28 bits.
  private var entries: [UInt64] = []
  private var met: [UInt16] = []
  /// A bit for each key that may be there: most are not, and are not looked for.
  private var filter = [UInt64](repeating: 0, count: 1 << 19)

  private static func bit(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> 39) }

  mutating func add(_ key: UInt64, _ guest: Int) {
    entries.append(key << 28 | UInt64(guest))
    filter[Self.bit(key) >> 6] |= 1 << UInt64(Self.bit(key) & 63)
  }

  mutating func sort() {
    entries.sort()
    met = Array(repeating: 0, count: entries.count)
  }

  /// Counts a record under a key; where some guest has it, the place of its first entry, unless more than `most` records were met under it.
  mutating func meet(_ key: UInt64, most: Int) -> UInt32? {
    guard filter[Self.bit(key) >> 6] >> UInt64(Self.bit(key) & 63) & 1 != 0 else { return nil }
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle] >> 28 < key { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low] >> 28 == key else { return nil }
    met[low] = min(met[low], .max - 1) + 1
    return Int(met[low]) <= most ? UInt32(low) : nil
  }

  /// Whether at most `most` records were met under the key of an entry.
  func isSmall(_ entry: UInt32, most: Int) -> Bool { Int(met[Int(entry)]) <= most }

  /// The guests that have the key of an entry, which is the first of them.
  func guests(_ entry: UInt32) -> [Int] {
    let key = entries[Int(entry)] >> 28
    return entries[Int(entry)...].prefix { $0 >> 28 == key }.map { Int($0 & 0xFFF_FFFF) }
  }
}
