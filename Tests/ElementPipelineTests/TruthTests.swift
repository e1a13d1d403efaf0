import ElementCore
import ElementFormats
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

struct TruthTests {
  static let deliveries: [(String, Int, UInt64, TextEncoding, Bool)] = [
    ("registeredResident", 20_000, 7, .utf8, false), ("registeredResident", 3_000, 8, .gb18030, true),
    ("grid", 64, 6, .utf8, true), ("house", 1_000, 4, .utf8, false),
  ]

  @Test(arguments: deliveries) func `the error findings are the planted troubles, none missed and none invented`(
    _ name: String, _ rows: Int, _ seed: UInt64, _ encoding: TextEncoding, _ labels: Bool
  ) throws {
    let roster = try Roster()
    let pack = try SchemaPack.shipped()
    var options = DeliveryGenerator.Options(rows: rows, seed: seed)
    options.dirty = 8
    options.duplicates = 2
    options.encoding = encoding
    options.usesLabels = labels
    var generator = DeliveryGenerator(try #require(pack.dataset(name)), pack: pack, options: options)
    var bytes: [UInt8] = []
    var truth: [TruthLine] = []
    generator.generate(write: { bytes += $0 }, tell: { truth.append($0) })
    let result = try roster.run(.check, [try roster.scratch.file("d.csv", bytes)]) { $0.jobs = 2 }
    let planted = Set(truth.filter { !$0.code.isEmpty }.map { "\($0.row) \($0.code)" })
    let found = Set(roster.errors(result))
    #expect(planted.subtracting(found) == [])
    #expect(found.subtracting(planted) == [])
    #expect(result.counts.read == rows)
    #expect(result.counts.duplicate == truth.count { $0.kind == "duplicate" })
    #expect(!planted.isEmpty)
  }

  @Test func `the same seed gives the same bytes`() throws {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset("registeredResident"))
    let runs = (0..<2).map { _ in
      var bytes: [UInt8] = []
      var generator = DeliveryGenerator(dataset, pack: pack, options: .init(rows: 200, seed: 5))
      generator.generate(write: { bytes += $0 }, tell: { _ in })
      return bytes
    }
    #expect(runs[0] == runs[1])
  }

  @Test func `one worker and many find and digest the same`() throws {
    let roster = try Roster()
    let pack = try SchemaPack.shipped()
    var options = DeliveryGenerator.Options(rows: 12_000, seed: 11)
    options.dirty = 5
    options.duplicates = 2
    var bytes: [UInt8] = []
    var generator = DeliveryGenerator(try #require(pack.dataset("registeredResident")), pack: pack, options: options)
    generator.generate(write: { bytes += $0 }, tell: { _ in })
    let file = try roster.scratch.file("d.csv", bytes)
    let results = try [1, 2, 8].map { jobs in
      try roster.run(.load, [file]) {
        $0.jobs = jobs
        $0.warehouse = roster.scratch.path + "/\(jobs).db"
      }
    }
    for result in results.dropFirst() {
      #expect(result.digest == results[0].digest)
      #expect(result.inputs[0].findings.anonymous == results[0].inputs[0].findings.anonymous)
    }
  }
}
