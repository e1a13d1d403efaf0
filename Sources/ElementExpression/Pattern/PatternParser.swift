/// Parses patterns: characters, `.`, classes, groups, `|`, `*`, `+`, `?`, `{m,n}`, and `\d \w \s` with their opposites.
///
/// There is no look-around and no back-reference, so every pattern becomes a finite automaton.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private let offsets: [Int]
  private var position = 0
  private var depth = 0
  private static let depthLimit = 32
  /// The most repetitions that a bound may ask for.
  static let repetitionLimit = 256
  /// All scalars.
  static let all: [ClosedRange<UInt32>] = [0...0xD7FF, 0xE000...0x10FFFF]

  /// A parser of a pattern.
  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
    var offsets: [Int] = []
    var offset = 0
    for scalar in scalars {
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    self.offsets = offsets + [offset]
  }

  /// The tree of the whole pattern.
  mutating func parse() throws(ExpressionError) -> PatternNode {
    let node = try either()
    guard position == scalars.count else { throw error(zh: "多余的右括号", en: "a parenthesis closes nothing") }
    return node
  }

  private mutating func either() throws(ExpressionError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw error(zh: "样式嵌套超过 \(Self.depthLimit) 层", en: "the pattern is nested deeper than \(Self.depthLimit) levels")
    }
    var choices = [try sequence()]
    while accept("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .either(choices)
  }

  private mutating func sequence() throws(ExpressionError) -> PatternNode {
    var items: [PatternNode] = []
    while position < scalars.count, scalars[position] != "|", scalars[position] != ")" { items.append(try repeated()) }
    return items.isEmpty ? .empty : items.count == 1 ? items[0] : .sequence(items)
  }

  private mutating func repeated() throws(ExpressionError) -> PatternNode {
    var node = try atom()
    while true {
      if accept("*") {
        node = .times(node, 0, nil)
      } else if accept("+") {
        node = .times(node, 1, nil)
      } else if accept("?") {
        node = .times(node, 0, 1)
      } else if position < scalars.count, scalars[position] == "{" {
        node = try bounded(node)
      } else {
        return node
      }
    }
  }

  private mutating func bounded(_ node: PatternNode) throws(ExpressionError) -> PatternNode {
    let start = position
    position += 1
    let least = number()
    var most = least
    if accept(",") { most = number() }
    guard let least, accept("}"), least <= Self.repetitionLimit, most ?? 0 <= Self.repetitionLimit, most ?? least >= least
    else {
      position = start
      throw error(
        zh: "次数应写作 {2}、{2,} 或 {2,5}，至多 \(Self.repetitionLimit)",
        en: "a repetition is written {2}, {2,} or {2,5}, at most \(Self.repetitionLimit)")
    }
    return .times(node, least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while position < scalars.count, scalars[position].value &- 0x30 <= 9, value ?? 0 < 10_000 {
      value = (value ?? 0) * 10 + Int(scalars[position].value - 0x30)
      position += 1
    }
    return value
  }

  private mutating func atom() throws(ExpressionError) -> PatternNode {
    let scalar = scalars[position]
    switch scalar {
    case "(":
      position += 1
      if accept("?"), !accept(":") {
        throw error(zh: "不支持环视或命名分组", en: "look-around and named groups are not part of the language")
      }
      let inner = try either()
      guard accept(")") else { throw error(zh: "缺少右括号", en: "a closing parenthesis is missing") }
      return inner
    case "[": return .characters(try characterClass())
    case ".":
      position += 1
      return .characters([0...0x09, 0x0B...0xD7FF, 0xE000...0x10FFFF])
    case "\\":
      position += 1
      return .characters(try escaped())
    case "^", "$":
      throw error(zh: "样式总是匹配整个值，不用 ^ 和 $", en: "a pattern always matches the whole value; leave ^ and $ out")
    case "*", "+", "?", "{", "]", "}":
      throw error(
        zh: "“\(scalar)”之前没有内容；要匹配它请写 \\\(scalar)", en: "\(scalar) follows nothing; write \\\(scalar) for the character")
    default:
      position += 1
      return .characters([scalar.value...scalar.value])
    }
  }

  /// What stands behind a backslash.
  private mutating func escaped() throws(ExpressionError) -> [ClosedRange<UInt32>] {
    guard position < scalars.count else { throw error(zh: "反斜杠之后没有字符", en: "nothing follows the backslash") }
    let scalar = scalars[position]
    position += 1
    let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    let blank: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20]
    switch scalar {
    case "d": return [0x30...0x39]
    case "D": return PatternRanges.inverted([0x30...0x39])
    case "w": return word
    case "W": return PatternRanges.inverted(word)
    case "s": return blank
    case "S": return PatternRanges.inverted(blank)
    case "n": return [0x0A...0x0A]
    case "t": return [0x09...0x09]
    case "r": return [0x0D...0x0D]
    default:
      guard scalar.isASCII, !(0x30...0x39).contains(scalar.value), !scalar.properties.isAlphabetic else {
        position -= 1
        throw error(zh: "不支持 \\\(scalar)", en: "\\\(scalar) is not part of the language")
      }
      return [scalar.value...scalar.value]
    }
  }

  private mutating func characterClass() throws(ExpressionError) -> [ClosedRange<UInt32>] {
    position += 1
    let isInverted = accept("^")
    var ranges: [ClosedRange<UInt32>] = []
    while position < scalars.count, scalars[position] != "]" || ranges.isEmpty {
      let low = try classItem()
      if position + 1 < scalars.count, scalars[position] == "-", scalars[position + 1] != "]" {
        position += 1
        let high = try classItem()
        guard low.count == 1, high.count == 1, low[0].count == 1, high[0].count == 1, low[0].lowerBound <= high[0].lowerBound
        else { throw error(zh: "字符范围写反了", en: "the range of characters runs backwards") }
        ranges.append(low[0].lowerBound...high[0].lowerBound)
      } else {
        ranges += low
      }
    }
    guard accept("]") else { throw error(zh: "缺少右方括号", en: "a closing bracket is missing") }
    return isInverted ? PatternRanges.inverted(ranges) : ranges
  }

  private mutating func classItem() throws(ExpressionError) -> [ClosedRange<UInt32>] {
    if accept("\\") { return try escaped() }
    let scalar = scalars[position]
    position += 1
    return [scalar.value...scalar.value]
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard position < scalars.count, scalars[position] == scalar else { return false }
    position += 1
    return true
  }

  private func error(zh: String, en: String) -> ExpressionError { ExpressionError(offsets[position], zh: zh, en: en) }
}
