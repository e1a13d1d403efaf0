import ElementCore
import ElementPipeline
import ElementRules
import ElementSchema
import ElementTestSupport
import Foundation
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
    // What is missing is an error only where nothing should be.
    options.isComplete = rule.code == RuleCode("G2004")
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
  /// Rules that no single CSV file in UTF-8 can show, by the file under `Tests` whose test shows them.
  static let shownElsewhere = [
    "ElementPipelineTests/RuleFileTests.swift":
      "F0107 F0110 F0111 F0112 F0113 F0114 F0116 F0117 F0118 S0106 S0109 S0110 S0114 V1121 V1126 V1204 V1208 V1209 V1314 V1315 V1316 V1321 G3204 G3207 G3208",
    "ElementPipelineTests/TemplateTests.swift": "F0126",
    "ElementPipelineTests/FormatTests.swift": "F0109 F0119 S0113 V1020 V1124 V1125",
    "Fixtures/cases/f47-blank-heading/want.txt": "F0115",
    "CommandTests/XSDCommandTests.swift": "S0112",
    "Fixtures/rules/residents.codes": "S0102 S0107",
    "ElementPipelineTests/LoadTests.swift": "S0108 S0111 V1002 G2001 G2002 N0103",
    "ElementPipelineTests/OverlayTests.swift": "V1210",
    "ElementPipelineTests/DatasetTests.swift": "V1319",
    "ElementPipelineTests/GroupRuleTests.swift": "G3201 G3202 G3203 G3205 G3018",
    "ElementPipelineTests/InterimKeyTests.swift": "G2009",
    "ElementPipelineTests/ShapeTests.swift": "W0001",
    "ElementPipelineTests/StoredValueTests.swift": "N0016",
    "ElementPipelineTests/NameTests.swift": "W0002 W0003 W0004",
    "ElementPipelineTests/HouseholdScopeTests.swift": "W0005 W0006",
    "ElementPipelineTests/ModeTests.swift": "W0007 W0008",
    "ElementPipelineTests/WaitingTests.swift": "W0009",
    "ElementPipelineTests/PackageTests.swift": "W0021 X0101 X0102 X0103 X0104 X0105 X0106 X0107 X0108 X0109 X0201",
    "ElementPipelineTests/ReplaceTests.swift": "W0010 W0011 W0012 W0016 W0017 W0018",
    "ElementPipelineTests/OwnerTests.swift": "W0013",
    "ElementPipelineTests/RegridTests.swift": "W0014 W0015",
    "ElementPipelineTests/WaiverTests.swift": "W0019",
    "ElementPipelineTests/SurvivorTests.swift": "W0020",
    "ElementPipelineTests/LinkageFindingTests.swift": "W0022 W0023 W0024 W0025 W0026 W0027 W0028",
  ]

  @Test(arguments: ExampleCase.all) func `the examples of every rule are true`(_ example: ExampleCase) throws {
    let scratch = try ScratchFolder()
    let result = try Run(example.options(in: scratch)).run()
    let found = Set(result.findings.counts.keys.map(\.code)).union(result.fixCounts.keys)
    #expect(found.contains(example.rule.code) == example.fails)
    let own = result.allFindings.filter { $0.code == example.rule.code }
    if own.isEmpty { return }
    // Some finding is as bad as the rule says, and stands where rules of its phase stand.
    // In a grid code rounded digits are a doubt, as its policy says.
    #expect(own.contains { $0.severity == example.rule.severity || $0.code == RuleCode("V1117") }, "\(own.map(\.severity))")
    let isOfFile = example.rule.code.phase == "F" || own.allSatisfy { $0.row == 0 && $0.count > 1 || $0.facts["count"] != nil }
    let rows = example.example.csv.utf8.count { $0 == 0x0A }
    for finding in own {
      #expect(isOfFile ? finding.row == 0 || finding.row <= rows : (1...max(1, rows)).contains(finding.row))
    }
    for finding in own { RuleMessageTests.confirmSentences(finding, result) }
  }

  @Test func `every rule has examples, or a test of its own that names it`() throws {
    let elsewhere = Self.shownElsewhere.flatMap { file, codes in codes.split(separator: " ").map { (String($0), file) } }
    for (code, file) in elsewhere {
      let text = try String(contentsOfFile: Repository.path("Tests/" + file), encoding: .utf8)
      #expect(text.contains(code), "\(file) does not name \(code)")
    }
    // What refuses a file is no finding: `LimitTests` shows each.
    for rule in try SchemaPack.shipped().book.all
    where !elsewhere.contains(where: { $0.0 == rule.code.description }) && !rule.refusesFile {
      #expect(!rule.failing.isEmpty && !rule.passing.isEmpty, "\(rule.code)")
    }
  }
}
