/// How a record says itself that it has ended: who moved away or died, and what was demolished or given up, counts no more from a day on.
package struct ClosingStatement: Sendable {
  /// The field that says it, from 0: a code.
  package let field: Int
  /// The codes that say so, in canonical form.
  package let codes: [[UInt8]]
  /// The field that says since when, from 0; where it is empty, the record has ended at once.
  package let since: Int?
  /// Yes-or-no fields, from 0, that take some of the codes back where they say no.
  package let takenBackBy: [(field: Int, codes: [[UInt8]])]
  /// The field, from 0, that names the record which took over, and the code of one that was given up for another; nil where records have no
  /// successors.
  package let succession: (field: Int, code: [UInt8])?

  /// Whether a value of the field says that the record has ended.
  package func closes(_ value: some Sequence<UInt8>) -> Bool { codes.contains { $0.elementsEqual(value) } }

  /// The fields, from 0, that take a code of the statement back where they say no.
  package func fields(takingBack code: [UInt8]) -> [Int] { takenBackBy.filter { $0.codes.contains(code) }.map(\.field) }
}
