import ElementCore

extension ExpressionParser {
  /// The methods behind a value, one after the other.
  mutating func members(_ value: Typed, field: ExpressionField?) throws(ExpressionError) -> Typed {
    var value = value
    var field = field
    while accept(".") {
      let start = offset
      guard case .name(let member) = tokens[position].kind else {
        throw unexpected(zh: "“.”之后应为方法名", en: "a method should follow the dot")
      }
      position += 1
      try expect("(")
      value = try method(member, of: value, field, at: start)
      try expect(")")
      field = nil
    }
    return value
  }

  private mutating func method(
    _ member: String, of value: Typed, _ field: ExpressionField?, at start: Int
  ) throws(ExpressionError) -> Typed {
    switch (member, value.type) {
    case ("birthDate", .citizenId): if let field { return (.birthDate(field.index), .date) }
    case ("sexCode", .citizenId): if let field { return (.sexCode(field.index), .text) }
    case ("workdaysSince", .date): return (.workdays(value.node, try dateArgument()), .number)
    case ("or", .number): return (.otherwise(value.node, try numberArgument()), .number)
    case ("year", .date): return (.year(value.node), .number)
    case ("size", let type) where type.isText: return (.size(value.node), .number)
    case ("matches", let type) where type.isText: return (.matches(value.node, try pattern()), .bool)
    case (_, let type) where type.isText:
      if let test = ExpressionNode.TextTest(rawValue: member) {
        return (.textTest(test, value.node, try textArgument()), .bool)
      }
    default: break
    }
    throw ExpressionError(start, zh: "\(value.type.name) 没有 \(member)()", en: "\(value.type.name) has no \(member)()")
  }

  private mutating func dateArgument() throws(ExpressionError) -> ExpressionNode {
    let start = offset
    if case .name(let name) = tokens[position].kind, let found = self.field(name), found.type == .date {
      position += 1
      note(found)
      return .field(found.index, found.type)
    }
    throw ExpressionError(start, zh: "这里应为日期字段", en: "a field of a date should stand here")
  }

  private mutating func numberArgument() throws(ExpressionError) -> Double {
    let start = offset
    guard case .number(let number) = tokens[position].kind else {
      throw ExpressionError(start, zh: "这里应为数字", en: "a number should stand here")
    }
    position += 1
    return number
  }

  private mutating func textArgument() throws(ExpressionError) -> ExpressionNode {
    let start = offset
    switch tokens[position].kind {
    case .text(let text):
      position += 1
      return .text(Array(text.utf8))
    case .name(let name):
      if let found = self.field(name), found.type.isText {
        position += 1
        note(found)
        return .field(found.index, found.type)
      }
    default: break
    }
    throw ExpressionError(start, zh: "这里应为文本或文本字段", en: "a text or a field of text should stand here")
  }

  /// The pattern of `matches`, which stands as a text so that it is compiled once; errors point into it.
  private mutating func pattern() throws(ExpressionError) -> BytePattern {
    let start = offset
    guard case .text(let text) = tokens[position].kind else {
      throw unexpected(zh: "matches() 中应为引号中的样式", en: "matches() takes a pattern in quotes")
    }
    position += 1
    do {
      return try BytePattern(text)
    } catch {
      // The pattern begins behind the quote.
      throw ExpressionError(start + 1 + error.offset, zh: error.message.zh, en: error.message.en)
    }
  }
}
