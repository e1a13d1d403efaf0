import ElementLinkage
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

/// Files of columns that no dataset describes: what their values are to each other, and which come together.
struct ColumnTests {
  /// A model that compares columns, and lets records come together by one key.
  private static func plan(_ columns: String, key: String = "a") throws -> ColumnPlan {
    let text = """
      model: test
      version: 1
      kind: person
      prior: 0.1
      auto: 9.0
      ask: -3.0
      groupTest: average
      entityCap: 20
      blocking: {cap: 200, placeholder: 200, budget: 60}
      columns: [\(columns)]
      rules: [["\(key)"]]
      """
    return try #require(try LinkageModel(text: text, file: "test.yaml").plan)
  }

  private static func records(_ plan: ColumnPlan, _ values: [String]) -> ColumnRecords {
    ColumnRecords(values.map { [$0] }, plan, prior: 0.5, shares: plan.columns.map { _ in [:] })
  }

  private static func level(_ column: String, _ one: String, _ other: String) throws -> Int {
    let records = records(try plan(column), [one, other])
    return Int(records.judge(try records.record(0), try records.record(1)).pattern)
  }

  /// The examples of W. E. Winkler, "String Comparator Metrics" (1990), to three places.
  @Test(
    arguments: [
      ("martha", "marhta", 0.961), ("dixon", "dicksonx", 0.813), ("dwayne", "duane", 0.840), ("jones", "johnson", 0.832),
      ("abc", "xyz", 0), ("", "", 1), ("", "a", 0),
    ])
  func `texts are as alike as Jaro and Winkler say`(_ one: String, _ other: String, _ similarity: Double) {
    let (left, right) = (one.unicodeScalars.map(\.value), other.unicodeScalars.map(\.value))
    #expect(abs(JaroWinkler.similarity(left, right) - similarity) < 0.0006)
    #expect(JaroWinkler.similarity(left, right) == JaroWinkler.similarity(right, left))
  }

  @Test(
    arguments: [
      ("{name: a, comparator: exact}", "Ａbc ", "abc", "exact"), ("{name: a, comparator: exact}", "abc", "abd", "differ"),
      ("{name: a, comparator: exact}", "abc", " ", "none"),
      ("{name: a, comparator: jaroWinkler, levels: [0.95, 0.8]}", "martha", "marhta", "jaroWinkler0.95"),
      ("{name: a, comparator: jaroWinkler, levels: [0.95, 0.8]}", "dixon", "dicksonx", "jaroWinkler0.8"),
      ("{name: a, comparator: jaroWinkler, levels: [0.95, 0.8]}", "dixon", "martha", "differ"),
      ("{name: a, comparator: damerau}", "12345", "12354", "damerau1"),
      ("{name: a, comparator: damerau}", "12345", "1245", "damerau1"),
      ("{name: a, comparator: damerau}", "12345", "92354", "damerau2"),
      ("{name: a, comparator: damerau}", "12345", "54321", "differ"),
      ("{name: a, comparator: date}", "19900304", "1990-03-04", "same"),
      ("{name: a, comparator: date}", "19900304", "19900403", "swap"),
      ("{name: a, comparator: date}", "19900304", "unknown", "differ"),
      ("{name: a, comparator: number, levels: [1, 5]}", "10", "10.5", "number1.0"),
      ("{name: a, comparator: number, levels: [1, 5]}", "10", "6", "number5.0"),
      ("{name: a, comparator: number, levels: [1, 5]}", "10", "many", "none"),
      ("{name: a, comparator: words}", "east hill farm", "farm, east hill", "exact"),
      ("{name: a, comparator: words}", "east hill farm", "hill farm", "inside"),
      ("{name: a, comparator: words}", "east hill farm", "west hill", "common"),
      ("{name: a, comparator: words}", "east hill", "north dale", "differ"),
    ])
  func `two values of a column have their level, whichever comes first`(
    _ column: String, _ one: String, _ other: String, _ level: String
  ) throws {
    let levels = try Self.plan(column).columns[0].levels
    #expect(levels[try Self.level(column, one, other)] == level)
    #expect(levels[try Self.level(column, other, one)] == level)
  }

