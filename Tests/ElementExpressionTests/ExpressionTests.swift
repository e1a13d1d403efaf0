import ElementCore
import ElementExpression
import Testing

struct ExpressionTests {
  static let fields: [(String, ExpressionType, String)] = [
    ("sex", .text, "2"), ("empty", .text, ""), ("id", .citizenId, "11010519491231002X"), ("birth", .date, "1949-12-31"),
    ("count", .number, "12"),
  ]

  static let cases: [(String, Bool?)] = [
    ("sex == '2'", true), ("sex != '2'", false), ("sex == \"1\"", false), ("empty == '2'", nil), ("empty != '2'", nil),
    ("has(sex)", true),
    ("has(empty)", false), ("!has(empty)", true), ("!!has(empty)", false), ("!(empty == '1')", nil),
    ("sex in ['1', '2']", true),
    ("sex in ['1']", false), ("empty in ['1']", nil), ("sex in ['1', empty]", nil), ("sex in [empty, '2']", true),
    ("empty == '1' && sex == '1'", false), ("sex == '1' && empty == '1'", false), ("empty == '1' && sex == '2'", nil),
    ("empty == '1' || sex == '2'", true), ("sex == '2' || empty == '1'", true), ("empty == '1' || sex == '1'", nil),
    ("sex == '2' && has(id) || has(empty)", true), ("has(empty) || has(id) && sex == '2'", true),
    ("(has(empty) || has(id)) && sex == '1'", false),
    ("sex == id.sexCode()", true), ("birth == id.birthDate()", true), ("birth < today", true), ("birth >= today", false),
    ("birth.year() == 1949", true),
    ("id.birthDate().year() > 1948", true), ("count > 11", true), ("count >= 12", true), ("count < 12", false),
    ("count <= 12", true),
    ("count == 12", true), ("count != 12", false), ("sex < '3'", true), ("true", true), ("false || true", true),
  ]

  private func compile(_ source: String) throws(ExpressionError) -> Expression {
    try Expression(source, names: Self.fields.map(\.0)) { name in
      Self.fields.firstIndex { $0.0 == name }.map { ExpressionField(index: $0, type: Self.fields[$0].1) }
    }
  }

  @Test(arguments: cases) func `conditions come to what CEL says, unknown included`(_ source: String, _ expected: Bool?) throws
  {
    let expression = try compile(source)
    var bytes: [UInt8] = []
    var ranges: [FieldRange] = []
    for (_, _, value) in Self.fields {
      ranges.append(FieldRange(bytes.count, bytes.count + value.utf8.count))
      bytes += Array(value.utf8)
    }
    let today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
    let holds1 = expression.holds(bytes.span, ranges.span, today: today) == expected
    #expect(holds1)
  }

  @Test(arguments: [
    ("sexx == '1'", 0), ("sex == ", 7), ("sex == 1", 0), ("count == '1'", 0), ("sex", 0), ("sex == '1' &", 11),
    ("(sex == '1'", 11), ("sex in '1'", 7),
    ("has('x')", 4), ("birth.month() == 1", 6), ("sex == 'x", 7), ("sex == '1' sex", 11), ("!sex", 0), ("sex in [1]", 8),
  ])
  func `errors point at what is wrong`(_ source: String, _ offset: Int) {
    let error = #expect(throws: ExpressionError.self) { try compile(source) }
    #expect(error?.offset == offset)
  }

  @Test func `a deep or long expression is refused by size`() {
    let deep = String(repeating: "(", count: 100) + "true" + String(repeating: ")", count: 100)
    #expect(throws: ExpressionError.self) { try compile(deep) }
    #expect(throws: ExpressionError.self) { try compile(String(repeating: "true && ", count: 1000) + "true") }
  }

  @Test func `an expression knows the fields it looks at`() throws {
    #expect(try compile("has(sex) && birth == id.birthDate()").fields == [0, 2, 3])
  }
}
