import Deflate
import ElementTestSupport
import Testing

/// Inflating against gzip(1): the same bytes whatever the pieces.
struct InflaterTests {
  /// Everything that some bytes inflate to, in pieces of `piece` bytes, into a buffer of `room`.
  private func inflated(_ bytes: [UInt8], piece: Int, room: Int) throws -> (bytes: [UInt8], isAtEnd: Bool) {
    var inflater = try Inflater(.gzip)
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: room)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      let end = min(bytes.count, start + piece)
      var taken = start
      var isFull = false
      while taken < end || isFull {
        let step = try inflater.inflate(bytes.span.extracting(taken..<end), into: &buffer)
        out += buffer[..<step.produced]
        taken += step.consumed
        isFull = step.produced == room
      }
    }
    return (out, inflater.isAtEnd)
  }

  private static let text = Array(String(repeating: "11010519491231002X,示例甲,2015-03-07\n", count: 40).utf8)

  @Test(arguments: [0, 1, 9]) func `a member inflates to what it was, at every piece and room`(_ level: Int) throws {
    let packed = try Gzip.pack(Self.text, level: max(1, level))
    for piece in [1, 2, 3, 7, 64, packed.count] {
      for room in [1, 5, 4096] {
        let found = try inflated(packed, piece: piece, room: room)
        #expect(found.bytes == Self.text && found.isAtEnd)
      }
    }
  }

  @Test(arguments: [[], [UInt8](repeating: 0, count: 512)])
  func `members follow each other, and zeros may follow the last`(_ padding: [UInt8]) throws {
    let packed = try Gzip.pack(Array("a\n".utf8)) + Gzip.pack([]) + Gzip.pack(Array("b\n".utf8)) + padding
    for piece in [1, 5, packed.count] {
      let found = try inflated(packed, piece: piece, room: 16)
      #expect(found.bytes == Array("a\nb\n".utf8) && found.isAtEnd)
    }
  }

  @Test func `data that is cut anywhere is not at its end`() throws {
    let packed = try Gzip.pack(Self.text)
    for count in 1..<packed.count {
      #expect(try !inflated(Array(packed[..<count]), piece: 16, room: 4096).isAtEnd)
    }
  }

  @Test func `a bit that fell over is damage, or inflates to the same`() throws {
    let packed = try Gzip.pack(Self.text)
    for place in packed.indices {
      var broken = packed
      broken[place] ^= 0x10
      // Names, times and the system that packed it stand in the header and change nothing.
      guard let found = try? inflated(broken, piece: packed.count, room: 4096) else { continue }
      #expect(!found.isAtEnd || found.bytes == Self.text, "\(place)")
    }
  }

  @Test func `other data behind the end is told`() throws {
    let packed = try Gzip.pack(Self.text)
    #expect(throws: DeflateError.trailing) { try inflated(packed + Array("garbage".utf8), piece: 3, room: 4096) }
  }
}
