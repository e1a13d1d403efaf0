import ElementCore
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// Every dataset of the pack against deliveries that the generator makes of its schema.
struct GeneratedTests {
  static let datasets = ((try? SchemaPack.shipped()) ?? nil)?.datasets.map(\.name) ?? []

  /// A delivery of a dataset, all of its fields written, and its truth.
  private func delivery(_ name: String, rows: Int, dirty: Double, labels: Bool = false) throws -> (
    bytes: [UInt8], truth: [TruthLine]
  ) {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset(name))
    var options = DeliveryGenerator.Options(rows: rows, seed: 11)
    options.dirty = dirty
    options.duplicates = dirty / 4
    options.usesLabels = labels
    options.fields = dataset.fields.map(\.name)
    var generator = DeliveryGenerator(dataset, pack: pack, options: options)
    var bytes: [UInt8] = []
    var truth: [TruthLine] = []
    generator.generate(write: { bytes += $0 }, tell: { truth.append($0) })
    return (bytes, truth)
  }

  private func check(_ bytes: [UInt8], _ roster: Roster, _ name: String, _ verb: DeliveryOptions.Verb = .check) throws
    -> RunResult
  {
    try roster.run(verb, [try roster.scratch.file("d.csv", bytes)]) {
      $0.jobs = 2
      $0.dataset = name
      $0.allowsRestricted = true
      $0.purpose = "test"
      $0.codeSets = ["disputeTypeTwoLevel": "disputeTypeTwoLevel"]
    }
  }

  @Test(arguments: LongLoop.part(datasets, of: 4), [false, true]) func `a clean delivery of any dataset has no findings`(
    _ name: String, _ labels: Bool
  ) throws {
    let roster = try Roster()
    let result = try check(try delivery(name, rows: 300, dirty: 0, labels: labels).bytes, roster, name, .load)
    // That it is sample data is told, and that nobody lives in every house.
    let told = Set(result.findings.counts.keys.map { $0.code.description }).subtracting(["F0106"])
    #expect(told == [], "\(result.allFindings.prefix(3))")
    #expect(result.counts.created == 300)
  }

  @Test(arguments: LongLoop.part(datasets, of: 4)) func `the errors of a dirty delivery of any dataset are the planted ones`(
    _ name: String
  ) throws {
    let roster = try Roster()
    let (bytes, truth) = try delivery(name, rows: 1_500, dirty: 12)
    let result = try check(bytes, roster, name)
    let planted = Set(truth.filter { !$0.code.isEmpty }.map { "\($0.row) \($0.code)" })
    let found = Set(roster.errors(result))
    #expect(planted.subtracting(found) == [])
    #expect(found.subtracting(planted) == [])
    #expect(!planted.isEmpty)
    #expect(result.counts.duplicate == truth.count { $0.kind == "duplicate" })
  }

  @Test(arguments: LongLoop.part(datasets, of: 2)) func `the examples of any dataset have no findings`(_ name: String) throws {
    let roster = try Roster()
    let examples = try #require(try SchemaPack.shipped().dataset(name)).examples
    #expect(!examples.isEmpty)
    for example in examples {
      let result = try check(Array(example.utf8), roster, name)
      #expect(Set(result.findings.counts.keys.map { $0.code.description }).subtracting(["F0106"]) == [])
      #expect(result.counts.created > 0)
    }
  }

  @Test(arguments: LongLoop.part(datasets, of: 2)) func `a generated header is recognised as its dataset`(_ name: String) throws
  {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset(name))
    let recognition = DatasetRecognition(dataset.fields.map(\.title), pack: pack)
    #expect(recognition.decision?.dataset.name == name)
  }
}

struct StreetTests {
  @Test func `every reference of a generated street holds, its sums agree, and its warehouse verifies`() throws {
    let roster = try Roster()
    var street = StreetGenerator(pack: try SchemaPack.shipped(), seed: 3, grids: 4, residents: 900)
    let paths = try street.generate().map { try roster.scratch.file($0.dataset.name + ".csv", $0.csv) }
    #expect(paths.count > 50)
    // Whatever the order on the line.
    let result = try roster.run(.load, paths.reversed()) { $0.codeSets = ["disputeTypeCode": "disputeTypeTwoLevel"] }
    #expect(Set(result.findings.counts.keys.map { $0.code.description }).subtracting(["F0106"]) == [])
    #expect(result.notEvaluated == [])
    #expect(result.counts.created == result.counts.read)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a street with a house taken away tells every reference to it`() throws {
    let roster = try Roster()
    var street = StreetGenerator(pack: try SchemaPack.shipped(), seed: 3, grids: 4, residents: 300)
    var rosters = street.generate()
    let place = try #require(rosters.firstIndex { $0.dataset.name == "house" })
    let gone = rosters[place].records.removeFirst()[0]
    let paths = try rosters.map { try roster.scratch.file($0.dataset.name + ".csv", $0.csv) }
    let result = try roster.run(.check, paths) { $0.codeSets = ["disputeTypeCode": "disputeTypeTwoLevel"] }
    let naming = rosters.reduce(0) { count, roster in
      let fields = roster.dataset.references.filter { $0.targets == ["house"] && $0.condition == nil }.map(\.field)
      return count + roster.records.count { record in fields.contains { record[$0] == gone } }
    }
    #expect(naming > 0)
    #expect(result.findings.counts.filter { $0.key.code == RuleCode("G2001") }.values.reduce(0, +) >= naming)
  }
}
