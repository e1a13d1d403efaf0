import ElementCore
import ElementFormats
import ElementGenerator
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

/// The same person twice in files, before anything is loaded.
struct FileLinkageTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  private func search(_ path: String, jobs: Int = 2, bestGuess: Bool = false) throws -> FileLinkageResult {
    var request = LinkageRequest(model: linked.model, jobs: jobs)
    request.isBestGuess = bestGuess
    return try FileLinkage(DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today)).run(request)
  }

  private func comparison(_ result: FileLinkageResult, _ truth: [Int]) -> GroupComparison {
    GroupComparison(truth: truth, found: result.outcome.groups.map(Int.init))
  }

  /// The bars of the design, §7.3: three seeds of 50,000 rows; a part of that size in every run.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `people in a generated roster are found again`(_ seed: UInt64) throws {
    let isWhole = ProcessInfo.processInfo.environment["YAOSU_LOOPS"] == "all"
    let (path, truth) = try linked.generated(isWhole ? 50_000 : 8_000, seed: seed)
    let guess = comparison(try search(path, bestGuess: true), truth)
    #expect(guess.f1 >= 0.98)
    let result = try search(path)
    let sure = comparison(result, truth)
    #expect(sure.precision >= 0.999)
    #expect(sure.recall >= 0.85)
    #expect(sure.mixedGroups <= (isWhole ? 5 : 1))
    let asked = Set(
      result.outcome.pairs.filter { $0.tier == .ask }.map { pair in
        Set([result.outcome.groups[Int(pair.left)], result.outcome.groups[Int(pair.right)]])
      }
    ).count { $0.count == 2 }
    #expect(Double(asked) <= 25 * Double(truth.count) / 1_000)
  }

  @Test func `the lists are the same bytes for any number of jobs`() throws {
    let (path, _) = try linked.generated(5_000, seed: 4)
    let lists = try [1, 2, 8].map { jobs -> [UInt8] in
      let lists = LinkageLists(try search(path, jobs: jobs))
      var bytes: [UInt8] = []
      try lists.writePairs { bytes += $0 }
      try lists.writeEntities { bytes += $0 }
      return bytes
    }
    #expect(lists[0].count > 100_000)
    #expect(lists[0] == lists[1])
    #expect(lists[0] == lists[2])
  }

  @Test func `the lists hold nothing of anybody`() throws {
    let (path, _) = try linked.generated(800, seed: 5)
    let result = try search(path)
    var text = ""
    try LinkageLists(result).writePairs { text += String(decoding: $0, as: UTF8.self) }
    try LinkageLists(result).writeEntities { text += String(decoding: $0, as: UTF8.self) }
    #expect(text.contains("certain"))
    var generator = LinkageGenerator(LinkageGenerator.Options(rows: 800, seed: 5))
    for row in generator.rows() {
      for value in [row.cells[0], row.cells[1], row.cells[5]] where value.count > 1 { #expect(!text.contains(value)) }
    }
  }

  @Test func `a roster of something else cannot be compared`() throws {
    let path = try linked.roster.file("grids.csv", "网格编码,网格名称\n01000032069900100507,第一网格\n")
    let error = #expect(throws: InputError.self) { try search(path) }
    #expect(error?.message.zh.contains("不能查重") ?? false)
  }
}
