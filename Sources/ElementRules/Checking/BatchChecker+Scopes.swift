import ElementCore
import ElementSchema

extension BatchChecker {
  /// Fills in where local numbers were given, when references are looked up: the community of a sound grid code, else that of the
  /// community's name, else what is stored, else the delivery's area. What a record states stays.
  mutating func findScopes(_ origins: [ValueOrigin]? = nil) {
    guard let local = plan.dataset.localNumber, plan.scopes.scope != .site else { return }
    let base = notes.out.source.bytes.count
    var added: [UInt8] = []
    var names: [[UInt8]: FieldRange] = [:]
    func append(_ bytes: some Collection<UInt8>) -> FieldRange {
      let start = base + added.count
      added += bytes
      return FieldRange(start, start + bytes.count)
    }
    let area = append(plan.scopes.areaCode)
    let digits = communityDigits
    var unknown = 0
    for record in 0..<notes.out.count where notes.out.source.spots[record].flags.isEmpty {
      let start = record * notes.out.fieldCount
      let place = start + local.scope
      if !notes.out.values[place].isEmpty, origins.map({ $0[place] == .stated }) ?? true { continue }
      if notes.out.values[start + local.number].isEmpty || notes.unsound[start + local.number] {
        // Without a number there is nothing to say of it.
        notes.out.values[place] = .empty
        continue
      }
      var found = local.grid.map { community(start + $0, digits) } ?? .empty
      if found.isEmpty, let community = local.community, !notes.out.values[start + community].isEmpty,
        !notes.unsound[start + community]
      {
        let name = notes.out.source.copy(notes.out.values[start + community])
        found = names[name] ?? append(plan.scopes.scope(ofCommunity: name))
        names[name] = found
      }
      if found.isEmpty {
        // What the record takes away gives nothing any more.
        let isTaken = [local.grid, local.community].contains { $0.map { origins?[start + $0] == .stated } ?? false }
        found = notes.out.values[place].isEmpty || isTaken ? area : notes.out.values[place]
      }
      notes.out.values[place] = found
      if found.isEmpty { unknown += 1 }
    }
    notes.out.source.bytes += added
    notes.out.tallies[local.number].scopeless += unknown
  }

  /// Where in a grid code the digits stand that say where numbers are unique, and how long a code is; nil where the scheme has fewer.
  var communityDigits: (range: Range<Int>, length: Int)? {
    let wanted = plan.scopes.scope.digits
    guard let area = plan.scheme.areaRange, area.count >= wanted else { return nil }
    return (area.lowerBound..<area.lowerBound + wanted, plan.scheme.length)
  }

  /// Where those digits stand in the grid code at a place among the values; empty for a value that is no sound code.
  func community(_ place: Int, _ digits: (range: Range<Int>, length: Int)?) -> FieldRange {
    let range = notes.out.values[place]
    guard let digits, range.count == digits.length, !notes.unsound[place] else { return .empty }
    return FieldRange(Int(range.start) + digits.range.lowerBound, Int(range.start) + digits.range.upperBound)
  }
}
