import Crypto
import ElementTestSupport
import Foundation
import Testing

@testable import ElementCore

struct HanTableTests {
  let table = HanTable.shared

  // Surnames that are read otherwise elsewhere (现代汉语词典): both readings are there.
  @Test(arguments: [
    ("曾", ["ceng", "zeng"]), ("单", ["dan", "shan"]), ("仇", ["chou", "qiu"]), ("翟", ["di", "zhai"]), ("吕", ["lv"]),
    ("王", ["wang"]),
  ]) func `characters have their readings without tones`(_ character: String, _ expected: [String]) throws {
    let scalar = try #require(character.unicodeScalars.first)
    #expect(Set(table.sounds(scalar.value).map { table.syllables[$0] }).isSuperset(of: expected))
  }

  @Test(arguments: [("己", "已"), ("未", "末"), ("晴", "睛"), ("土", "士"), ("徽", "微")])
  func `characters that people take for each other look alike, whichever comes first`(_ left: String, _ right: String) throws {
    let (left, right) = (try #require(left.unicodeScalars.first).value, try #require(right.unicodeScalars.first).value)
    #expect(table.lookAlike(left, right) && table.lookAlike(right, left))
  }

  @Test func `characters of other looks and sounds are not alike, and those beyond the table are asked in vain`() {
    #expect(!table.lookAlike(0x738B, 0x5218) && !table.soundAlike(0x738B, 0x5218))
    #expect(table.sounds(0x41).isEmpty && table.sounds(0x2_0087).isEmpty && !table.lookAlike(0x2_0087, 0x738B))
  }

  @Test func `simplified forms are those of characters that are not common themselves`() {
    #expect(table.simplified(0x570B) == 0x56FD)
    #expect(table.simplified(0x738B) == 0x738B)
  }

  @Test func `the table is the one that the maker wrote`() throws {
    // scripts/build-han.py on Debian's unicode-data 15.0.0-1; Tests/Interop/check.sh makes it anew and compares.
    let digest = SHA256.hash(data: Data(try Repository.text("Sources/ElementCore/Han/HanTable+Embedded.swift").utf8))
    #expect(
      digest.map { String(format: "%02x", $0) }.joined() == "fbda0bd74c776554fe8ce47c8fc90aabba501b5daae6211a584530e276fe257c")
  }
}
