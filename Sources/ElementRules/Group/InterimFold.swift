package import ElementCore

/// Which rows without a key are rows that have theirs: decided when all rows of a delivery are known, so that their order makes no
/// difference, and by hashes alone, so that it does not matter where a row stands.
package enum InterimFold {
  /// A row without its key and the row that it is.
  package struct Join: Sendable, Hashable {
    /// The row without.
    package let open: InterimCandidate
    /// The row that goes on for it.
    package let keyed: InterimCandidate
  }

  /// The rows to join, by the numbers of the rows that have a key, then of those without.
  ///
  /// A row without a key is joined where one row fits it, or of several one surely does; several rows to one where they fit each
  /// other, or surely are the same.
  package static func joins(open: [InterimCandidate], keyed: [InterimCandidate]) -> [Join] {
    let byMust = Dictionary(grouping: keyed.sorted { $0.id < $1.id }, by: \.must)
    var partners: [Int64: (keyed: InterimCandidate, open: [InterimCandidate])] = [:]
    for row in open.sorted(by: { $0.id < $1.id }) {
      let fitting = (byMust[row.must] ?? []).filter { fits(row, $0) }
      let sure = fitting.filter { isSure(row, $0) }
      if let partner = fitting.count == 1 ? fitting.first : sure.count == 1 ? sure.first : nil {
        partners[partner.id, default: (partner, [])].open.append(row)
      }
    }
    return partners.values.sorted { $0.keyed.id < $1.keyed.id }.flatMap { keyed, rows in
      sound(rows, keyed).map { Join(open: $0, keyed: keyed) }
    }
  }

  /// Whether what tells namesakes apart is the same, or unknown on one side.
  private static func fits(_ one: InterimCandidate, _ other: InterimCandidate) -> Bool {
    zip(one.may, other.may).allSatisfy { $0 == 0 || $1 == 0 || $0 == $1 }
  }

  /// Whether it is known and the same.
  private static func isSure(_ one: InterimCandidate, _ other: InterimCandidate) -> Bool {
    !one.may.contains(0) && one.may == other.may
  }

  /// Of several rows that fit one partner: those that surely are the same, or all where they fit each other.
  private static func sound(_ rows: [InterimCandidate], _ partner: InterimCandidate) -> [InterimCandidate] {
    let sure = rows.filter { isSure(partner, $0) }
    if !sure.isEmpty { return sure }
    return rows.allSatisfy { row in rows.allSatisfy { fits(row, $0) } } ? rows : []
  }
}
