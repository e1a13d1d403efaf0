package import ElementCore
import ElementExchange
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
  /// For whom reports are made.
  package var audience = ReportAudience.own
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

  /// The reports of one office, or of all and of every office of some levels: the rows are read once.
  ///
  /// - Throws: `NoQualityDay`, `WarehouseError`, or `NoSuchOffice` where nothing lies in the area or the grid.
  package func reports(on warehouse: Warehouse, _ wanted: OfficeSelection) throws -> OfficeReports {
    let whole = try warehouse.quality(upTo: day, against: baseline, pack, scheme)
    let damage = try warehouse.damage()
    if wanted.isWhole { return OfficeReports(offices: [.all]) { _ in report(on: whole, damage: damage) } }
    let readings = OfficeReadings(whole, trend: try warehouse.trendByGrid(whole), scheme)
    let offices =
      switch wanted {
      case .every(let levels): [.all] + levels.flatMap(readings.offices)
      case .one(let office): [office]
      }
    if case .one(let office) = wanted, readings.isEmpty(office) { throw NoSuchOffice(path: warehouse.path, office: office) }
    return OfficeReports(offices: offices) { report(on: readings.reading(of: $0), damage: damage) }
  }

  private func report(on reading: QualityReading, damage: [Difference]) -> QualityReport {
    QualityReport(
      reading, configuration.quality, damage: damage, office: configuration.settings["office"] ?? "", book: pack.book,
      datasets: pack.datasets, audience: audience, endings: endings(on: reading.day.day))
  }

  /// The approvals that end soon; a register that cannot be read is told of when something is to leave.
  private func endings(on day: CalendarDate) -> [QualityReport.Ending] {
    guard let register = try? configuration.register() else { return [] }
    return register.ending(on: day, within: Self.warningDays).map { entry, approval in
      QualityReport.Ending(
        recipient: entry.name, number: approval.number, until: approval.validUntil.text,
        days: approval.validUntil.dayNumber - day.dayNumber)
    }
  }

  /// So many days ahead the end of an approval is told.
  private static let warningDays = 30
}

/// Which offices reports are wanted for.
package enum OfficeSelection: Sendable {
  /// One of them.
  case one(ReportOffice)
  /// The whole, and all offices of some levels that have something in the warehouse.
  case every([OfficeLevel])

  /// Whether it is the whole alone.
  fileprivate var isWhole: Bool {
    switch self {
    case .one(let office): office == .all
    case .every(let levels): levels.isEmpty
    }
  }
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
