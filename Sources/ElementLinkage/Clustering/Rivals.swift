import ElementCore

/// Finds records without a number of their own that fit records of two numbers almost equally well: which of them it is a person says.
struct Rivals<Records: LinkableRecords> {
  let records: Records
  /// Two that fit are rivals where their weights are no further apart; in 1/1024 bit.
  static var closeness: Int32 { 4 * LevelWeights.bit }

  /// A record that fits, from the side of the one without a number.
  private struct Fit {
    let row: UInt32
    let pair: Int
    let weight: Int32
    let identity: UInt64
  }

  /// Sets the guard of all pairs that are rivals; `least` is the weight from which a pair counts, in 1/1024 bit.
  func mark(_ pairs: inout [ScoredPair], least: Int32) throws(SpillError) {
    var fits: [Fit] = []
    for (place, pair) in pairs.enumerated() where pair.judgement.weight >= least && !(pair.judgement.barrier?.isVeto ?? false) {
      let left = records.identity(of: try records.record(Int(pair.left)))
      let right = records.identity(of: try records.record(Int(pair.right)))
      if (left == 0) == (right == 0) { continue }
      let row = left == 0 ? pair.left : pair.right
      fits.append(Fit(row: row, pair: place, weight: pair.judgement.weight, identity: max(left, right)))
    }
    fits.sort { ($0.row, $1.weight, $0.pair) < ($1.row, $0.weight, $1.pair) }
    var start = 0
    while start < fits.count {
      let end = fits[start...].firstIndex { $0.row != fits[start].row } ?? fits.count
      let close = fits[start..<end].prefix { fits[start].weight - $0.weight <= Self.closeness }
      if Set(close.map(\.identity)).count > 1 {
        for fit in close where pairs[fit.pair].judgement.barrier == nil { pairs[fit.pair].judgement.barrier = .rival }
      }
      start = end
    }
  }
}
