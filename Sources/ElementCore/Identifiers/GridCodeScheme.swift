/// A layout of grid codes: ordered segments of digits, and what is known of each.
package struct GridCodeScheme: Sendable {
  /// A part of the code.
  package struct Segment: Sendable {
    /// Its name.
    package let name: String
    /// Its number of digits.
    package let length: Int
    /// Whether it is a six-digit division.
    package let isDivision: Bool
    /// The numbers allowed; empty for any.
    package let ranges: [ClosedRange<Int>]
    /// What a number outside the ranges is.
    package let symbol: Verdict

    /// A segment.
    package init(name: String, length: Int, isDivision: Bool, ranges: [ClosedRange<Int>], symbol: Verdict) {
      self.name = name
      self.length = length
      self.isDivision = isDivision
      self.ranges = ranges
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
  package let segments: [Segment]
  /// Whether a merged community (601 and up) must not be subdivided (CJ/T 349 clause 5.7).
  package let checksMergedAndSplit: Bool
  /// Whether codes are long enough for a spreadsheet to round them.
  package let checksSpreadsheetLoss: Bool

  /// A scheme.
  package init(
    name: String, title: LocalizedText, source: String, segments: [Segment], checksMergedAndSplit: Bool,
    checksSpreadsheetLoss: Bool
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.segments = segments
    length = segments.reduce(0) { $0 + $1.length }
    self.checksMergedAndSplit = checksMergedAndSplit
    self.checksSpreadsheetLoss = checksSpreadsheetLoss
  }

  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [
      .length, .charset, .regionUnknown, .regionProvince, .townRange, .communityRange, .villageRange, .seqRange,
      .spreadsheetScientific, .masked,
    ],
    warnings: [.regionRetired, .gridMergedAndSplit, .suspectSpreadsheetLoss, .fixHomoglyph, .sampleData],
    infos: [.statOnlyZone, .regionNewerThanTable, .regionAggregate])

  /// The number of digits of a code.
  package let length: Int

  /// The symbols of a normalised value.
  package func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    guard value.count == length, value.isDigits else {
      if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
      return value.count == length ? .charset : .length
    }
    // Rounding also breaks the segments: what it did is the cause to tell.
    if checksSpreadsheetLoss, SpreadsheetDamage.isRoundedGridCode(value) { return .suspectSpreadsheetLoss }
    var verdict: Verdict = []
    var start = 0
    // By index: a copy of a segment would count references, and this runs for every row.
    for place in segments.indices {
      let length = segments[place].length
      let number = value.number(start..<start + min(length, 18))
      if segments[place].isDivision { verdict.formUnion(DivisionCode.check(value.extracting(start..<start + length), tables)) }
      if !segments[place].allows(number) { verdict.insert(segments[place].symbol) }
      start += length
    }
    if !verdict.isDisjoint(with: GridCodeScheme.policy.errors) { return verdict }
    if checksMergedAndSplit, number(of: "community", in: value) > 600, number(of: "sequence", in: value) > 0 {
      verdict.insert(.gridMergedAndSplit)
    }
    return verdict
  }

  /// The digits of a code from the division to the community: the statistical code it stands on.
  package func area(of code: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var start = 0
    for segment in segments {
      let end = min(start + segment.length, code.count)
      if segment.isDivision || segment.name == "township" || segment.name == "community" { out += code[start..<end] }
      start = end
    }
    return out
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
