package import ElementCore

/// Why a row waits for what other rows say, as far as it is known before the row is read again.
package enum GroupReason: Sendable {
  /// A value of this field was found wrong by its own check, and the end of the file confirmed it.
  case deferred(field: Int)
  /// The members of this number in `RowVerdicts.crowds` are more than a rule of the dataset (from 0) allows.
  case exceeding(rule: Int, members: Int)
  /// Its group has fewer rows than a rule of the dataset (from 0) asks for.
  case short(rule: Int)
  /// The codes of the rows of this number in `RowVerdicts.groups` are those of a whole grid and of its parts.
  case wholeAndSplit(rows: Int)
  /// Its parent is not there.
  case orphan
  /// Each of the rows of this number in `RowVerdicts.groups` is the parent of the next, and the last one that of the first.
  case cycle(rows: Int)
  /// It does not follow another row as a rule over neighbours (from 0) asks.
  case after(rule: Int, RowReference)
  /// It has the key of the rows of this number in `RowVerdicts.conflicts`, and other contents.
  case conflict(rows: Int)

  /// The order in which the reasons of one row are told, whatever was decided first.
  package var rank: Int {
    switch self {
    case .deferred: 0
    case .exceeding(let rule, _): 1 + 2 * rule
    case .short(let rule): 2 + 2 * rule
    case .wholeAndSplit: 1_000_000
    case .orphan: 1_000_001
    case .cycle: 1_000_002
    case .after(let rule, _): 2_000_000 + rule
    case .conflict: 3_000_000
    }
  }
}
