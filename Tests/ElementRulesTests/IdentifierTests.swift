import ElementCore
import ElementRules
import ElementSchema
import Testing

/// Identifiers without rows in the vector file: the cases are those of `identifiers.md` §D.3 to §D.12.
struct IdentifierTests {
  /// An identifier and what is to be found.
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: IdentifierKind
    let input: String
    let symbols: Set<String>
    let normalised: String

    init(_ kind: IdentifierKind, _ input: String, _ symbols: Set<String> = [], _ normalised: String? = nil) {
      self.kind = kind
      self.input = input
      self.symbols = symbols
      self.normalised = normalised ?? input
    }

    var testDescription: String { "\(kind.name) \(input)" }
  }

  static let documents: [Case] = [
    Case(.travelDocument(.hongKongMacauPermit), "H00000000"), Case(.travelDocument(.hongKongMacauPermit), "H0000000000"),
    Case(.travelDocument(.hongKongMacauPermit), "M00000000"),
    Case(.travelDocument(.hongKongMacauPermit), "H000000000", ["DOCUMENT_FORMAT"]),
    Case(.travelDocument(.taiwanPermit), "00000000", ["PLACEHOLDER"]), Case(.travelDocument(.taiwanPermit), "01234567"),
    Case(.travelDocument(.taiwanPermit), "0123456789（b）", ["FIX_WIDTH", "FIX_CASE"], "0123456789(B)"),
    Case(.travelDocument(.taiwanPermit), "0123456", ["DOCUMENT_FORMAT"]),
    Case(.travelDocument(.exitPermit), "C00000001"), Case(.travelDocument(.exitPermit), "CA0000001"),
    Case(.travelDocument(.exitPermit), "CI0000001", ["DOCUMENT_FORMAT"]),
    Case(.travelDocument(.chinesePassport), "E00000000"), Case(.travelDocument(.chinesePassport), "EA0000000"),
    Case(.travelDocument(.chinesePassport), "EI0000000", ["DOCUMENT_FORMAT"]),
    Case(.travelDocument(.chinesePassport), "G00000001"), Case(.travelDocument(.chinesePassport), "PE0000001"),
    Case(.travelDocument(.chinesePassport), "S0000001"), Case(.travelDocument(.chinesePassport), "140000001"),
    Case(.travelDocument(.passport), "AB1234567"), Case(.travelDocument(.passport), "ABCDEFG", ["DOCUMENT_FORMAT"]),
    Case(.travelDocument(.passport), "e 0000-0000", ["FIX_CASE", "FIX_SEPARATOR"], "E00000000"),
  ]

  static let things: [Case] = [
    Case(.plate, "苏F00000"), Case(.plate, "苏FA0A00"), Case(.plate, "苏F0000警"), Case(.plate, "苏FD00000"),
    Case(.plate, "苏FDA0000"), Case(.plate, "苏F00000D"), Case(.plate, "苏FI0000", ["PLATE_FORMAT"]),
    Case(.plate, "苏F0000O", ["PLATE_FORMAT"]), Case(.plate, "苏F0000", ["PLATE_FORMAT"]),
    Case(.plate, "苏FI00000", ["PLATE_FORMAT"]), Case(.plate, "苏FDAA000", ["PLATE_FORMAT"]),
    Case(.plate, "苏FL00000", ["PLATE_FORMAT"]), Case(.plate, "苏f·00000", ["FIX_CASE", "FIX_SEPARATOR"], "苏F00000"),
    Case(.plate, "WJ苏0000", ["PLATE_SPECIAL"]), Case(.plate, "使000000", ["PLATE_SPECIAL"]),
    Case(.realEstateUnit, "320682001001GB00001F00010001"), Case(.realEstateUnit, "320682001001GB00001W00000000"),
    Case(.realEstateUnit, "320682001001GB00001W00000001", ["CHARSET"]),
    Case(.realEstateUnit, "320682001001GB00001", ["LEVEL"]),
    Case(.realEstateUnit, "320682001001XB00001F00010001", ["CHARSET"]),
    Case(.realEstateUnit, "320682 001001 gb00001 f00010001", ["FIX_CASE", "FIX_SEPARATOR"], "320682001001GB00001F00010001"),
    Case(.houseNumberCode, "32068200120200001000101"), Case(.houseNumberCode, "3206820012020000100010*"),
    Case(.houseNumberCode, "3206820012020000100010A", ["CHARSET"]), Case(.houseNumberCode, "320682001", ["LENGTH"]),
    Case(.postcode, "226500"), Case(.postcode, "10010", ["POSTCODE_FORMAT"]), Case(.postcode, "000000", ["PLACEHOLDER"]),
    Case(.creditOrRegistration, "110108000000016", ["REGISTRATION_RETIRED"]),
    Case(.creditOrRegistration, "11O108000000016", ["REGISTRATION_RETIRED", "FIX_HOMOGLYPH"], "110108000000016"),
    Case(.houseNumberCode, "3206990012020000100010*", ["SAMPLE_DATA"]), Case(.organizationCode, "无代码", ["LENGTH"]),
    Case(.creditOrRegistration, "91350100M000100Y43"),
    Case(.organizationCode, "00000000-0", ["PLACEHOLDER"]),
  ]

  /// The tables of the shipped pack: made once, because hundreds of cases ask for them.
  private static let shipped = Result {
    try SchemaPack.shipped().tables(today: try #require(CalendarDate(year: 2026, month: 1, day: 1)))
  }

  private func tables() throws -> ReferenceTables { try Self.shipped.get() }

  @Test(arguments: documents + things) func `symbols and normalised value agree`(_ example: Case) throws {
    let input = Array(example.input.utf8)
    let read = IdentifierReading.identifier(input.span, example.kind, try tables())
    #expect(Set(read.verdict.symbols) == example.symbols)
    #expect(String(decoding: read.bytes, as: UTF8.self) == example.normalised)
  }

  @Test(arguments: [
    (120.5643, Coordinate.Axis.longitude, 4, ""), (32.3878, .latitude, 4, ""), (32.3878, .longitude, 4, "COORDINATE_SWAPPED"),
    (120.5643, .latitude, 4, "COORDINATE_SWAPPED"), (0, .latitude, 0, "COORDINATE_ZERO"),
    (3_585_210, .latitude, 0, "COORDINATE_PROJECTED"), (40_553_210, .longitude, 0, "COORDINATE_PROJECTED"),
    (190, .longitude, 0, "COORDINATE_RANGE"), (-95, .latitude, 0, "COORDINATE_RANGE"),
    (151.2, .longitude, 4, "COORDINATE_OUTSIDE"), (120.5, .longitude, 1, "COORDINATE_COARSE"),
  ])
  func `coordinates are told apart by range, never shifted`(
    _ degrees: Double, _ axis: Coordinate.Axis, _ decimals: Int, _ symbol: String
  ) {
    #expect(Coordinate.check(degrees, axis, decimals: decimals).symbols == (symbol.isEmpty ? [] : [symbol]))
  }

  @Test(
    arguments: [
      ("120°33'36\"", 120.56), ("120度33分36秒", 120.56), ("32°23′16.8″", 32.388), ("33°30'S", -33.5), ("120.5", nil),
      ("12°61'", nil), ("9999999999999°", nil), ("120°36″", nil), ("33'36\"", nil),
      ("°", nil),
    ] as [(String, Double?)])
  func `degrees with minutes and seconds become a fraction`(_ text: String, _ degrees: Double?) {
    let bytes = Array(text.utf8)
    let found = Coordinate.degrees(sexagesimal: bytes.span)
    #expect(found.map { ($0.value * 1_000_000).rounded() } == degrees.map { ($0 * 1_000_000).rounded() })
  }

  @Test(arguments: [
    ("0513-81234567", ""), ("0106234567", "PHONE_FORMAT"), ("01062345678", ""), ("0513-8123456", "PHONE_AREA_LENGTH"),
    ("0510-81234567-801", ""), ("0916-2123456", ""), ("0916-21234567", "PHONE_AREA_LENGTH"), ("0851-2123456", ""),
    ("0851-82123456", ""), ("12345", "PHONE_SHORT_CODE"), ("0513-11234567", "PHONE_FORMAT"),
  ])
  func `fixed lines have the digits of their area`(_ number: String, _ symbol: String) throws {
    let bytes = Array(number.utf8)
    let plan = try tables().phones
    #expect(Phone.check(bytes.span, plan).symbols == (symbol.isEmpty ? [] : [symbol]))
  }
}
