import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Testing

/// Words and marks that stand for nothing, in exactly the spellings that rosters show.
struct NothingWordsTests {
  private static let words = [
    "无", "不详", "未知", "暂无", "空", "None", "(null)", "<NULL>", "NULL", "null", "nan", "NaN", "undefined", "N/A",
  ]
  private static let marks = [
    "\\N", "#N/A", "#REF!", "#VALUE!", "#GETTING_DATA", "#NULL!", "/", "\\", "-", "–", "—", "--", "——", "//",
  ]

  /// The stored values of one field, and the errors, of rows that give these.
  private func load(_ values: [String], heading: String, of dataset: String, field: String, key: (Int) -> String) throws -> (
    values: [[String]], errors: [String]
  ) {
    let roster = try Roster()
    let rows = values.enumerated().map { "\(key($0)),\($1)\n" }.joined()
    let file = try roster.file("r.csv", heading + "\n" + rows)
    let result = try roster.run(.load, [file]) { $0.dataset = dataset }
    return (try Warehouse(path: roster.warehouse, mode: .read).rows(of: dataset, fields: [field]), roster.errors(result))
  }

  private static let numbers = (0..<100).map { CitizenIDExample.number($0) }

  @Test func `in an item that may be empty each is nothing, and is told once a column`() throws {
    let roster = try Roster()
    let rows = (Self.words + Self.marks).enumerated().map { "\(Self.numbers[$0]),示例甲,\($1)\n" }.joined()
    let result = try roster.run(.load, [try roster.file("r.csv", "公民身份号码,姓名,曾用名\n" + rows)])
    let stored = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["usedName"])
    #expect(stored == Array(repeating: [""], count: Self.words.count + Self.marks.count))
    let told = result.inputs[0].findings.findings.filter { $0.code == RuleCode("N0014") }
    #expect(told.count == 1 && told.first?.count == Self.words.count + Self.marks.count)
  }

  @Test("letter words in other spellings are values", arguments: ["null x", "none", "Nan", "NONE", "Undefined", "无名", "n/a"])
  func otherSpellings(value: String) throws {
    let found = try load(
      [value], heading: "公民身份号码,姓名,曾用名", of: "registeredResident", field: "usedName", key: { "\(Self.numbers[$0]),示例甲" })
    #expect(found.values == [[value]])
  }

  @Test("a required item that says nothing makes its row wait", arguments: ["#N/A", "无", "NULL", "-", "\\N", "不详"])
  func required(value: String) throws {
    let found = try load(
      [value], heading: "公民身份号码,姓名", of: "registeredResident", field: "personName", key: { Self.numbers[$0] })
    #expect(found.values.isEmpty && found.errors == ["1 V1005"])
  }

  @Test func `Mr Null keeps his name, and marks are nothing there too`() throws {
    let found = try load(
      ["Null", "NULL", "None", "#N/A", "\\N", "-"], heading: "证件类型,证件号码,外文名,外文姓", of: "overseasResident",
      field: "foreignSurname", key: { "普通护照,E1234567\($0),John" })
    #expect(found.errors.isEmpty, "\(found.errors)")
    #expect(found.values.map { $0[0] } == ["", "", "", "NULL", "None", "Null"])
  }
}

/// Numbers of nobody: county 320699 is for examples.
enum CitizenIDExample {
  /// The number of an order code, from 0 to 999, with its check digit (GB 11643-1999, 5.2).
  static func number(_ order: Int) -> String {
    let body = "32069919700101" + String(1000 + order).dropFirst()
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(body.utf8, weights).reduce(0) { $0 + (Int($1.0) - 0x30) * $1.1 }
    return body + String(Array("10X98765432")[sum % 11])
  }
}
