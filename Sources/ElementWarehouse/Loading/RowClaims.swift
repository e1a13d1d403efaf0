import ElementCore

/// Which stored rows records of a delivery took, so that no row is changed for two records that know it under two forms of its key.
struct RowClaims {
  private var taken = NumberSet()
  /// The places of records that took a row under another form of its key than it had, by its number, and the other way round.
  private var (weakly, rows): ([Int64: UInt64], [UInt64: Int64]) = ([:], [:])
  /// The numbers of those rows, by the hashes of the keys that they had.
  private var formerKeys: [UInt64: Int64] = [:]

  /// Whether a record took the row of a number.
  func has(_ id: Int64) -> Bool { taken.contains(id) }

  /// Whether a key is that of a row that a record took under another one.
  func isFormer(_ key: UInt64) -> Bool { formerKeys[key].map { weakly[$0] != nil } ?? false }

  /// Takes a row for the record at a place; `former` is the hash of its key, where the record has another one. False where another record
  /// has it.
  mutating func take(_ id: Int64, by place: UInt64, former: UInt64?) -> Bool {
    if let other = weakly[id] {
      if other != place { return false }
    } else if let former {
      if taken.contains(id) { return false }
      (weakly[id], rows[place], formerKeys[former]) = (place, id, id)
    }
    taken.insert(id)
    return true
  }

  /// Gives back the row that the record at a place took under another form of its key, because it waits after all.
  mutating func release(_ place: UInt64) {
    guard let id = rows.removeValue(forKey: place) else { return }
    weakly[id] = nil
    taken.remove(id)
  }
}
