import Crypto
import ElementCore
package import ElementFormats

/// An Ed25519 key of OpenSSH's, with which manifests are signed in its format SSHSIG: `ssh-keygen -Y verify` accepts it without this program.
package struct SSHKey: Sendable {
  /// The namespace of the signatures: one made for another purpose is none of a package.
  package static let namespace = "yaosu-package"
  /// The public key as signatures and lists of signers hold it.
  let publicKey: [UInt8]
  private let seed: [UInt8]
  static let algorithm = Array("ssh-ed25519".utf8)

  /// The key in a file that `ssh-keygen -t ed25519 -N ''` made: its owner's alone.
  ///
  /// - Throws: `OutputError` of kind `usage` where others can read it, or it is no such key.
  package init(path: String) throws(OutputError) {
    let hint = LocalizedText(
      zh: "用 ssh-keygen -t ed25519 -N '' -f 文件 生成签名密钥", en: "Make one with ssh-keygen -t ed25519 -N '' -f FILE")
    let data = try SecretFile.bytes(path, hint: hint)
    guard let text = String(validating: data, as: UTF8.self), let bytes = SSHArmor.bytes(text, "OPENSSH PRIVATE KEY"),
      let key = SSHKey(bytes)
    else {
      throw OutputError(
        .usage, path: path,
        message: LocalizedText(zh: "不是没有口令的 Ed25519 密钥", en: "is no Ed25519 key without a passphrase"), hint: hint)
    }
    self = key
  }

  private init?(_ bytes: [UInt8]) {
    var wire = SSHWire(bytes)
    let none = Array("none".utf8)
    guard wire.skip(Array("openssh-key-v1\0".utf8)), wire.text() == none, wire.text() == none, wire.text() == [],
      wire.number() == 1, let publicKey = wire.text(), let secret = wire.text()
    else { return nil }
    var inner = SSHWire(secret)
    guard let check = inner.number(), inner.number() == check, inner.text() == SSHKey.algorithm, inner.text()?.count == 32,
      let pair = inner.text(), pair.count == 64
    else { return nil }
    (self.publicKey, seed) = (publicKey, Array(pair.prefix(32)))
  }

  /// The detached signature of a manifest, as the file holds it.
  package func signature(of manifest: [UInt8]) -> [UInt8] {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let raw = try? key.signature(for: SSHSignature.signed(manifest))
    else { bug("a key of 32 bytes does not sign") }
    var signature = SSHWire()
    signature.append(text: SSHKey.algorithm)
    signature.append(text: Array(raw))
    return Array(SSHSignature(publicKey: publicKey, signature: signature.bytes).text.utf8)
  }
}
