import ElementCore
import Foundation
import Testing

struct XXH64Tests {
  /// Values of the reference implementation (PyPI xxhash).
  static let published: [(String, UInt64)] = [
    ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
    ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
  ]

  @Test(arguments: published) func `the published values come out`(_ text: String, _ expected: UInt64) {
    let bytes = Array(text.utf8)
    let holds1 = XXH64.hash(bytes.span) == expected
    #expect(holds1)
  }
}

struct CalendarDateTests {
  @Test(arguments: [(1900, false), (2000, true), (1896, true), (2023, false), (2024, true)])
  func `the twenty-ninth of February exists in leap years only`(_ year: Int, _ exists: Bool) {
    #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == exists)
  }

  @Test func `day numbers grow by one from day to day over four hundred years`() throws {
    var day = try #require(CalendarDate(year: 1700, month: 1, day: 1))
    var number = day.dayNumber
    while day.year < 2101 {
      let next =
        CalendarDate(year: day.year, month: day.month, day: day.day + 1) ?? CalendarDate(
          year: day.year, month: day.month + 1, day: 1)
        ?? CalendarDate(year: day.year + 1, month: 1, day: 1)
      day = try #require(next)
      number += 1
      try #require(day.dayNumber == number)
    }
  }

  @Test func `completed years count to the birthday`() throws {
    let birth = try #require(CalendarDate(year: 2000, month: 5, day: 10))
    #expect(birth.years(to: try #require(CalendarDate(year: 2020, month: 5, day: 9))) == 19)
    #expect(birth.years(to: try #require(CalendarDate(year: 2020, month: 5, day: 10))) == 20)
  }
}

struct UTF8ScanTests {
  @Test func `sequences are told valid exactly where the standard library decodes them`() {
    var random = SystemRandomNumberGenerator()
    let bytes: [UInt8] = [
      0x00, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0xED, 0x9F, 0xEF, 0xF0, 0x90, 0xF4, 0x8F, 0xF5, 0xFF,
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in bytes.randomElement(using: &random) ?? 0 }
      var index = 0
      var valid = true
      while index < text.count, valid {
        let length = UTF8Scan.sequenceLength(text.span, at: index)
        valid = length > 0
        index += length
      }
      #expect(valid == (String(validating: text, as: UTF8.self) != nil))
      let holds2 = valid == UTF8Scan.isValid(text.span)
      #expect(holds2)
    }
  }

  @Test func `invalid bytes are shown as escapes and nothing is replaced`() {
    let bytes: [UInt8] = [0x41, 0xFF, 0xE5, 0xBC, 0xA0, 0xC2]
    let holds3 = String(escapingInvalid: bytes.span) == "A\\xFF张\\xC2"
    #expect(holds3)
  }
}

struct MaskingTests {
  @Test(arguments: [MaskKind.name, .identifier, .phone, .address, .date, .other])
  func `a personal value of two characters or more is never shown whole`(_ kind: MaskKind) {
    for value in ["张三", "欧阳修文", "11010519491231002X", "13912345678", "示例路1号2幢", "1949-12-31", "ab", "110105"] {
      let masked = Masking.mask(value, sensitivity: .personal, kind: kind)
      #expect(masked != value)
      #expect(masked.contains("*"))
    }
  }

  @Test func `sensitive values show nothing of themselves`() {
    #expect(Masking.mask("张三", sensitivity: .sensitive, kind: .name) == "[S]")
  }

  @Test func `open values come out safe for a terminal`() {
    #expect(Masking.mask("a\u{1B}[31m\u{202E}", sensitivity: .open, kind: .other) == "a\\u{1B}[31m\\u{202E}")
  }
}

struct RuleCodeTests {
  @Test(arguments: ["V1103", "N0001", "F0101"]) func `codes are read as they are written`(_ text: String) {
    #expect(RuleCode(parsing: text)?.description == text)
  }

