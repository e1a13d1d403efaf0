import ElementCore
import ElementFormats

/// How values of a type of field are checked, one file a type. What schemas know of the type stands in the file of the same type
/// in `ElementSchema/Types`.
protocol FieldCheck: Sendable {
  /// Whether it takes any text.
  var isText: Bool { get }
  /// Whether values are numbers of no quantity: a lone zero stands for nothing there.
  var isNumberOfNoQuantity: Bool { get }
  /// Whether values are days, or numbers of so many digits that no text ends with one by chance.
  var isLong: Bool { get }
  /// Whether a value is one that the field has a meaning for, though it is a word for nothing: 无 is a code of some lists.
  func knows(_ value: Span<UInt8>) -> Bool
  /// Goes over the values of all records at a glance: what it passes is exactly what the whole check would find nothing about, or only
  /// that it is sample data.
  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>)
  /// Checks one value that is not empty, keeps it in its canonical form and reports what is wrong with it.
  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>)
  /// Whether a value that is not empty can be one of the type; nil where any text can.
  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool?
  /// Whether a trimmed value has the form of one that a row could be known by, right or wrong; nil where `fits` tells.
  func canBeRead(_ value: Span<UInt8>, _ basis: CheckBasis) -> Bool?
}

extension FieldCheck {
  var isText: Bool { false }
  var isNumberOfNoQuantity: Bool { false }
  var isLong: Bool { false }

  func knows(_ value: Span<UInt8>) -> Bool { false }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    field.each(bytes, ranges) { _ in .tricky }
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? { nil }

  func canBeRead(_ value: Span<UInt8>, _ basis: CheckBasis) -> Bool? { nil }
}
