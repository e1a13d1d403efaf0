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

  private let place: Place

  /// Nothing swept yet of a field, whose values are in one of `width` ranges a record, of so many records.
  init(_ spec: FieldSpec, width: Int, count: Int) {
    place = Place(field: spec.index, width: width, count: count, keepsEmpty: spec.field.duty == .optional)
  }

  /// How a verdict looks.
  static func glance(_ verdict: Verdict) -> Glance {
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
  mutating func eachRun(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ glance: (Span<UInt8>) -> Glance
  ) {
    var above = (range: FieldRange.empty, glance: Glance.tricky)
    each(bytes, ranges) { range in
      let value = bytes.extracting(range.indices)
      if above.range.count != range.count || !bytes.extracting(above.range.indices).equals(value) {
        above = (range, glance(value))
      }
      return above.glance
    }
  }

  /// Sweeps values one by one.
  @inline(__always)
  mutating func each(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ glance: (FieldRange) -> Glance
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
