/// Six-digit division codes (GB/T 2260).
package enum DivisionCode {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .regionProvince, .spreadsheetScientific, .masked],
    warnings: [.regionUnknown, .sampleData], infos: [.statOnlyZone, .regionNewerThanTable, .regionRetired, .regionAggregate])

  /// The symbols of a normalised value.
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    guard value.count == 6 else { return .length }
    guard value.isDigits else { return .charset }
    return tables.divisions.isCurrent(value) ? [] : region(value.number(0..<6), tables)
  }

  /// The symbols of a six-digit code that is part of another one.
  package static func region(_ code: Int, _ tables: ReferenceTables) -> Verdict {
    if code == DivisionTable.exampleCode { return .sampleData }
    switch tables.divisions.status(code, year: tables.today.year) {
    case .current: return []
    case .aggregate: return .regionAggregate
    case .statisticsOnly: return .statOnlyZone
    case .newerThanTable: return .regionNewerThanTable
    case .retired: return .regionRetired
    case .unknown: return isProvince(code / 10_000, tables) ? .regionUnknown : .regionProvince
    }
  }

  private static func isProvince(_ number: Int, _ tables: ReferenceTables) -> Bool {
    tables.divisions.status(number * 10_000, year: tables.today.year) == .current
  }
}
