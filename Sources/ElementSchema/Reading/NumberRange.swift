/// Reads ranges of numbers as schemas write them: `001-599`, or one number.
enum NumberRange {
  /// The range in a node, whose numbers have so many digits.
  static func range(_ node: YAMLNode, digits: Int) throws(SchemaError) -> ClosedRange<Int> {
    let parts = try node.text().split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, let low = Int(parts[0]), let high = Int(parts[1]), low > high {
      throw node.error(zh: "范围的起点大于终点", en: "the range ends before it begins")
    }
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ $0.utf8.count == digits && $0.utf8.allSatisfy { $0 &- 0x30 <= 9 } }),
      let low = Int(parts[0]), let high = parts.last.flatMap({ Int($0) }), low <= high
    else {
      throw node.error(
        zh: "范围应写作 \(example(digits))，每个数 \(digits) 位",
        en: "a range is written \(example(digits)): numbers of \(digits) digits")
    }
    return low...high
  }

  /// The ranges in a list.
  static func ranges(_ node: YAMLNode, digits: Int) throws(SchemaError) -> [ClosedRange<Int>] {
    var out: [ClosedRange<Int>] = []
    for item in try node.list() { out.append(try range(item, digits: digits)) }
    return out
  }

  private static func example(_ digits: Int) -> String {
    String(repeating: "0", count: digits - 1) + "1-" + String(repeating: "9", count: digits)
  }
}
