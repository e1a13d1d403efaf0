/// How two citizen numbers agree, the most telling first (weights by level in the models of `schemas/linkage`).
package enum NumberLevel: Int, Sendable, CaseIterable {
  /// Equal, and sound on one side at least: one person.
  case same
  /// Both sound and different: two persons, whatever else agrees. Fifteen places that became eighteen are not sure enough for that.
  case validDiffer
  /// Equal, and wrong on both sides.
  case sameWrong
  /// Fourteen visible places or more, all equal.
  case maskFits
  /// Eight to thirteen visible places, all equal.
  case maskFitsShort
  /// One is wrong, by a digit or two neighbours.
  case off1
  /// One is wrong, by two such slips.
  case off2
  /// One is wrong, and further away than slips lead.
  case wrongDiffers
  /// One has fifteen places, and is another number.
  case legacyDiffers
  /// Visible places differ: any beside a sound number, two beside others.
  case maskDiffers
  /// One side has no number, or too little of it shows.
  case none

  /// The fewest visible places that say anything, and those that say much.
  private static let (few, many) = (8, 14)

  /// Compares two numbers; the order of the two does not matter.
  package init(_ left: NumberForm, _ right: NumberForm) {
    if left.kind == .none || right.kind == .none {
      self = .none
    } else if left.kind == .masked || right.kind == .masked {
      self = NumberLevel.masked(left, right)
    } else if left.isEqual(to: right) {
      self = left.isSound || right.isSound ? .same : .sameWrong
    } else if left.kind == .valid, right.kind == .valid {
      self = .validDiffer
    } else if left.kind == .wrong || right.kind == .wrong {
      let distance = left.distance(to: right)
      self = distance == 1 ? .off1 : distance == 2 ? .off2 : .wrongDiffers
    } else {
      self = .legacyDiffers
    }
  }

  private static func masked(_ left: NumberForm, _ right: NumberForm) -> NumberLevel {
    let (equal, different) = left.visible(beside: right)
    if different == 0 { return equal >= many ? .maskFits : equal >= few ? .maskFitsShort : .none }
    return different >= 2 || left.isSound || right.isSound ? .maskDiffers : .none
  }
}
