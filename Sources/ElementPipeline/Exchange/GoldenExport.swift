import ElementCore
import ElementExchange
import ElementWarehouse

extension DatasetExport {
  /// Writes golden records: all that are meant, or, of a delta, those that are other than the receiver has them for sure, and that some are gone.
  mutating func addGolden(
    _ reader: PackageReader, _ kind: StoredPackage, _ base: PackageBase, only: Set<Int64>?, to state: inout State,
    advance: (Int) throws -> Void
  ) throws {
    let merge = GoldenMerge(part, read: read)
    var stays: Set<Int64> = []
    try reader.forEachEntity(merge.sources) { entity, members in
      try advance(members.count)
      if let limit = profile.recordLimit, state.ledger.recordCount > limit { throw ExportRefusal.tooMany(profile, limit) }
      let id = Int64(entity)
      if only?.contains(id) == false { return }
      let golden = merge.golden(entity, members)
      let verdict = ProfileVerdict(part, golden.rows, read: read, today: today)
      guard verdict.isMeant(0) else { return }
      stays.insert(id)
      if let rule = verdict.broken(0) { return leave(id, Misfit(column: -1, .rule(rule)), &state) }
      let isChild = golden.ages.ids.indices.contains { adult?.isChild(golden.ages, first: $0 * read.count) ?? false }
      if isChild { return leave(id, Misfit(column: -1, .minor), &state) }
      let isKnown = kind.kind == .delta && base.said(id, of: part.ledgerName) == golden.digest
      let goes = isKnown ? true : try write(golden, to: &state)
      if goes { state.ledger.know(id, as: golden.digest, of: part.ledgerName) }
    }
    // A full package replaces what the receiver has, unless its table is only added to.
    guard only == nil, kind.kind == .delta || profile.deletions == .marked else { return }
    for id in base.heldNumbers(part.ledgerName) where !stays.contains(id) {
      var stamp = entityStamp(UInt32(truncatingIfNeeded: id))
      if let successor = try reader.successor(of: UInt32(truncatingIfNeeded: id)), stays.contains(Int64(successor)) {
        stamp.replacedBy = entityStamp(successor).entity
      }
      try remove(id, stamp, &state)
    }
  }

  /// Writes a golden record; false where it stays behind.
  private mutating func write(_ golden: GoldenMerge.Golden, to state: inout State) throws -> Bool {
    var stamp = entityStamp(UInt32(truncatingIfNeeded: golden.rows.ids[0]))
    stamp.provenance = golden.provenance
    return try write(golden.rows, 0, cleared: [], stamp, to: &state)
  }

  /// Tells that a golden record is gone: nothing stands in it but whose it was, and who answers for it.
  private mutating func remove(_ id: Int64, _ stamp: EntityStamp, _ state: inout State) throws {
    var rows = PackageReader.Rows()
    rows.ranges = Array(repeating: .empty, count: read.count)
    rows.ids = [id]
    try remove(id, rows, 0, stamp, &state)
  }
}
