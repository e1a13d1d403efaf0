import ElementCore
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// `verify --linkage` does the last run again: pairs and people that were changed by hand are found, and what came since is said.
struct LinkageAgainTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  private func again() throws -> LinkageAgain.Report {
    try LinkageAgain(linked.pack, linked.scheme, jobs: 2).run(try Warehouse(path: linked.roster.warehouse, mode: .read))
  }

  private func change(_ sql: String) throws {
    try DatabaseQueue(path: linked.roster.warehouse).write { try $0.execute(sql: sql) }
  }

  @Test func `what a run found is found again, by its day and its thresholds`() throws {
    try linked.loadGenerated(1_500, seed: 6)
    var request = LinkageRequest(model: linked.model, jobs: 2)
    (request.model.auto, request.model.test) = (12 * 1_024, .complete)
    var options = WarehouseLinkage.Options(request: request, today: try #require(CalendarDate(year: 2019, month: 3, day: 4)))
    (options.applies, options.mostMerges) = (true, nil)
    _ = try WarehouseLinkage(linked.pack, linked.scheme, options).run(try linked.warehouse(), linked.head)
    let report = try again()
    #expect(report.differences.isEmpty)
    #expect(report.runs.map { [$0.kind, "\($0.run)"] } == [["person", "1"]])
    #expect(report.runs.first?.pairs == (try linked.count("linkage_pair")))
    #expect(report.behind.isEmpty)
  }

  @Test(
    arguments: [
      "UPDATE linkage_pair SET weight = weight + 1 WHERE rowid_ = 1", "DELETE FROM linkage_pair WHERE tier = 'ask'",
      "UPDATE entity_member SET entity = (SELECT min(entity) FROM entity_member WHERE how = 'single') WHERE row = (SELECT max(row) FROM entity_member)",
    ])
  func `a pair or a person that was changed by hand is found`(_ sql: String) throws {
    try linked.loadGenerated(1_500, seed: 6)
    try linked.find()
    #expect(try again().differences.isEmpty)
    try change(
      sql.replacing(
        "rowid_ = 1",
        with: "(left_dataset, left_row, right_row) = (SELECT left_dataset, left_row, right_row FROM linkage_pair LIMIT 1)"))
    #expect(try again().differences.count == 1)
  }

  @Test func `what was loaded or said since is told, and nothing is held against it`() throws {
    try linked.loadGenerated(1_500, seed: 6)
    try linked.find()
    let question = try #require(try linked.questions().first)
    _ = try linked.warehouse().linking(kind: "person", linked.head) { session in
      (try session.keep([linked.decision(question, .notSame)], linked.head), true)
    }
    #expect(try again().behind == ["person"])
    try linked.find()
    #expect(try again().behind.isEmpty)
    try linked.load("\(try linked.numbers().man),王建国,1,1970-02-03,13900000001,\(LinkedRoster.home)")
    let report = try again()
    #expect(report.behind == ["person"] && report.runs.isEmpty && report.differences.isEmpty)
  }

  @Test func `a search that joined nothing does not stand in the way of the proof`() throws {
    try linked.loadGenerated(1_500, seed: 6)
    try linked.find()
    try linked.find(apply: false)
    let report = try again()
    #expect(report.behind.isEmpty && report.differences.isEmpty)
    try change(
      "UPDATE entity_member SET entity = (SELECT min(entity) FROM entity_member WHERE how = 'single') WHERE row = (SELECT max(row) FROM entity_member)"
    )
    #expect(try again().differences.count == 1)
  }

  @Test func `answers are taken by the thresholds of the run that asked`() throws {
    try linked.loadGenerated(1_500, seed: 6)
    var request = LinkageRequest(model: linked.model, jobs: 2)
    request.model.auto = 40 * 1_024
    var options = WarehouseLinkage.Options(request: request, today: linked.roster.today)
    (options.applies, options.mostMerges) = (true, nil)
    _ = try WarehouseLinkage(linked.pack, linked.scheme, options).run(try linked.warehouse(), linked.head)
    let last = try #require(try linked.warehouse().readingLinkage(kind: "person") { try $0.lastTerms() })
    let model = try LinkageModel(text: last.model, terms: last.terms)
    #expect(model.auto == 40 * 1_024 && model.digest == linked.model.digest)
    let other = try linked.warehouse().readingLinkage(kind: "house") { try $0.lastTerms() }
    #expect(other == nil)
  }
}
