extension Dataset {
  /// Which value stands of each field, from 0, where a delivered one does not always: a date by which others are chosen is the later one itself.
  package var survivors: [Int: Survivor] {
    var found: [Int: Survivor] = [:]
    for (place, field) in fields.enumerated() where field.survivor != .incoming {
      found[place] = field.survivor
      if case .latest(let name) = field.survivor, let date = index(of: name), found[date] == nil {
        found[date] = .latest(field: name)
      }
    }
    return found
  }
}
