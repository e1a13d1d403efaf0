import Crypto
import ElementCore
import ElementFormats
import Foundation
import GRDB

/// By what a row that waits is known again: HMAC-SHA256 with the secret of the warehouse over dataset, sender and key, or, where the key is
/// not sound, over the mapped fields as they were written; the first 16 bytes in hexadecimal digits.
struct WaitingIdentity {
  /// What has taken the secret in, and nothing else yet.
  private let keyed: HMAC<SHA256>
  private static let size = 16

  /// The identities of a warehouse at a path.
  ///
  /// - Throws: `WarehouseError` where its secret is gone.
  init(_ db: Database, path: String) throws {
    keyed = HMAC<SHA256>(key: SymmetricKey(data: try WaitingIdentity.secret(db, path: path)))
  }

  /// The secret of a warehouse at a path: 32 bytes.
  ///
  /// - Throws: `WarehouseError` where it is gone.
  static func secret(_ db: Database, path: String) throws -> [UInt8] {
    guard let secret = try Data.fetchOne(db, sql: "SELECT value FROM secret WHERE name = 'identity'"), secret.count == 32 else {
      throw WarehouseError(
        .damaged, path: path,
        message: LocalizedText(zh: "台账库自己的密钥不在了", en: "has lost the secret that it was made with"),
        hint: LocalizedText(zh: "请从备份恢复台账库", en: "Restore a backup"))
    }
    return Array(secret)
  }

  /// The identity of a row of a sender.
  func text(_ record: QuarantineRecord, sender: String?) -> String {
    guard let key = record.key else { return text(record.dataset, sender, "raw", record.raw) }
    return text(dataset: record.dataset, sender: sender, key: key)
  }

  /// The identity of a record by the values of its key, parted by `CheckedBatch.keySeparator`.
  func text(dataset: String, sender: String?, key: [UInt8]) -> String { text(dataset, sender, "key", key) }

  private func text(_ dataset: String, _ sender: String?, _ kind: String, _ value: [UInt8]) -> String {
    var bytes: [UInt8] = []
    ColumnForm.append(Array("dataset".utf8), Array(dataset.utf8), to: &bytes)
    ColumnForm.append(Array("sender".utf8), Array((sender ?? "").utf8), to: &bytes)
    ColumnForm.append(Array(kind.utf8), value, to: &bytes)
    var hash = keyed
    hash.update(data: bytes)
    return Hexadecimal.text(Array(hash.finalize().prefix(WaitingIdentity.size)))
  }
}
