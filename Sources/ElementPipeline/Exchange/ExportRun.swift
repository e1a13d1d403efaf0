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
  let options: ExportOptions
  let pack: SchemaPack
  let language: Language
  let progress: (RunProgress) -> Void

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
        package, state.ledger, manifestSha256: hash, datasets: permit.profile.datasets.map(\.ledgerName), head(permit))
      try sink.finish()
      isPlaced = true
      try warehouse.send(package)
      guard let sent = try warehouse.packages().last else { bug("a package that was sent is not there") }
      return ExportResult(
        package: sent, manifest: manifest, place: sink.path, behind: state.behind.sorted { $0.count > $1.count },
        withheld: permit.withheld.map { "\($0.dataset).\($0.field)" }, untold: state.untold, unlinked: state.unlinked,
        lost: lost.map(\.identity),
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
    let isAsked = profile.datasets.contains { part in
      part.entity != .none && profile.audience != .own || part.columns.contains { $0.steps.contains(.pseudonym) }
    }
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
      legalBasis: permit.entry?.legalBasis ?? profile.legalBasis,
      purpose: options.request.purpose.map(AuditOrigin.redacted) ?? profile.purpose,
      approvals: permit.approvals.map { "\($0.number) \($0.body)" }.joined(separator: ";"),
      terms: "pia=\(permit.impactAssessment ?? ""),channel=\(permit.crypto == nil ? "plain" : "encrypted")",
      place: PackagePlace.absolute(options.output),
      isAnswered: profile.receipt != nil)
    return (order, base)
  }

}
