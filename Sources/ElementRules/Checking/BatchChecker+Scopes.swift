import ElementCore
import ElementSchema

extension BatchChecker {
  /// Fills in where local numbers were given, when references are looked up: the community of a sound grid code, else that of the
  /// community's name, else what is stored, else the delivery's area. What a record states stays.
  mutating func findScopes(_ origins: [ValueOrigin]? = nil) {
    guard let local = plan.dataset.localNumber, plan.scopes.scope != .site else { return }
    let base = out.source.bytes.count
    var added: [UInt8] = []
    var names: [[UInt8]: FieldRange] = [:]
    func append(_ bytes: some Collection<UInt8>) -> FieldRange {
      let start = base + added.count
      added += bytes
      return FieldRange(start, start + bytes.count)
    }
    let area = append(plan.scopes.areaCode)
    var unknown = 0
    for record in 0..<out.count where out.source.spots[record].flags.isEmpty {
      let start = record * out.fieldCount
      let place = start + local.scope
      if !out.values[place].isEmpty, origins.map({ $0[place] == .stated }) ?? true { continue }
      if out.values[start + local.number].isEmpty || unsound[start + local.number] {
        // Without a number there is nothing to say of it.
        out.values[place] = .empty
        continue
      }
      var found = local.grid.flatMap { communityDigits(start + $0) } ?? .empty
      if found.isEmpty, let community = local.community, !out.values[start + community].isEmpty, !unsound[start + community] {
        let name = out.source.copy(out.values[start + community])
        found = names[name] ?? append(plan.scopes.scope(ofCommunity: name))
        names[name] = found
      }
      if found.isEmpty {
        // What the record takes away gives nothing any more.
        let isTaken = [local.grid, local.community].contains { $0.map { origins?[start + $0] == .stated } ?? false }
        found = out.values[place].isEmpty || isTaken ? area : out.values[place]
      }
      out.values[place] = found
      if found.isEmpty { unknown += 1 }
    }
    out.source.bytes += added
    out.tallies[local.number].scopeless += unknown
  }

  /// Where in a grid code, by its place among the values, the digits stand that say where numbers are unique; nil for a value that is no
  /// sound code, or has fewer.
  func communityDigits(_ place: Int) -> FieldRange? {
    let range = out.values[place]
    guard !range.isEmpty, !unsound[place], let digits = plan.scheme.areaRange, range.count == plan.scheme.length else {
      return nil
    }
    let wanted = plan.scopes.scope.digits
    return digits.count < wanted
      ? nil : FieldRange(Int(range.start) + digits.lowerBound, Int(range.start) + digits.lowerBound + wanted)
  }
}
