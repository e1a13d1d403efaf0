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
    var keys: [UInt64: [Int]] = [:]
    for (place, guest) in guests.enumerated() {
      for key in self.keys(of: guest) { keys[key, default: []].append(place) }
    }
    var seen: [UInt64: Int] = [:]
    var fits: [[GuestFit]] = Array(repeating: [], count: guests.count)
    try records.forEach { (place, record) throws(SpillError) in
      var met: Set<Int> = []
      for key in self.keys(of: record) {
        guard let some = keys[key] else { continue }
        seen[key, default: 0] += 1
        // A value that so many share says nothing of one.
        if seen[key, default: 0] <= limits.cap { met.formUnion(some) }
      }
      for guest in met {
        let judgement = records.judge(guests[guest], record)
        if judgement.weight < least || judgement.barrier?.isVeto == true { continue }
        fits[guest].append(GuestFit(guest: guest, place: UInt32(place), judgement: judgement))
      }
    }
    var found: [GuestFit] = []
    for some in fits { if let best = try best(some) { found.append(best) } }
    return found
  }

  /// The best of the fits of a guest; nil where another number fits almost as well.
  private func best(_ fits: [GuestFit]) throws(SpillError) -> GuestFit? {
    guard let best = fits.max(by: { ($0.judgement.weight, $1.place) < ($1.judgement.weight, $0.place) }) else { return nil }
    let number = records.identity(of: try records.record(Int(best.place)))
    for fit in fits where best.judgement.weight - fit.judgement.weight <= Rivals<Records>.closeness {
      let other = records.identity(of: try records.record(Int(fit.place)))
      if number != 0, other != 0, other != number { return nil }
    }
    return best
  }

  private func keys(of record: Records.Record) -> [UInt64] {
    var keys: [UInt64] = []
    for rule in records.ruleNames.indices {
      var some: [UInt32] = []
      records.appendKeys(of: record, rule: rule, to: &some)
      keys += some.map { UInt64(rule) << 32 | UInt64($0) }
    }
    return keys
  }
}
