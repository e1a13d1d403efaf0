package import ElementCore
package import ElementExchange
import ElementFormats
package import ElementSchema
import ElementWarehouse
import Foundation

/// Makes a package of what a warehouse holds: by a profile, for a recipient, whole or not at all.
///
/// The audit chain tells of it before anything is written. The files are written beside their place, then the warehouse keeps what they hold, then
/// they are put into their place: whatever is broken off, the next run finds out which of these came last (`Warehouse.settlePackages`).
package struct ExportRun {
  private let options: ExportOptions
  private let pack: SchemaPack
  private let language: Language
  private let progress: (RunProgress) -> Void

  /// An export; `progress` is told how many rows were read, and of how many.
  package init(
    _ options: ExportOptions, _ pack: SchemaPack, _ language: Language, progress: @escaping (RunProgress) -> Void = { _ in }
  ) {
    (self.options, self.pack, self.language, self.progress) = (options, pack, language, progress)
  }

  /// Makes the package.
  ///
  /// - Throws: `ExportRefusal`, `OutputError`, `WarehouseError`, or `Interruption.Stopped`.
  package func run(_ asked: ExportProfile) throws -> ExportResult {
    var asked = asked
    if let format = options.format {
      guard let other = asked.written(format) else { throw ExportRefusal.format(asked, format) }
      asked = other
    }
    if let isForPeople = options.isForPeople { asked = asked.guarded(isForPeople) }
    // Who looks at another day still needs approvals of this one.
    let days = [options.today] + [options.zone.day(at: Int(options.now.timeIntervalSince1970.rounded(.down)))].compactMap { $0 }
    let permit = try ExportPermit(asked, options.register, options.request, on: days)
    try confirmPseudonyms(permit.profile)
    _ = try Warehouse(path: options.warehouse, mode: .read, wait: options.wait)
    let warehouse = try Warehouse(path: options.warehouse, mode: .write, wait: options.wait)
    let lost = try PackagePlace.settle(warehouse)
    try PackagePlace.refuseTaken(options.output)
    let isArchive = options.output.lowercased().hasSuffix(".zip")
    if permit.crypto != nil, isArchive { throw ExportRefusal.encryptedName(asked) }
    let (order, base) = try order(permit, warehouse)
    let (package, entry) = try warehouse.begin(order, head(permit)) { number in
      stamps(permit.profile, number).package
    }
    var isPlaced = false
    do {
      let sink = try sink(permit)
      var state = DatasetExport.State()
      let stamps = stamps(permit.profile, package.number)
      try fill(&state, permit, package, stamps, base, warehouse, sink)
      var manifest = manifest(permit, stamps, package, state, entry)
      try refer(&manifest, package, base, warehouse)
      let hash = try add(manifest, to: sink)
      try warehouse.write(
        package, state.ledger, manifestSha256: hash, datasets: permit.profile.datasets.map(\.dataset.name), head(permit))
      try sink.finish()
      isPlaced = true
      try warehouse.send(package)
      guard let sent = try warehouse.packages().last else { bug("a package that was sent is not there") }
      return ExportResult(
        package: sent, manifest: manifest, place: sink.path, behind: state.behind.sorted { $0.count > $1.count },
        withheld: permit.withheld.map { "\($0.dataset).\($0.field)" }, untold: state.untold, lost: lost.map(\.identity),
        isEncrypted: permit.crypto != nil, isSigned: options.signer != nil)
    } catch {
      // What the warehouse cannot be told now, the next run finds out.
      _ = try? warehouse.settlePackages { _ in isPlaced }
      throw (error as? UnwritableValue).map { _ in ExportRefusal.heading(permit.profile) } ?? error
    }
  }

  /// Who does it, and what for.
  private func head(_ permit: ExportPermit) -> BatchHead {
    var head = options.head
    head.purpose = options.request.purpose ?? permit.profile.purpose
    return head
  }

  private func confirmPseudonyms(_ profile: ExportProfile) throws(ExportRefusal) {
    let isAsked = profile.datasets.contains { $0.columns.contains { $0.steps.contains(.pseudonym) } }
    if isAsked, options.pseudonyms == nil { throw ExportRefusal.pseudonymKey(profile) }
  }

  private func sink(_ permit: ExportPermit) throws(OutputError) -> any PackageSink {
    if let crypto = permit.crypto { return try EncryptedSink(options.output, command: crypto) }
    return options.output.lowercased().hasSuffix(".zip") ? try ZipSink(options.output) : try FolderSink(options.output)
  }

  private func stamps(_ profile: ExportProfile, _ number: Int) -> PackageStamps {
    let time = options.zone.text(at: Int(options.now.timeIntervalSince1970.rounded(.down)))
    return PackageStamps(profile: profile.name, number: number, sender: options.sender, time: time)
  }

  // MARK: What goes

  /// What records look like to the target, pseudonyms among it.
  private func appearance(_ profile: ExportProfile) -> String {
    profile.appearance + (options.pseudonyms?.fingerprint ?? "")
  }

  private func series(_ permit: ExportPermit) -> PackageSeries {
    PackageSeries(profile: permit.profile.name, recipient: permit.entry?.name)
  }

  /// What the package is to hold, and what it builds on.
  private func order(_ permit: ExportPermit, _ warehouse: Warehouse) throws -> (PackageOrder, PackageBase) {
    let profile = permit.profile
    let (kind, base) = try ExportExtent(options.extent, profile, series(permit), appearance: appearance(profile), warehouse)
      .decided()
    let fields = profile.fields.map { "\($0.dataset):\($0.fields.joined(separator: "+"))" }.joined(separator: ";")
    let order = PackageOrder(
      profile: profile.name, profileDigest: appearance(profile), profileText: profile.text, kind: kind,
      base: kind == .full ? nil : base.package?.number,
      audience: profile.audience.rawValue, recipient: permit.entry?.name, fields: fields,
      legalBasis: permit.entry?.legalBasis ?? profile.legalBasis, purpose: options.request.purpose ?? profile.purpose,
      approvals: permit.approvals.map { "\($0.number) \($0.body)" }.joined(separator: ";"),
      terms: "pia=\(permit.impactAssessment ?? ""),channel=\(permit.crypto == nil ? "plain" : "encrypted")",
      place: PackagePlace.absolute(options.output),
      isAnswered: profile.receipt != nil)
    return (order, base)
  }

  private func fill(
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
          codeSets: codeSets(part), stamp: footer(stamps, package), admitsMinors: permit.admitsMinors, sink)
        func confirm(_ rows: Int) throws {
          try Interruption.check()
          read += rows
          progress(RunProgress(bytes: read, total: total, rows: read))
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
          try reader.forEachChange(part.dataset, export.read, since: base) { change in
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
  private func cleared(
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

  private func resent(_ profile: ExportProfile, _ series: PackageSeries, _ warehouse: Warehouse) throws -> [String: [Int64]] {
    guard case .resend(let cause) = options.extent else { return [:] }
    let rows = try warehouse.refusedRows(of: series, cause: cause.rawValue)
    if rows.isEmpty { throw ExportRefusal.nothingRefused(profile, cause) }
    return rows
  }

  /// The code sets of the columns, so that the receiver knows which codes are meant.
  private func codeSets(_ part: ProfileDataset) -> [String] {
    let sets = part.shownFields.compactMap { field -> String? in
      if case .code(let set) = part.dataset.fields[field].type { return set }
      return nil
    }
    return Set(sets).sorted()
  }

  private func footer(_ stamps: PackageStamps, _ package: StoredPackage) -> String {
    let number = package.number
    return language == .zh
      ? "\(stamps.time) \(package.operatorName) 第 \(number) 份 · 内部资料，用毕交回"
      : "\(stamps.time) \(package.operatorName) copy \(number) · internal"
  }

  // MARK: What describes it

  private func addDescriptions(_ profile: ExportProfile, _ state: inout DatasetExport.State, _ sink: any PackageSink) throws {
    for (name, text) in PackageDescription(profile, pack).files(state.files) {
      let bytes = Array(text.utf8)
      try sink.add(name, bytes)
      state.files.append(PackageManifest.File(name: name, FileDigests.of(bytes)))
    }
  }

  private func manifest(
    _ permit: ExportPermit, _ stamps: PackageStamps, _ package: StoredPackage, _ state: DatasetExport.State,
    _ entry: (sequence: Int, hash: String)
  ) -> PackageManifest {
    var manifest = PackageManifest(
      stamps, kind: package.kind.rawValue, permit, schemaSha256: pack.digest, toolVersion: options.toolVersion,
      createdAt: package.madeAt, purpose: options.request.purpose, isForPeople: permit.profile.layout.text.guardsFormulas,
      through: package.batch, audit: PackageManifest.Audit(entry: entry.sequence, head: entry.hash))
    manifest.counts.records = state.ledger.recordCount
    manifest.counts.deletions = state.ledger.deletionCount
    manifest.counts.behind = state.ledger.behindCount
    // What goes is to be read before what comes.
    manifest.files = state.files.filter { $0.kind == "deletions" } + state.files.filter { $0.kind != "deletions" }
    return manifest
  }

  /// Names the package before it, and the one that a delta builds on.
  private func refer(
    _ manifest: inout PackageManifest, _ package: StoredPackage, _ base: PackageBase, _ warehouse: Warehouse
  ) throws {
    func reference(_ package: StoredPackage?) -> PackageManifest.Reference? {
      package.flatMap { package in
        package.manifestSha256.map { PackageManifest.Reference(package: package.identity, manifestSha256: $0) }
      }
    }
    manifest.previous = reference(
      try warehouse.packages(of: package.series).last { $0.number < package.number && $0.state == .sent })
    guard package.kind == .delta else { return }
    manifest.base = reference(base.package)
    manifest.batches.after = base.package?.batch
  }

  /// Writes the manifest and its signature; returns its SHA-256.
  private func add(_ manifest: PackageManifest, to sink: any PackageSink) throws -> String {
    let bytes = manifest.bytes
    try sink.add(PackageManifest.fileName, bytes)
    if let signer = options.signer { try sink.add(SSHSignature.fileName, signer.signature(of: bytes)) }
    return FileDigests.of(bytes).sha256
  }
}
