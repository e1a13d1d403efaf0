import ElementCore
import ElementExchange
import ElementSchema
import ElementWarehouse

/// Finds the rows of a package that the lines of an answer mean: by file and row, or by the key as it was sent.
struct ReceiptMatcher {
  private let files: [(file: String, dataset: String, rows: [Int64])]
  /// The rows by their keys, for the keys that the answer names: several datasets may have one.
  private var byKey: [[UInt8]: [(dataset: String, id: Int64)]] = [:]

  /// A matcher of the lines of an answer to a package.
  init(_ package: StoredPackage, _ profile: ExportProfile, _ lines: [ReceiptLine], _ warehouse: Warehouse) throws {
    files = try warehouse.rows(of: package)
    let wanted = Set(lines.filter { !$0.key.isEmpty }.map { Self.joined($0.key) })
    if wanted.isEmpty { return }
    let sent = files
    // What a package says that is gone had ended before it was made.
    let base = try warehouse.packages().first { $0.number == package.base && package.kind == .delta }?.batch ?? 0
    var found: [[UInt8]: [(dataset: String, id: Int64)]] = [:]
    try warehouse.readingPackage { reader in
      for part in profile.datasets where part.aggregate == nil {
        // Pseudonyms are made with a key that is not here: such records are known by file and row.
        if part.entity == .golden || part.keyColumns.contains(where: { part.columns[$0].steps.contains(.pseudonym) }) {
          continue
        }
        let own = Set(sent.filter { $0.dataset.utf8.elementsEqual(part.dataset.name.utf8) }.flatMap(\.rows))
        if own.isEmpty { continue }
        let read = part.readFields
        // Of a key nothing but its own columns is composed, whatever became of the record.
        let keys = part.only(columns: part.keyColumns)
        let stamps = PackageStamps(profile: profile.name, number: package.number, sender: "", time: "")
        let composer = RecordComposer(keys, read: read, profile, stamps, key: nil)
        var record = ComposedRecord()
        func note(_ rows: PackageReader.Rows) {
          for place in rows.ids.indices where own.contains(rows.ids[place]) {
            _ = composer.compose(rows.bytes.span, rows.ranges.span, first: place * read.count, .deleted, into: &record)
            let key = Self.joined(keys.columns.indices.map { record.value($0) })
            let isKnown = found[key]?.contains { $0.dataset.utf8.elementsEqual(part.dataset.name.utf8) } ?? false
            if wanted.contains(key), !isKnown { found[key, default: []].append((part.dataset.name, rows.ids[place])) }
          }
        }
        try reader.forEach(part.dataset, read) { note($0) }
        // Rows that changed or went since are known by what they were.
        try reader.forEachFormer(part.dataset, read, ids: own, since: base) { note($0) }
      }
    }
    byKey = found
  }

  private static func joined(_ key: [[UInt8]]) -> [UInt8] { Array(key.joined(separator: [CheckedBatch.keySeparator])) }

  /// The row that a line means; nil where the package does not hold it.
  func record(_ line: ReceiptLine) -> (dataset: String, id: Int64)? {
    let named = files.filter { line.file.isEmpty || $0.file.utf8.elementsEqual(line.file.utf8) }
    if !line.key.isEmpty {
      let found = (byKey[Self.joined(line.key)] ?? []).filter { hit in
        named.contains { $0.dataset.utf8.elementsEqual(hit.dataset.utf8) }
          && (line.dataset.isEmpty || line.dataset.utf8.elementsEqual(hit.dataset.utf8))
      }
      // Of two datasets with one key nobody can say which is meant.
      if found.count == 1 { return found[0] }
      if found.count > 1 { return nil }
    }
    guard let row = line.row, row >= 1 else { return nil }
    // Without a name only one file can be meant.
    guard named.count == 1, row <= named[0].rows.count else { return nil }
    return (named[0].dataset, named[0].rows[row - 1])
  }
}
