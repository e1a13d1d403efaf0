import ElementCore
import ElementExchange
import ElementFormats
import ElementTestSupport
import Testing

/// SM3 (GB/T 32905): the examples of the standard, and the same whatever pieces the bytes come in. `Tests/Interop` holds it against OpenSSL.
struct SM3Tests {
  /// Annex A of the standard.
  private static let examples = [
    ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (
      String(repeating: "abcd", count: 16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    ),
  ]

  @Test(arguments: examples) func `the examples of the standard come to its digests`(_ text: String, _ digest: String) {
    var hash = SM3()
    let bytes = Array(text.utf8)
    hash.update(bytes.span)
    #expect(Hexadecimal.text(hash.finalize()) == digest)
  }

  @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1_000])
  func `pieces of any size come to the digest of the whole`(_ length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var whole = SM3()
    whole.update(bytes.span)
    let digest = whole.finalize()
    for size in [1, 3, 63, 64, 65] {
      var hash = SM3()
      var place = 0
      while place < bytes.count {
        hash.update(bytes.span.extracting(place..<min(place + size, bytes.count)))
        place += size
      }
      #expect(hash.finalize() == digest, "\(size)")
    }
  }
}
