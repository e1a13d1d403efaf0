import ElementCore
import ElementExchange
import ElementSchema
import ElementWarehouse

extension ExportRun {
  func fill(
    _ state: inout DatasetExport.State, _ permit: ExportPermit, _ package: StoredPackage, _ stamps: PackageStamps,
    _ base: PackageBase, _ warehouse: Warehouse, _ sink: any PackageSink
  ) throws {
    let profile = permit.profile
    let again = try resent(profile, package.series, warehouse)
    var read = 0
    try warehouse.readingPackage { reader in
      let total = package.kind == .full ? try profile.datasets.reduce(0) { try $0 + reader.count($1.dataset) } : 0
      for part in profile.datasets {
        var export = DatasetExport(
          part, profile, stamps, isDelta: package.kind != .full, key: options.pseudonyms, today: options.today,
          codeSets: codeSets(part), stamp: footer(stamps, package), recipient: package.recipient,
          admitsMinors: permit.admitsMinors, sink)
        func advance(_ rows: Int) throws {
          try Interruption.check()
          read += rows
          progress(RunProgress(bytes: read, total: total, rows: read))
        }
        func confirm(_ rows: Int) throws {
          try advance(rows)
          if let limit = profile.recordLimit, state.ledger.recordCount > limit { throw ExportRefusal.tooMany(profile, limit) }
        }
        if let aggregate = part.aggregate {
          var table = AggregateTable(aggregate)
          try reader.forEach(part.dataset, export.read) { rows in
            try confirm(rows.ids.count)
            export.count(rows, into: &table)
          }
          try export.add(table, to: &state)
          try confirm(0)
          continue
        }
        if part.entity != .none {
          let found = try reader.unlinked(part.entity == .golden ? part.sources.map(\.dataset) : [part.dataset])
          // Everybody would be gone.
          if found.rows > 0, found.unlinked == found.rows { throw ExportRefusal.unlinked(profile) }
          state.unlinked += found.unlinked
        }
        if part.entity == .golden {
          let only = package.kind == .resend ? Set(again[part.ledgerName] ?? []) : nil
          try export.addGolden(reader, package, base, only: only, to: &state, advance: advance)
          try confirm(0)
          try export.finish(&state, saysNone: true)
          continue
        }
        if part.entity == .id {
          export.entities = try reader.entities(of: part.dataset)
          for (row, entity) in export.entities.sorted(by: { $0.key < $1.key }) {
            state.ledger.know(row, as: UInt64(entity), of: part.ledgerName)
          }
          if package.kind == .delta { export.moved = Set(base.moved(export.entities, of: part.ledgerName)) }
        }
        let moved = export.moved
        // What is being exported is asked for nothing meanwhile.
        let fields = export.read
        let holder: KeyHolder = { try reader.row(part.dataset, fields, key: $0) }
        switch package.kind {
        case .full:
          let cleared = try cleared(part, profile, export.read, base, reader)
          try reader.forEach(part.dataset, export.read) { rows in
            try confirm(rows.ids.count)
            try export.add(rows, cleared: cleared, to: &state)
          }
          // A table that is only added to forgets nothing by itself.
          if profile.deletions == .marked {
            let ledger = state.ledger
            try reader.forEachGone(part.dataset, export.read, since: base, besides: ledger) { change in
              if change.now.ids.isEmpty, change.before.ids.isEmpty { state.untold += 1 }
              try export.add(change, holder: holder, to: &state)
            }
            // Who stands may have stood under another key.
            try reader.forEachChange(part.dataset, export.read, since: base, withNew: false) { change in
              if ledger.holds(change.id, of: part.dataset.name) { try export.addFormer(change, holder: holder, to: &state) }
            }
          }
        case .resend:
          try reader.forEach(part.dataset, export.read, ids: again[part.dataset.name] ?? []) { change in
            try confirm(1)
            try export.add(change, holder: holder, to: &state)
          }
        case .delta:
          try reader.forEachChange(part.dataset, export.read, since: base, other: moved) { change in
            try confirm(1)
            if change.isHeld, change.now.ids.isEmpty, change.before.ids.isEmpty { throw ExportRefusal.erased(profile) }
            try export.add(change, holder: holder, to: &state)
          }
        }
        try confirm(0)
        // Of what was never stored, and never sent, nothing is said.
        let saysNone = try base.holdsAny(part.dataset.name) || reader.count(part.dataset) > 0
        try export.finish(&state, saysNone: saysNone)
      }
      try addDescriptions(profile, &state, sink)
    }
  }

  /// Which fields of which rows are empty now, and were not when the receiver got a package: a full package must say so too where it is a word that
  /// clears.
  func cleared(
    _ part: ProfileDataset, _ profile: ExportProfile, _ read: [Int], _ base: PackageBase, _ reader: PackageReader
  ) throws -> [Int64: Set<Int>] {
    guard case .word = profile.emptied, base.holdsAny(part.dataset.name) else { return [:] }
    var clearing = ClearedFields(key: part.dataset.key.compactMap(read.firstIndex(of:)), width: read.count)
    var out: [Int64: Set<Int>] = [:]
    try reader.forEachChange(part.dataset, read, since: base, withNew: false) { change in
      let cleared = clearing.cleared(change, isThere: !change.now.ids.isEmpty)
      if !cleared.isEmpty { out[change.id] = cleared }
    }
    // Who came anew under the key of a row that is gone.
    for (key, filled) in clearing.inherited {
      let row = try reader.row(part.dataset, read, key: key)
      guard let id = row.ids.first else { continue }
      let cleared = filled.filter { row.ranges[$0].isEmpty }
      if !cleared.isEmpty { out[id, default: []].formUnion(cleared) }
    }
    return out
  }

  func resent(_ profile: ExportProfile, _ series: PackageSeries, _ warehouse: Warehouse) throws -> [String: [Int64]] {
    guard case .resend(let cause) = options.extent else { return [:] }
    let rows = try warehouse.refusedRows(of: series, cause: cause.rawValue)
    if rows.isEmpty { throw ExportRefusal.nothingRefused(profile, cause) }
    return rows
  }

  /// The code sets of the columns, so that the receiver knows which codes are meant.
  func codeSets(_ part: ProfileDataset) -> [String] {
    let sets = part.shownFields.compactMap { field -> String? in
      if case .code(let set) = part.dataset.fields[field].type { return set }
      return nil
    }
    return Set(sets).sorted()
  }

  func footer(_ stamps: PackageStamps, _ package: StoredPackage) -> String {
    let number = package.number
    return language == .zh
      ? "\(stamps.time) \(package.operatorName) 第 \(number) 份 · 内部资料，用毕交回"
      : "\(stamps.time) \(package.operatorName) copy \(number) · internal"
  }
}
