import ElementCore

/// Numbers the rows of all inputs of a run one behind another, from 1 on, so that 32 bits name a row of any of them.
struct RowOrdinals: Sendable {
  /// The number of rows before each input, as far as inputs came.
  private var starts: [UInt32] = []
  private var last: UInt32 = 0

  /// The number of a row; inputs and their rows come in order.
  mutating func number(_ row: RowReference) -> UInt32 {
    while starts.count <= row.input { starts.append(last) }
    last = starts[row.input] + row.number
    return last
  }

  /// The row of a number, which stands as it is said.
  func row(_ number: UInt32, _ standing: UInt32) -> RowReference {
    guard let input = starts.lastIndex(where: { $0 < number }), let standing = RowReference.Standing(rawValue: standing)
    else { bug("a number that no row has") }
    return RowReference(input: input, row: Int(number - starts[input]), standing: standing)
  }
}
