import ElementWarehouse

/// What the grids of a reading come to, and the communities that they lie in.
struct PlaceScores {
  let grids: [QualityReport.PlaceScore]
  let communities: [QualityReport.PlaceScore]

  /// The digits of a community, from the division on.
  private static let communityDigits = 12

  private typealias Sums = [String: [String: QualityReading.Share]]

  /// The scores of a reading under some goals.
  init(_ reading: QualityReading, _ goals: QualityGoals) {
    let (now, before) = (Self.byGrid(reading.shares), Self.byGrid(reading.sharesBefore))
    grids = Self.scores(now, before, goals) { code, score, before in
      let grid = reading.grids[code]
      let name = grid.map { $0.name.isEmpty ? code : $0.name } ?? code
      return QualityReport.PlaceScore(
        code: code, name: name, community: grid?.community ?? "", score: score, before: before)
    }
    func community(_ grid: String) -> String? {
      guard let known = reading.grids[grid], known.hierarchy.utf8.count > Self.communityDigits else { return nil }
      return String(known.hierarchy.prefix(Self.communityDigits))
    }
    var names: [String: String] = [:]
    for (code, grid) in reading.grids where !grid.community.isEmpty {
      if let area = community(code) { names[area] = (grid.street.isEmpty ? "" : grid.street + " ") + grid.community }
    }
    communities = Self.scores(Self.together(now, community), Self.together(before, community), goals) { code, score, before in
      QualityReport.PlaceScore(code: code, name: names[code] ?? code, community: "", score: score, before: before)
    }
  }

  private static func byGrid(_ shares: [QualityReading.Place: QualityReading.Share]) -> Sums {
    shares.reduce(into: [:]) { sums, entry in
      if !entry.key.grid.isEmpty { sums[entry.key.grid, default: [:]][entry.key.indicator] = entry.value }
    }
  }

  private static func together(_ grids: Sums, _ place: (String) -> String?) -> Sums {
    grids.reduce(into: [:]) { sums, grid in
      guard let place = place(grid.key) else { return }
      sums[place, default: [:]].merge(grid.value) {
        QualityReading.Share(numerator: $0.numerator + $1.numerator, denominator: $0.denominator + $1.denominator)
      }
    }
  }

  private static func scores(
    _ now: Sums, _ before: Sums, _ goals: QualityGoals,
    _ make: (String, QualityScore, Double?) -> QualityReport.PlaceScore
  ) -> [QualityReport.PlaceScore] {
    now.map { ($0, QualityScore($1, goals)) }.filter { $0.1.total != nil }
      .map { code, score in make(code, score, before[code].flatMap { QualityScore($0, goals).total }) }
      .sorted { ($0.score.total ?? 0, $0.code) < ($1.score.total ?? 0, $1.code) }
  }
}
