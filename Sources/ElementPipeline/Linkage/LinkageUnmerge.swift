package import ElementCore
package import ElementLinkage
package import ElementSchema
package import ElementWarehouse

/// Parts people who were joined wrongly: what is parted is kept as a decision, so that no run joins it again without a person.
package struct LinkageUnmerge {
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let request: LinkageRequest
  private let today: CalendarDate

  /// An unmerge by a model.
  package init(_ pack: SchemaPack, _ scheme: GridCodeScheme, _ request: LinkageRequest, today: CalendarDate) {
    (self.pack, self.scheme, self.request, self.today) = (pack, scheme, request, today)
  }

  /// Parts a person into the parts it was made of, or some rows from the others; nil where there is nothing to part.
  package func part(
    _ shown: String, rows: [RowName]?, in warehouse: Warehouse, _ head: BatchHead
  ) throws -> WarehouseLinkageResult? {
    guard let number = LinkageExplanation.entity(shown, request.model.kind) else { return nil }
    var options = WarehouseLinkage.Options(request: request, today: today)
    options.applies = true
    options.mostMerges = nil
    options.says = { session in
      guard let current = try session.current(number) else { return nil }
      var parts = try session.parts(of: current)
      if let rows {
        let members = try session.members(of: current).map(\.name)
        guard rows.allSatisfy(members.contains) else { return nil }
        parts = [members.filter { !rows.contains($0) }, rows].filter { !$0.isEmpty }
      }
      return parts.count < 2 ? nil : Self.decisions(parts)
    }
    return try WarehouseLinkage(pack, scheme, options).run(warehouse, head)
  }

  /// Takes a run back; returns how many people it had joined.
  ///
  /// - Throws: `LinkageSession.TakeBackRefusal`.
  package func takeBack(_ run: Int, in warehouse: Warehouse, _ head: BatchHead) throws -> Int {
    try warehouse.linking(kind: request.model.kind.rawValue, head) { session in
      let joined = try session.takeBack(run, head)
      for parts in joined { try session.keep(Self.decisions(parts), head) }
      return (joined.count, true)
    }
  }

  /// That no row of one part is a row of another.
  private static func decisions(_ parts: [[RowName]]) -> [StoredDecision] {
    var decisions: [StoredDecision] = []
    for (place, part) in parts.enumerated() {
      for other in parts[(place + 1)...] {
        for left in part {
          for right in other {
            decisions.append(
              StoredDecision(left: left, right: right, answer: .notSame, pattern: 0, weight: .max, source: "unmerge", note: ""))
          }
        }
      }
    }
    return decisions
  }
}
