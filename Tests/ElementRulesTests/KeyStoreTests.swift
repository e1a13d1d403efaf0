import ElementCore
import Testing

@testable import ElementRules

@Suite("Keys that references name")
struct KeyStoreTests {
  /// Hashes that no two places share: a multiplier that is odd permutes all words.
  private static func hash(_ number: Int) -> UInt64 { UInt64(number) &* 0x9E37_79B9_7F4A_7C15 }

  @Test("a store answers alike, however few keys it may hold in memory", arguments: [1, 2, 127, 128, 129, 1_000, 100_000])
  func answersAlike(limit: Int) {
    var store = KeyStore(expected: 10, limit: limit)
    // Keys come twice, and in no order; hash 0 is a key like any other.
    for number in Array(0..<3_000) + Array(stride(from: 2_999, through: 0, by: -7)) { store.insert(Self.hash(number)) }
    store.seal()
    #expect(!store.isEmpty)
    for number in 0..<3_000 { #expect(store.contains(Self.hash(number)), "key \\(number)") }
    for number in 3_000..<6_000 { #expect(!store.contains(Self.hash(number)), "no key \\(number)") }
    #expect(!store.contains(.max))
    #expect(throws: Never.self) { try store.confirmRead() }
  }

  @Test("keys added after the store was asked are found as well")
  func growsAfterSealing() {
    var store = KeyStore(limit: 100)
    for number in 1...250 { store.insert(Self.hash(number)) }
    store.seal()
    for number in 251...400 { store.insert(Self.hash(number)) }
    store.seal()
    for number in 1...400 { #expect(store.contains(Self.hash(number))) }
    #expect(!store.contains(Self.hash(401)))
  }

  @Test("an empty store holds nothing")
  func empty() {
    var store = KeyStore()
    store.seal()
    #expect(store.isEmpty)
    #expect(!store.contains(Self.hash(1)))
  }
}
