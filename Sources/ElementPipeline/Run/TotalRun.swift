import ElementCore
import ElementRules
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

  /// The numbers that rows of a run state while the delivery has no rows to count.
  static func notEvaluated(_ run: DatasetRun, _ brought: [Dataset], _ pack: SchemaPack) -> [NotEvaluated] {
    run.dataset.totals.compactMap { rule in
      let isStated = run.states.contains { $0.tallies[rule.field].filled > 0 }
      guard isStated, !brought.contains(where: { rule.datasets.contains($0.name) }) else { return nil }
      let counted = rule.datasets.compactMap(pack.dataset)
      let field = run.dataset.fields[rule.field]
      let (zh, en) = (counted.map(\.title.zh).joined(separator: "、"), counted.map(\.name).joined(separator: ", "))
      return NotEvaluated(
        code: rule.descriptor.code,
        why: LocalizedText(
          zh: "“\(field.title)”未与明细核对；请把\(zh)一同导入",
          en: "\(field.name) was not compared with rows: bring \(en) in the same delivery"),
        mayChange: false)
    }
  }

  /// Tells the numbers that differ from what was counted.
  static func tell(_ totals: [TotalTally], _ runs: inout [DatasetRun], isComplete: Bool) throws {
    for total in totals {
      guard let place = runs.firstIndex(where: { $0.dataset.name == total.owner }) else { continue }
      for (stated, counted) in total.differing(isComplete: isComplete) {
        let found = runs[place].finding(
          total.rule.descriptor.code, total.rule.descriptor.severity, stated.row, field: total.rule.field, others: [],
          facts: ["stated": stated.isEmpty ? "—" : total.text(stated.number), "counted": total.text(counted)])
        try runs[place].tell(found, stated.row)
      }
    }
  }
}
