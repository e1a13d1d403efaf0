/// What the columns of a sheet (from 0) are read for, where it matters to cells of numbers.
package struct SheetUse: Sendable, Hashable {
  /// Quantities: a number is taken without what its format adds, a percent sign, zeros, a unit.
  package var quantities: Set<Int> = []
  /// Texts: a day is taken as it is shown, and told.
  package var texts: Set<Int> = []
  /// Days with a time: a time that a format hides is taken.
  package var moments: Set<Int> = []
  /// Days: a time that a format hides is left out, and told.
  package var days: Set<Int> = []

  /// All is taken as it is shown.
  package init() {}
}
