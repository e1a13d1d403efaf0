/// What people and files call a row that waits: the batch, the file of the delivery and the row in it, such as `B12-F1-R345`.
///
/// It begins with a letter, so that no spreadsheet takes it for a date.
package struct WaitingName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The number of the batch.
  package let batch: Int
  /// The input in the delivery, from 0.
  package let input: Int
  /// The row in the input, from 1.
  package let row: Int

  /// The name of a row.
  package init(batch: Int, input: Int, row: Int) { (self.batch, self.input, self.row) = (batch, input, row) }

  /// A name as it is written, in any case; nil for what is none.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var numbers: [Int] = []
    for (part, letter) in zip(parts, "bfr".utf8) {
      guard let first = part.first, first | 0x20 == letter, part.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(String(decoding: Array(part.dropFirst()), as: UTF8.self)), number > 0
      else { return nil }
      numbers.append(number)
    }
    self.init(batch: numbers[0], input: numbers[1] - 1, row: numbers[2])
  }

  /// The file counts from 1 here.
  package var description: String { "B\(batch)-F\(input + 1)-R\(row)" }

  /// By batch, then as the rows stand in the delivery.
  package static func < (one: WaitingName, other: WaitingName) -> Bool {
    (one.batch, one.input, one.row) < (other.batch, other.input, other.row)
  }
}
