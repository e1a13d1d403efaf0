/// What the check of one value found, as a set of symbols; the names are those of the test vectors.
package struct Verdict: OptionSet, Sendable, Hashable {
  /// The bits.
  package let rawValue: UInt64
  /// A verdict from bits.
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(bit: UInt64) { rawValue = 1 << bit }

  /// Another number of characters than the identifier has.
  package static let length = Verdict(bit: 0)
  /// A character that the identifier never holds.
  package static let charset = Verdict(bit: 1)
  /// A wrong check character.
  package static let checkChar = Verdict(bit: 2)
  /// No day of the calendar.
  package static let date = Verdict(bit: 3)
  /// A day after today.
  package static let dateFuture = Verdict(bit: 4)
  /// A province that does not exist.
  package static let regionProvince = Verdict(bit: 5)
  /// A county that never existed.
  package static let regionUnknown = Verdict(bit: 6)
  /// A county that was withdrawn.
  package static let regionRetired = Verdict(bit: 7)
  /// A county that was withdrawn before the holder was born.
  package static let regionRetiredBeforeBirth = Verdict(bit: 8)
  /// An aggregate such as 市辖区.
  package static let regionAggregate = Verdict(bit: 9)
  /// A county newer than the last full vintage of the table.
  package static let regionNewerThanTable = Verdict(bit: 10)
  /// A code that statistics alone use.
  package static let statOnlyZone = Verdict(bit: 11)
  /// An age above 120 years.
  package static let ageImplausible = Verdict(bit: 12)
  /// A 15-digit number of before 1999.
  package static let legacy15 = Verdict(bit: 13)
  /// A 15-digit number whose century is unknown.
  package static let legacy15Centenarian = Verdict(bit: 14)
  /// A number in scientific notation: digits are gone.
  package static let spreadsheetScientific = Verdict(bit: 15)
  /// Digits that look as if a spreadsheet had rounded them.
  package static let suspectSpreadsheetLoss = Verdict(bit: 16)
  /// A nationality that ISO 3166-1 does not know.
  package static let nationalityUnknown = Verdict(bit: 17)
  /// A township outside its range.
  package static let townRange = Verdict(bit: 18)
  /// A community outside its range.
  package static let communityRange = Verdict(bit: 19)
  /// A village outside its range.
  package static let villageRange = Verdict(bit: 20)
  /// A sequence outside its range.
  package static let seqRange = Verdict(bit: 21)
  /// A merged grid that is subdivided.
  package static let gridMergedAndSplit = Verdict(bit: 22)
  /// A code of a higher level than the field asks for.
  package static let level = Verdict(bit: 23)
  /// A virtual unit of the statistics.
  package static let virtualUnit = Verdict(bit: 24)
  /// A masked value.
  package static let masked = Verdict(bit: 25)
  /// Not a telephone number.
  package static let phoneFormat = Verdict(bit: 26)
  /// A mobile prefix that is not known to be in use.
  package static let phonePrefixUnknown = Verdict(bit: 27)
  /// A number that nobody has, such as 11 equal digits.
  package static let phonePlaceholder = Verdict(bit: 28)
  /// A service number, not a person's.
  package static let phoneShortCode = Verdict(bit: 29)
  /// Several numbers in one cell.
  package static let phoneMultiple = Verdict(bit: 30)
  /// The example county of samples and generated records.
  package static let sampleData = Verdict(bit: 31)
  /// An organisation code within a credit code whose own check character is wrong.
  package static let orgCodeCheck = Verdict(bit: 32)
  /// A pair of authority and kind that no list has.
  package static let orgKindUnknown = Verdict(bit: 33)
  /// A number that stands for none, such as all zeros.
  package static let placeholder = Verdict(bit: 34)
  /// Not the form of the document that its type names.
  package static let documentFormat = Verdict(bit: 35)
  /// Not a number plate.
  package static let plateFormat = Verdict(bit: 36)
  /// A plate of an embassy, the armed police, rescue services or an airport.
  package static let plateSpecial = Verdict(bit: 37)
  /// Not six digits.
  package static let postcodeFormat = Verdict(bit: 38)
  /// A fixed line with another number of digits than its area has.
  package static let phoneAreaLength = Verdict(bit: 39)
  /// An object class that the table of the site lacks.
  package static let objectUnknown = Verdict(bit: 47)
  /// An object code whose major class the table of the site lacks.
  package static let objectClassMissing = Verdict(bit: 48)
  /// No longitude or latitude.
  package static let coordinateRange = Verdict(bit: 49)
  /// Metres of a projection where degrees are asked for.
  package static let coordinateProjected = Verdict(bit: 50)
  /// A latitude where the longitude belongs, or the other way round.
  package static let coordinateSwapped = Verdict(bit: 51)
  /// A place outside China.
  package static let coordinateOutside = Verdict(bit: 52)
  /// Zero degrees.
  package static let coordinateZero = Verdict(bit: 53)
  /// Fewer than four decimal places: a hundred metres and more.
  package static let coordinateCoarse = Verdict(bit: 54)
  /// A registration number where a credit code has taken its place.
  package static let registrationRetired = Verdict(bit: 55)
  /// Letters made upper case.
  package static let fixCase = Verdict(bit: 40)
  /// Full-width characters made narrow.
  package static let fixWidth = Verdict(bit: 41)
  /// Spaces or hyphens removed.
  package static let fixSeparator = Verdict(bit: 42)
  /// A spreadsheet's apostrophe removed.
  package static let fixQuote = Verdict(bit: 43)
  /// A look-alike replaced, which the check character confirms.
  package static let fixHomoglyph = Verdict(bit: 44)
  /// White space at the ends removed.
  package static let fixTrim = Verdict(bit: 45)
  /// A country prefix of a telephone number removed.
  package static let fixPhonePrefix = Verdict(bit: 46)
  /// Characters that take no room removed.
  package static let fixInvisible = Verdict(bit: 56)

  /// The symbols of repairs.
  package static let fixes: Verdict = [
    .fixCase, .fixWidth, .fixSeparator, .fixQuote, .fixHomoglyph, .fixTrim, .fixPhonePrefix, .fixInvisible,
  ]

  /// Every symbol with its name.
  package static let names: [(Verdict, String)] = [
    (.length, "LENGTH"), (.charset, "CHARSET"), (.checkChar, "CHECK_CHAR"), (.date, "DATE"), (.dateFuture, "DATE_FUTURE"),
    (.regionProvince, "REGION_PROVINCE"), (.regionUnknown, "REGION_UNKNOWN"), (.regionRetired, "REGION_RETIRED"),
    (.regionRetiredBeforeBirth, "REGION_RETIRED_BEFORE_BIRTH"), (.regionAggregate, "REGION_AGGREGATE"),
    (.regionNewerThanTable, "REGION_NEWER_THAN_TABLE"), (.statOnlyZone, "STAT_ONLY_ZONE"),
    (.ageImplausible, "AGE_IMPLAUSIBLE"), (.legacy15, "LEGACY_15"), (.legacy15Centenarian, "LEGACY_15_CENTENARIAN"),
    (.spreadsheetScientific, "SPREADSHEET_SCIENTIFIC"), (.suspectSpreadsheetLoss, "SUSPECT_SPREADSHEET_LOSS"),
    (.nationalityUnknown, "NATIONALITY_UNKNOWN"), (.townRange, "TOWN_RANGE"), (.communityRange, "COMMUNITY_RANGE"),
    (.villageRange, "VILLAGE_RANGE"), (.seqRange, "SEQ_RANGE"), (.gridMergedAndSplit, "GRID_MERGED_AND_SPLIT"),
    (.level, "LEVEL"), (.virtualUnit, "VIRTUAL_UNIT"), (.masked, "MASKED"), (.phoneFormat, "PHONE_FORMAT"),
    (.phonePrefixUnknown, "PHONE_PREFIX_UNKNOWN"), (.phonePlaceholder, "PHONE_PLACEHOLDER"),
    (.phoneShortCode, "PHONE_SHORT_CODE"), (.phoneMultiple, "PHONE_MULTIPLE"), (.orgCodeCheck, "ORG_CODE_CHECK"),
    (.orgKindUnknown, "ORG_KIND_UNKNOWN"), (.placeholder, "PLACEHOLDER"), (.documentFormat, "DOCUMENT_FORMAT"),
    (.plateFormat, "PLATE_FORMAT"), (.plateSpecial, "PLATE_SPECIAL"), (.postcodeFormat, "POSTCODE_FORMAT"),
    (.phoneAreaLength, "PHONE_AREA_LENGTH"), (.objectUnknown, "OBJECT_UNKNOWN"), (.objectClassMissing, "OBJECT_CLASS_MISSING"),
    (.coordinateRange, "COORDINATE_RANGE"), (.coordinateProjected, "COORDINATE_PROJECTED"),
    (.coordinateSwapped, "COORDINATE_SWAPPED"), (.coordinateOutside, "COORDINATE_OUTSIDE"),
    (.coordinateZero, "COORDINATE_ZERO"), (.coordinateCoarse, "COORDINATE_COARSE"),
    (.registrationRetired, "REGISTRATION_RETIRED"), (.sampleData, "SAMPLE_DATA"),
    (.fixCase, "FIX_CASE"), (.fixWidth, "FIX_WIDTH"), (.fixSeparator, "FIX_SEPARATOR"), (.fixQuote, "FIX_QUOTE"),
    (.fixHomoglyph, "FIX_HOMOGLYPH"), (.fixTrim, "FIX_TRIM"), (.fixPhonePrefix, "FIX_PHONE_PREFIX"),
    (.fixInvisible, "FIX_INVISIBLE"),
  ]

  /// The names of the symbols in the set.
  package var symbols: [String] { Verdict.names.filter { contains($0.0) }.map(\.1) }
}

