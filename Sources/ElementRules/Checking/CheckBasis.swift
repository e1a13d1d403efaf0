package import ElementCore
import ElementFormats
package import ElementSchema

/// What single values are checked against, whatever field of a file they are of; made once a run and shared by all workers, as a reference.
package final class CheckBasis: Sendable {
  /// What the file holds records of, as the layers of the pack leave it.
  package let dataset: Dataset
  /// The column of each field, from 0; nil where the file has none.
  package let columns: [Int?]
  /// The tables that identifiers are checked against.
  package let tables: ReferenceTables
  /// How grid codes of this site are built (CJ/T 349, or its own).
  package let scheme: GridCodeScheme
  /// The code sets, by name.
  package let codeSets: [String: CodeTable]
  /// The site's statistical codes by their number of digits and county.
  private let statisticalCodes: [[UInt8]: [CodeEntry]]
  /// Which findings are accepted for a time.
  package let waiving: Waiving
  /// Whether findings hold values as they were written too.
  let unmasks: Bool
  /// Normalises names and texts.
  let normaliser = TextNormaliser(mojibake: MojibakeDetector())
  /// The codes of repairs.
  let fixCodes = FixCodes()
  /// What is offered for values outside their lists.
  let codeOffers = CodeOffers()

  /// What values of a file with this header are checked against.
  init(
    _ map: HeaderMap, _ pack: SchemaPack, _ scheme: GridCodeScheme, _ tables: ReferenceTables, _ waiving: Waiving, unmasks: Bool
  ) {
    (self.waiving, self.unmasks) = (waiving, unmasks)
    (dataset, columns, self.scheme, self.tables) = (map.dataset, map.columnOfField, scheme, tables)
    codeSets = pack.codeSets
    statisticalCodes = Dictionary(grouping: tables.statisticalDivisions.entries) { CheckBasis.countyKey(Array($0.code.utf8)) }
  }

  /// The site's statistical codes with as many digits as one, in its county; nil where there are none.
  func statisticalCodes(beside code: [UInt8]) -> [CodeEntry]? { statisticalCodes[CheckBasis.countyKey(code)] }

  /// The number of digits and the county of a statistical code.
  private static func countyKey(_ code: [UInt8]) -> [UInt8] { [UInt8(truncatingIfNeeded: code.count)] + code.prefix(6) }
}
