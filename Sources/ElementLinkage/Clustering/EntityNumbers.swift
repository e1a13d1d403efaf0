/// Gives groups of rows their numbers, so that a number never moves without a trace and is never given to other people.
package struct EntityNumbers: Sendable {
  /// A row, as far as numbers depend on it.
  package struct Row: Sendable, Hashable {
    /// The number that it had; 0 for none.
    package let before: UInt32
    /// What the row is known by, the same as long as it stands.
    package let key: UInt64
    /// Whether it holds a valid number of its own.
    package let isNumbered: Bool

    /// A row.
    package init(before: UInt32, key: UInt64, isNumbered: Bool) {
      (self.before, self.key, self.isNumbered) = (before, key, isNumbered)
    }
  }

  /// A number that ended.
  package struct Retired: Sendable, Hashable {
    /// The one that ended.
    package let number: UInt32
    /// Which number answers for it; nil where all its rows are gone.
    package let successor: UInt32?
    /// The digest of the rows that it had.
    package let members: UInt64
  }

  /// The number of each row.
  package private(set) var numbers: [UInt32] = []
  /// Numbers that were given for the first time, ascending.
  package private(set) var created: [UInt32] = []
  /// Numbers that came back, since exactly the rows that they had stand apart again.
  package private(set) var restored: [UInt32] = []
  /// Numbers that ended, ascending.
  package private(set) var retired: [Retired] = []
  /// How many numbers hold rows of several others.
  package private(set) var merged = 0
  /// How many numbers lost rows to others.
  package private(set) var split = 0

  /// Gives numbers: `groups` has the first row of each row's group; `current` are all numbers that stand; `ended` are earlier ones by the digest of
  /// their rows; `last` is the highest ever given.
  package init(_ rows: [Row], groups: [UInt32], current: Set<UInt32>, ended: [UInt64: UInt32], last: UInt32) {
    let parts = Self.parts(rows, groups)
    split = parts.values.count { $0.count > 1 }
    let groupDigests = split == 0 || ended.isEmpty ? [:] : Self.digests(rows, by: { groups[$0] })
    let owners = parts.mapValues { parts in
      // A part that had a number of its own before gets it back, and the others keep this one.
      let former = parts.filter { part in groupDigests[part.group].map { ended[$0] != nil } ?? false }
      let rest = former.count < parts.count ? parts.filter { part in !former.contains { $0.group == part.group } } : parts
      return (rest.first(where: \.isNumbered) ?? rest[0]).group
    }
    var owned: [UInt32: [UInt32]] = [:]
    for (number, group) in owners { owned[group, default: []].append(number) }
    let digests = Self.digests(rows, by: { rows[$0].before })
    var kept: [UInt32: UInt32] = [:]
    for (group, numbers) in owned {
      guard let least = numbers.min() else { continue }
      kept[group] = least
      if numbers.count > 1 { merged += 1 }
      for number in numbers where number != least {
        retired.append(Retired(number: number, successor: least, members: digests[number] ?? 0))
      }
    }
    for number in current where owners[number] == nil { retired.append(Retired(number: number, successor: nil, members: 0)) }
    retired.sort { $0.number < $1.number }
    name(rows, groups, &kept, ended, last)
  }

  /// Names the groups that own no number: an earlier one that had exactly their rows, else the next.
  private mutating func name(
    _ rows: [Row], _ groups: [UInt32], _ kept: inout [UInt32: UInt32], _ ended: [UInt64: UInt32], _ last: UInt32
  ) {
    let digests = ended.isEmpty ? [:] : Self.digests(rows, by: { groups[$0] })
    var (next, ended) = (last, ended)
    numbers.reserveCapacity(rows.count)
    for place in rows.indices {
      let group = groups[place]
      if let number = kept[group] {
        numbers.append(number)
        continue
      }
      if let digest = digests[group], let former = ended.removeValue(forKey: digest) {
        restored.append(former)
        kept[group] = former
      } else {
        next += 1
        created.append(next)
        kept[group] = next
      }
      numbers.append(kept[group] ?? next)
    }
    restored.sort()
  }

  /// A group that holds rows of a number, and whether one of these has a valid number of its own.
  private struct Part {
    let group: UInt32
    var isNumbered: Bool
  }

  /// The groups that hold the rows of each number, in the order of their first rows.
  private static func parts(_ rows: [Row], _ groups: [UInt32]) -> [UInt32: [Part]] {
    var parts: [UInt32: [Part]] = [:]
    for (place, row) in rows.enumerated() where row.before != 0 {
      let known = parts[row.before]?.firstIndex { $0.group == groups[place] }
      if let known {
        if row.isNumbered { parts[row.before]?[known].isNumbered = true }
      } else {
        parts[row.before, default: []].append(Part(group: groups[place], isNumbered: row.isNumbered))
      }
    }
    return parts
  }

  /// The digest of the rows of each number or group, whatever their order.
  private static func digests(_ rows: [Row], by group: (Int) -> UInt32) -> [UInt32: UInt64] {
    var digests: [UInt32: UInt64] = [:]
    for place in rows.indices {
      var hash = KeyHash(rows[place].key)
      hash.add(rows[place].key >> 7)
      digests[group(place), default: 0] &+= UInt64(hash.value) << 31 ^ rows[place].key &* 0x9E37_79B9_7F4A_7C15
    }
    return digests
  }
}