  /// Soundex by the examples of the United States' National Archives, "The Soundex Indexing System".
  @Test(
    arguments: [
      ("a:sound", "Robert", "Rupert", true), ("a:sound", "Robert", "Rubin", false), ("a:sound", "Tymczak", "Tymszak", true),
      ("a:sound", "Pfister", "Pister", true), ("a:sound", "Ashcraft", "Ashcroft", true),
      ("a:sound", "Jackson", "Johnson", false),
      ("a:sound", "Gutierrez", "Gutierez", true), ("a:sound", "张伟", "章玮", true), ("a:sound", "张伟", "李伟", false),
      ("a:3", "abcdef", "ABCxyz", true), ("a:3", "abcdef", "abdxyz", false), ("a", "abc", "ABC", true),
      ("a", "abc", "abcd", false),
      ("a:year", "1990-03-04", "19901231", true), ("a:year", "1990-03-04", "1991-03-04", false),
      ("a:day", "1990-03-04", "19880304", true), ("a:day", "1990-03-04", "19900403", false),
    ])
  func `values come together under a key, or do not`(_ key: String, _ one: String, _ other: String, _ meet: Bool) throws {
    let records = Self.records(try Self.plan("{name: a, comparator: exact}", key: key), [one, other])
    var keys: [[UInt32]] = [[], []]
    for place in 0...1 { records.appendKeys(of: try records.record(place), rule: 0, to: &keys[place]) }
    #expect(keys[0].count == 1)
    #expect((keys[0] == keys[1]) == meet)
  }

  @Test(arguments: ["a:sound", "a:2", "a", "a:year", "a:day"])
  func `a value that is missing makes no key`(_ key: String) throws {
    let records = Self.records(try Self.plan("{name: a, comparator: exact}", key: key), [" "])
    var keys: [UInt32] = []
    records.appendKeys(of: try records.record(0), rule: 0, to: &keys)
    #expect(keys.isEmpty)
  }

  private static var sample: String {
    get throws { try Repository.text("samples/linkage/febrl.yaml") }
  }

  @Test func `the sample model is read as it is written`() throws {
    let plan = try #require(try LinkageModel(text: try Self.sample, file: "febrl.yaml").plan)
    #expect(plan.columns.map(\.name).prefix(3) == ["given_name", "surname", "date_of_birth"])
    #expect(plan.columns[0].comparator == .jaroWinkler([0.92, 0.8]))
    #expect(plan.columns[3].comparator == .damerau([1, 2]))
    #expect(plan.columns.map(\.countsFrequency).count { $0 } == 3)
    #expect(plan.rules.count == 10)
    #expect(plan.rules[2].map(\.part) == [.sound, .sound])
    #expect(plan.headings.count == plan.columns.count)
  }

  @Test(
    arguments: [
      ("comparator: date}", "comparator: day}"), ("  - [soc_sec_id]", "  - []"), ("\"address_1:6\"", "\"address_1:end\""),
      ("levels: [1, 2]", "levels: [2, 1]"), ("levels: [1, 2]", "levels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]"),
      ("levels: [0.92]", "levels: [92]"), ("{name: state, ", "{title: state, "),
    ])
  func `a column or key that is wrong is told with its line`(_ text: String, _ wrong: String) throws {
    let sample = try Self.sample
    let range = try #require(sample.range(of: text))
    let line = sample[..<range.lowerBound].count { $0 == "\n" } + 1
    let error = #expect(throws: SchemaError.self) {
      try LinkageModel(text: sample.replacing(text, with: wrong, maxReplacements: 1), file: "febrl.yaml")
    }
    #expect(error?.line == line)
  }
}
