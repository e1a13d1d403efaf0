import ElementCore
import ElementSchema

/// Goes over one field of all records and lets the values pass that are clean at a glance: most of them, at little cost.
///
/// What passes is exactly what the whole check would find nothing about, or only that it is sample data; the rest is left
/// to the whole check.
struct FieldSweep {
  /// How a value looks at a glance.
  enum Glance {
    /// Nothing is wrong with it.
    case clean
    /// Nothing is wrong with it but that it is of the example county.
    case sample
    /// It must be looked at.
    case tricky
  }

  /// The records whose value must be looked at, from 0, ascending.
  private(set) var tricky: [Int32] = []
  /// How many values passed.
  private(set) var clean = 0
  /// How many of them are sample data.
  private(set) var samples = 0

  /// Sweeps the values of a field: `ranges` holds `width` ranges a record, into `bytes`.
  init(_ spec: FieldSpec, _ plan: CheckPlan, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, width: Int, count: Int) {
    let place = Place(field: spec.index, width: width, count: count, keepsEmpty: spec.field.duty == .optional)
    let tables = plan.tables
    let length = spec.field.length ?? .max
    switch spec.kind {
    case .name:
      let normaliser = plan.normaliser
      sweep(place, bytes, ranges) { range in
        let value = bytes.extracting(range.indices)
        return range.count / 3 <= length && normaliser.isPlainName(value) && !NothingWords.mayBe(name: value) ? .clean : .tricky
      }
    case .text(.code):
      sweep(place, bytes, ranges) { range in
        let value = bytes.extracting(range.indices)
        return range.count <= length && CodeFolding.isPlain(value) && !NothingWords.mayBe(text: value) ? .clean : .tricky
      }
    case .text:
      let normaliser = plan.normaliser
      sweep(place, bytes, ranges) { range in
        let value = bytes.extracting(range.indices)
        guard normaliser.isPlainText(value), !CodeFolding.mayHaveBlankEnds(value), !NothingWords.mayBe(text: value),
          !EqualsQuoted.mayBe(value)
        else { return .tricky }
        return value.count <= length || UTF8Scan.codePointCount(value) <= length ? .clean : .tricky
      }
    case .code(let table): sweep(place, bytes, ranges) { table.isShortCode(bytes, $0) ? .clean : .tricky }
    case .date:
      let latest = spec.field.past ? tables.today : nil
      sweep(place, bytes, ranges) { range in
        guard let day = CalendarDate(iso: bytes.extracting(range.indices)) else { return .tricky }
        return latest.map { day <= $0 } ?? true ? .clean : .tricky
      }
    case .citizenId:
      sweepRuns(place, bytes, ranges) { $0.count == 18 ? Self.glance(CitizenID.check($0, tables)) : .tricky }
    case .division: sweepRuns(place, bytes, ranges) { Self.glance(DivisionCode.check($0, tables)) }
    case .grid:
      let scheme = plan.scheme
      sweepRuns(place, bytes, ranges) { Self.glance(scheme.check($0, tables)) }
    case .phone:
      sweep(place, bytes, ranges) { range in
        let value = bytes.extracting(range.indices)
        return value.count == 11 && value[0] == 0x31 && value.isDigits && Phone.check(value).isEmpty ? .clean : .tricky
      }
    case .identifier(let kind):
      sweepRuns(place, bytes, ranges) { CodeFolding.isPlain($0) ? Self.glance(kind.check($0, tables)) : .tricky }
    case .integer, .decimal, .boolean, .dateTime, .statistical, .certificate, .coordinate:
      sweep(place, bytes, ranges) { _ in .tricky }
    }
  }

  private static func glance(_ verdict: Verdict) -> Glance {
    verdict.isEmpty ? .clean : verdict == .sampleData ? .sample : .tricky
  }

  /// Where the values of a field stand among the ranges.
  private struct Place {
    let field: Int
    let width: Int
    let count: Int
    /// Whether an empty value is nothing to look at.
    let keepsEmpty: Bool
  }

  /// Sweeps values that neighbours share, as they do a household's number, a grid and a division: one that is the same as
  /// that above it passes as that one did.
  @inline(__always)
  private mutating func sweepRuns(
    _ place: Place, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ glance: (Span<UInt8>) -> Glance
  ) {
    var above = (range: FieldRange.empty, glance: Glance.tricky)
    sweep(place, bytes, ranges) { range in
      let value = bytes.extracting(range.indices)
      if above.range.count != range.count || !bytes.extracting(above.range.indices).equals(value) {
        above = (range, glance(value))
      }
      return above.glance
    }
  }

  @inline(__always)
  private mutating func sweep(
    _ place: Place, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ glance: (FieldRange) -> Glance
  ) {
    var index = place.field
    for record in 0..<place.count {
      let range = ranges[index]
      index += place.width
      if range.isEmpty {
        if !place.keepsEmpty { tricky.append(Int32(record)) }
        continue
      }
      switch glance(range) {
      case .clean: clean += 1
      case .sample:
        clean += 1
        samples += 1
      case .tricky: tricky.append(Int32(record))
      }
    }
  }
}
