package import ElementCore
package import ElementLinkage
package import ElementSchema
package import ElementWarehouse

/// Compares all rows of a warehouse anew, by the model and terms of the last run, and holds pairs and people against what is kept.
package struct LinkageAgain {
  /// What was found.
  package struct Report: Sendable {
    /// What does not hold.
    package var differences: [Difference] = []
    /// The runs that were done again, each with how many pairs it keeps.
    package var runs: [(kind: String, run: Int, pairs: Int)] = []
    /// The kinds of which something was loaded, said, parted or taken back since their last run: nothing can be held against them.
    package var behind: [String] = []
  }

  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let jobs: Int

  /// A proof with the schemas of a site.
  package init(_ pack: SchemaPack, _ scheme: GridCodeScheme, jobs: Int) {
    (self.pack, self.scheme, self.jobs) = (pack, scheme, jobs)
  }

  /// Does the last run of each kind again.
  ///
  /// - Throws: `SchemaError` where a kept model is not read any more; `WarehouseError`, `SpillError`.
  package func run(_ warehouse: Warehouse) throws -> Report {
    var report = Report()
    for kind in try LinkageSession.kinds(warehouse) {
      try warehouse.readingLinkage(kind: kind) { session in
        guard let run = try session.standingRun() else { return report.behind.append(kind) }
        try compare(run, session, warehouse.path, &report)
      }
    }
    return report
  }

  private func compare(_ run: StandingRun, _ session: LinkageSession, _ path: String, _ report: inout Report) throws {
    let model = try LinkageModel(text: run.model, terms: run.terms)
    let today = CalendarDate(iso: Array(run.terms.asOf.utf8).span)
    guard let today else { return report.behind.append(session.kind) }
    let options = WarehouseLinkage.Options(request: LinkageRequest(model: model, jobs: jobs), today: today)
    let found = try WarehouseLinkage(pack, scheme, options).found(session, path)
    let kept = try session.links()
    report.runs.append((session.kind, run.id, kept.count))
    let differing = Set(kept).symmetricDifference(found.links).count
    if differing > 0 {
      report.differences.append(
        difference(
          zh: "\(session.kind) 第 \(run.id) 次比对：有 \(differing) 对与重新比对的不同",
          en: "run \(run.id) of \(session.kind): \(differing) pairs are other than those found again"))
    }
    guard run.isApplied else { return }
    let moved = try Self.moved(found.rows, found.groups, session)
    if moved > 0 {
      report.differences.append(
        difference(
          zh: "\(session.kind) 第 \(run.id) 次比对：有 \(moved) 条记录的归属与重新归并的不同",
          en: "run \(run.id) of \(session.kind): \(moved) rows are with others than those found again"))
    }
  }

  /// How many rows are together with others than those of their group.
  private static func moved(_ rows: [RowName], _ groups: [UInt32], _ session: LinkageSession) throws -> Int {
    var entities: [RowName: UInt32] = [:]
    for dataset in Set(rows.map(\.dataset)) {
      try session.forEachMember(of: dataset) { entities[RowName(dataset, $0)] = $1 }
    }
    var groupOf: [UInt32: UInt32] = [:]
    var entityOf: [UInt32: UInt32] = [:]
    var moved = 0
    for (place, name) in rows.enumerated() {
      let (entity, group) = (entities[name] ?? 0, groups[place])
      let fits = groupOf[entity] ?? group == group && entityOf[group] ?? entity == entity && entity != 0
      if !fits { moved += 1 }
      (groupOf[entity], entityOf[group]) = (groupOf[entity] ?? group, entityOf[group] ?? entity)
    }
    return moved + max(0, entities.count - rows.count)
  }

  private func difference(zh: String, en: String) -> Difference {
    Difference(subject: "linkage", message: LocalizedText(zh: zh, en: en))
  }
}

extension LinkageModel {
  /// The model of a run that is kept, with the thresholds that it had.
  ///
  /// - Throws: `SchemaError` where the text is not read any more.
  package init(text: String, terms: LinkageTerms) throws(SchemaError) {
    try self.init(text: text, file: "linkage_model")
    (auto, ask) = (terms.auto, terms.ask)
    test = GroupTest(rawValue: terms.test) ?? test
  }
}
