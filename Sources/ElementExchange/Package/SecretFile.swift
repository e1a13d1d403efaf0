import ElementCore
package import ElementFormats
import Foundation
import Glibc

/// A file with a secret: only its owner may read it.
package enum SecretFile {
  /// The bytes of a key file; `hint` says how one is made.
  ///
  /// - Throws: `OutputError` of kind `usage` where it cannot be read, or others can.
  static func bytes(_ path: String, hint: LocalizedText) throws(OutputError) -> [UInt8] {
    guard let info = try? FileManager.default.attributesOfItem(atPath: path),
      let data = FileManager.default.contents(atPath: path)
    else {
      throw OutputError(.usage, path: path, message: LocalizedText(zh: "无法读取", en: "cannot be read"), hint: hint)
    }
    guard let mode = info[.posixPermissions] as? Int, mode & 0o077 == 0, info[.ownerAccountID] as? Int == Int(geteuid()) else {
      throw OutputError(
        .usage, path: path,
        message: LocalizedText(
          zh: "别人也能读取：应为 0600，且属于本人", en: "can be read by others, or is another's: it must be 0600 and yours"),
        hint: LocalizedText(zh: "运行 chmod 600", en: "Run chmod 600"))
    }
    return Array(data)
  }

  /// The key of pseudonyms in a file.
  ///
  /// - Throws: `OutputError` of kind `usage` where it cannot be read, others can, or it is too short.
  package static func pseudonyms(_ path: String) throws(OutputError) -> PseudonymKey {
    let hint = LocalizedText(
      zh: "用 head -c 32 /dev/urandom > 文件 生成，并存放在台账库之外",
      en: "Make one with head -c 32 /dev/urandom > FILE, and keep it apart from the warehouse")
    guard let key = PseudonymKey(try bytes(path, hint: hint)) else {
      throw OutputError(.usage, path: path, message: LocalizedText(zh: "不足 16 字节", en: "has fewer than 16 bytes"), hint: hint)
    }
    return key
  }
}
