import Crypto
import ElementCore
import ElementFormats
import GRDB

/// Digests of what a warehouse holds: independent of batches, times and paths.
enum WarehouseDigest {
  /// The digest of a dataset's rows, or of others of its shape that stand in `source`: see `DatasetDigest`.
  static func dataset(_ db: Database, _ shape: TableShape, from source: String? = nil, path: String) throws -> String {
    let source = source ?? shape.table
    var digest = DatasetDigest()
    let hash = RowHash(names: shape.key)
    var isKeyed = "TRUE"
    if !shape.interim.isEmpty, let first = shape.key.first {
      let key = TableShape.quoted(first)
      try visit(db, shape, source, shape.interim, where: "\(key) IS NULL", path: path) { digest.add($0, $1, hash: $2, to: 0) }
      // Of texts the index is read from the first one on, and none is looked at.
      isKeyed = shape.column(first)?.isInteger == true ? "\(key) IS NOT NULL" : "\(key) >= ''"
    }
    try visit(db, shape, source, shape.key, where: isKeyed, path: path) { bytes, ranges, content in
      let bucket = DatasetDigest.bucket(ofKey: hash.hash(bytes, ranges, from: 0))
      digest.add(bytes, ranges, hash: content, to: bucket)
    }
    return digest.finish().text
  }

  /// Visits some columns of the rows that meet a condition, with their fingerprints, sorted by both.
  private static func visit(
    _ db: Database, _ shape: TableShape, _ source: String, _ columns: [String], where condition: String, path: String,
    _ visit: (Span<UInt8>, Span<FieldRange>, UInt64) -> Void
  ) throws {
    let list = columns.map(TableShape.quoted).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection,
      "SELECT _id, _hash, \(list) FROM \(source) WHERE \(condition) ORDER BY \(shape.ordered(columns)), _hash",
      path: path)
    try StoredRowScan.forEach(statement, columns: columns.count) { rows in
      let ranges = rows.ranges.span
      for place in rows.hashes.indices {
        let own = ranges.extracting(place * columns.count..<(place + 1) * columns.count)
        visit(rows.bytes.span, own, rows.hashes[place])
      }
    }
  }

  /// The digest of what the warehouse holds now.
  static func warehouse(_ db: Database) throws -> String {
    let rows = try Row.fetchAll(db, sql: "SELECT name, digest FROM dataset WHERE digest IS NOT NULL ORDER BY name")
    return warehouse(rows.map { ($0[0], $0[1]) })
  }

  /// SHA-256 over the names and digests of the datasets that hold rows, which are sorted by name.
  static func warehouse(_ datasets: [(name: String, digest: String)]) -> String {
    var hash = SHA256()
    let ofNone = DatasetDigest().finish().text
    // What was taken back whole leaves the warehouse as it was before.
    for (name, digest) in datasets where !digest.utf8.elementsEqual(ofNone.utf8) {
      hash.update(data: Array("\(name)=\(digest)\n".utf8))
    }
    return Hexadecimal.text(Array(hash.finalize()))
  }
}
