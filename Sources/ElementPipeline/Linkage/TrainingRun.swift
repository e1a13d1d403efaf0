package import ElementCore
package import ElementLinkage
package import ElementSchema
package import ElementWarehouse

/// Fits a model of people to rosters or to a warehouse.
package struct TrainingRun {
  private var request: LinkageRequest

  /// A training that begins with a model.
  package init(_ request: LinkageRequest) {
    self.request = request
    self.request.countsPatterns = true
  }

  /// Learns from files.
  ///
  /// - Throws: `PersonTraining.Refusal` where too little is known, or what was learned cannot be.
  package func run(
    _ options: DeliveryOptions, progress: @escaping (RunProgress) -> Void
  ) throws -> PersonTraining.Learned {
    let result = try FileLinkage(options, progress: progress).run(request)
    return try PersonTraining(request.model, patterns: result.outcome.patterns).run()
  }

  /// Learns from the rows of a warehouse.
  ///
  /// - Throws: as for files.
  package func run(
    _ warehouse: Warehouse, _ pack: SchemaPack, _ scheme: GridCodeScheme, today: CalendarDate
  ) throws -> PersonTraining.Learned {
    let kind = request.model.kind
    let patterns = try warehouse.readingLinkage(kind: kind.rawValue) { session in
      let rows = try StoredRowsToLink(
        WarehouseLinkage.datasets(pack, kind), session, scheme, request.model, today: today, jobs: request.jobs,
        path: warehouse.path)
      return try LinkageRun(try PersonRecords(rows.store, request.model), request).run().patterns
    }
    return try PersonTraining(request.model, patterns: patterns).run()
  }
}
