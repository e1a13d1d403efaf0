/// The tables that identifiers are checked against.
package struct ReferenceTables: Sendable {
  /// Divisions with validity.
  package let divisions: DivisionTable
  /// Countries by ISO 3166-1 numeric code (GB/T 2659).
  package let countries: CodeTable
  /// The day that counts as today.
  package let today: CalendarDate

  /// The tables of a run.
  package init(divisions: DivisionTable, countries: CodeTable, today: CalendarDate) {
    self.divisions = divisions
    self.countries = countries
    self.today = today
  }
}
