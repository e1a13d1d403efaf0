/// The tables that identifiers are checked against.
package final class ReferenceTables: Sendable {
  /// Divisions with validity.
  package let divisions: DivisionTable
  /// Countries by ISO 3166-1 numeric code (GB/T 2659), their letter codes as other labels.
  package let countries: CodeTable
  /// Pairs of registering authority and kind (GB 32100).
  package let organizationKinds: CodeTable
  /// Classes of managed objects (CJ/T 348), which the site supplies.
  package let objectClasses: CodeTable
  /// Townships and communities, which the site supplies; empty where it has none.
  package let statisticalDivisions: CodeTable
  /// The numbers that townships may have in statistical codes.
  let townships: GridCodeScheme.Segment
  /// The numbers that villages and communities may have in statistical codes.
  let villages: GridCodeScheme.Segment
  /// The telephone numbering plan.
  package let phones: PhonePlan
  /// The day that counts as today.
  package let today: CalendarDate
  /// The zone that times are kept in.
  package let zone: OfficeZone

  /// The tables of a run; without a scheme of statistical codes any township and village may stand in them.
  package init(
    divisions: DivisionTable, countries: CodeTable, organizationKinds: CodeTable, objectClasses: CodeTable,
    statisticalDivisions: CodeTable, statisticalScheme: GridCodeScheme?, phones: PhonePlan, today: CalendarDate,
    zone: OfficeZone = .shanghai
  ) {
    self.divisions = divisions
    self.countries = countries
    self.organizationKinds = organizationKinds
    self.objectClasses = objectClasses
    self.statisticalDivisions = statisticalDivisions
    let any = { GridCodeScheme.Segment(name: $0, length: 3, ranges: [], symbol: .level) }
    townships = statisticalScheme?.segments.first { $0.name == "township" } ?? any("township")
    villages = statisticalScheme?.segments.first { $0.name == "community" } ?? any("community")
    self.phones = phones
    self.today = today
    self.zone = zone
  }
}
