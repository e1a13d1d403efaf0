/// A layout of grid codes: ordered segments, and what is known of each.
package struct GridCodeScheme: Sendable {
  /// The characters of a segment.
  package enum Charset: String, Sendable, CaseIterable {
    /// ASCII digits.
    case digits
    /// Upper-case ASCII letters.
    case letters
    /// Both.
    case alphanumeric
  }

  /// A check over the whole code.
  package enum Check: String, Sendable, CaseIterable {
    /// ISO 7064 MOD 11-2: the last character is a digit or X.
    case mod11And2 = "mod11-2"
    /// ISO 7064 MOD 11,10: the last character is a digit.
    case mod11And10 = "mod11-10"
  }

  /// A rule over all codes of a roster.
  package enum SetRule: String, Sendable, CaseIterable {
    /// An area is one grid (sequence all zeros) or several, never both (CJ/T 349 clause 5.7).
    case wholeOrSplit
    /// Sequences run from one without a gap.
    case gapless
    /// Merged communities run from 601 without a gap (CJ/T 349 clause 5.6).
    case mergedGapless
  }

  /// A part of the code.
  package struct Segment: Sendable {
    /// What the configuration calls it, such as `cjt349`.
    package let name: String
    /// Its number of digits.
    package let length: Int
    /// Its characters.
    package let charset: Charset
    /// Whether it is a six-digit division.
    package let isDivision: Bool
    /// The code set that its values stand in, where that is not the division table; nil for none.
    package let tableName: String?
    /// That code set; empty until the scheme is bound to a pack.
    var table: CodeTable?
    /// The numbers allowed; empty for any.
    package let ranges: [ClosedRange<Int>]
    /// The numbers that stand for several communities in one (CJ/T 349 clause 5.6); nil where there are none.
    package let merged: ClosedRange<Int>?
    /// The numbers that stand for no place, such as virtual villages of the statistics.
    package let virtual: [ClosedRange<Int>]
    /// What a number outside the ranges is.
    package let symbol: Verdict

    /// A segment.
    package init(
      name: String, length: Int, charset: Charset = .digits, tableName: String? = nil, ranges: [ClosedRange<Int>],
      merged: ClosedRange<Int>? = nil, virtual: [ClosedRange<Int>] = [], symbol: Verdict
    ) {
      self.name = name
      self.length = length
      self.charset = charset
      isDivision = tableName == "division"
      self.tableName = isDivision ? nil : tableName
      self.ranges = ranges
      self.merged = merged
      self.virtual = virtual
      self.symbol = symbol
    }

    /// Whether a number is within the ranges.
    func allows(_ number: Int) -> Bool {
      for place in ranges.indices where ranges[place].contains(number) { return true }
      return ranges.isEmpty
    }
  }

  /// The name that `grid.scheme` selects it by.
  package let name: String
  /// What it is called.
  package let title: LocalizedText
  /// The document that defines it.
  package let source: String
  /// The parts, left to right.
  package private(set) var segments: [Segment]
  /// The check over the whole code; nil for none.
  package let check: Check?
  /// The rules over all codes of a roster.
  package let setRules: [SetRule]
  /// Whether all segments are digits.
  private let isNumeric: Bool
  /// Whether a merged community must not be subdivided (CJ/T 349 clause 5.7).
  package let checksMergedAndSplit: Bool
  /// Whether codes are long enough for a spreadsheet to round them.
  package let checksSpreadsheetLoss: Bool

  /// A scheme.
  package init(
    name: String, title: LocalizedText, source: String, segments: [Segment], check: Check? = nil, setRules: [SetRule] = [],
    checksMergedAndSplit: Bool, checksSpreadsheetLoss: Bool
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.segments = segments
    self.check = check
    self.setRules = setRules
    isNumeric = segments.allSatisfy { $0.charset == .digits } && check != .mod11And2
    length = segments.reduce(0) { $0 + $1.length }
    areaRange = GridCodeScheme.range(ofArea: segments)
    merged = segments.first { $0.name == "community" }?.merged
    self.checksMergedAndSplit = checksMergedAndSplit
    self.checksSpreadsheetLoss = checksSpreadsheetLoss
  }

  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [
      .length, .charset, .checkChar, .regionUnknown, .regionProvince, .townRange, .communityRange, .villageRange, .seqRange,
      .spreadsheetScientific, .masked,
    ],
    warnings: [
      .regionRetired, .gridMergedAndSplit, .objectUnknown, .objectClassMissing, .suspectSpreadsheetLoss, .fixHomoglyph,
      .sampleData,
    ],
    infos: [.statOnlyZone, .regionNewerThanTable, .regionAggregate])

  /// The number of digits of a code.
  package let length: Int
  /// Where in a code, from 0, the digits from the division to the community stand one behind another; nil where the scheme has none.
  package let areaRange: Range<Int>?

  /// The numbers of communities that stand for several in one; nil where the scheme has none.
  package let merged: ClosedRange<Int>?

  /// The symbols of a normalised value.
  package func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    guard value.count == length, hasCharset(value) else {
      if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
      return value.count == length ? .charset : .length
    }
    // Rounding also breaks the segments: what it did is the cause to tell.
    if checksSpreadsheetLoss, SpreadsheetDamage.isRoundedGridCode(value) { return .suspectSpreadsheetLoss }
    var verdict = check.map { $0.holds(value) ? [] : Verdict.checkChar } ?? []
    var start = 0
    // By index: a copy of a segment would count references, and this runs for every row.
    for place in segments.indices {
      let length = segments[place].length
      if segments[place].isDivision {
        verdict.formUnion(DivisionCode.check(value.extracting(start..<start + length), tables))
      } else if segments[place].charset == .digits, !segments[place].allows(value.number(start..<start + min(length, 18))) {
        verdict.insert(segments[place].symbol)
      }
      if segments[place].tableName != nil { verdict.formUnion(look(place, value.extracting(start..<start + length))) }
      start += length
    }
    if !verdict.isDisjoint(with: GridCodeScheme.policy.errors) { return verdict }
    if checksMergedAndSplit, merged?.contains(number(of: "community", in: value)) == true, number(of: "sequence", in: value) > 0
    {
      verdict.insert(.gridMergedAndSplit)
    }
    return verdict
  }

  /// The scheme with the code sets of a pack in its segments.
  package func bound(to sets: [String: CodeTable]) -> GridCodeScheme {
    var out = self
    for place in out.segments.indices { out.segments[place].table = out.segments[place].tableName.flatMap { sets[$0] } }
    return out
  }

  private func hasCharset(_ value: Span<UInt8>) -> Bool {
    if isNumeric { return value.isDigits }
    var start = 0
    for place in segments.indices {
      let end = start + segments[place].length
      // A check character may be an X behind digits.
      let isChecked = check == .mod11And2 && end == length && value[end - 1] == 0x58
      if !segments[place].charset.holds(value.extracting(start..<(isChecked ? end - 1 : end))) { return false }
      start = end
    }
    return true
  }

  /// What is odd about a segment with a table: it is not in it, or its major class, which ends in 00, is not.
  private func look(_ place: Int, _ value: Span<UInt8>) -> Verdict {
    guard let table = segments[place].table, !table.entries.isEmpty else { return [] }
    guard table.find(value)?.isCode == true else { return .objectUnknown }
    guard segments[place].tableName == "objectClass", value.count == 6 else { return [] }
    let major = [UInt8](span: value.extracting(0..<4)) + [0x30, 0x30]
    return table.find(major.span)?.isCode == true ? [] : .objectClassMissing
  }

  private static func range(ofArea segments: [Segment]) -> Range<Int>? {
    guard let first = segments.firstIndex(where: \.isDivision) else { return nil }
    let start = segments[..<first].reduce(0) { $0 + $1.length }
    let area = segments[first...].prefix { $0.isDivision || $0.name == "township" || $0.name == "community" }
    return start..<start + area.reduce(0) { $0 + $1.length }
  }

  /// The digits of a code from the division to the community: the statistical code it stands on.
  package func area(of code: [UInt8]) -> [UInt8] {
    areaRange.map { Array(code[$0.clamped(to: 0..<code.count)]) } ?? []
  }

  /// The number that a segment holds in a code; nil where the scheme has none of that name.
  package func number(of name: String, in code: [UInt8]) -> Int? {
    guard segments.contains(where: { $0.name == name && $0.charset == .digits }), code.count == length else { return nil }
    return number(of: name, in: code.span)
  }

  private func number(of name: String, in value: Span<UInt8>) -> Int {
    var start = 0
    for segment in segments {
      if segment.name == name { return value.number(start..<start + segment.length) }
      start += segment.length
    }
    return 0
  }
}

extension GridCodeScheme.Charset {
  /// Whether all bytes belong to it.
  func holds(_ value: Span<UInt8>) -> Bool {
    for index in value.indices {
      let (isDigit, isLetter) = (value[index] &- 0x30 <= 9, value[index] &- 0x41 <= 25)
      guard self == .digits ? isDigit : self == .letters ? isLetter : isDigit || isLetter else { return false }
    }
    return true
  }
}

extension GridCodeScheme.Check {
  /// Whether the last character is the check over those before it, which are digits.
  func holds(_ value: Span<UInt8>) -> Bool {
    let body = value.extracting(0..<value.count - 1)
    guard body.isDigits else { return false }
    return value[value.count - 1] == (self == .mod11And2 ? ISO7064.mod11And2(body) : ISO7064.mod11And10(body))
  }
}
