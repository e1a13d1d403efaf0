package import ElementCore
import ElementSchema
import Foundation
import GRDB

/// The keys of the rows of a dataset that wait: a record of such a key that goes in ends the wait.
package struct WaitingKeys {
  private let key: [Int]
  /// A bit for each value that the upper bits of a key's hash may have: most records have none of the keys, and are told so by it alone.
  private var seen = [UInt64](repeating: 0, count: 1 << (Self.bits - 6))
  private static let bits = 21
  private var rows: [UInt64: [(id: Int64, key: [UInt8])]] = [:]

  /// The keys that wait before a load whose rows may do what `mode` says: a correction that had nothing to correct is not made by the roster
  /// that brings its record.
  init(_ db: Database, _ dataset: Dataset, mode: LoadMode) throws {
    key = dataset.key
    let hash = dataset.rowHash(of: key)
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT q.id, q.record_key FROM quarantine q WHERE q.dataset = ? AND q.record_key IS NOT NULL AND \(WaitingRow.waits)
          AND (? OR ifnull((SELECT t.mode FROM batch t WHERE t.id = q.batch), '') <> 'patch')
        """, arguments: [dataset.name, mode == .patch])
    while let row = try cursor.next() {
      let text = [UInt8](row[1] as Data)
      let parts = text.split(separator: CheckedBatch.keySeparator, omittingEmptySubsequences: false)
      // The key of another shape of the dataset is none of this one.
      guard parts.count == key.count else { continue }
      var ranges = [FieldRange](repeating: .empty, count: dataset.fields.count)
      for (field, part) in zip(key, parts) { ranges[field] = FieldRange(part.startIndex, part.endIndex) }
      let own = hash.hash(text.span, ranges.span, from: 0)
      seen[Self.word(own)] |= Self.bit(own)
      rows[own, default: []].append((row[0], text))
    }
  }

  /// Whether no row waits whose key is known.
  package var isEmpty: Bool { rows.isEmpty }

  /// The waiting rows that have the key of a record, by their numbers in the warehouse.
  package func ids(_ checked: CheckedBatch, _ record: Int) -> [Int64] {
    let hash = checked.keyHash[record]
    guard seen[Self.word(hash)] & Self.bit(hash) != 0, let some = rows[hash], let own = checked.keyText(record, key) else {
      return []
    }
    return some.filter { $0.key == own }.map(\.id)
  }

  private static func word(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> UInt64(64 - bits + 6)) }

  private static func bit(_ hash: UInt64) -> UInt64 { 1 << (hash >> UInt64(64 - bits) & 63) }
}
