import ElementCore
import ElementPipeline
import ElementRules
import ElementSchema
import ElementTestSupport
import Testing

/// An example of a rule as a test argument.
struct ExampleCase: Sendable, CustomTestStringConvertible {
  let rule: RuleDescriptor
  let example: RuleExample
  let fails: Bool
  /// The layer that has the rule; nil for the core.
  var overlay: String?

  var testDescription: String { "\(rule.code) \(fails ? "fails" : "passes")" }

  /// The examples of all rules, built-in and from schemas.
  static let all: [ExampleCase] = {
    guard let pack = try? SchemaPack.shipped() else { return [] }
    let own = pack.book.all
    return cases(own, nil)
      + pack.overlays.keys.sorted().flatMap { name -> [ExampleCase] in
        let rules = (try? SchemaPack.shipped(overlays: [name])).map { $0.book.all } ?? []
        return cases(rules.filter { rule in !own.contains { $0.code == rule.code } }, name)
      }
  }()

  /// A check of the example, written to a folder.
  func options(in scratch: ScratchFolder) throws -> DeliveryOptions {
    let path = try scratch.file("roster.csv", example.csv)
    var options = DeliveryOptions(verb: .check, paths: [path], today: try #require(CalendarDate(year: 2026, month: 1, day: 1)))
    options.dataset = example.dataset
    options.allowsRestricted = true
    options.purpose = "test"
    options.codeSets = ["disputeTypeTwoLevel": "disputeTypeTwoLevel"]
    options.overlays = overlay.map { [$0] } ?? []
    return options
  }

  private static func cases(_ rules: [RuleDescriptor], _ overlay: String?) -> [ExampleCase] {
    rules.flatMap { rule in
      rule.failing.map { ExampleCase(rule: rule, example: $0, fails: true, overlay: overlay) }
        + rule.passing.map { ExampleCase(rule: rule, example: $0, fails: false, overlay: overlay) }
    }
  }
}

struct RuleExampleTests {
  /// Rules that no single roster in UTF-8 can show; the tests named beside them do.
  static let shownElsewhere: Set<String> = [
    "F0107", "F0109", "F0110", "F0111", "F0112", "F0113", "F0114", "F0115", "F0116", "F0117", "V1124", "V1125", "S0102",
    "S0106",
    "S0107",
    "S0108", "S0109", "S0110", "S0111", "S0112", "S0113", "F0118", "F0119", "V1020",
    "V1002", "V1204", "G2001", "G2002", "N0103",
    "V1121", "V1208", "V1209", "V1210", "V1314", "V1315", "V1316", "V1319",
    "G3201", "G3202", "G3203", "G3204", "G3205", "G3207", "G3208", "G3018", "G2009",
    // `ShapeTests`.
    "W0001",
    // `CaseTests`: f52, d49, f38.
    "S0114", "V1126", "V1321",
  ]

  @Test(arguments: ExampleCase.all) func `the examples of every rule are true`(_ example: ExampleCase) throws {
    let scratch = try ScratchFolder()
    let result = try Run(example.options(in: scratch)).run()
    let found = Set(result.findings.counts.keys.map(\.code)).union(result.fixCounts.keys)
    #expect(found.contains(example.rule.code) == example.fails)
  }

  @Test func `every rule has examples, or a test of its own`() throws {
    // What refuses a file is no finding: `LimitTests` shows each.
    for rule in try SchemaPack.shipped().book.all
    where !Self.shownElsewhere.contains(rule.code.description) && !rule.refusesFile {
      #expect(!rule.failing.isEmpty && !rule.passing.isEmpty, "\(rule.code)")
    }
  }
}
