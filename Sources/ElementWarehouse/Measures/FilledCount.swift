/// How much records fill: what the shares of indicators are of.
package struct FilledCount: Sendable, Hashable {
  /// The records.
  package var rows = 0
  /// How many of them fill each field, in the order of the dataset.
  package var fields: [Int]

  /// No records of a dataset with so many fields.
  package init(fields count: Int) { fields = Array(repeating: 0, count: count) }

  /// Both together.
  func adding(_ other: FilledCount) -> FilledCount {
    var sum = self
    sum.rows += other.rows
    for place in other.fields.indices { sum.fields[place] += other.fields[place] }
    return sum
  }
}
