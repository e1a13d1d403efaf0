import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Testing

/// Faults of one row at every place of it: nothing is stored under the heading of another column.
struct ShapeFaultTests {
  private static let header = "公民身份号码,姓名,性别,出生日期,民族,户籍地址,联系电话\n"
  private static let rows = [
    "320699197001010018,示例甲,1,1970-01-01,01,示例路1号,13912345001", "320699197001010034,示例乙,1,1970-01-01,01,示例路2号,13912345002",
    "320699197001010050,示例丙,1,1970-01-01,01,示例路3号,13912345003", "320699197001010077,示例丁,1,1970-01-01,01,示例路4号,13912345004",
  ]

  private func run(_ rows: [String], jobs: Int) throws -> (result: RunResult, codes: [String]) {
    let roster = try Roster()
    let file = try roster.file("r.csv", Self.header + rows.map { $0 + "\n" }.joined())
    let result = try roster.run(.check, [file]) {
      $0.dataset = "registeredResident"
      $0.jobs = jobs
    }
    return (result, roster.errors(result))
  }

  @Test func `the rows as they are are whole`() throws {
    let (result, errors) = try run(Self.rows, jobs: 1)
    #expect(errors.isEmpty && result.counts.created == 4)
  }

  @Test("a row that lacks a delimiter waits, whichever it is", arguments: 0..<4, [1, 2])
  func missingDelimiter(row: Int, jobs: Int) throws {
    let characters = Array(Self.rows[row])
    for place in characters.indices where characters[place] == "," {
      var broken = Self.rows
      broken[row] = String(characters[..<place] + characters[(place + 1)...])
      let (result, errors) = try run(broken, jobs: jobs)
      #expect(result.counts.created == 3 && result.counts.quarantined == 1, "\(broken[row]): \(errors)")
      #expect(
        errors.contains("\(row + 1) S0101") || errors.contains { $0.hasPrefix("\(row + 1) V") }, "\(broken[row]): \(errors)")
    }
  }

  @Test("a row that a line break parts waits, wherever that is", arguments: 0..<4)
  func lineBreak(row: Int) throws {
    let characters = Array(Self.rows[row])
    for place in 1..<characters.count {
      var broken = Self.rows
      broken[row] = String(characters[..<place]) + "\n" + String(characters[place...])
      let (result, errors) = try run(broken, jobs: 1)
      #expect(result.counts.created == 3 && result.counts.quarantined == 2, "\(broken[row]): \(errors)")
    }
  }

  @Test("empty last cells that a spreadsheet left out make no row wait", arguments: 1...5)
  func shortRows(kept: Int) throws {
    let short = Self.rows.map { $0.split(separator: ",").prefix(kept + 1).joined(separator: ",") }
    let (result, errors) = try run(short, jobs: 1)
    #expect(errors.isEmpty && result.counts.created == 4, "\(errors)")
  }
}
