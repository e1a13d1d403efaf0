package import ElementCore
package import ElementSchema

/// Tells columns that follow a list whose codes look like ours and mean something else: no single row tells, a whole column does.
package enum CodeLookAlike {
  /// What list a column seems to follow instead of its own; nil where nothing says so.
  package static func list(_ type: FieldType, _ tally: ColumnTally, _ known: [PackLists.LookAlike]) -> LocalizedText? {
    switch type {
    case .boolean where tally.foreignCodes > 0:
      return LocalizedText(zh: "1＝是、2＝否（或 01、02），本表为 1＝是、0＝否", en: "1 yes and 2 no (or 01 and 02) instead of 1 and 0")
    case .code(let set):
      if let found = known.first(where: { $0.set.utf8.elementsEqual(set.utf8) && $0.fits(tally) }) { return found.list }
      guard tally.foreignCodes > 1 && tally.foreignCodes * 2 > tally.filled else { return nil }
      return LocalizedText(zh: "另一套代码（半数以上的值不在本表中）", en: "another list: more than half of its values are not in this one")
    default: return nil
    }
  }
}

extension PackLists {
  /// Whether the list of a type has a look-alike that is told by how often each code stands.
  func countsCodes(of type: FieldType) -> Bool {
    guard case .code(let set) = type else { return false }
    return lookAlikes.contains { $0.set.utf8.elementsEqual(set.utf8) }
  }
}

extension PackLists.LookAlike {
  /// Whether a column follows the list, as far as its codes tell.
  func fits(_ tally: ColumnTally) -> Bool {
    let counts = tally.codeCounts
    guard !counts.isEmpty, tally.filled >= least else { return false }
    let standing = Set(counts.indices.filter { counts[$0] > 0 })
    guard standing.isSubset(of: codes), !standing.isDisjoint(with: telling), also.isEmpty || !standing.isDisjoint(with: also),
      allowsLabels || standing.reduce(0, { $0 + counts[$1] }) == tally.filled
    else { return false }
    return telling.reduce(0) { $0 + counts[$1] } * 100 > share * tally.filled
  }
}
