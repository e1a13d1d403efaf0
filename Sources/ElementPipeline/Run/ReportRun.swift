package import ElementCore
package import ElementReports
package import ElementSchema
package import ElementWarehouse

/// Makes the report on a warehouse: what `yaosu report` does. Only the warehouse is read, and nothing is written to it.
package struct ReportRun {
  /// The last day that counts; nil for the last that was recorded.
  package var day: CalendarDate?
  private let pack: SchemaPack
  private let configuration: SiteConfiguration

  /// A run with the schemas of a site.
  ///
  /// - Throws: `SchemaError` where a schema or the configuration is wrong.
  package init(
    schemas: String?, overlays: [String], _ configuration: SiteConfiguration
  ) throws(SchemaError) {
    self.configuration = configuration
    pack = try SchemaPack.site(schemas: schemas, overlays: overlays, need: .all, configuration)
  }

  /// The report on the day of a warehouse.
  ///
  /// - Throws: `NoQualityDay` where none was recorded, or `WarehouseError`.
  package func report(on warehouse: Warehouse) throws -> QualityReport {
    QualityReport(
      try warehouse.quality(upTo: day, pack), configuration.quality, damage: try warehouse.damage(),
      office: configuration.settings["office"] ?? "", book: pack.book, datasets: pack.datasets)
  }
}
