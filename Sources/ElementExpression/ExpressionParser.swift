import ElementCore

/// Parses and type-checks an expression: comparison, `in`, `&&`, `||`, `!`, `+` and `-`, `has()` and methods.
struct ExpressionParser {
  /// A node and what its value is.
  typealias Typed = (node: ExpressionNode, type: ExpressionType)

  /// The words of the expression, the end last.
  let tokens: [ExpressionToken]
  /// Resolves the names of fields.
  let field: (String) -> ExpressionField?
  /// The names that are offered for wrong ones.
  let names: [String]
  /// The fields that were named, from 0.
  private(set) var used: Set<Int> = []
  private let constants: [String: Double]
  /// Whether `today` was named.
  private(set) var usesToday = false
  /// The place of the next word, from 0.
  var position = 0
  private var depth = 0
  private static let depthLimit = 32

  /// A parser of an expression; `field` resolves names.
  init(
    _ source: String, names: [String], constants: [String: Double], field: @escaping (String) -> ExpressionField?
  ) throws(ExpressionError) {
    self.constants = constants
    tokens = try ExpressionLexer.tokens(source)
    self.names = names
    self.field = field
  }

  /// The tree of the whole expression, which must be a condition.
  mutating func parse() throws(ExpressionError) -> ExpressionNode {
    let result = try or()
    guard tokens[position].kind == .end else { throw unexpected(zh: "表达式应在这里结束", en: "the expression should end here") }
    return try bool(result, at: 0).node
  }

  private mutating func or() throws(ExpressionError) -> Typed {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ExpressionParser.depthLimit else {
      throw unexpected(
        zh: "嵌套超过 \(ExpressionParser.depthLimit) 层", en: "nested deeper than \(ExpressionParser.depthLimit) levels")
    }
    let start = offset
    var left = try and()
    while accept("||") {
      let place = offset
      let right = try bool(try and(), at: place)
      left = (.or(try bool(left, at: start).node, right.node), .bool)
    }
    return left
  }

  private mutating func and() throws(ExpressionError) -> Typed {
    let start = offset
    var left = try relation()
    while accept("&&") {
      let place = offset
      let right = try bool(try relation(), at: place)
      left = (.and(try bool(left, at: start).node, right.node), .bool)
    }
    return left
  }

  private mutating func relation() throws(ExpressionError) -> Typed {
    let start = offset
    let left = try sum()
    if case .name("in") = tokens[position].kind {
      position += 1
      return try membership(left)
    }
    guard case .symbol(let symbol) = tokens[position].kind, let comparison = ExpressionNode.Comparison(rawValue: symbol) else {
      return left
    }
    position += 1
    let right = try sum()
    guard left.type.matches(right.type) else {
      throw ExpressionError(
        start, zh: "不能比较 \(left.type.name) 与 \(right.type.name)",
        en: "\(left.type.name) and \(right.type.name) cannot be compared")
    }
    if comparison != .equal, comparison != .notEqual, !left.type.isOrdered {
      throw ExpressionError(start, zh: "\(left.type.name) 没有大小顺序", en: "\(left.type.name) has no order")
    }
    return (.compare(comparison, left.node, right.node), .bool)
  }

  private mutating func membership(_ left: Typed) throws(ExpressionError) -> Typed {
    try expect("[")
    var items: [ExpressionNode] = []
    repeat {
      let start = offset
      let item = try sum()
      guard left.type.matches(item.type) else {
        throw ExpressionError(start, zh: "列表中应为 \(left.type.name)", en: "the list should hold \(left.type.name)")
      }
      items.append(item.node)
    } while accept(",")
    try expect("]")
    return (.isIn(left.node, items), .bool)
  }

