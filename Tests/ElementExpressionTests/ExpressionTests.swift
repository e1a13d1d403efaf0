import ElementCore
import ElementExpression
import Testing

struct ExpressionTests {
  static let fields: [(String, ExpressionType, String)] = [
    ("sex", .text, "2"), ("empty", .text, ""), ("id", .citizenId, "11010519491231002X"), ("birth", .date, "1949-12-31"),
    ("count", .number, "12"), ("name", .text, "示例甲乙"), ("end", .date, "1950-01-10"), ("none", .date, ""), ("bad", .number, "x"),
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
    ("birth.year() == 1949", true), ("(today + 99999999999999999999).year() == 1", nil),
    ("id.birthDate().year() > 1948", true), ("count > 11", true), ("count >= 12", true), ("count < 12", false),
    ("count <= 12", true),
    ("count == 12", true), ("count != 12", false), ("sex < '3'", true), ("true", true), ("false || true", true),
    ("name.size() == 4", true), ("empty.size() == 0", nil), ("'示例'.size() == 2", true), ("name.size() in [3, 4]", true),
    ("name.startsWith('示')", true), ("name.startsWith('例')", false), ("name.startsWith('示例甲乙丙')", false),
    ("name.endsWith('甲乙')", true), ("name.endsWith('')", true), ("name.contains('例甲')", true), ("name.contains('丙')", false),
    ("empty.contains('x')", nil), ("name.contains(empty)", nil), ("name.contains(sex)", false),
    ("id.startsWith('110105')", true),
    ("id.matches('[0-9]{17}[0-9X]')", true), ("id.matches('[0-9]{17}')", false), ("empty.matches('.*')", nil),
    ("name.matches('[一-龥]{2,50}')", true), ("name.matches('示.*|x')", true), ("name.matches('例')", false),
    ("name.matches('[^x]+')", true), ("name.matches('示(?:例|子)\\w*甲乙')", true), ("sex.matches('\\d')", true),
    ("sex.matches('\\D')", false),
    ("end - birth == 10", true), ("end - birth > 10", false), ("none - birth > 10", nil), ("birth + 10 == end", true),
    ("end - 10 == birth", true), ("today - birth > 27000", true), ("today - 1 < today", true), ("count + 1 == 13", true),
    ("count - 13 == -1", true), ("bad == 1", nil), ("bad != 1", nil), ("birth in [end, today]", false),
    ("birth in [none, birth]", true),
    ("birth in [none, end]", nil), ("none in [birth]", nil), ("count in [1, 12]", true), ("(birth + 10).year() == 1950", true),
    ("sex <= '2'", true), ("sex >= '3'", false), ("sex > '1'", true), ("has(none)", false), ("!(none < today)", nil),
    ("none < today || true", true), ("none < today && false", false), ("(sex == '2') == true", true), ("name != '示例'", true),
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
    let truths = expression.evaluate(bytes.span, ranges.span, width: ranges.count, count: 1, today: today)
    #expect(truths.all == [expected.map { $0 ? .yes : .no } ?? .unknown])
  }

  @Test func `a batch comes to what its records come to`() throws {
    let values = ["1", "", "2", "12", "", "1"]
    var bytes: [UInt8] = []
    let ranges = values.map { value in
      bytes += Array(value.utf8)
      return FieldRange(bytes.count - value.utf8.count, bytes.count)
    }
    let today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
    let one = try Expression("a == '1' || a.size() > 1", names: ["a"]) {
      $0 == "a" ? ExpressionField(index: 0, type: .text) : nil
    }
    #expect(
      one.evaluate(bytes.span, ranges.span, width: 1, count: 6, today: today).all == [
        .yes, .unknown, .no, .yes, .unknown, .yes,
      ])
  }

  @Test(arguments: [
    ("sexx == '1'", 0), ("sex == ", 7), ("sex == 1", 0), ("count == '1'", 0), ("sex", 0), ("sex == '1' && birth", 14),
    ("sex == '1' || sex", 14), ("sex == '1' &", 11),
    ("(sex == '1'", 11), ("sex in '1'", 7),
    ("has('x')", 4), ("birth.month() == 1", 6), ("sex == 'x", 7), ("sex == '1' sex", 11), ("!sex", 0), ("sex in [1]", 8),
    ("sex.size() == '1'", 0), ("sex.matches(sex)", 12), ("sex.matches('(')", 14), ("count.size() == 1", 6),
    ("sex.contains(1)", 13), ("birth + end == today", 6), ("sex + 1 == 2", 4), ("sex.matches('a{2,1}')", 14),
    ("sex.matches('(?=a)')", 15),
    ("sex.matches('\\1')", 14), ("sex.matches('[b-a]')", 17), ("sex.matches('^a')", 13), ("sex.matches('[a')", 15),
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

  @Test(arguments: [
    "(a|b)*a(a|b){200}", "((((a{256}){256}){256}){256}", "(.{200}){200}", "(a*)*(a*)*b{256}(a|aa|aaa){256}",
    String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60),
    String(repeating: "(a|b|c|d)?", count: 400),
  ])
  func `a hostile pattern is refused by size, or costs nothing`(_ pattern: String) throws {
    let start = ContinuousClock.now
    _ = try? compile("sex.matches('\(pattern)')")
    // Far above what it takes, far below what a pattern that explodes would take.
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `an expression knows the fields it looks at`() throws {
    #expect(try compile("has(sex) && birth == id.birthDate()").fields == [0, 2, 3])
  }
}
