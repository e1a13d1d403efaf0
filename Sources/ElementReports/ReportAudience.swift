import ElementSchema
import ElementWarehouse

/// For whom a report is made.
package enum ReportAudience: String, Sendable, CaseIterable {
  /// The office that acts: it sees its own numbers.
  case own
  /// Who stands above it.
  case superior
  /// Anybody else.
  case outside
}

extension QualityReading {
  /// The same without datasets in which standing says something sensitive of people: not in lists, and in no sum either.
  ///
  /// Hiding single small numbers would not do: what is hidden in one table follows from the sums, the shares and the days of others. So such groups
  /// leave the report whole, and with them what mixes rows of several datasets: batches, and the sums of days of which only totals were kept.
  func without(_ sensitive: Set<String>) -> QualityReading {
    var left = self
    left.shares = Self.without(sensitive, shares)
    left.sharesBefore = Self.without(sensitive, sharesBefore)
    left.days = days.suffix(before == nil ? 1 : 2)
    left.trend = (before == nil ? [] : [Self.totals(left.sharesBefore)]) + [Self.totals(left.shares)]
    left.lives = lives.filter { !sensitive.contains($0.kind.dataset) }
    left.counts.lines = counts.lines.mapValues { lines in
      lines.filter { !sensitive.contains(counts.subjects[$0.subject].dataset) }
    }
    left.waiting = waiting.filter { !sensitive.contains($0.dataset) }
    (left.deliveries, left.packages, left.people) = ([], [], nil)
    return left
  }

  private static func without(_ sensitive: Set<String>, _ shares: [Place: Share]) -> [Place: Share] {
    var left = shares.filter { !sensitive.contains($0.key.dataset) }
    for (place, share) in shares where sensitive.contains(place.dataset) {
      let whole = Place(place.indicator)
      guard let sum = left[whole] else { continue }
      let rest = sum.denominator - share.denominator
      left[whole] = rest == 0 ? nil : Share(numerator: sum.numerator - share.numerator, denominator: rest)
    }
    return left
  }

  private static func totals(_ shares: [Place: Share]) -> [String: Share] {
    Dictionary(
      uniqueKeysWithValues: shares.filter { $0.key.dataset.isEmpty && $0.key.grid.isEmpty }.map { ($0.key.indicator, $0.value) }
    )
  }
}
