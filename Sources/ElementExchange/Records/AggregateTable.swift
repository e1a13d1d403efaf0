/// Numbers of records by one value or two, in which small ones are not told: nor others by which they could be worked out.
///
/// A number below `least` is told as `-`. Where sums are told and one number alone of a line is hidden, the sum gives it away: so the
/// least of the others is hidden too, as long as any line has one hidden number alone, or hidden numbers that come to less than twice `least`.
package struct AggregateTable: Sendable {
  /// The heading of the numbers.
  package let heading: String
  private let least: Int
  private let width: Int
  private var counts: [[[UInt8]]: Int] = [:]

  /// A table of no records: `width` says by how many values, one or two.
  package init(_ aggregate: ProfileDataset.Aggregate) {
    (heading, least, width) = (aggregate.heading, aggregate.least, aggregate.by.count)
  }

  /// Counts a record by its values.
  package mutating func add(_ values: [[UInt8]]) { counts[values, default: 0] += 1 }

  /// The lines in the order of their values: the values, then the number as it may be told; the sums of two values come last, with `*` for any.
  package var lines: [[String]] {
    let rows = Self.sorted(Set(counts.keys.map { $0[0] }))
    let columns = width == 2 ? Self.sorted(Set(counts.keys.map { $0[1] })) : [[]]
    var numbers = rows.map { row in columns.map { counts[width == 2 ? [row, $0] : [row], default: 0] } }
    guard width == 2 else { return oneWay(rows, numbers.map { $0[0] }) }
    // The sums are lines and columns too, so that no sum of sums gives anything away.
    for row in numbers.indices { numbers[row].append(numbers[row].reduce(0, +)) }
    numbers.append((0...columns.count).map { column in numbers.reduce(0) { $0 + $1[column] } })
    let hidden = suppressed(numbers)
    var out: [[String]] = []
    for (row, name) in (rows.map(Self.text) + ["*"]).enumerated() {
      for (column, title) in (columns.map(Self.text) + ["*"]).enumerated() where numbers[row][column] > 0 {
        out.append([name, title, shown(numbers[row][column], isHidden: hidden[row][column])])
      }
    }
    return out
  }

  private func oneWay(_ rows: [[UInt8]], _ numbers: [Int]) -> [[String]] {
    let hidden = suppressed([numbers + [numbers.reduce(0, +)]])[0]
    let lines = rows.map(Self.text) + ["*"]
    return lines.indices.map { [lines[$0], shown((numbers + [numbers.reduce(0, +)])[$0], isHidden: hidden[$0])] }
  }

  private func shown(_ number: Int, isHidden: Bool) -> String {
    // One sign for all that is hidden: bounds of two numbers would say them where their sum is known.
    isHidden ? "-" : String(number)
  }

  /// Which numbers are hidden.
  private func suppressed(_ numbers: [[Int]]) -> [[Bool]] {
    var hidden = numbers.map { $0.map { $0 > 0 && $0 < least } }
    let lines =
      numbers.indices.map { row in numbers[row].indices.map { (row, $0) } }
      + (numbers.count > 1 ? numbers[0].indices.map { column in numbers.indices.map { ($0, column) } } : [])
    var changes = true
    while changes {
      changes = false
      for line in lines {
        let dark = line.filter { hidden[$0.0][$0.1] }
        let sum = dark.reduce(0) { $0 + numbers[$1.0][$1.1] }
        guard !dark.isEmpty, dark.count == 1 || sum < 2 * least else { continue }
        let others = line.filter { !hidden[$0.0][$0.1] && numbers[$0.0][$0.1] > 0 }
        guard let next = others.min(by: { numbers[$0.0][$0.1] < numbers[$1.0][$1.1] }) else { continue }
        hidden[next.0][next.1] = true
        changes = true
      }
    }
    return hidden
  }

  private static func sorted(_ values: Set<[UInt8]>) -> [[UInt8]] { values.sorted { $0.lexicographicallyPrecedes($1) } }

  private static func text(_ value: [UInt8]) -> String { String(validating: value, as: UTF8.self) ?? "" }
}
