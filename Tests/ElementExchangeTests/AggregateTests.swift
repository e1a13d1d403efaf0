import ElementExchange
import ElementSchema
import Testing

/// Numbers of records for others: small ones, and those by which they could be worked out, are not told.
struct AggregateTests {
  private func table(_ width: Int, _ counts: [(values: [String], count: Int)]) throws -> AggregateTable {
    let by = (0..<width).map { "by\($0)" }
    let columns = by.enumerated().map { "      - {name: \($1), field: \($0 == 0 ? "gridCode" : "sexCode")}\n" }.joined()
    let text = """
      profile: p
      title: {zh: 试, en: test}
      target: {zh: 试, en: test}
      source: test
      legalBasis: test
      purpose: test
      audience: outside
      format: csv
      fileName: "a.csv"
      datasets:
        - dataset: registeredResident
          columns:
      \(columns)    aggregate: {by: [\(by.joined(separator: ", "))], count: n, least: 5}

      """
    let profile = try ProfileReader(try SchemaPack.shipped()).profile(text: text, file: "p.yaml")
    var table = AggregateTable(try #require(profile.datasets[0].aggregate))
    for (values, count) in counts { for _ in 0..<count { table.add(values.map { Array($0.utf8) }) } }
    return table
  }

  @Test func `a small number is hidden, and another one with it that the sum would give away`() throws {
    let lines = try table(1, [(["a"], 2), (["b"], 9), (["c"], 20)]).lines
    #expect(lines == [["a", "-"], ["b", "-"], ["c", "20"], ["*", "31"]])
  }

  @Test func `nothing is hidden where all numbers are large`() throws {
    #expect(try table(1, [(["a"], 5), (["b"], 6)]).lines == [["a", "5"], ["b", "6"], ["*", "11"]])
  }

  @Test(arguments: 0..<200) func `no hidden number follows from a line of two values`(_ seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let counts = (0..<4).flatMap { row in (0..<3).map { (values: ["r\(row)", "c\($0)"], count: below(14)) } }
    let lines = try table(2, counts).lines
    func number(_ row: String, _ column: String) -> Int {
      counts.filter { (row == "*" || $0.values[0] == row) && (column == "*" || $0.values[1] == column) }.reduce(0) {
        $0 + $1.count
      }
    }
    for line in lines {
      let truth = number(line[0], line[1])
      if let shown = Int(line[2]) { #expect(shown == truth && truth >= 5) } else { #expect(line[2] == "-") }
    }
    // In each line, sums included, there is no hidden number alone, unless nothing else could be hidden with it.
    for axis in 0..<2 {
      for name in Set(lines.map { $0[axis] }) {
        let own = lines.filter { $0[axis] == name }
        let hidden = own.filter { Int($0[2]) == nil }
        #expect(hidden.count != 1 || own.count == 1, "seed \(seed) \(name): \(own)")
      }
    }
  }
}