  @Test(arguments: ["v1103", "V103", "V11033", "Q1103", "V11O3", ""]) func `other forms are refused`(_ text: String) {
    #expect(RuleCode(parsing: text) == nil)
  }
}

struct MaskedValueTests {
  @Test(arguments: [
    ("3206**********1234", false, true), ("138****0000", false, true), ("张*", true, true), ("张＊＊", true, true),
    ("320682●●●●●●1234", false, true), ("×三", true, true),
  ])
  func `masks are recognised`(_ value: String, _ isName: Bool, _ expected: Bool) {
    let bytes = Array(value.utf8)
    let holds4 = MaskedValue.isMasked(bytes.span, isName: isName) == expected
    #expect(holds4)
  }

  @Test(arguments: [("11010519491231002×", false), ("买买提●吐尔逊", true), ("张三", true)])
  func `a single look-alike or a wrong interpunct is no mask`(_ value: String, _ isName: Bool) {
    let bytes = Array(value.utf8)
    let holds5 = !MaskedValue.isMasked(bytes.span, isName: isName)
    #expect(holds5)
  }
}

struct NearMissTests {
  @Test func `the nearest name within a third of its length is offered`() {
    let names = ["personName", "identityNum", "householdNum"]
    #expect(NearMiss.best(for: "identityNumber", among: names) { [$0] } == "identityNum")
    #expect(NearMiss.best(for: "zzzzzzz", among: names) { [$0] } == nil)
  }

  @Test(arguments: [
    // The same characters in another order, the same sound, the same form, one edit of a long word.
    ("族汉", "汉族"), ("姓明", "姓名"), ("已婚人土", "已婚人士"), ("大学本科毕", "大学本科毕业"), ("歷史", "历史"),
    // Nothing of it: another word.
    ("之子", nil), ("维族", nil), ("大学毕业", nil), ("高中毕业", nil), ("序号", nil), ("高职", nil), ("妻", nil),
  ]) func `an offer has evidence`(_ text: String, _ expected: String?) {
    let names = ["汉族", "姓名", "已婚人士", "大学本科毕业", "妻子", "小学毕业", "初中毕业", "户号", "历史", "中职"]
    #expect(NearNames(names.map { [$0] }).sure(text).map { names[$0] } == expected)
  }

  @Test func `where nothing is sure the three nearest are named, none of them first`() {
    let names = ["汉族", "回族", "满族", "维吾尔族", "妻"]
    #expect(NearNames(names.map { [$0] }).nearest("维族").map { names[$0] } == ["汉族", "回族", "满族"])
    #expect(NearNames(names.map { [$0] }).nearest("之子").isEmpty)
  }
}

struct SpreadsheetDamageTests {
  @Test(arguments: ["3.20682E+17", "1.10105E+17", "3.2E17", "1E+20"]) func `scientific notation is recognised`(_ text: String) {
    let bytes = Array(text.utf8)
    let holds6 = SpreadsheetDamage.isScientific(bytes.span)
    #expect(holds6)
  }

  @Test(arguments: ["110105194912310029", "E12345678", "12E3", "MA0000015B"]) func `codes with an E are not`(_ text: String) {
    let bytes = Array(text.utf8)
    let holds7 = !SpreadsheetDamage.isScientific(bytes.span)
    #expect(holds7)
  }
}

struct ConcurrentMapTests {
  private struct Refusal: Error, Equatable { let number: Int }

  @Test(arguments: [0, 1, 2, 1_000]) func `the order stays, however many work`(_ count: Int) {
    let numbers = Array(0..<count)
    #expect(numbers.concurrentMap { $0 * 3 } == numbers.map { $0 * 3 })
  }

  @Test func `of several failures the first element's is thrown`() {
    #expect(throws: Refusal(number: 7)) {
      try Array(0..<100).concurrentMap { number throws(Refusal) in
        if number % 10 == 7 { throw Refusal(number: number) }
      }
    }
  }
}
