package import Deflate
import ElementCore

/// Writes a ZIP archive (APPNOTE 6.3) as a stream: sizes stand behind each member, and all is dated alike, so that the same
/// content makes the same bytes.
package struct ZipWriter: ~Copyable {
  private struct Member {
    let name: [UInt8]
    let offset: Int
    var crc: UInt32 = 0
    var size = 0
    var packedSize = 0
    /// How it is compressed.
    var method = 8
    /// Names in UTF-8; and unless it was copied, sizes behind the content.
    var flags = 0x0808
  }

  /// What was written and not taken yet.
  private(set) var pending: [UInt8] = []
  /// How many bytes were written and not taken yet.
  var pendingCount: Int { pending.count }
  /// What was written before the start of `pending`.
  private var taken = 0
  private var members: [Member] = []
  private var deflater: Deflater?
  private var checksum = CRC32()
  /// From here on a size needs the fields of ZIP64, which are not written.
  private static let sizeLimit = 0xFFFF_FFFF

  /// An archive without members.
  package init() {}

  /// Takes what was written.
  package mutating func take() -> [UInt8] {
    var out: [UInt8] = []
    swap(&out, &pending)
    taken += out.count
    return out
  }

  /// Begins a member.
  ///
  /// - Throws: `DeflateError.memory`.
  package mutating func begin(_ name: String) throws(DeflateError) {
    deflater = try Deflater()
    checksum = CRC32()
    members.append(Member(name: Array(name.utf8), offset: taken + pending.count))
    put(0x0403_4B50, 4)
    putCommon(members[members.count - 1])
    pending += members[members.count - 1].name
  }

  /// Adds to the member.
  package mutating func append(_ bytes: [UInt8], ends: Bool = false) {
    guard var open = deflater.take() else { bug("bytes for an archive without an open member") }
    let start = pending.count
    open.deflate(bytes.span, ends: ends, into: &pending)
    let last = members.count - 1
    checksum.update(bytes.span)
    members[last].crc = checksum.value
    members[last].size += bytes.count
    members[last].packedSize += pending.count - start
    guard ends else {
      deflater = consume open
      return
    }
    put(0x0807_4B50, 4)
    put(Int(members[last].crc), 4)
    put(members[last].packedSize, 4)
    put(members[last].size, 4)
  }

  /// Adds a whole member.
  ///
  /// - Throws: `DeflateError.memory`.
  package mutating func add(_ name: String, _ content: String) throws(DeflateError) {
    try begin(name)
    append(Array(content.utf8), ends: true)
  }

  /// Begins a member that is copied from another archive as it is compressed there; `appendCopied` adds its bytes.
  mutating func begin(copying member: ZipArchive.Member) {
    members.append(
      Member(
        name: Array(member.name.utf8), offset: taken + pending.count, crc: member.crc, size: member.size,
        packedSize: member.packedSize, method: member.method, flags: 0x0800))
    put(0x0403_4B50, 4)
    putCommon(members[members.count - 1])
    pending += members[members.count - 1].name
  }

  /// Adds compressed bytes of a member that is copied.
  mutating func appendCopied(_ bytes: [UInt8]) { pending += bytes }

  /// Writes the directory; false where a size is beyond 4 GiB.
  package mutating func finish() -> Bool {
    let start = taken + pending.count
    for member in members {
      put(0x0201_4B50, 4)
      put(20, 2)
      putCommon(member)
      // No comment, the first disk, no attributes.
      put(0, 10)
      put(member.offset, 4)
      pending += member.name
    }
    let end = taken + pending.count
    put(0x0605_4B50, 4)
    put(0, 4)
    put(members.count, 2)
    put(members.count, 2)
    put(end - start, 4)
    put(start, 4)
    put(0, 2)
    return end < ZipWriter.sizeLimit && members.allSatisfy { $0.size < ZipWriter.sizeLimit }
  }

  /// What a local header and the directory have in common. Behind the local one, check value and sizes are not known yet.
  private mutating func putCommon(_ member: Member) {
    put(20, 2)
    put(member.flags, 2)
    put(member.method, 2)
    // 1980-01-01, the first day that can be written.
    put(0x0021_0000, 4)
    put(Int(member.crc), 4)
    put(member.packedSize, 4)
    put(member.size, 4)
    put(member.name.count, 2)
    put(0, 2)
  }

  /// Writes a number, the lowest byte first.
  private mutating func put(_ number: Int, _ count: Int) {
    for place in 0..<count { pending.append(place < 8 ? UInt8(truncatingIfNeeded: number >> (8 * place)) : 0) }
  }
}
