import ElementCore

/// Which stored rows records of a delivery took, so that no row is changed for two records that know it under two forms of its key.
struct RowClaims {
  private var taken = NumberSet()
  /// The places of records that took a row under another form of its key than it had, by its number.
  private var weakly: [Int64: UInt64] = [:]
  /// The hashes of the keys that those rows had.
  private var formerKeys: Set<UInt64> = []

  /// Whether a record took the row of a number.
  func has(_ id: Int64) -> Bool { taken.contains(id) }

  /// Whether a key is that of a row that a record took under another one.
  func isFormer(_ key: UInt64) -> Bool { formerKeys.contains(key) }

  /// Takes a row for the record at a place; `former` is the hash of its key, where the record has another one. False where another record
  /// has it.
  mutating func take(_ id: Int64, by place: UInt64, former: UInt64?) -> Bool {
    if let other = weakly[id] {
      if other != place { return false }
    } else if let former {
      if taken.contains(id) { return false }
      weakly[id] = place
      formerKeys.insert(former)
    }
    taken.insert(id)
    return true
  }
}
