import ElementCore
import ElementFormats
import ElementLinkage
import Foundation

/// The lists of a search: pairs with their levels, and the group of each row. Rows count from 1, groups too; no value of a person stands there.
package struct LinkageLists {
  private let result: FileLinkageResult
  private static let pieceSize = 1 << 18

  /// The lists of what was found.
  package init(_ result: FileLinkageResult) { self.result = result }

  /// Writes the pairs as CSV, the likeliest first; `body` takes the bytes.
  package func writePairs(_ body: ([UInt8]) throws -> Void) throws {
    let columns = ["left_file", "left", "right_file", "right", "weight", "probability", "tier", "guard"]
    var text = (columns + result.comparisons.map { Self.cell($0.name) }).joined(separator: ",") + "\n"
    for pair in result.outcome.pairs {
      let (left, right) = (result.rows.place(Int(pair.left)), result.rows.place(Int(pair.right)))
      let levels = result.comparisons.enumerated().map { place, comparison in
        comparison.levels[Int(pair.judgement.pattern >> UInt64(4 * place) & 0xF)]
      }
      let weight = Double(pair.judgement.weight) / Double(LevelWeights.bit)
      let cells =
        [
          Self.cell(left.path), "\(left.row)", Self.cell(right.path), "\(right.row)", Self.decimal(weight, 3),
          Self.decimal(Self.probability(weight), 4), pair.tier.rawValue, pair.judgement.barrier?.rawValue ?? "",
        ] + levels
      text += cells.joined(separator: ",") + "\n"
      if text.utf8.count >= Self.pieceSize {
        try body(Array(text.utf8))
        text = ""
      }
    }
    try body(Array(text.utf8))
  }

  /// Writes the group of each row as CSV; `body` takes the bytes.
  package func writeEntities(_ body: ([UInt8]) throws -> Void) throws {
    var text = "file,row,entity\n"
    var numbers: [UInt32: Int] = [:]
    for (row, head) in result.outcome.groups.enumerated() {
      let place = result.rows.place(row)
      let number = numbers[head] ?? numbers.count + 1
      numbers[head] = number
      text += "\(Self.cell(place.path)),\(place.row),\(number)\n"
      if text.utf8.count >= Self.pieceSize {
        try body(Array(text.utf8))
        text = ""
      }
    }
    try body(Array(text.utf8))
  }

  private static func cell(_ text: String) -> String {
    text.contains { ",\"\n\r".contains($0) }
      ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : text
  }

  /// The probability that a weight in bits stands for.
  package static func probability(_ bits: Double) -> Double { 1 / (1 + exp2(-bits)) }

  /// A number with so many decimals.
  static func decimal(_ number: Double, _ decimals: Int) -> String {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let rounded = Int((abs(number) * Double(scale)).rounded())
    let fraction = String(rounded % scale)
    let sign = number < 0 && rounded > 0 ? "-" : ""
    return sign + "\(rounded / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}
