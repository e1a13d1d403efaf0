package import ElementCore

/// The parts of a reading that offices see: each has what lies in its area, and nothing of another.
package struct OfficeReadings: Sendable {
  private let whole: QualityReading
  /// The grids of the reading with the digits by which they lie in an area, in the order of those.
  private let grids: [(hierarchy: String, code: String)]
  private let trend: [[String: [String: QualityReading.Share]]]
  private let now: [String: [String: QualityReading.Share]]
  private let before: [String: [String: QualityReading.Share]]
  private let lives: [String: [LifeGroup]]
  private let unplaced: [LifeGroup]

  /// The parts of a reading, of which `trend` says what the indicators of each grid came to on its days.
  package init(
    _ whole: QualityReading, trend: [[String: [String: QualityReading.Share]]], _ scheme: GridCodeScheme
  ) {
    (self.whole, self.trend) = (whole, trend)
    lives = Dictionary(grouping: whole.lives.filter { !$0.isWaiting }, by: \.grid)
    unplaced = whole.lives.filter(\.isWaiting)
    now = trend.last ?? [:]
    before = trend.dropLast().last ?? [:]
    let codes = Set(now.keys).union(lives.keys).union(whole.counts.lines.keys).union(whole.grids.keys)
    // What is no code of the scheme lies in no office: it stands in the report on all.
    grids = codes.filter { $0.utf8.count == scheme.length && $0.utf8.allSatisfy(Self.isOfCodes) }.map {
      (whole.grids[$0]?.hierarchy ?? scheme.hierarchy(of: $0), $0)
    }
    .sorted { ($0.hierarchy, $0.code) < ($1.hierarchy, $1.code) }
  }

  /// Whether a byte may stand in a code: an ASCII digit or letter.
  private static func isOfCodes(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The offices of a level that have something in the warehouse, in the order of their codes.
  package func offices(_ level: OfficeLevel) -> [ReportOffice] {
    guard let digits = level.digits else { return grids.map { .grid($0.code) } }
    var found: [String] = []
    for grid in grids where grid.hierarchy.utf8.count >= digits {
      let area = String(grid.hierarchy.prefix(digits))
      if found.last != area { found.append(area) }
    }
    return found.map { .area($0) }
  }

  /// The codes of the grids of an office.
  private func codes(_ office: ReportOffice) -> [String] {
    switch office {
    case .all: return grids.map(\.code)
    case .grid(let code): return [code]
    case .area(let digits):
      // They stand in the order of their digits, so those of an area follow each other.
      var (low, high) = (0, grids.count)
      while low < high {
        let middle = (low + high) / 2
        if grids[middle].hierarchy < digits { low = middle + 1 } else { high = middle }
      }
      return grids[low...].prefix { $0.hierarchy.hasPrefix(digits) }.map(\.code)
    }
  }

  /// Whether nothing that is known lies in an office.
  package func isEmpty(_ office: ReportOffice) -> Bool {
    if case .grid(let code) = office { return !grids.contains { $0.code.utf8.elementsEqual(code.utf8) } }
    return codes(office).isEmpty
  }

  /// What an office sees.
  package func reading(of office: ReportOffice) -> QualityReading {
    if office == .all { return whole }
    let codes = codes(office)
    var part = whole
    part.office = office
    part.gridCodes = Set(codes)
    part.grids = Dictionary(uniqueKeysWithValues: codes.compactMap { code in whole.grids[code].map { (code, $0) } })
    part.shares = shares(now, codes)
    part.sharesBefore = shares(before, codes)
    part.trend = trend.map { sums($0, codes) }
    part.lives = codes.flatMap { lives[$0] ?? [] } + unplaced.filter { part.isInside($0.area) }
    part.counts.lines = Dictionary(
      uniqueKeysWithValues: codes.compactMap { code in whole.counts.lines[code].map { (code, $0) } })
    part.waiting = whole.waiting.filter { part.isInside($0.area) }
    (part.deliveries, part.packages, part.people) = ([], [], nil)
    return part
  }

  private func sums(_ day: [String: [String: QualityReading.Share]], _ codes: [String]) -> [String: QualityReading.Share] {
    codes.reduce(into: [:]) { sums, code in
      sums.merge(day[code] ?? [:]) {
        QualityReading.Share(numerator: $0.numerator + $1.numerator, denominator: $0.denominator + $1.denominator)
      }
    }
  }

  private func shares(
    _ day: [String: [String: QualityReading.Share]], _ codes: [String]
  ) -> [QualityReading.Place: QualityReading.Share] {
    var found: [QualityReading.Place: QualityReading.Share] = [:]
    for (indicator, share) in sums(day, codes) { found[QualityReading.Place(indicator)] = share }
    for code in codes {
      for (indicator, share) in day[code] ?? [:] { found[QualityReading.Place(indicator, grid: code)] = share }
    }
    return found
  }
}

extension QualityReading {
  /// Whether rows that wait are of its office: their sender answers for a part of its area.
  func isInside(_ area: String) -> Bool {
    switch office {
    case .all: true
    case .area(let digits): area.hasPrefix(digits)
    case .grid(let code): !area.isEmpty && grids[code].map { area.hasPrefix($0.hierarchy) } ?? false
    }
  }

  /// Whether findings are of its office.
  func concerns(_ group: LifeGroup) -> Bool {
    guard let gridCodes else { return true }
    return group.isWaiting ? isInside(group.area) : gridCodes.contains(group.grid)
  }
}
