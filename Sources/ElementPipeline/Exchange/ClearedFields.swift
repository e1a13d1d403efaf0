import ElementCore
import ElementWarehouse

/// Which fields of rows are empty now that a receiver may hold a value of: of the row itself, or of one before it that had its key.
///
/// Rows are looked at by their numbers ascending: who came anew under a key has a higher number than who had it.
struct ClearedFields {
  private let keySlots: [Int]
  private let width: Int
  /// The fields that had values, by the key that a row had which is gone.
  private(set) var inherited: [[UInt8]: Set<Int>] = [:]

  /// Fields of rows of `width` values, of which some make the key, from 0.
  init(key: [Int], width: Int) { (keySlots, self.width) = (key, width) }

  /// The values of the key of a row, from 0, parted by `CheckedBatch.keySeparator`.
  func key(_ rows: PackageReader.Rows, _ place: Int) -> [UInt8] {
    let values = keySlots.map { Array(rows.bytes[rows.ranges[place * width + $0].indices]) }
    return Array(values.joined(separator: [CheckedBatch.keySeparator]))
  }

  /// The fields of a row, from 0, that are empty and of which the receiver may hold a value.
  mutating func cleared(_ change: PackageReader.Change, isThere: Bool) -> Set<Int> {
    guard isThere else {
      if change.isHeld { remember(change) }
      return []
    }
    var filled: Set<Int> = []
    if change.isHeld { for version in change.before.ids.indices { filled.formUnion(self.filled(change.before, version)) } }
    if !inherited.isEmpty, let former = inherited[key(change.now, 0)] { filled.formUnion(former) }
    return filled.filter { change.now.ranges[$0].isEmpty }
  }

  private mutating func remember(_ change: PackageReader.Change) {
    for rows in [change.now, change.before] {
      for version in rows.ids.indices { inherited[key(rows, version), default: []].formUnion(filled(rows, version)) }
    }
  }

  private func filled(_ rows: PackageReader.Rows, _ place: Int) -> Set<Int> {
    Set((0..<width).filter { !rows.ranges[place * width + $0].isEmpty })
  }
}
