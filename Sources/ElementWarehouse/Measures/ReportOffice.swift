package import ElementCore

/// Whose rows a report is about.
package enum ReportOffice: Sendable, Hashable {
  /// All of a warehouse.
  case all
  /// Those of an area, by its digits from the left of the hierarchy from province to grid.
  case area(String)
  /// Those of one grid, by its code.
  case grid(String)
}

extension ReportOffice {
  /// The level that it is of; nil for the whole, and for areas that are no office's.
  package var level: OfficeLevel? {
    switch self {
    case .all: nil
    case .area(let digits): OfficeLevel.allCases.first { $0.digits == digits.utf8.count }
    case .grid: .grid
    }
  }
}

/// A level of offices that have reports of their own.
package enum OfficeLevel: String, Sendable, CaseIterable {
  /// Streets and towns: nine digits.
  case street
  /// Communities and villages: twelve digits.
  case community
  /// The parts of communities that one member looks after.
  case grid

  /// How many digits an area of it has; nil for a grid, which its code names.
  package var digits: Int? {
    switch self {
    case .street: 9
    case .community: 12
    case .grid: nil
    }
  }
}

extension GridCodeScheme {
  /// The digits of a grid code from the division to the grid: in some schemes others stand before them.
  package func hierarchy(of code: String) -> String {
    let bytes = Array(code.utf8)
    guard bytes.count == length, let range = areaRange else { return code }
    return String(decoding: bytes[range.lowerBound...], as: UTF8.self)
  }
}
