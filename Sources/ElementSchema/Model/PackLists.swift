package import ElementCore

/// What a pack knows that is neither a dataset nor a code set: lists that grow and differ by site (`lists/` in `schemas/`).
package struct PackLists: Sendable {
  /// The telephone numbering plan; without one nothing is said of prefixes.
  package var phones = PhonePlan(unusedPrefixes: [], eightDigits: [], both: [0...999])
  /// What names of communities and villages may end with, longest first.
  package var communitySuffixes: [String] = []
  /// Lists whose codes look like those of a code set.
  package var lookAlikes: [LookAlike] = []

  /// A list of codes that look like those of a set of ours and mean something else.
  package struct LookAlike: Sendable, Hashable {
    /// The code set of ours, by name.
    package let set: String
    /// What the other list is, and how it differs.
    package let list: LocalizedText
    /// Its codes, as numbers below 100: a column with any other is none of it.
    package let codes: Set<Int>
    /// Codes that ours has not, or has not that often: one must stand in the column.
    package let telling: Set<Int>
    /// Codes of which one must stand in the column too; empty for none.
    package let also: Set<Int>
    /// The least share of the telling codes among the rows that are filled, in percent.
    package let share: Int
    /// The least number of rows that are filled.
    package let least: Int
    /// Whether labels may stand beside the codes.
    package let allowsLabels: Bool
  }
}
