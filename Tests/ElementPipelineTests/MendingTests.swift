import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// What a row lacks, and what is stored of it, it need not say again: an error that the row alone would have is none.
struct MendingTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  /// Loads rosters in one delivery and confirms that a check says the same.
  private func load(_ texts: String..., dataset: String, required: String? = nil) throws -> RunResult {
    let site = try required.map {
      try SiteConfiguration(path: try roster.file("yaosu.yaml", "required: {\(dataset): [\($0)]}\n"))
    }
    return try roster.load(texts) { options in
      options.dataset = dataset
      if let site { options.configuration = site }
    }
  }

  private static let number = "320699197001010018"
  private static let step = "案卷编号,步骤序号,办理动作"

  @Test func `a rule over a record sees what is stored of it`() throws {
    _ = try load("\(Self.step),批准人,延期后时限\nE1,1,延期,示例甲,2025-06-01\nE2,1,办理,,\n", dataset: "eventStep")
    let part = try load("\(Self.step),办理意见\nE1,1,延期,同意\nE2,1,延期,同意\nE3,1,延期,同意\n", dataset: "eventStep")
    #expect(roster.errors(part) == ["2 R2421", "3 R2421"])
    #expect((part.counts.updated, part.counts.quarantined) == (1, 2))
    #expect(part.findings.counts.first { $0.key.code == RuleCode("R2421") }?.value == 2)
    let again = try load("\(Self.step),办理意见\nE1,1,延期,同意\n", dataset: "eventStep")
    #expect((again.counts.unchanged, roster.errors(again)) == (1, []))
  }

  @Test func `an item that must be there may be empty where it is stored`() throws {
    let header = "公民身份号码,姓名,联系方式,现住门（楼）详址\n"
    _ = try load(header + "\(Self.number),示例甲,13912345678,示例路1号\n", dataset: "registeredResident", required: "contact")
    let part = try load(
      header + "\(Self.number),示例甲,,示例路2号\n11010519491231002X,示例乙,,示例路3号\n", dataset: "registeredResident", required: "contact")
    #expect(roster.errors(part) == ["2 V1002"])
    #expect(part.counts.updated == 1)
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["contact", "residenceAddress"])
    #expect(rows == [["13912345678", "示例路2号"]])
    // What has another error waits for all of them.
    let wrong = try load(header + "\(Self.number),示例甲,,示例路2号\u{FFFD}\n", dataset: "registeredResident", required: "contact")
    #expect(wrong.counts.quarantined == 1)
  }

  @Test func `a stored household need not name its head again`() throws {
    _ = try load("户号,户主公民身份号码,户主姓名,所属网格,户内人数\n1,\(Self.number),示例甲,01000032069900100101,3\n", dataset: "household")
    let part = try load(
      "户号,户主公民身份号码,户主姓名,所属网格,户内人数\n1,,,01000032069900100101,4\n2,,,01000032069900100101,4\n", dataset: "household")
    #expect(roster.errors(part) == ["2 V1001"])
    #expect(part.counts.updated == 1)
  }

  @Test func `parts that lack what the other has are one record beside what is stored`() throws {
    _ = try load("\(Self.step),批准人,延期后时限\nE1,1,延期,示例甲,2025-06-01\n", dataset: "eventStep")
    let parts = try load(
      "\(Self.step),办理意见\nE1,1,延期,同意\nE4,1,延期,同意\n", "\(Self.step),批准人,延期后时限\nE4,1,延期,示例乙,2025-06-02\n",
      dataset: "eventStep")
    #expect(roster.errors(parts) == [])
    #expect((parts.counts.created, parts.counts.updated, parts.counts.duplicate) == (1, 1, 1))
  }

  @Test func `a warning that what is stored answers is not told`() throws {
    let header = "公民身份号码,姓名,是否外出"
    _ = try load("\(header),外出原因,外出时间\n\(Self.number),示例甲,是,务工,2024-05-01\n", dataset: "registeredResident")
    let part = try load("\(header),联系方式\n\(Self.number),示例甲,是,13912345678\n", dataset: "registeredResident")
    #expect(!roster.codes(part).contains("R2110"))
    #expect(part.counts.updated == 1)
  }

  @Test func `two parts that what is stored mends are one record`() throws {
    _ = try load("\(Self.step),批准人,延期后时限\nE1,1,延期,示例甲,2025-06-01\n", dataset: "eventStep")
    let parts = try load(
      "\(Self.step),办理意见\nE1,1,延期,同意\n", "\(Self.step),承办单位\nE1,1,延期,示例单位\n", dataset: "eventStep")
    #expect(roster.errors(parts) == [] && roster.errors(parts, input: 1) == [])
    #expect((parts.counts.updated, parts.counts.duplicate) == (1, 1))
  }

  @Test func `a copy of a row that what is stored mends is a copy`() throws {
    _ = try load("\(Self.step),批准人,延期后时限\nE1,1,延期,示例甲,2025-06-01\n", dataset: "eventStep")
    let copies = try load("\(Self.step),办理意见\nE1,1,延期,同意\nE1,1,延期,同意\n", dataset: "eventStep")
    #expect(roster.errors(copies) == [])
    #expect((copies.counts.updated, copies.counts.duplicate) == (1, 1))
  }

  @Test func `mended errors beyond those that are listed count no more`() throws {
    let rows = (0..<1_200).map { "E\($0),1,延期" }
    _ = try load("\(Self.step),批准人,延期后时限\n" + rows.map { $0 + ",示例甲,2025-06-01\n" }.joined(), dataset: "eventStep")
    let file = try roster.file("part.csv", "\(Self.step),办理意见\n" + rows.map { $0 + ",同意\n" }.joined() + "E9999,1,延期,同意\n")
    let checked = try roster.run(.check, [file]) {
      ($0.dataset, $0.warehouse, $0.keepsAllFindings) = ("eventStep", roster.warehouse, false)
    }
    #expect(checked.findings.counts.first { $0.key.code == RuleCode("R2421") }?.value == 1)
    #expect(checked.counts.updated == 1_200)
  }
}