  /// Numbers are added and subtracted; a date less a date is a number of days, a date and a number a date.
  private mutating func sum() throws(ExpressionError) -> Typed {
    var left = try unary()
    while case .symbol(let symbol) = tokens[position].kind, symbol == "+" || symbol == "-" {
      let start = offset
      position += 1
      let right = try unary()
      switch (left.type, right.type, symbol) {
      case (.number, .number, _): left = (.sum(isMinus: symbol == "-", left.node, right.node), .number)
      case (.date, .date, "-"): left = (.difference(left.node, right.node), .number)
      case (.date, .number, _): left = (.shift(isMinus: symbol == "-", left.node, right.node), .date)
      default:
        throw ExpressionError(
          start, zh: "\(left.type.name) 与 \(right.type.name) 不能用“\(symbol)”",
          en: "\(left.type.name) and \(right.type.name) cannot be joined by \(symbol)")
      }
    }
    return left
  }

  private mutating func unary() throws(ExpressionError) -> Typed {
    let start = offset
    var negations = 0
    while accept("!") { negations += 1 }
    let value = try primary()
    if negations == 0 { return value }
    let node = try bool(value, at: start).node
    return (negations % 2 == 0 ? node : .not(node), .bool)
  }

  private mutating func primary() throws(ExpressionError) -> Typed {
    let token = tokens[position]
    switch token.kind {
    case .text(let text):
      position += 1
      return try members((.text(Array(text.utf8)), .text), field: nil)
    case .number(let number):
      position += 1
      return (.number(number), .number)
    case .symbol("-"):
      position += 1
      guard case .number(let number) = tokens[position].kind else {
        throw unexpected(zh: "负号之后应为数字", en: "a number should follow the minus sign")
      }
      position += 1
      return (.number(-number), .number)
    case .symbol("("):
      position += 1
      let inner = try or()
      try expect(")")
      return try members(inner, field: nil)
    case .name(let name):
      position += 1
      return try named(name, at: token.offset)
    default:
      throw unexpected(zh: "这里应为字段名、文本、数字或括号", en: "a field, a text, a number or a parenthesis should stand here")
    }
  }

  private mutating func named(_ name: String, at start: Int) throws(ExpressionError) -> Typed {
    switch name {
    case "true", "false": return (.truth(name == "true"), .bool)
    case "today":
      usesToday = true
      return try members((.today, .date), field: nil)
    case "has":
      try expect("(")
      let nameOffset = offset
      guard case .name(let argument) = tokens[position].kind else {
        throw unexpected(zh: "has() 中应为字段名", en: "has() takes a field")
      }
      position += 1
      let found = try resolve(argument, at: nameOffset)
      try expect(")")
      return (.has(found.index), .bool)
    default:
      if let number = constants[name] { return (.number(number), .number) }
      let found = try resolve(name, at: start)
      return try members((.field(found.index, found.type), found.type), field: found)
    }
  }

  private mutating func resolve(_ name: String, at offset: Int) throws(ExpressionError) -> ExpressionField {
    if let found = field(name) {
      used.insert(found.index)
      return found
    }
    let near = NearMiss.best(for: name, among: names) { [$0] }
    throw ExpressionError(
      offset, zh: "没有字段 \(name)" + (near.map { "，是否为 \($0)" } ?? ""),
      en: "there is no field \(name)" + (near.map { "; did you mean \($0)" } ?? ""))
  }

  /// Notes that a field was named.
  mutating func note(_ field: ExpressionField) { used.insert(field.index) }

  private func bool(_ value: Typed, at offset: Int) throws(ExpressionError) -> Typed {
    guard value.type == .bool else {
      throw ExpressionError(
        offset, zh: "这里应为条件，而不是 \(value.type.name)", en: "a condition should stand here, not \(value.type.name)")
    }
    return value
  }
}

extension ExpressionParser {
  /// Where the next token starts, in bytes from 0.
  var offset: Int { tokens[position].offset }

  /// Passes over a symbol; false where another token stands.
  mutating func accept(_ symbol: String) -> Bool {
    guard tokens[position].kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  /// Passes over a symbol that must stand here.
  mutating func expect(_ symbol: String) throws(ExpressionError) {
    guard accept(symbol) else { throw unexpected(zh: "这里应为“\(symbol)”", en: "“\(symbol)” should stand here") }
  }

  /// An error at the next token.
  func unexpected(zh: String, en: String) -> ExpressionError { ExpressionError(offset, zh: zh, en: en) }
}
