package import ElementCore

/// What only the reference data says of values, told once a column with its count: then it is information, however much it would matter
/// of one row.
package enum ReferenceNotes {
  /// The rules in the order of `ColumnTally.referenceSymbols`, behind the first, which is told of the whole file (`SampleData`).
  private static let descriptors = [
    AggregateRegion.descriptor, NewerRegion.descriptor, StatisticsOnlyRegion.descriptor, VirtualUnit.descriptor,
    RetiredRegion.descriptor,
  ]

  /// The findings about a field (from 0) and its column (from 1); `successors` says what took over from the withdrawn divisions.
  package static func findings(_ tally: ColumnTally, column: Int, field: Int, successors: LocalizedText) -> [Finding] {
    zip(descriptors, tally.reference.dropFirst()).compactMap { descriptor, count in
      guard count > 0 else { return nil }
      var finding = descriptor.finding(
        column: column, field: field,
        facts: ["count": String(count), "successor": successors.zh, "successorEn": successors.en], count: count)
      finding.severity = .info
      return finding
    }
  }
}
