import ElementCore
import ElementExchange
import ElementFormats
import ElementSchema
import ElementWarehouse

extension ExportRun {
  func addDescriptions(_ profile: ExportProfile, _ state: inout DatasetExport.State, _ sink: any PackageSink) throws {
    for (name, text) in PackageDescription(profile, pack).files(state.files) {
      let bytes = Array(text.utf8)
      try sink.add(name, bytes)
      state.files.append(PackageManifest.File(name: name, FileDigests.of(bytes)))
    }
  }

  func manifest(
    _ permit: ExportPermit, _ stamps: PackageStamps, _ package: StoredPackage, _ state: DatasetExport.State,
    _ entry: (sequence: Int, hash: String)
  ) -> PackageManifest {
    var manifest = PackageManifest(
      stamps, kind: package.kind.rawValue, permit, schemaSha256: pack.digest, toolVersion: options.toolVersion,
      createdAt: package.madeAt, purpose: options.request.purpose.map(AuditOrigin.redacted),
      isForPeople: permit.profile.layout.text.guardsFormulas,
      through: package.batch, audit: PackageManifest.Audit(entry: entry.sequence, head: entry.hash))
    manifest.counts.records = state.ledger.recordCount
    manifest.counts.deletions = state.ledger.deletionCount
    manifest.counts.behind = state.ledger.behindCount
    // What goes is to be read before what comes.
    manifest.files = state.files.filter { $0.kind == "deletions" } + state.files.filter { $0.kind != "deletions" }
    return manifest
  }

  /// Names the package before it, and the one that a delta builds on.
  func refer(
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
  func add(_ manifest: PackageManifest, to sink: any PackageSink) throws -> String {
    let bytes = manifest.bytes
    try sink.add(PackageManifest.fileName, bytes)
    if let signer = options.signer { try sink.add(SSHSignature.fileName, signer.signature(of: bytes)) }
    return FileDigests.of(bytes).sha256
  }
}
