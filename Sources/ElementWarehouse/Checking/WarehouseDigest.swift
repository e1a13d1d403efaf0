import Crypto
import ElementCore
import ElementFormats
import GRDB

/// Digests of what a warehouse holds: independent of batches, times and paths.
enum WarehouseDigest {
  /// SHA-256 over the (key, `_hash`) pairs of a dataset in the order of the keys, in lower-case hexadecimal.
  static func dataset(_ db: Database, _ name: String, key: [String], path: String) throws -> String {
    let columns = key.map(DatasetTable.quoted).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _hash, \(columns) FROM \(DatasetTable.quoted(name)) ORDER BY \(columns), _hash", path: path)
    var digest = DatasetDigest()
    while try statement.step() {
      for column in key.indices { statement.appendHashed(column + 1, to: &digest.key) }
      digest.add(hash: statement.integer(0))
    }
    return digest.finish()
  }

  /// SHA-256 over the names and digests of the datasets, sorted by name.
  static func warehouse(_ db: Database) throws -> String {
    var hash = SHA256()
    for row in try Row.fetchAll(db, sql: "SELECT name, digest FROM dataset WHERE digest IS NOT NULL ORDER BY name") {
      let (name, digest): (String, String) = (row[0], row[1])
      hash.update(data: Array("\(name)=\(digest)\n".utf8))
    }
    return Hexadecimal.text(hash.finalize())
  }
}

/// The digest of a dataset while its rows come, in the order of their keys.
struct DatasetDigest {
  private var hash = SHA256()
  /// What is not hashed yet: the values of a row's key are added to it, each as length and bytes, before the row's hash.
  var key: [UInt8] = []

  /// Adds the hash of a row, which ends it.
  mutating func add(hash content: Int64) {
    key.append(integer: content)
    if key.count > 1 << 16 {
      hash.update(data: key)
      key.removeAll(keepingCapacity: true)
    }
  }

  /// The digest, in lower-case hexadecimal.
  consuming func finish() -> String {
    var whole = self
    whole.hash.update(data: whole.key)
    return Hexadecimal.text(whole.hash.finalize())
  }
}
