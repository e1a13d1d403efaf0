import ElementCore
import ElementLinkage
import ElementSchema
import Foundation
import Testing

/// The text of the shipped model.
enum SchemaText {
  static var person: String? {
    get throws { try SchemaPack.files(directory: nil).first { $0.path == "linkage/person.yaml" }?.text }
  }
}

/// Models as files, and what pairs weigh by them.
struct ModelTests {
  @Test(
    arguments: [
      ("exact: [620, 6, 400]", "exacter: [620, 6, 400]"), ("exact: [620, 6, 400]", "exact: [620]"),
      ("exact: [620, 6, 400]", "exact: [0, 6, 400]"), ("exact: [620, 6, 400]", "exact: [820, 6, 400]"),
      ("lifted: []", "lifted: [two-numbers]"), ("lifted: []", "lifted: [one-number]"), ("auto: 9.0", "auto: -9.0"),
      ("  sex:\n", "  shoe:\n"), ("prior: 0.5", "prior: 2"), ("entityCap: 20", "entityCup: 20"),
    ])
  func `a model that is wrong says so, with its line`(_ text: String, _ wrong: String) throws {
    let shipped = try #require(try SchemaText.person)
    let range = try #require(shipped.range(of: text))
    let line = shipped[..<range.lowerBound].count { $0 == "\n" } + 1
    let error = #expect(throws: SchemaError.self) {
      try LinkageModel(text: shipped.replacing(text, with: wrong), file: "person.yaml")
    }
    // What a map lacks, or adds up to too much, is told where the map begins.
    #expect((line - 2...line + 1).contains(error?.line ?? 0) || error?.line == line - 9, "line \(error?.line ?? 0) of \(line)")
  }

  /// The example of the design, §6.4: name +5.9, number +10.2, birth +3.7, sex +1.0, place +1.0, telephone +1.0.
  @Test func `a pair weighs what the example of the design says`() throws {
    let number = "320699199003040012"
    let left: [LinkageRole: String] = [
      .number: number, .name: "张伟", .sex: "1", .birth: "1990-03-04", .phone: "13900000001", .household: "000000001",
      .householdScope: "320699001001",
    ]
    var right = left
    right[.number] = "320699199003240012"
    right[.name] = "章伟"
    let records = try SamplePeople.records([left, right])
    let parts = records.parts(try records.record(0), try records.record(1))
    let weights = Dictionary(uniqueKeysWithValues: parts.comparisons.map { ($0.comparison, Double($0.weight) / 1_024) })
    for (comparison, expected) in [
      (PersonComparison.name, 5.9), (.number, 10.2), (.birth, 3.7), (.sex, 1.0), (.place, 1.0), (.phone, 1.0),
    ] {
      #expect(abs((weights[comparison.rawValue] ?? 0) - expected) < 0.06, "\(comparison)")
    }
    let sum = parts.prior + parts.frequency + parts.comparisons.reduce(0) { $0 + $1.weight }
    #expect(sum == parts.judgement.weight)
    #expect(abs(Double(sum - parts.frequency) / 1_024 - 22.8) < 0.2)
  }

  private static let head: [LinkageRole: String] = [
    .number: "320699197002030010", .name: "王建国", .sex: "1", .birth: "1970-02-03", .household: "000000001",
    .householdScope: "320699001001",
  ]

  @Test(
    arguments: [
      // Two valid numbers, whatever agrees.
      ([:], [.number: "320699197002030037"], .twoNumbers),
      // One number, another name and another birth date.
      ([:], [.name: "李秀英", .birth: "1981-05-06"], .oneNumber),
      // One number, another name, and another sex.
      ([:], [.name: "李秀英", .sex: "2"], .oneNumber),
      // One number, one character and one slip of the date: two slips of one person.
      ([:], [.name: "王建华", .birth: "1971-02-03"], nil),
      // Twins, or a couple.
      ([.number: ""], [.number: "", .name: "王建民"], .twin),
      // Father and son.
      ([.number: ""], [.number: "", .name: "王志强", .birth: "1995-06-07"], .generation),
      // A child without a number.
      ([.number: "", .birth: "2020-05-06"], [.number: "", .birth: "2020-05-06"], .minor),
      // Died, and registered later.
      ([.number: "", .status: "03", .activity: "2019-01-05"], [.number: "", .activity: "2021-03-04"], .dead),
      ([.number: "", .status: "03", .activity: "2022-01-05"], [.number: "", .activity: "2021-03-04"], nil),
      // Two passports that hold.
      (
        [.number: "", .certificateType: "414", .certificate: "E00000001", .certificateEnd: "2030-01-01"],
        [.number: "", .certificateType: "414", .certificate: "E00000002", .certificateEnd: "2030-01-01"], .twoCertificates
      ),
      (
        [.number: "", .certificateType: "414", .certificate: "E00000001", .certificateEnd: "2020-01-01"],
        [.number: "", .certificateType: "414", .certificate: "E00000002", .certificateEnd: "2030-01-01"], nil
      ),
      ([:], [:], nil), ([.number: ""], [:], nil),
    ] as [([LinkageRole: String], [LinkageRole: String], LinkageGuard?)])
  func `a pair that a guard holds is told so, whichever comes first`(
    _ one: [LinkageRole: String], _ other: [LinkageRole: String], _ barrier: LinkageGuard?
  ) throws {
    let (left, right) = (Self.head.merging(one) { $1 }, Self.head.merging(other) { $1 })
    let judgement = try SamplePeople.judge(left, right)
    #expect(judgement.barrier == barrier)
    #expect(try SamplePeople.judge(right, left) == judgement)
  }

  @Test func `a number of another kind of certificate is no citizen number, and one of a card is`() throws {
    let passport = try SamplePeople.features([.certificateType: "414", .certificate: "320699197001010018"])
    #expect(passport.identity == 0)
    let card = try SamplePeople.features([.certificateType: "111", .certificate: "320699197001010018"])
    #expect(card.identity == (try SamplePeople.features([.number: "320699197001010018"])).identity)
    #expect(card.identity != 0)
  }

  @Test func `permits of one person are one, however often they were issued`() throws {
    let judgement = try SamplePeople.judge(
      [.certificateType: "516", .certificate: "H0123456701", .name: "陈大文"],
      [.certificateType: "516", .certificate: "H0123456702", .name: "陈大文"])
    #expect(judgement.isCertain)
  }

  @Test func `the shipped model names every level once, and its auto tier lies above what is asked about`() throws {
    let model = try SamplePeople.model()
    #expect(model.auto == 9 * LevelWeights.bit)
    #expect(model.ask == -3 * LevelWeights.bit)
    for comparison in PersonComparison.allCases where comparison != .certificate {
      #expect((model.shares[comparison]?.count ?? 0) + comparison.decisive.count == comparison.levels.count)
    }
  }
}
