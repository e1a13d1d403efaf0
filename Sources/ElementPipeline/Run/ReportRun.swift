package import ElementCore
package import ElementReports
package import ElementSchema
package import ElementWarehouse

/// Makes the report on a warehouse, or on the parts that offices see: what `yaosu report` does. Only the warehouse is read, and nothing is
/// written to it.
package struct ReportRun {
  /// The last day that counts; nil for the last that was recorded.
  package var day: CalendarDate?
  /// The day that drifts are held against; nil for some thirty days before.
  package var baseline: CalendarDate?
  /// What the site checks by.
  let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let configuration: SiteConfiguration

  /// A run with the schemas of a site.
  ///
  /// - Throws: `SchemaError` where a schema, the scheme of grid codes or the configuration is wrong.
  package init(
    schemas: String?, overlays: [String], gridScheme: String? = nil, _ configuration: SiteConfiguration
  ) throws(SchemaError) {
    self.configuration = configuration
    pack = try SchemaPack.site(schemas: schemas, overlays: overlays, need: .all, configuration)
    scheme = try pack.gridScheme(gridScheme ?? configuration.gridScheme)
  }

  /// The report on the day of a warehouse.
  ///
  /// - Throws: `NoQualityDay` where none was recorded, or `WarehouseError`.
  package func report(on warehouse: Warehouse) throws -> QualityReport {
    report(on: try warehouse.quality(upTo: day, against: baseline, pack, scheme), damage: try warehouse.damage())
  }

  /// The reports on the parts of a warehouse: of one office, or of every one of a level.
  ///
  /// - Throws: `NoQualityDay`, `WarehouseError`, or `NoSuchOffice` where nothing lies in the area or the grid.
  package func reports(on warehouse: Warehouse, _ wanted: OfficeSelection) throws -> OfficeReports {
    let whole = try warehouse.quality(upTo: day, against: baseline, pack, scheme)
    let readings = OfficeReadings(whole, trend: try warehouse.trendByGrid(whole), scheme)
    let damage = try warehouse.damage()
    let offices =
      switch wanted {
      case .every(let level): readings.offices(level)
      case .one(let office): [office]
      }
    if case .one(let office) = wanted, readings.isEmpty(office) { throw NoSuchOffice(path: warehouse.path, office: office) }
    return OfficeReports(offices: offices) { report(on: readings.reading(of: $0), damage: damage) }
  }

  private func report(on reading: QualityReading, damage: [Difference]) -> QualityReport {
    QualityReport(
      reading, configuration.quality, damage: damage, office: configuration.settings["office"] ?? "", book: pack.book,
      datasets: pack.datasets)
  }
}

/// Which offices reports are wanted for.
package enum OfficeSelection: Sendable {
  /// One of them.
  case one(ReportOffice)
  /// All of a level that have something in the warehouse.
  case every(OfficeLevel)
}

/// The reports of some offices, each made when it is asked for: a county has thousands.
package struct OfficeReports: Sendable {
  /// Whose they are, in the order of their codes.
  package let offices: [ReportOffice]
  /// Makes the report of one.
  package let report: @Sendable (ReportOffice) -> QualityReport
}

/// An area or a grid in which nothing lies.
package struct NoSuchOffice: Error, Sendable {
  /// The warehouse, as given.
  package let path: String
  /// What was asked for.
  package let office: ReportOffice
}
