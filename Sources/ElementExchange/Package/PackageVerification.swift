package import ElementCore
package import ElementFormats

/// What a receiver finds when it checks a package: no warehouse is needed, and nothing is taken from it.
package struct PackageVerification: Sendable {
  /// Something that is not as it must be.
  package struct Difference: Sendable, Hashable {
    /// The file that it is about.
    package let file: String
    /// What is wrong.
    package let message: LocalizedText
  }

  /// Who signed it.
  package enum Signature: Sendable, Hashable {
    /// Nobody.
    case none
    /// A key that made the signature, by its name in the list of signers; nil where no list was given.
    case sound(signer: String?)
    /// One that is none of its manifest, or of a key that the list does not have.
    case broken
  }

  /// The manifest; nil where it cannot be read.
  package private(set) var manifest: PackageManifest?
  /// What is not as it must be.
  package private(set) var differences: [Difference] = []
  /// Who signed it.
  package private(set) var signature = Signature.none

  /// Checks a package; `signers` is a list as OpenSSH has it, `previous` the manifest of the package before it, as the receiver kept it.
  ///
  /// - Throws: `InputError` where the package cannot be read at all.
  package init(_ source: PackageSource, signers: String?, previous: [UInt8]?) throws(InputError) {
    try verify(source, signers, previous)
  }

  private mutating func verify(_ source: PackageSource, _ signers: String?, _ previous: [UInt8]?) throws(InputError) {
    guard let bytes = try source.bytes(PackageManifest.fileName) else {
      return add(PackageManifest.fileName, zh: "没有清单", en: "there is no manifest")
    }
    guard let manifest = PackageManifest(bytes) else {
      return add(PackageManifest.fileName, zh: "清单无法识别", en: "the manifest cannot be read")
    }
    guard manifest.format == PackageManifest.currentFormat else {
      return add(
        PackageManifest.fileName, zh: "清单是第 \(manifest.format) 版，本程序只认第 1 版",
        en: "the manifest is of version \(manifest.format), and this program knows version 1")
    }
    self.manifest = manifest
    try verifySignature(source, bytes, signers)
    try verifyFiles(source, manifest)
    verifyOrder(manifest, previous)
  }

  private mutating func add(_ file: String, zh: String, en: String) {
    differences.append(Difference(file: file, message: LocalizedText(zh: zh, en: en)))
  }

  private mutating func verifySignature(
    _ source: PackageSource, _ manifest: [UInt8], _ signers: String?
  ) throws(InputError) {
    guard let bytes = try source.bytes(SSHSignature.fileName) else {
      if signers != nil { add(SSHSignature.fileName, zh: "没有签名", en: "there is no signature") }
      return
    }
    signature = .broken
    guard let found = SSHSignature(bytes) else {
      return add(SSHSignature.fileName, zh: "不是 SSHSIG 签名，或不是为数据包签的", en: "is no signature of a package in the format SSHSIG")
    }
    guard found.isSound(of: manifest) else {
      return add(
        SSHSignature.fileName, zh: "签名与清单不符：清单被改动或签名属于另一个包",
        en: "does not fit the manifest: one of them was changed, or is of another package")
    }
    guard let signers else {
      signature = .sound(signer: nil)
      return
    }
    signature = .sound(signer: nil)
    guard let signer = found.signer(in: signers) else {
      return add(SSHSignature.fileName, zh: "签名的密钥不在名单中", en: "was made by a key that the list of signers does not have")
    }
    signature = .sound(signer: signer)
  }

  private mutating func verifyFiles(_ source: PackageSource, _ manifest: PackageManifest) throws(InputError) {
    for file in manifest.files {
      let digests = FileDigests()
      guard try source.read(file.name, digests.update) else {
        add(file.name, zh: "缺少文件", en: "the file is missing")
        continue
      }
      let value = digests.value()
      if value.bytes != file.bytes {
        add(
          file.name, zh: "有 \(value.bytes) 字节，清单写 \(file.bytes)",
          en: "has \(value.bytes) bytes, and the manifest says \(file.bytes)")
      } else if !value.sha256.utf8.elementsEqual(file.sha256.utf8) {
        add(file.name, zh: "SHA-256 与清单不符", en: "its SHA-256 is not that of the manifest")
      } else if !value.sm3.utf8.elementsEqual(file.sm3.utf8) {
        add(file.name, zh: "SM3 与清单不符", en: "its SM3 is not that of the manifest")
      }
    }
    let known = Set((manifest.files.map(\.name) + [PackageManifest.fileName, SSHSignature.fileName]).map { Array($0.utf8) })
    for name in source.names where !known.contains(Array(name.utf8)) {
      add(name, zh: "清单没有这个文件", en: "the manifest does not have this file")
    }
    let records = manifest.files.reduce(0) { $0 &+ $1.records }
    if records != manifest.counts.records {
      add(PackageManifest.fileName, zh: "记录数与各文件之和不符", en: "the number of records is not the sum of the files")
    }
  }

  /// A package that was received before, or misses one, is told by the chain of manifests.
  private mutating func verifyOrder(_ manifest: PackageManifest, _ previous: [UInt8]?) {
    guard let previous else { return }
    guard let before = PackageManifest(previous) else {
      return add(PackageManifest.fileName, zh: "上一个包的清单无法识别", en: "the manifest of the package before cannot be read")
    }
    guard manifest.profile.name.utf8.elementsEqual(before.profile.name.utf8),
      manifest.sender.utf8.elementsEqual(before.sender.utf8)
    else {
      return add(
        PackageManifest.fileName, zh: "与 \(before.package) 不是同一方案、同一单位的包",
        en: "is not of the profile and the sender of \(before.package)")
    }
    if manifest.number <= before.number {
      return add(
        PackageManifest.fileName, zh: "是旧包：编号 \(manifest.number) 不大于已收到的 \(before.number)",
        en: "is an old package: its number \(manifest.number) is not above \(before.number), which was received")
    }
    let hash = FileDigests.of(previous).sha256
    if manifest.kind == "full" || manifest.previous?.manifestSha256.utf8.elementsEqual(hash.utf8) == true { return }
    if manifest.base?.manifestSha256.utf8.elementsEqual(hash.utf8) == true { return }
    add(
      PackageManifest.fileName, zh: "不是接在 \(before.package) 之后的包：中间缺了包，或来自另一个台账库",
      en: "does not follow \(before.package): a package between them is missing, or it is of another warehouse")
  }
}
