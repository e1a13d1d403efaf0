import ElementCore
import ElementFormats
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

@testable import ElementRules

/// A row of `identifier-vectors.json`.
struct IdentifierVector: Decodable, Sendable, CustomTestStringConvertible {
  let type: String
  let input: String
  let verdict: String
  let code: String
  let normalised: String?

  var testDescription: String { "\(type) \(input)" }

  static func all() -> [IdentifierVector] {
    let data = (try? Data(contentsOf: Repository.url("Tests/Fixtures/identifiers/identifier-vectors.json"))) ?? Data()
    return (try? JSONDecoder().decode([IdentifierVector].self, from: data)) ?? []
  }
}

struct VectorTests {
  static let vectors = IdentifierVector.all()

  @Test("the characters that damage begins with are those of the decoder")
  func beginners() {
    var scalars: [UInt16] = []
    for lead in 0xE4...0xE9 as ClosedRange<UInt8> {
      for trail in 0x80...0xBF as ClosedRange<UInt8> {
        let code = [lead, trail]
        if let found = GB18030.shared.scalar(code.span, at: 0) { scalars.append(UInt16(found.scalar)) }
      }
    }
    #expect(MojibakeDetector.beginningScalars == scalars.sorted())
  }
  /// Made once, because a hundred vectors ask for them.
  private static let shipped = Result {
    let pack = try SchemaPack.shipped()
    return (pack: pack, tables: pack.tables(today: try #require(CalendarDate(year: 2026, month: 1, day: 1))))
  }

  let pack: SchemaPack
  let tables: ReferenceTables

  init() throws { (pack, tables) = try Self.shipped.get() }

  @Test func `all vectors are there`() {
    #expect(Self.vectors.count == 122)
  }

  @Test(arguments: vectors) func `symbols, verdict and normalised value agree`(_ vector: IdentifierVector) throws {
    let input = Array(vector.input.utf8)
    let (bytes, verdict, policy) = try read(vector.type, input)
    #expect(Set(verdict.symbols) == Set(vector.code.split(separator: ",").map(String.init)))
    let severities = Verdict.names.filter { verdict.contains($0.0) }.compactMap { policy.severity($0.0) }
    let worst = severities.contains(.error) ? "error" : severities.contains(.warning) ? "warn" : "ok"
    // A withdrawn county alone is silent in a citizen number, whatever stands beside it.
    #expect(worst == vector.verdict)
    guard let normalised = vector.normalised, worst != "error" else { return }
    let shown = verdict.contains(.legacy15) ? CitizenID.upgraded(bytes.span) ?? [] : bytes
    #expect(String(decoding: shown, as: UTF8.self) == normalised)
  }

  private func read(_ type: String, _ input: [UInt8]) throws -> ([UInt8], Verdict, VerdictPolicy) {
    switch type {
    case "cn_id":
      let read = IdentifierReading.citizenID(input.span, tables)
      return (read.bytes, read.verdict, CitizenID.policy)
    case "stat12":
      let direct = StatisticalCode.isDirectTownship(input.span)
      return (
        input, StatisticalCode.check(input.span, length: 12, tables),
        direct ? StatisticalCode.directPolicy : StatisticalCode.policy
      )
    case "uscc", "org_code", "biz_reg15", "cn_fpr15":
      let kinds: [String: IdentifierKind] = [
        "uscc": .creditCode, "org_code": .organizationCode, "biz_reg15": .registrationNumber, "cn_fpr15": .foreignResident,
      ]
      let kind = try #require(kinds[type])
      let read = IdentifierReading.identifier(input.span, kind, tables)
      return (read.bytes, read.verdict, kind.policy)
    default:
      let scheme = try #require(pack.scheme(type == "grid_cjt349" ? "cjt349" : "unit15"))
      let read = IdentifierReading.gridCode(input.span, scheme, tables)
      return (read.bytes, read.verdict, GridCodeScheme.policy)
    }
  }
}

struct RuleCatalogTests {
  static let all = RuleCatalog.all

  @Test func `codes and symbols are unique and sorted`() {
    #expect(Self.all.map(\.code) == Self.all.map(\.code).sorted())
    #expect(Set(Self.all.map(\.code)).count == Self.all.count)
    #expect(Set(Self.all.map(\.symbol)).count == Self.all.count)
  }

  @Test func `no retired code is in use`() throws {
    let retired = try Repository.text("schemas/retired-codes.txt").split(separator: "\n").filter { !$0.hasPrefix("#") }.map(
      String.init)
    #expect(Self.all.allSatisfy { !retired.contains($0.code.description) })
  }

  @Test(arguments: all) func `every rule speaks both languages and says what to do`(_ rule: RuleDescriptor) {
    for text in [rule.title, rule.message, rule.rationale, rule.fix] {
      #expect(!text.zh.isEmpty && !text.en.isEmpty)
      #expect(text.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
      #expect(
        !text.en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } || text.en.contains("市辖区")
          || text.en.contains("第三网格") || text.en.contains("2008年8月8日"))
      #expect(!text.zh.contains("隔离"))
    }
    #expect(!rule.source.isEmpty)
  }

  @Test func `codes of built-in rules are written in the files of the rules, and nowhere else`() throws {
    let sources = try #require(FileManager.default.enumerator(atPath: Repository.path("Sources")))
    let files = sources.compactMap { $0 as? String }.filter {
      $0.hasSuffix(".swift") && !$0.hasPrefix("ElementRules/") && !$0.contains("/Embedded/")
    }
    #expect(files.count > 200)
    for file in files {
      let text = try Repository.text("Sources/" + file)
      #expect(text.firstMatch(of: /RuleCode\((parsing: )?"/) == nil, "\(file)")
    }
  }

  @Test func `every file of a family is in the catalog`() throws {
    for (folder, letter) in [("File", "F"), ("Shape", "S"), ("Value", "V"), ("Group", "G"), ("Fix", "N")] {
      let files = try Repository.files("Sources/ElementRules/\(folder)", extension: "swift").filter {
        try Repository.text($0).contains("RuleDescriptor(")
      }
      #expect(files.count == Self.all.count { $0.code.phase == letter })
    }
  }
}

extension RuleDescriptor: CustomTestStringConvertible {
  /// The code of the rule.
  public var testDescription: String { code.description }
}
