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
  /// The numbers of townships, villages and communities in statistical codes.
  let statisticalNumbers: StatisticalNumbers
  /// The telephone numbering plan.
  package let phones: PhonePlan
  /// The day that counts as today.
  package let today: CalendarDate
  /// The zone that times are kept in.
  package let zone: OfficeZone

  /// The tables of a run.
  package init(
    divisions: DivisionTable, countries: CodeTable, organizationKinds: CodeTable, objectClasses: CodeTable,
    statisticalDivisions: CodeTable, statisticalNumbers: StatisticalNumbers, phones: PhonePlan, today: CalendarDate,
    zone: OfficeZone = .shanghai
  ) {
    self.divisions = divisions
    self.countries = countries
    self.organizationKinds = organizationKinds
    self.objectClasses = objectClasses
    self.statisticalDivisions = statisticalDivisions
    self.statisticalNumbers = statisticalNumbers
    self.phones = phones
    self.today = today
    self.zone = zone
  }
}
