/// Records of a form that mixes kinds whose kind leads to no dataset: they wait.
package struct UnknownKinds: Sendable {
  /// The records, from 0.
  let records: [Int]
  /// The heading of the column that says the kind.
  let heading: String
  /// The column, from 0.
  let column: Int
  /// The kinds that are known.
  let known: String

  /// Records without a known kind.
  package init(records: [Int], heading: String, column: Int, known: String) {
    self.records = records
    self.heading = heading
    self.column = column
    self.known = known
  }
}
