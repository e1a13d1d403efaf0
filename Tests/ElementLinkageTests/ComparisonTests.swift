import ElementCore
import ElementLinkage
import ElementSchema
import Testing

/// Dates, telephones and places as they are compared: the levels of the linkage design, §3.4 and §3.5.
struct ComparisonTests {
  @Test(
    arguments: [
      ("1990-03-04", "1990-03-04", .same), ("1990-03-04", "1990-04-03", .swap), ("1990-01-01", "1990-07-15", .jan1),
      ("1990-03-04", "1991-03-04", .year1),
      ("1990-03-04", "1990-03-14", .oneDigit), ("1990-03-04", "1990-03-40", .none), ("1990-03-12", "1990-03-21", .oneDigit),
      ("1909-03-04", "1990-03-04", .oneDigit), ("1990-03-05", "1990-04-16", .near), ("1990-12-20", "1991-02-03", .near),
      ("1990-03-28", "1990-04-06", .sameYear),
      ("1990-03-25", "1990-06-13", .sameYear), ("1990-03-04", "1993-07-18", .differ), ("1990-03-04", "", .none),
      ("1990-12-28", "1991-01-06", .differ), ("1990-03-11", "1990-05-10", .near), ("1990-03-11", "1990-05-20", .sameYear),
    ] as [(String, String, BirthLevel)])
  func `a pair of birth dates has its level, whichever comes first`(_ one: String, _ other: String, _ level: BirthLevel) {
    let dates = [one, other].map { text in BirthDates(column: CalendarDate(iso: Array(text.utf8).span)) }
    #expect(BirthLevel(dates[0], dates[1]) == level)
    #expect(BirthLevel(dates[1], dates[0]) == level)
  }

  @Test func `of several dates the best pair counts`() {
    let dates = ["1990-03-04", "1985-07-08", "1985-08-07"].compactMap { CalendarDate(iso: Array($0.utf8).span) }
    let both = BirthDates(column: dates[0], number: dates[1])
    #expect(BirthLevel(both, BirthDates(column: dates[2])) == .swap)
    #expect(BirthLevel(BirthDates(number: dates[2]), both) == .swap)
  }

  @Test(
    arguments: [
      ("13800000000", "13800000000", .same), ("13800000000", "13800000001", .off1), ("13800000000", "13900000001", .differ),
      ("0513-88880000", "88880000", .same), ("0513-88880000-12", "0512-88880000", .same),
      ("0513-88880000", "0513-88880008", .off1),
      ("13800000000", "88880000", .differ), ("", "13800000000", .none), ("110", "13800000000", .none),
    ] as [(String, String, PhoneLevel)])
  func `a pair of telephones has its level, whichever comes first`(_ one: String, _ other: String, _ level: PhoneLevel) throws {
    for (left, right) in [(one, other), (other, one)] {
      let pattern = try SamplePeople.judge([.name: "示例", .phone: left], [.name: "示例", .phone: right]).pattern
      #expect(PersonComparison.phone.level(in: pattern) == level.rawValue)
    }
  }

  @Test(
    arguments: [
      ("幸福里小区3号楼2单元501室", "幸福里3栋-2-501"), ("幸福里小区３号楼２单元５０１室", "幸福里小区三号楼二单元五〇一室"),
      ("示例市示例区示例街道幸福里3幢2门501", "幸福里3#2-501"), ("东风村十二组一百零三号", "东风村12组103号"), ("幸福里A座501室", "幸福里a座501"),
    ])
  func `one home is written in many ways`(_ one: String, _ other: String) {
    #expect(Self.address(one).isHome(Self.address(other)))
    #expect(Self.address(other).isHome(Self.address(one)))
  }

  @Test(
    arguments: [
      ("幸福里3号楼2单元501室", "幸福里3号楼2单元502室"), ("幸福里3号楼2单元501室", "平安里3号楼2单元501室"), ("幸福里501室", "幸福里3号楼501室"),
      ("幸福里", "幸福里"), ("幸福里A座501室", "幸福里B座501室"), ("东风村十二组103号", "东风村二组103号"),
    ])
  func `another home is no home`(_ one: String, _ other: String) { #expect(!Self.address(one).isHome(Self.address(other))) }

  @Test func `names of places keep the characters that numbers, units and kinds are written with`() {
    #expect(Self.read("三元里鼓楼厦门").words == ["三元里鼓楼厦门".unicodeScalars.map(\.value)])
    #expect(Self.read("三元里大街").numbers == [])
    #expect(Self.read("五里村三组8号").numbers == [3, 8])
  }

  @Test(
    arguments: [
      ("H1", "", "", "H1", "幸福里1-2-3", "", .home), ("", "幸福里3号楼2单元501室", "", "", "幸福里3栋-2-501", "", .home),
      ("", "幸福里3号楼2单元501室", "320682001001", "", "幸福里3号楼1单元101室", "320682001001", .building),
      ("", "幸福里3号楼2单元501室", "", "", "幸福里3号楼1单元101室", "", .elsewhere),
      ("H1", "", "320682001001", "H2", "", "320682001001", .community),
      ("", "幸福里3号楼2单元501室", "320682001001", "", "平安里3号楼1单元101室", "320682001001", .community),
      ("", "", "320682001001", "", "", "320682001002", .elsewhere), ("H1", "", "", "H2", "", "", .none),
      ("", "", "", "", "", "", .none),
      ("", "", "320682", "", "", "320682001001", .none), ("", "", "320681", "", "", "320682001001", .elsewhere),
    ] as [(String, String, String, String, String, String, PlaceLevel)])
  func `two places are as near as all they say`(
    _ house: String, _ address: String, _ area: String, _ otherHouse: String, _ otherAddress: String, _ otherArea: String,
    _ level: PlaceLevel
  ) throws {
    let left = try SamplePeople.features([.house: house, .address: address, .division: area])
    let right = try SamplePeople.features([.house: otherHouse, .address: otherAddress, .division: otherArea])
    #expect(PlaceLevel(left, right) == level)
    #expect(PlaceLevel(right, left) == level)
  }

  private static func address(_ text: String) -> AddressForm { AddressForm(Array(text.utf8).span) }

  private static func read(_ text: String) -> AddressReader { AddressReader(Array(text.utf8).span) }
}
