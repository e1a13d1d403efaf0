import ElementCore
import ElementSchema

/// Numbers that must agree with the rows of other datasets, over a whole delivery: judged only where it brings both.
enum TotalRun {
  /// A tally for each such number whose two sides the delivery brings.
  static func tallies(_ datasets: [Dataset]) -> [TotalTally] {
    datasets.flatMap { owner in
      owner.totals.filter { rule in datasets.contains { rule.datasets.contains($0.name) } }.map {
        TotalTally(owner: owner.name, rule: $0)
      }
    }
  }

  /// Tells the numbers that differ from what was counted.
  static func tell(_ totals: [TotalTally], _ runs: inout [DatasetRun]) throws {
    for total in totals {
      guard let place = runs.firstIndex(where: { $0.dataset.name == total.owner }) else { continue }
      for (stated, counted) in total.differing {
        let found = runs[place].finding(
          total.rule.descriptor.code, total.rule.descriptor.severity, stated.row, field: total.rule.field, others: [],
          facts: ["stated": String(stated.number), "counted": String(counted)])
        try runs[place].tell(found, stated.row)
      }
    }
  }
}