extension Verdict {
  // The defaults of OptionSet go through witness tables when they are called from another module: too slow for every value.

  /// Whether there is no symbol.
  package var isEmpty: Bool { rawValue == 0 }
  /// Whether every symbol of the other verdict is in this one.
  package func contains(_ other: Verdict) -> Bool { rawValue & other.rawValue == other.rawValue }
  /// The symbols of both verdicts.
  package func union(_ other: Verdict) -> Verdict { Verdict(rawValue: rawValue | other.rawValue) }
  /// The symbols that stand in both verdicts.
  package func intersection(_ other: Verdict) -> Verdict { Verdict(rawValue: rawValue & other.rawValue) }
  /// The symbols that do not stand in the other verdict.
  package func subtracting(_ other: Verdict) -> Verdict { Verdict(rawValue: rawValue & ~other.rawValue) }
  /// Whether no symbol stands in both verdicts.
  package func isDisjoint(with other: Verdict) -> Bool { rawValue & other.rawValue == 0 }
}

/// How the symbols of one type of value are judged.
package struct VerdictPolicy: Sendable {
  /// What makes a value unusable.
  package let errors: Verdict
  /// What is loaded and flagged.
  package let warnings: Verdict
  /// What is told once a column.
  package let infos: Verdict

  /// A policy; what stands in none of the three is normal and silent.
  package init(errors: Verdict, warnings: Verdict, infos: Verdict = []) {
    self.errors = errors
    self.warnings = warnings
    self.infos = infos
  }

  /// The symbols that are not silent.
  package var told: Verdict { errors.union(warnings).union(infos) }

  /// The severity of a symbol; nil where it is silent.
  package func severity(_ symbol: Verdict) -> Severity? {
    if errors.contains(symbol) { return .error }
    if warnings.contains(symbol) { return .warning }
    return infos.contains(symbol) ? .info : nil
  }
}
