/// Gives groups of rows their numbers, so that a number never moves without a trace and is never given to other people.
package struct EntityNumbers: Sendable {
  /// A row, as far as numbers depend on it.
  package struct Row: Sendable, Hashable {
    /// What the row is known by, the same as long as it stands.
    package let key: UInt64
    /// The number that it had; 0 for none.
    package let before: UInt32
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

  /// Gives numbers: `groups` has the first row of each row's group; `empty` are numbers that stand and whose rows are gone; `ended` are earlier ones
  /// by the digest of their rows; `last` is the highest ever given.
  package init(_ rows: [Row], groups: [UInt32], empty: [UInt32], ended: [UInt64: UInt32], last: UInt32) {
    let owners = self.owners(rows, groups, ended, last)
    var kept = [UInt32](repeating: 0, count: rows.count)
    var successors: [UInt32: UInt32] = [:]
    var mergedGroups: Set<UInt32> = []
    for number in owners.indices.dropFirst() where owners[number] != .max {
      let group = owners[number]
      if kept[Int(group)] == 0 {
        kept[Int(group)] = UInt32(number)
      } else {
        successors[UInt32(number)] = kept[Int(group)]
        mergedGroups.insert(group)
      }
    }
    merged = mergedGroups.count
    let digests = successors.isEmpty ? [:] : Self.digests(rows) { successors[rows[$0].before] == nil ? nil : rows[$0].before }
    retired =
      (successors.map { Retired(number: $0, successor: $1, members: digests[$0] ?? 0) }
      + empty.map { Retired(number: $0, successor: nil, members: 0) }).sorted { $0.number < $1.number }
    name(rows, groups, kept, ended, last)
  }

  /// The group that goes on with each number, by the number; the highest of all for a number without rows.
  private mutating func owners(_ rows: [Row], _ groups: [UInt32], _ ended: [UInt64: UInt32], _ last: UInt32) -> [UInt32] {
    var owners = [UInt32](repeating: .max, count: Int(last) + 1)
    var spread: Set<UInt32> = []
    for (place, row) in rows.enumerated() where row.before != 0 {
      let first = owners[Int(row.before)]
      if first == .max { owners[Int(row.before)] = groups[place] } else if first != groups[place] { spread.insert(row.before) }
    }
    split = spread.count
    if spread.isEmpty { return owners }
    let parts = Self.parts(rows, groups, of: spread)
    let concerned = Set(parts.values.joined().map(\.group))
    let digests = ended.isEmpty ? [:] : Self.digests(rows) { concerned.contains(groups[$0]) ? groups[$0] : nil }
    for (number, parts) in parts {
      // A part that had a number of its own before gets it back, and the others keep this one.
      let others = parts.filter { part in digests[part.group].map { ended[$0] == nil } ?? true }
      let candidates = others.isEmpty ? parts : others
      owners[Int(number)] = (candidates.first(where: \.isNumbered) ?? candidates[0]).group
    }
    return owners
  }

  /// Names the groups that own no number: an earlier one that had exactly their rows, else the next.
  private mutating func name(
    _ rows: [Row], _ groups: [UInt32], _ kept: [UInt32], _ ended: [UInt64: UInt32], _ last: UInt32
  ) {
    var (kept, next, ended) = (kept, last, ended)
    let digests = ended.isEmpty ? [:] : Self.digests(rows) { kept[Int(groups[$0])] == 0 ? groups[$0] : nil }
    numbers.reserveCapacity(rows.count)
    for group in groups {
      if kept[Int(group)] == 0 {
        if let digest = digests[group], let former = ended.removeValue(forKey: digest) {
          restored.append(former)
          kept[Int(group)] = former
        } else {
          next += 1
          created.append(next)
          kept[Int(group)] = next
        }
      }
      numbers.append(kept[Int(group)])
    }
    restored.sort()
  }

  /// A group that holds rows of a number, and whether one of these has a valid number of its own.
  private struct Part {
    let group: UInt32
    var isNumbered: Bool
  }

  /// The groups that hold the rows of some numbers, in the order of their first rows.
  private static func parts(_ rows: [Row], _ groups: [UInt32], of wanted: Set<UInt32>) -> [UInt32: [Part]] {
    var parts: [UInt32: [Part]] = [:]
    for (place, row) in rows.enumerated() where wanted.contains(row.before) {
      let known = parts[row.before]?.firstIndex { $0.group == groups[place] }
      if let known {
        if row.isNumbered { parts[row.before]?[known].isNumbered = true }
      } else {
        parts[row.before, default: []].append(Part(group: groups[place], isNumbered: row.isNumbered))
      }
    }
    return parts
  }

  /// The digest of the rows of each number or group, whatever their order; nil for rows of which none is wanted.
  private static func digests(_ rows: [Row], by group: (Int) -> UInt32?) -> [UInt32: UInt64] {
    var digests: [UInt32: UInt64] = [:]
    for place in rows.indices {
      guard let group = group(place) else { continue }
      var hash = KeyHash(rows[place].key)
      hash.add(rows[place].key >> 7)
      digests[group, default: 0] &+= UInt64(hash.value) << 31 ^ rows[place].key &* 0x9E37_79B9_7F4A_7C15
    }
    return digests
  }
}
