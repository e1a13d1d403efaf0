import Crypto

/// A detached signature in OpenSSH's format SSHSIG (PROTOCOL.sshsig).
package struct SSHSignature: Sendable {
  /// The name of its file beside the manifest.
  package static let fileName = PackageManifest.fileName + ".sig"
  private static let kind = "SSH SIGNATURE"
  private static let magic = Array("SSHSIG".utf8)
  private static let hash = Array("sha512".utf8)
  /// The key that made it, as lists of signers hold it.
  let publicKey: [UInt8]
  private let signature: [UInt8]

  /// What a key made of a manifest.
  init(publicKey: [UInt8], signature: [UInt8]) { (self.publicKey, self.signature) = (publicKey, signature) }

  /// The signature in a file; nil where it is none of a package.
  package init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self), let raw = SSHArmor.bytes(text, Self.kind) else { return nil }
    var wire = SSHWire(raw)
    guard wire.skip(Self.magic), wire.number() == 1, let key = wire.text(), wire.text() == Array(SSHKey.namespace.utf8),
      wire.text() == [], wire.text() == Self.hash, let signature = wire.text(), wire.rest.isEmpty
    else { return nil }
    self.init(publicKey: key, signature: signature)
  }

  /// The signature as the file holds it.
  var text: String {
    var wire = SSHWire(Self.magic)
    wire.append(1)
    wire.append(text: publicKey)
    wire.append(text: Array(SSHKey.namespace.utf8))
    wire.append(text: [])
    wire.append(text: Self.hash)
    wire.append(text: signature)
    return SSHArmor.text(wire.bytes, Self.kind)
  }

  /// What is signed of a manifest.
  static func signed(_ manifest: [UInt8]) -> [UInt8] {
    var wire = SSHWire(magic)
    wire.append(text: Array(SSHKey.namespace.utf8))
    wire.append(text: [])
    wire.append(text: hash)
    wire.append(text: Array(SHA512.hash(data: manifest)))
    return wire.bytes
  }

  /// Whether its key made it of a manifest.
  package func isSound(of manifest: [UInt8]) -> Bool {
    var (key, wire) = (SSHWire(publicKey), SSHWire(signature))
    guard key.text() == SSHKey.algorithm, let point = key.text(), wire.text() == SSHKey.algorithm, let raw = wire.text(),
      let verifier = try? Curve25519.Signing.PublicKey(rawRepresentation: point)
    else { return false }
    return verifier.isValidSignature(raw, for: Self.signed(manifest))
  }

  /// Who made it, by a list of signers as OpenSSH reads it (`NAME[,…] [namespaces="…"] ssh-ed25519 KEY`); nil where the key is none of them.
  package func signer(in list: String) -> String? {
    for line in list.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let place = words.firstIndex(where: { $0.utf8.elementsEqual("ssh-ed25519".utf8) }), place > 0,
        place + 1 < words.count, Base64.bytes(words[place + 1]) == publicKey
      else { continue }
      // What else may be said of a key, such as until when it holds, is not understood here: such a line counts for nothing.
      let isPlain = place == 1
      let isOurs = place == 2 && Self.namespaces(words[1]).contains { $0.utf8.elementsEqual(SSHKey.namespace.utf8) }
      if isPlain || isOurs { return words[0] }
    }
    return nil
  }

  /// The namespaces of the option `namespaces="…"`; none for another one.
  private static func namespaces(_ option: String) -> [Substring] {
    let head = "namespaces=\""
    guard option.lowercased().hasPrefix(head), option.hasSuffix("\"") else { return [] }
    return option.dropFirst(head.utf8.count).dropLast().split(separator: ",")
  }
}
