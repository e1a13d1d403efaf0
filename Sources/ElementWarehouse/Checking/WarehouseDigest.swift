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
    var hash = SHA256()
    var buffer: [UInt8] = []
    while try statement.step() {
      for column in key.indices {
        statement.appendHashed(column + 1, to: &buffer)
      }
      buffer.append(integer: statement.integer(0))
      if buffer.count > 1 << 16 {
        hash.update(data: buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    hash.update(data: buffer)
    return Hexadecimal.text(hash.finalize())
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
