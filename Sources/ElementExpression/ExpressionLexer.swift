/// A word of an expression.
struct ExpressionToken: Sendable, Hashable {
  /// What a token is.
  enum Kind: Sendable, Hashable {
    /// A word: a field, a method or a keyword.
    case name(String)
    /// A text in quotes.
    case text(String)
    case number(Double)
    /// A sign or an operator.
    case symbol(String)
    /// The end of the expression.
    case end
  }

  /// What it is.
  let kind: Kind
  /// Where it starts in the expression, in UTF-8 bytes from 0.
  let offset: Int
}

/// Splits an expression into words.
enum ExpressionLexer {
  /// The longest expression, in UTF-8 bytes.
  static let lengthLimit = 4096
  private static let doubleSymbols: Set<String> = ["==", "!=", "<=", ">=", "&&", "||"]
  private static let symbols = Set("<>!()[],.+-".utf8)

  /// The tokens of an expression, the end last.
  static func tokens(_ source: String) throws(ExpressionError) -> [ExpressionToken] {
    let bytes = Array(source.utf8)
    guard bytes.count <= lengthLimit else {
      throw ExpressionError(0, zh: "表达式超过 \(lengthLimit) 字节", en: "the expression is longer than \(lengthLimit) bytes")
    }
    var tokens: [ExpressionToken] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] <= 0x20 {
        index += 1
        continue
      }
      let start = index
      tokens.append(ExpressionToken(kind: try kind(bytes, &index), offset: start))
    }
    tokens.append(ExpressionToken(kind: .end, offset: bytes.count))
    return tokens
  }

  private static func kind(_ bytes: [UInt8], _ index: inout Int) throws(ExpressionError) -> ExpressionToken.Kind {
    let byte = bytes[index]
    if isNameStart(byte) { return .name(take(bytes, &index) { isNameStart($0) || isDigit($0) }) }
    if isDigit(byte) { return try number(bytes, &index) }
    if byte == 0x27 || byte == 0x22 { return try quoted(bytes, &index) }
    if index + 1 < bytes.count {
      let pair = String(decoding: bytes[index...index + 1], as: UTF8.self)
      if doubleSymbols.contains(pair) {
        index += 2
        return .symbol(pair)
      }
    }
    guard symbols.contains(byte) else {
      throw ExpressionError(index, zh: "这里不应出现这个字符", en: "this character has no meaning here")
    }
    index += 1
    return .symbol(String(UnicodeScalar(byte)))
  }

  private static func number(_ bytes: [UInt8], _ index: inout Int) throws(ExpressionError) -> ExpressionToken.Kind {
    let start = index
    guard let value = Double(take(bytes, &index, while: { isDigit($0) || $0 == 0x2E })) else {
      throw ExpressionError(start, zh: "不是数字", en: "this is no number")
    }
    return .number(value)
  }

  private static func quoted(_ bytes: [UInt8], _ index: inout Int) throws(ExpressionError) -> ExpressionToken.Kind {
    let start = index
    let quote = bytes[index]
    index += 1
    let text = take(bytes, &index) { $0 != quote }
    guard index < bytes.count else { throw ExpressionError(start, zh: "引号没有结束", en: "the quote does not end") }
    index += 1
    return .text(text)
  }

  private static func take(_ bytes: [UInt8], _ index: inout Int, while belongs: (UInt8) -> Bool) -> String {
    let start = index
    while index < bytes.count, belongs(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
}
